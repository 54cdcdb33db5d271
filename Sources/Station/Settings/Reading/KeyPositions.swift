import Yams

/// Where the keys of a configuration file stand, for what is found wrong only on the board.
package struct KeyPositions: Hashable, Sendable {
  private var positions: [String: SettingsFault.Position] = [:]

  /// Reads a file.
  ///
  /// - Parameter path: The file.
  /// - Throws: `SettingsError` where it cannot be read, or is not YAML.
  package init(path: String) throws(SettingsError) {
    try self.init(text: try Document.text(of: path), file: path)
  }

  /// Reads the text of a file.
  package init(text: String, file: String) throws(SettingsError) {
    note(try Document.parse(text, file: file), at: "")
  }

  /// Where the value of a key stands, as `parts[1].lamp.chip`.
  ///
  /// Where the file leaves a key out, the nearest one around it that is there; nil where there is none.
  package subscript(_ key: String) -> SettingsFault.Position? {
    var way = key[...]
    while !way.isEmpty {
      if let position = positions[String(way)] { return position }
      guard let end = way.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      way = way[..<end]
    }
    return nil
  }

  private mutating func note(_ mapping: Node.Mapping, at way: String) {
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { continue }
      note(value, at: way.isEmpty ? name : "\(way).\(name)", key: key)
    }
  }

  /// A scalar's place is its own; a mapping's or a list's is that of its key, which people look for.
  private mutating func note(_ node: Node, at way: String, key: Node? = nil) {
    positions[way] = node.scalar == nil ? key?.position ?? node.position : node.position
    if let mapping = node.mapping { note(mapping, at: way) }
    for (index, item) in (node.sequence.map(Array.init) ?? []).enumerated() {
      note(item, at: "\(way)[\(index)]")
    }
  }
}
