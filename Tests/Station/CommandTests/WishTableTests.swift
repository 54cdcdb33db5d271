import FoundationEssentials
import Testing

/// README's table of what each thing people asked for is shown by.
@Suite struct WishTableTests {
  private let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  /// The rows `| 6 | … | Tests/… |` of README.
  private func rows() throws -> [(wish: Int, files: [String])] {
    let readme = try String(contentsOfFile: root + "/README.md", encoding: .utf8)
    return readme.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { String($0.trimmed) }
      guard cells.count == 3, let wish = Int(cells[0]) else { return nil }
      return (wish, cells[2].split(separator: ",").map { String($0.trimmed.filter { $0 != "`" }) })
    }
  }

  @Test("README names a test for each of the twenty wishes")
  func everyWishIsThere() throws {
    #expect(try rows().map(\.wish) == Array(1...20))
  }

  @Test("each test that README names for a wish says so itself")
  func everyTestIsThere() throws {
    for row in try rows() {
      #expect(!row.files.isEmpty)
      for file in row.files {
        let text = try String(contentsOfFile: root + "/" + file, encoding: .utf8)
        #expect(text.contains("wish \(row.wish):"), "\(file) does not name wish \(row.wish)")
      }
    }
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
  }
}
