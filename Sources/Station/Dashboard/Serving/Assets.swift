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
    return Answer(type: file.type, .bytes(file.bytes))
  }
}
