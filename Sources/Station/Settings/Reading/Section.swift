import Yams

/// One mapping of a YAML file, read key by key.
///
/// A getter that finds something wrong notes it and gives a stand-in (the default, or nil), so that
/// the reading goes on to the next fault; the result is thrown away in the end.
/// Keys that nobody asked for are faults.
package final class Section {
  /// The way from the top of the file: `parts[1]`; empty at the top.
  package let path: String
  let faults: FaultList
  private let pairs: [(key: String, keyPosition: SettingsFault.Position?, value: Node)]
  /// Where each key's pair is: a file may have thousands.
  private let places: [String: Int]
  private let position: SettingsFault.Position?
  private var known: [String] = []
  private var isKnown: Set<String> = []

  convenience init(root: Node.Mapping, faults: FaultList) {
    self.init(root, path: "", faults: faults)
  }

  init(_ mapping: Node.Mapping, path: String, faults: FaultList) {
    self.path = path
    self.faults = faults
    position = mapping.mark.map { .init(line: $0.line, column: $0.column) }
    let pairs = mapping.compactMap { key, value in
      if let name = key.scalar?.string {
        return (key: name, keyPosition: key.position, value: value)
      }
      faults.add("a key must be a word", hint: "write `key: value`", key: path, at: key.position)
      return nil
    }
    self.pairs = pairs
    places = Dictionary(
      pairs.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether the file gives the key.
  package func has(_ key: String) -> Bool { node(key) != nil }

  /// The keys of the mapping, in the order of the file.
  package var keys: [String] { pairs.map(\.key) }

  /// Notes a fault of this section, or of one key in it.
  package func refuse(_ key: String? = nil, _ problem: String, hint: String) {
    let value = key.flatMap { pair($0) }
    if let key { expect([key]) }
    faults.add(
      problem, hint: hint, key: key.map(way) ?? path,
      at: value?.value.position ?? value?.keyPosition ?? position)
  }

  /// A value, or the default where the file does not give the key.
  package func value<Value>(
    _ key: String, as format: Format<Value>, default fallback: Value
  ) -> Value {
    optional(key, as: format) ?? fallback
  }

  /// A value, or nil where the file does not give the key.
  package func optional<Value>(_ key: String, as format: Format<Value>) -> Value? {
    node(key).flatMap { read($0, at: way(key), as: format) }
  }

  /// A value the file must give; nil is a fault that has been noted, with `example` as the mend.
  package func required<Value>(
    _ key: String, as format: Format<Value>, example: String
  ) -> Value? {
    guard has(key) else {
      refuse(nil, "`\(key)` is missing", hint: "add `\(key): \(example)`")
      return nil
    }
    return optional(key, as: format)
  }

  /// A list of values, or nil where the file does not give the key; an empty list is a fault, and a
  /// value that stands in it twice unless it may.
  package func values<Value: Hashable>(
    _ key: String, as format: Format<Value>, mayRepeat: Bool = false
  ) -> [Value]? {
    guard let items = items(key) else { return nil }
    var values: [Value] = []
    var seen: Set<Value> = []
    for (index, item) in items.enumerated() {
      let way = "\(way(key))[\(index)]"
      guard let value = read(item, at: way, as: format) else { continue }
      if !seen.insert(value).inserted, !mayRepeat {
        faults.add(
          "\(item.text) is in the list already", hint: "take it out", key: way, at: item.position)
      }
      values.append(value)
    }
    return values
  }

  /// What a mapping under the key holds, or nil where the file does not give the key.
  @discardableResult
  package func section<Result>(_ key: String, _ body: (Section) -> Result?) -> Result? {
    node(key).flatMap { read($0, at: way(key), body) }
  }

  /// The same for something that may be left out: `none` gives nil, no key gives the default.
  package func section<Result>(
    _ key: String, orNone fallback: Result?, _ body: (Section) -> Result?
  ) -> Result? {
    guard let node = node(key) else { return fallback }
    if node.scalar?.string == "none" { return nil }
    return read(node, at: way(key), body) ?? fallback
  }

  /// What the mappings of a list hold, or nil where the file does not give the key.
  package func sections<Result>(_ key: String, _ body: (Section) -> Result?) -> [Result]? {
    items(key)?.enumerated().compactMap { index, item in
      read(item, at: "\(way(key))[\(index)]", body)
    }
  }

  /// The values of this mapping whose keys are names of the file's own, in its order.
  package func entries<Value>(as format: Format<Value>) -> [(key: String, value: Value)] {
    pairs.compactMap { pair in
      optional(pair.key, as: format).map { (pair.key, $0) }
    }
  }

  /// Notes each key that nobody asked for.
  func refuseUnknownKeys() {
    for pair in pairs where !isKnown.contains(pair.key) {
      let hint = known.isEmpty ? "take it out" : Spelling.hint(for: pair.key, among: known)
      faults.add("unknown key", hint: hint, key: way(pair.key), at: pair.keyPosition)
    }
  }

  /// A mapping that has been read already, to note a fault found later; nil where there is none.
  func existing(_ key: String) -> Section? {
    pair(key)?.value.mapping.map {
      Section($0, path: way(key), faults: faults)
    }
  }

  /// Lets keys pass that cannot be judged yet, so that one fault does not draw others after it.
  func expect(_ keys: [String]) {
    for key in keys where isKnown.insert(key).inserted { known.append(key) }
  }

  private func way(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private func node(_ key: String) -> Node? {
    expect([key])
    return pair(key)?.value
  }

  private func pair(
    _ key: String
  ) -> (key: String, keyPosition: SettingsFault.Position?, value: Node)? {
    places[key].map { pairs[$0] }
  }

  private func items(_ key: String) -> [Node]? {
    guard let node = node(key) else { return nil }
    guard let items = node.sequence.map(Array.init) else {
      faults.add(
        "a list is wanted here", hint: "write `[…]` or lines that begin with `- `", key: way(key),
        at: node.position)
      return nil
    }
    if items.isEmpty {
      faults.add(
        "the list is empty", hint: "fill it, or leave the key out for the default", key: way(key),
        at: node.position)
    }
    return items
  }

  private func read<Value>(_ node: Node, at way: String, as format: Format<Value>) -> Value? {
    guard let scalar = node.scalar else {
      faults.add(
        "one value is wanted here", hint: "write it behind the colon", key: way, at: node.position)
      return nil
    }
    guard !node.isEmptyScalar else {
      faults.add(
        "there is no value", hint: "give one, or leave the key out for the default", key: way,
        at: node.position)
      return nil
    }
    do {
      return try format.read(scalar.string)
    } catch {
      faults.add(error.problem, hint: error.hint, key: way, at: node.position)
      return nil
    }
  }

  private func read<Result>(
    _ node: Node, at way: String, _ body: (Section) -> Result?
  ) -> Result? {
    // A section with every line in it commented out is a section of defaults.
    guard let mapping = node.isEmptyScalar ? Node.Mapping([]) : node.mapping else {
      faults.add(
        "keys are wanted here", hint: "write `key: value` lines, indented", key: way,
        at: node.position)
      return nil
    }
    let section = Section(mapping, path: way, faults: faults)
    let result = body(section)
    section.refuseUnknownKeys()
    return result
  }
}

extension Node {
  /// Where the node begins.
  var position: SettingsFault.Position? { mark.map { .init(line: $0.line, column: $0.column) } }

  /// A plain scalar without text, which YAML calls null.
  var isEmptyScalar: Bool {
    guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
    return scalar.string.isEmpty || scalar.string == "~" || scalar.string == "null"
  }

  /// The scalar's text, for a fault.
  var text: String { scalar.map { "`\($0.string)`" } ?? "this" }
}
