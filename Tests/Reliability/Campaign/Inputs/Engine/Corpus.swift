import FoundationEssentials

/// Examples from the repository: files that decoders must take, and files they once did wrong with.
struct Corpus: Sendable {
  let folder: String
  /// A folder for what a subject needs, gone at the end.
  let scratch: String

  /// The files of a subject: those whose names begin with `found` may be refused.
  func examples(_ subject: String) throws -> [Example] {
    let place = "\(folder)/\(subject)"
    let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
    let examples = try names.map { name in
      Example([UInt8](try bytes("\(subject)/\(name)")), isValid: !name.hasPrefix("found"))
    }
    guard !examples.isEmpty else { throw Broken("there is nothing in \(place)") }
    return examples
  }

  /// One file of the folder.
  func bytes(_ name: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
      throw Broken("\(folder)/\(name) cannot be read: run it from the top of a checkout")
    }
    return [UInt8](data)
  }

  /// One file of the repository beside the folder.
  func shipped(_ path: String) throws -> [UInt8] { try bytes("../../../" + path) }
}
