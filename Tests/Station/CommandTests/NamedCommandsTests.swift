import ArgumentParser
import FoundationEssentials
import Testing

@testable import skin2vec

/// What people are told to type must be there.
@Suite("commands named in texts") struct NamedCommandsTests {
  private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  @Test(
    "every 'skin2vec …' that a text names is a command",
    arguments: ["systemd/skin2vec.catalog", "config/skin2vec.yaml", "README.md"])
  func named(path: String) throws {
    let data = try #require(FileManager.default.contents(atPath: "\(Self.root)/\(path)"))
    let known = Skin2Vec.configuration.subcommands.map { $0._commandName }
    let words = String(decoding: data, as: UTF8.self)
      .split(whereSeparator: { "'`\n".contains($0) })
      .filter { $0.hasPrefix("skin2vec ") }
      .compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) }
    #expect(!words.isEmpty)
    for word in words { #expect(known.contains(word), "\(path) names 'skin2vec \(word)'") }
  }
}
