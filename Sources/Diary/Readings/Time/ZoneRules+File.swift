import FoundationEssentials

/// Why a time zone could not be used.
package enum ZoneError: Error, Hashable, Sendable {
  /// There is no such file under the zoneinfo folder.
  case unknown(name: String, folder: String)
  /// The file is not a zoneinfo file.
  case unreadable(path: String)
}

extension ZoneError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknown(let name, let folder):
      "no time zone '\(name)' in \(folder): IANA names look like 'Europe/Berlin'; "
        + "the package tzdata has them"
    case .unreadable(let path): "\(path) is not a zoneinfo file; reinstall the package tzdata"
    }
  }
}

extension ZoneRules {
  /// Reads a zone by its IANA name from the system's zoneinfo folder.
  ///
  /// - Parameters:
  ///   - name: The IANA name, as `Asia/Shanghai`.
  ///   - folder: Where the zoneinfo files are.
  /// - Throws: `ZoneError`
  package init(named name: String, folder: String = "/usr/share/zoneinfo") throws(ZoneError) {
    if name == "UTC" {
      self = .utc
      return
    }
    let plain = !name.isEmpty && !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
    let path = folder + "/" + name
    guard plain, let data = FileManager.default.contents(atPath: path) else {
      throw .unknown(name: name, folder: folder)
    }
    guard let rules = ZoneRules(name: name, zoneinfo: [UInt8](data)) else {
      throw .unreadable(path: path)
    }
    self = rules
  }

  /// The name of the system's own zone, from the link `/etc/localtime`, or nil.
  package static func systemName(link: String = "/etc/localtime") -> String? {
    // No link (a container, or a copy of the file): the caller says UTC and where to set it.
    guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link) else {
      return nil
    }
    let parts = target.split(separator: "/")
    guard let folder = parts.lastIndex(of: "zoneinfo"), folder + 1 < parts.count else { return nil }
    return parts[(folder + 1)...].joined(separator: "/")
  }

  /// Decodes a zoneinfo file; nil where it is damaged.
  ///
  /// Source: RFC 9636 (TZif). Version 1 files, with 32-bit times only, are refused: no system
  /// of this century ships them.
  package init?(name: String, zoneinfo bytes: [UInt8]) {
    var cursor = TZifCursor(bytes: bytes)
    guard let first = cursor.header(), first.version >= 2 else { return nil }
    cursor.offset += first.bodyLength(timeSize: 4)
    guard let header = cursor.header(), header.typeCount > 0 else { return nil }
    let end = cursor.offset + header.bodyLength(timeSize: 8)
    guard end <= bytes.count else { return nil }
    let times = (0..<header.timeCount).map { cursor.integer(at: cursor.offset + 8 * $0, size: 8) }
    let indices = cursor.offset + 8 * header.timeCount
    let types = indices + header.timeCount
    func offset(ofType type: Int) -> Int32 {
      Int32(truncatingIfNeeded: cursor.integer(at: types + 6 * type, size: 4))
    }
    guard (0..<header.timeCount).allSatisfy({ Int(bytes[indices + $0]) < header.typeCount }) else {
      return nil
    }
    // Without its order a table cannot be searched, and no place is days away from UTC.
    let isOrdered = zip(times, times.dropFirst()).allSatisfy { $0 < $1 }
    let isOnEarth = (0..<header.typeCount).allSatisfy {
      POSIXZone.offsets.contains(Int(offset(ofType: $0)))
    }
    guard isOrdered, isOnEarth else { return nil }
    let footer = String(decoding: bytes[end...].dropFirst().prefix { $0 != 10 }, as: UTF8.self)
    let tail = POSIXZone(footer)
    // Years after the table would silently be without daylight saving.
    guard footer.isEmpty || tail != nil else { return nil }
    self.init(
      name: name, transitions: times,
      offsets: (0..<header.timeCount).map { offset(ofType: Int(bytes[indices + $0])) },
      firstOffset: offset(ofType: 0), tail: tail)
  }
}

/// Reads big-endian numbers out of a zoneinfo file.
private struct TZifCursor {
  struct Header {
    var version: Int
    var utcCount, standardCount, leapCount, timeCount, typeCount, nameLength: Int

    func bodyLength(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + nameLength + leapCount * (timeSize + 4)
        + standardCount + utcCount
    }
  }

  let bytes: [UInt8]
  var offset = 0

  func integer(at position: Int, size: Int) -> Int64 {
    var value: UInt64 = bytes[position] >= 0x80 ? .max : 0
    for byte in bytes[position..<position + size] { value = value << 8 | UInt64(byte) }
    return Int64(bitPattern: value)
  }

  mutating func header() -> Header? {
    guard offset + 44 <= bytes.count, bytes[offset..<offset + 4].elementsEqual("TZif".utf8) else {
      return nil
    }
    let counts = (0..<6).map { Int(integer(at: offset + 20 + 4 * $0, size: 4)) }
    guard counts.allSatisfy({ (0...1_000_000).contains($0) }) else { return nil }
    let digit = bytes[offset + 4]
    offset += 44
    return Header(
      version: digit >= 0x30 ? Int(digit) - 0x30 : 1, utcCount: counts[0],
      standardCount: counts[1], leapCount: counts[2], timeCount: counts[3],
      typeCount: counts[4], nameLength: counts[5])
  }
}
