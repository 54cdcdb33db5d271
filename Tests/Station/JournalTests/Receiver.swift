import Glibc

/// Somebody at the other end: a datagram socket of the test's own, as journald or systemd has one.
final class Receiver {
  let path: String
  private let folder: String?
  private let descriptor: Int32

  /// Binds a path in a folder of its own, or the given name in the abstract space (`@name`).
  init(abstract name: String? = nil) throws {
    folder = name == nil ? try temporaryFolder() : nil
    path = name ?? "\(folder ?? "")/socket"
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(path.utf8)
    if name != nil { bytes[0] = 0 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count + (name == nil ? 1 : 0))
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    guard result == 0 else { throw Failure(code: errno) }
  }

  deinit {
    close(descriptor)
    if let folder {
      unlink(path)
      rmdir(folder)
    }
  }

  struct Failure: Error { var code: Int32 }

  /// The next datagram, or nil where none is waiting.
  func next() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 300_000)
    let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    return count >= 0 ? Array(buffer[..<count]) : nil
  }

  func nextText() -> String? { next().map { String(decoding: $0, as: UTF8.self) } }

  /// The fields of the next entry, decoded as journald's protocol describes them.
  func nextEntry() -> [String: String]? {
    guard var rest = next().map({ $0[...] }) else { return nil }
    var fields: [String: String] = [:]
    while let end = rest.firstIndex(of: 0x0A) {
      let line = rest[rest.startIndex..<end]
      rest = rest[(end + 1)...]
      if let sign = line.firstIndex(of: UInt8(ascii: "=")) {
        fields[String(decoding: line[..<sign], as: UTF8.self)] =
          String(decoding: line[(sign + 1)...], as: UTF8.self)
      } else {
        guard rest.count >= 9 else { return nil }
        let count = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(8)
        guard rest.count > count, rest[rest.startIndex + count] == 0x0A else { return nil }
        fields[String(decoding: line, as: UTF8.self)] =
          String(decoding: rest.prefix(count), as: UTF8.self)
        rest = rest.dropFirst(count + 1)
      }
    }
    return rest.isEmpty ? fields : nil
  }
}

/// A folder that nobody else uses.
func temporaryFolder() throws -> String {
  var template = Array("/tmp/skin2vec-test-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw Receiver.Failure(code: errno) }
  return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
