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
