import FoundationEssentials
import Journal
import Readings
import Testing

/// The catalogue that is installed, found beside the sources of this test.
private func entries() throws -> [(id: String, text: String)] {
  let folder = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
  let text = try String(contentsOfFile: folder + "/systemd/skin2vec.catalog", encoding: .utf8)
  return text.split(separator: "\n-- ").dropFirst().map { entry in
    (String(entry.prefix(32)), String(entry.dropFirst(33)))
  }
}

@Suite struct CatalogueTests {
  @Test("each kind of notice has an id of its own: 32 lower-case hexadecimal digits")
  func idsAreDistinct() {
    let ids = Notice.Kind.allCases.map(\.messageID)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(id.count == 32 && id.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }
  }

  @Test("the catalogue explains each kind once, and nothing else")
  func catalogueIsComplete() throws {
    let explained = try entries().map(\.id)
    #expect(explained.sorted() == Notice.Kind.allCases.map(\.messageID).sorted())
  }

  @Test("each entry has a subject, and two paragraphs: what it means and what to do")
  func entriesAreWhole() throws {
    for entry in try entries() {
      let parts = entry.text.split(separator: "\n\n", omittingEmptySubsequences: true)
      #expect(parts.first?.hasPrefix("Subject: ") == true)
      #expect(parts.count == 3, "\(entry)")
    }
  }
}
