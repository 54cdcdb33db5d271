import FoundationEssentials
import Settings
import Testing

/// The file that is installed, found beside the sources of this test.
let shippedPath: String = {
  let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
  return "/\(folder)/config/skin2vec.yaml"
}()

@Suite struct ShippedFileTests {
  let lines: [String]

  init() throws {
    let text = try String(contentsOfFile: shippedPath, encoding: .utf8)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("the shipped file is wholly valid and says what the defaults are")
  func shippedFileIsTheDefaults() throws {
    let settings = try Settings.read(path: shippedPath)
    #expect(settings == Settings())
  }

  /// What the file is refused for once one of its lines is another.
  private func faults(with line: String, at index: Int) -> [SettingsFault] {
    var mutant = lines
    mutant[index] = line
    do {
      _ = try Settings.read(text: mutant.joined(separator: "\n"))
      return []
    } catch {
      return error.faults
    }
  }

  @Test("every key of the shipped file is read: with one letter more it is refused")
  func everyKeyIsRead() {
    var count = 0
    for (index, line) in lines.enumerated() {
      guard let match = line.firstMatch(of: /^( *(?:- )?)([a-z][a-z0-9_.]*:)/) else { continue }
      let mutant = match.1 + "x" + match.2 + line[match.range.upperBound...]
      #expect(!faults(with: String(mutant), at: index).isEmpty, "\(mutant)")
      count += 1
    }
    #expect(count > 60)
  }

  @Test("every quantity of the shipped file needs its unit: without it the line is refused")
  func everyUnitIsNeeded() {
    var count = 0
    for (index, line) in lines.enumerated() {
      guard let match = line.firstMatch(of: /^( *[a-z0-9_.]+: [0-9.]+) (\S+)$/) else { continue }
      let found = faults(with: String(match.1), at: index)
      #expect(found.map(\.position?.line) == [index + 1], "\(line)")
      #expect(found.first?.problem.hasSuffix("has no unit") == true, "\(line)")
      count += 1
    }
    #expect(count > 25)
  }

  @Test("every line of the shipped file that is indented with a tab is refused")
  func tabs() {
    for (index, line) in lines.enumerated() where line.hasPrefix("  ") && !line.contains("#") {
      #expect(!faults(with: "\t" + line.dropFirst(2), at: index).isEmpty, "\(line)")
    }
  }
}
