import Bus

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

  /// The device node of the adapter with that name.
  static func node(ofAdapter name: String) throws(BusError) -> String {
    guard let adapter = adapters.first(where: { $0.name == name }) else {
      throw BusError(.gone, path: name, operation: "find the adapter by its name")
    }
    return adapter.path
  }
}
