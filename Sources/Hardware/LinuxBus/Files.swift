import Bus
import Glibc

/// An open file that closes itself.
final class OpenFile: Sendable {
  let descriptor: Int32

  init(path: String, flags: Int32) throws(BusError) {
    descriptor = open(path, flags | O_CLOEXEC)
    guard descriptor < 0 else { return }
    let code = errno
    let attempt = Attempt(path: path, operation: "open")
    throw attempt.failure(BusError.Kind(errno: code, during: .claim), code: code)
  }

  deinit { close(descriptor) }

  /// The first line of a small text file, as /sys and /proc have them; nil if it cannot be read.
  static func firstLine(of path: String) -> String? {
    // Why it cannot be read does not matter: all that is read this way is optional.
    guard let file = try? OpenFile(path: path, flags: O_RDONLY) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = Glibc.read(file.descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count].prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// The names in a folder, in no order; empty if there is no such folder.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        names.append(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
      }
    }
    return names.filter { !$0.hasPrefix(".") }
  }
}
