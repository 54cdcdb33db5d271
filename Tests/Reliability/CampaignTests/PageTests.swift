import FoundationEssentials
import Glibc
import Testing

@testable import reliability

@Suite("the page of the campaigns") struct PageTests {
  private func page(lost: Int = 0, status: Int = 0, wanted: [String] = []) -> String {
    let outcome = Outcome(
      promise: "Nothing is lost.", how: "The plug is pulled.", tried: 1_234_567, unit: "cuts",
      lost: lost, seconds: 125.2, command: "campaign full cuts", planted: "a lying disk: 12 lost",
      details: ["31 a | b"])
    let head = Run.Head(
      campaign: "cuts", order: 2, title: "Power cuts", tier: "full", date: "2026-01-05",
      commit: "abc1234", machine: "2 cores", status: status)
    return Page(runs: [Run(head: head, outcomes: [outcome])], wanted: wanted).text
  }

  @Test("a promise is a row of the table, with its figures and its command")
  func row() {
    #expect(
      page().contains(
        "| Nothing is lost. | 1 234 567 cuts | 0 | 2 min 6 s | `campaign full cuts` |"))
    #expect(page().contains("1 promises, none broken."))
    #expect(page().contains("- Planted: a lying disk: 12 lost."))
  }

  @Test("what was lost stands out, in the row and above it")
  func lost() {
    #expect(page(lost: 3).contains("| 1 234 567 cuts | **3** |"))
    #expect(page(lost: 3).contains("**3 times** broken."))
  }

  @Test("a campaign that failed is named")
  func failed() {
    #expect(page(status: 1).contains("**Failed: cuts.**"))
  }

  @Test("a campaign without an outcome is named")
  func missing() {
    #expect(page(wanted: ["cuts", "soak"]).contains("none broken. No outcome yet: soak."))
    #expect(!page(wanted: ["cuts"]).contains("No outcome"))
  }

  @Test("lines that end as a serial console ends them are read")
  func lineEnds() throws {
    let head =
      #"{"campaign":"cuts","order":2,"title":"Cuts","tier":"full","date":"2026-01-05","#
      + #""commit":"a","machine":"m","status":0}"#
    let outcome =
      #"{"promise":"P","how":"h","tried":1,"unit":"cuts","lost":0,"seconds":1,"command":"c","#
      + #""details":[]}"#
    let file = "/tmp/skin2vec-page-\(getpid()).outcomes"
    try "run: \(head)\r\noutcome: \(outcome)\r\noutcome: \(outcome)\r\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    defer { unlink(file) }
    #expect(try Run(file: file).outcomes.count == 2)
  }
}
