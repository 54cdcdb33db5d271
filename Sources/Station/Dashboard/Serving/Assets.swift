import FoundationEssentials
import Readings

/// The files that pages are made of, all in memory: what is not here cannot be asked for.
package struct Assets: Sendable {
  struct File: Hashable, Sendable {
    var type: String
    var bytes: [UInt8]
  }

  /// By their paths on the server: `/tonight.js`.
  private(set) var files: [String: File] = [:]

  /// A digest of all of them: it differs from that of any other edition of the pages.
  private(set) var edition = ""

  /// For how long a browser need not ask again, in seconds: without the station the pages open all the
  /// same, and hear of another edition from the station's next answer.
  static let freshSeconds = 7 * 86_400

  /// A folder lacks a file, or cannot be read.
  package struct Missing: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String

    package var description: String {
      "\(path) cannot be read; the package skin2vec brings the pages, and libjs-dygraphs the curves"
    }
  }

  private static let types = [
    "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
    "webmanifest": "application/manifest+json", "json": "application/json",
  ]

  /// Reads the pages.
  ///
  /// - Parameters:
  ///   - folder: Where they are.
  ///   - library: Where Debian keeps dygraphs.
  /// - Throws: `Missing`
  package init(folder: String, library: String) throws {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      throw Missing(path: folder)
    }
    for name in names { try add("/" + name, from: folder + "/" + name) }
    // Without the library there are no curves; the other pages are as they are.
    for name in ["dygraph.min.js", "dygraph.min.css"] {
      try? add("/lib/" + name, from: library + "/" + name)
    }
    var fingerprint = Fingerprint()
    for (path, file) in files.sorted(by: { $0.key < $1.key }) {
      fingerprint.add(path.utf8)
      fingerprint.add(file.bytes)
    }
    edition = fingerprint.bits.hexadecimal(digits: 16)
  }

  private mutating func add(_ path: String, from file: String) throws {
    guard let type = Self.types[String(file.split(separator: ".").last ?? "")] else { return }
    guard let data = FileManager.default.contents(atPath: file) else { throw Missing(path: file) }
    files[path] = File(type: type, bytes: Array(data))
  }

  /// The paths of everything that works without the station, for whoever keeps it.
  private var list: JSON {
    let pages = files.keys.filter { $0.hasSuffix(".html") && $0 != "/pair.html" }.map {
      $0 == "/tonight.html" ? "/" : String($0.dropLast(5))
    }
    let rest = files.keys.filter { !$0.hasSuffix(".html") && !$0.hasPrefix("/pair") }
    return .list((pages + rest).sorted().map { .text($0) })
  }

  /// The page of a path.
  func answer(_ path: String) -> Answer? {
    if path == "/pages.json" { return .json(list) }
    let pages = ["/": "/tonight.html", "/pair": "/pair.html"]
    let name =
      pages[path] ?? (files[path] == nil && files[path + ".html"] != nil ? path + ".html" : path)
    guard let file = files[name] else { return nil }
    // Who is not paired yet must not find the page for that in its memory once it is.
    let isKept = name != "/pair.html"
    return Answer(
      type: file.type, .bytes(file.bytes),
      headers: isKept ? [("cache-control", "private, max-age=\(Self.freshSeconds)")] : [])
  }
}
