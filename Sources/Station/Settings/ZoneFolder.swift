import Glibc

/// The folder of time zones, of which the settings ask only whether a name is in it.
struct ZoneFolder: Sendable {
  var path: String

  static let system = ZoneFolder(path: "/usr/share/zoneinfo")

  /// `system`, which is nil, or the IANA name of a zone that is there.
  var format: Format<String?> {
    Format { text throws(Complaint) in
      if text == "system" { return nil }
      guard holds(text) else {
        throw Complaint("`\(text)` is not a zone in \(path)", hint: hint(for: text))
      }
      return text
    }
  }

  /// Whether there is a zoneinfo file of the name: a file, below the folder, that begins as such.
  private func holds(_ name: String) -> Bool {
    let isPlain = name.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/_+-".utf8.contains(byte)
    }
    guard isPlain, !name.hasPrefix("/"), let file = fopen("\(path)/\(name)", "re") else {
      return false
    }
    defer { fclose(file) }
    var magic = [UInt8](repeating: 0, count: 4)
    return fread(&magic, 1, 4, file) == 4 && magic.elementsEqual("TZif".utf8)
  }

  private func hint(for name: String) -> String {
    let nearest = Spelling.nearest(to: name, among: names)
    return nearest.map { "did you mean `\($0)`?" } ?? "write `system`, or a name as `Europe/Berlin`"
  }

  /// The zones of the table that comes with the folder; empty where it has none.
  private var names: [String] {
    guard let file = fopen("\(path)/tzdata.zi", "re") else { return [] }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    var names: [String] = []
    while fgets(&line, Int32(line.count), file) != nil {
      let bytes = line.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }
      let words = String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace }
      // "Z NAME rules…" and "L TARGET NAME" (zic(8), short forms).
      if words.count > 2, words[0] == "Z" { names.append(String(words[1])) }
      if words.count > 2, words[0] == "L" { names.append(String(words[2])) }
    }
    return names
  }
}
