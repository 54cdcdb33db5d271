import Testing

@testable import reliability

@Suite("the page of the campaigns") struct PageTests {
  private func page(lost: Int = 0, status: Int = 0) -> String {
    let outcome = Outcome(
      promise: "Nothing is lost.", how: "The plug is pulled.", tried: 1_234_567, unit: "cuts",
      lost: lost, seconds: 125.2, command: "campaign full cuts", planted: "a lying disk: 12 lost",
      details: ["31 a | b"])
    let head = Run.Head(
      campaign: "cuts", order: 2, title: "Power cuts", tier: "full", date: "2026-01-05",
      commit: "abc1234", machine: "2 cores", status: status)
    return Page(runs: [Run(head: head, outcomes: [outcome])]).text
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
}
