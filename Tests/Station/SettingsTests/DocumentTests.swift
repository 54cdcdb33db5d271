import Settings
import Testing

/// The reader as another target uses it, for files with keys of their own.
@Suite struct DocumentTests {
  @Test("a reader of other files has their own keys, lists and free names")
  func otherFile() throws {
    let text = """
      name: gentle
      steps:
        - {at: 1 s, kind: nak}
        - {at: 2 s, kind: flip}
      doses: {sun: 25 %, stress: 50 %}
      """
    let result = try Document.read(text: text, file: "s.yaml") { file in
      let steps = file.sections("steps") { step in
        step.required("at", as: .duration(in: .zero...(.seconds(9))), example: "1 s").map {
          ($0, step.value("kind", as: .name, default: "none"))
        }
      }
      let doses = file.section("doses") {
        $0.entries(as: .percent()).map { "\($0.key)=\($0.value)" }
      }
      return (file.value("name", as: .text, default: ""), steps ?? [], doses ?? [])
    }
    #expect(result.0 == "gentle")
    #expect(result.1.map(\.0) == [.seconds(1), .seconds(2)])
    #expect(result.1.map(\.1) == ["nak", "flip"])
    #expect(result.2 == ["sun=25.0", "stress=50.0"])
  }

  @Test("a few lists of aliases, which stand for billions of values, are refused")
  func aliases() {
    let levels = (1...9).map { level in
      "l\(level): &l\(level) ["
        + Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ", ") + "]"
    }
    let text = "l0: &l0 [x]\n" + levels.joined(separator: "\n")
    #expect {
      try Document.read(text: text, file: "s.yaml") { _ in }
    } throws: { error in
      "\(error)"
        == "s.yaml:2:50: more than 8 values are as elsewhere (`*name`): write the values out"
    }
    #expect(throws: SettingsError.self) { try KeyPositions(text: text, file: "s.yaml") }
  }

  @Test("a value may be as another one, and a comment may have stars")
  func oneAlias() throws {
    let text = "a: &a 60 s # *a *a *a *a *a *a *a *a *a\nb: *a\n"
    let both = try Document.read(text: text, file: "s.yaml") { file in
      ["a", "b"].map { file.value($0, as: .duration(in: .zero...(.seconds(99))), default: .zero) }
    }
    #expect(both == [.seconds(60), .seconds(60)])
  }

  @Test("lists and mappings of thousands are read")
  func thousands() throws {
    let names = (0..<30_000).map { "n\($0)" }
    let text =
      "list: [\(names.joined(separator: ", "))]\nfree:\n"
      + names.map { "  \($0): 1 %\n" }.joined()
    let counts = try Document.read(text: text, file: "s.yaml") { file in
      (
        file.values("list", as: .name)?.count,
        file.section("free") { $0.entries(as: .percent()).count }
      )
    }
    #expect(counts.0 == 30_000)
    #expect(counts.1 == 30_000)
  }

  @Test("a reader of other files can refuse what only it knows")
  func ownFault() {
    #expect {
      try Document.read(text: "a: 3", file: "s.yaml") { file in
        file.refuse("a", "three is too many", hint: "count again")
      }
    } throws: { error in
      "\(error)" == "s.yaml:1:4: a: three is too many: count again"
    }
  }
}
