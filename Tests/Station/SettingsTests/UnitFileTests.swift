import FoundationEssentials
import Settings
import Testing

/// The unit and the shipped settings are two files that must agree.
@Suite struct UnitFileTests {
  /// What the unit says, key by key; of a key given twice, all.
  private func unit() throws -> [String: [String]] {
    let folder = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let text = try String(
      contentsOfFile: folder + "/systemd/skin2vecd.service", encoding: .utf8)
    var values: [String: [String]] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { values[String(parts[0]), default: []].append(String(parts[1])) }
    }
    return values
  }

  @Test("the diary and the socket are by default in the folders the unit makes")
  func folders() throws {
    let unit = try unit()
    let state = try #require(unit["StateDirectory"]?.first)
    let runtime = try #require(unit["RuntimeDirectory"]?.first)
    #expect(Settings().diary.hasPrefix("/var/lib/\(state)/"))
    #expect(Settings().control.hasPrefix("/run/\(runtime)/"))
  }

  @Test("the sandbox lets the daemon reach buses and lines, and no network")
  func sandbox() throws {
    let unit = try unit()
    #expect(unit["DeviceAllow"] == ["char-i2c rw", "char-gpiochip rw"])
    #expect(unit["SupplementaryGroups"] == ["i2c gpio"])
    #expect(unit["RestrictAddressFamilies"] == ["AF_UNIX"])
    #expect(unit["PrivateNetwork"] == ["yes"])
  }
}
