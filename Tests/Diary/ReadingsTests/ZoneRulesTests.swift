import FoundationEssentials
import Readings
import Testing

@Suite("time zones")
struct ZoneRulesTests {
  @Test("agree with Python's zoneinfo on every change from 1970 to 2100")
  func offsets() throws {
    let rows = try Fixture.rows("offsets.csv")
    var zone = ZoneRules.utc
    var before = 0
    for row in rows {
      let (seconds, offset) = (try #require(Int64(row[1])), try #require(Int(row[2])))
      if row[0] != zone.name {
        zone = try Fixture.zone(row[0])
      } else {
        #expect(zone.offsetSeconds(at: seconds - 1) == before, "\(row[0]) before \(seconds)")
      }
      #expect(zone.offsetSeconds(at: seconds) == offset, "\(row[0]) at \(seconds)")
      before = offset
    }
    #expect(rows.count > 3000)
  }

  @Test("change nowhere between the changes that Python finds")
  func nothingElse() throws {
    let rows = try Fixture.rows("offsets.csv")
    for (row, next) in zip(rows, rows.dropFirst()) where row[0] == next[0] {
      let zone = try Fixture.zone(row[0])
      let (from, to) = (try #require(Int64(row[1])), try #require(Int64(next[1])))
      for part in Int64(1)...4 {
        #expect(zone.offsetSeconds(at: from + (to - from) * part / 5) == Int(row[2]))
      }
    }
  }

  @Test("UTC needs no file")
  func utc() throws {
    let zone = try ZoneRules(named: "UTC", folder: "/nowhere")
    #expect(zone.offsetSeconds(at: 1_772_409_600) == 0)
  }

  @Test(
    "a name that is no zone is refused",
    arguments: ["Europe/Nowhere", "", "../zones.py", "/etc/localtime", "Europe"])
  func unknown(name: String) {
    #expect(throws: ZoneError.self) { try Fixture.zone(name) }
  }

  @Test("a damaged file is refused, wherever it is cut")
  func damaged() throws {
    let bytes = try Fixture.bytes("zoneinfo/Europe/Berlin")
    #expect(ZoneRules(name: "whole", zoneinfo: bytes) != nil)
    // From the end of the table on only the rule is cut, which a file may lack.
    let table = try #require(bytes.lastIndex(of: 10).flatMap { bytes[..<$0].lastIndex(of: 10) })
    for length in stride(from: 0, to: table, by: 7) {
      #expect(ZoneRules(name: "cut", zoneinfo: [UInt8](bytes[..<length])) == nil, "\(length)")
    }
    #expect(ZoneRules(name: "text", zoneinfo: [UInt8]("TZif".utf8)) == nil)
  }

  @Test("a damaged byte, anywhere, gives a zone or none and stops nothing")
  func damagedByte() throws {
    var bytes = try Fixture.bytes("zoneinfo/Asia/Tokyo")
    for index in bytes.indices {
      let byte = bytes[index]
      bytes[index] = 255
      let zone = ZoneRules(name: "damaged", zoneinfo: bytes)
      _ = zone?.offsetSeconds(at: 4_000_000_000)
      bytes[index] = byte
    }
  }
}

/// The fixtures beside these tests, made by `zones.py`.
enum Fixture {
  private static let folder = {
    let file: String = #filePath
    return file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try #require(FileManager.default.contents(atPath: folder + "/" + name)))
  }

  static func zone(_ name: String) throws -> ZoneRules {
    try ZoneRules(named: name, folder: folder + "/zoneinfo")
  }

  /// The rows of a file, without its heading.
  static func rows(_ name: String) throws -> [[String]] {
    String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").map { String($0) }
    }
  }
}
