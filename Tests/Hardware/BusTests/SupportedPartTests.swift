import Bus
import FoundationEssentials
import Testing

/// Step 6 of adding a sensor: the configuration and README know every part.
@Suite("supported parts")
struct SupportedPartTests {
  private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  private static func text(of path: String) throws -> String {
    let data = try #require(FileManager.default.contents(atPath: "\(root)/\(path)"))
    return String(decoding: data, as: UTF8.self)
  }

  @Test("every part has a row in README's parts table", arguments: SupportedPart.allCases)
  func readme(part: SupportedPart) throws {
    let rows = try Self.text(of: "README.md").split(separator: "\n").filter { $0.hasPrefix("| ") }
    let row = rows.first { $0.hasPrefix("| \(part.makersName) ") }
    let addresses = part.addresses.map(\.description).joined(separator: ", ")
    #expect(row?.contains("| \(addresses) |") == true)
  }

  @Test("the shipped configuration names every part", arguments: SupportedPart.allCases)
  func configuration(part: SupportedPart) throws {
    #expect(try Self.text(of: "config/skin2vec.yaml").contains(part.rawValue))
  }

  @Test("no two parts for the probe share an address")
  func addresses() {
    let probe = SupportedPart.allCases.filter { $0.role != .air }
    #expect(Set(probe.flatMap(\.addresses)).count == probe.flatMap(\.addresses).count)
  }
}
