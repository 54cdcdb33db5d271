import FoundationEssentials
import Glibc

/// The files of a folder and of the folders in it, by their names relative to it.
enum FolderFiles {
  /// Reads every file.
  ///
  /// - Throws: Foundation's errors.
  static func read(_ folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try names(in: folder) {
      files[name] = [UInt8](FileManager.default.contents(atPath: folder + "/" + name) ?? Data())
    }
    return files
  }

  /// The names of every file.
  ///
  /// - Throws: Foundation's errors.
  static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).flatMap { name in
      var isFolder = false
      _ = FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
      return isFolder ? try names(in: folder + "/" + name).map { name + "/" + $0 } : [name]
    }
  }

  /// Makes a folder hold these files and no others; folders in it stay.
  ///
  /// - Parameters:
  ///   - folder: Its path.
  ///   - contents: By number.
  ///   - names: Each name's number; two names of one number are one file.
  /// - Throws: Foundation's errors; a `DiskFault`.
  static func write(_ folder: String, contents: [Int: [UInt8]], names: [String: Int]) throws {
    for name in try self.names(in: folder) {
      try FileManager.default.removeItem(atPath: folder + "/" + name)
    }
    var first: [Int: String] = [:]
    for (name, number) in names.sorted(by: { $0.key < $1.key }) {
      let path = folder + "/" + name
      if let other = first[number] {
        try FileManager.default.linkItem(atPath: other, toPath: path)
      } else {
        try write(contents[number] ?? [], to: path)
        first[number] = path
      }
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o640)
    defer { close(descriptor) }
    guard descriptor >= 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw DiskFault("\(path) could not be written")
    }
  }
}
