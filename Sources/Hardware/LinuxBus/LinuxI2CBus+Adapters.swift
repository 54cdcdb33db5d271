package import Bus
import Glibc

extension LinuxI2CBus {
  /// An adapter that the kernel has.
  package struct Adapter: Hashable, Sendable {
    /// Its device node: `/dev/i2c-1`.
    package var path: String
    /// What its driver calls it: `bcm2835 (i2c@7e804000)`.
    package var name: String
  }

  /// Every adapter with a device node, lowest number first.
  package static var adapters: [Adapter] { adapters(in: "/sys/class/i2c-dev") }

  static func adapters(in folder: String) -> [Adapter] {
    OpenFile.names(in: folder)
      .compactMap { node -> (number: Int, adapter: Adapter)? in
        guard node.hasPrefix("i2c-"), let number = Int(node.dropFirst(4)),
          let name = OpenFile.firstLine(of: "\(folder)/\(node)/name")
        else { return nil }
        return (number, Adapter(path: "/dev/" + node, name: name))
      }
      .sorted { $0.number < $1.number }
      .map(\.adapter)
  }

  /// Looks whether a bus is there and may be used, without opening it: a driver that hangs cannot
  /// hold that up.
  ///
  /// - Parameter path: The device node, or the adapter's name.
  /// - Throws: `.gone`, `.denied`, or `.unsupported` where it is no device.
  package static func look(for path: String) throws(BusError) {
    let node = path.hasPrefix("/") ? path : try node(ofAdapter: path)
    let attempt = Attempt(path: node, operation: "look for the bus")
    var status = stat()
    guard stat(node, &status) == 0, access(node, R_OK | W_OK) == 0 else {
      let code = errno
      throw attempt.failure(BusError.Kind(errno: code, during: .claim), code: code)
    }
    guard status.st_mode & S_IFMT == S_IFCHR else { throw attempt.failure(.unsupported) }
  }

  /// The device node of the adapter with that name.
  static func node(ofAdapter name: String) throws(BusError) -> String {
    guard let adapter = adapters.first(where: { $0.name == name }) else {
      throw BusError(.gone, path: name, operation: "find the adapter by its name")
    }
    return adapter.path
  }
}
