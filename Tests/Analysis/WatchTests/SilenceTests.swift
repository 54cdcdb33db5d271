import Curves
import Mathematics
import Readings
import Testing
import Watch

@Suite("where nothing can be said of changes") struct SilenceTests {
  private let watcher = Watcher(quietYears: 40, seed: 1)

  private func history(days: Int, _ value: (Int) -> Double?) -> History {
    let values = (0..<(days * Grid.perDay)).map(value)
    return History(
      person: "me", firstDate: LocalDate(daysSince1970: 20_000), days: days,
      curves: [Curve(channel: "skin.moisture", values: values)])
  }

  private func reason(_ history: History) -> String {
    do {
      _ = try watcher.watch(history)
      return "it spoke"
    } catch { return error.reason }
  }

  @Test("an empty diary") func empty() {
    let none = History(person: "me", firstDate: LocalDate(daysSince1970: 0), days: 0)
    #expect(reason(none) == "no readings yet; watching needs 75 readings over 90 days in one epoch")
    #expect(reason(history(days: 0) { _ in 1 }).hasPrefix("no readings"))
  }

  @Test("nothing but gaps") func missing() {
    #expect(reason(history(days: 300) { _ in nil }).hasPrefix("no readings"))
  }

  @Test("one reading") func one() {
    #expect(
      reason(history(days: 300) { $0 == 100 ? 5 : nil })
        == "1 readings over 1 days in this epoch so far; watching needs 75 readings over 90 days"
        + " in one epoch")
  }

  @Test("readings that are all the same") func same() {
    #expect(reason(history(days: 300) { _ in 5 }).hasPrefix("all readings are the same"))
  }

  @Test("six weeks") func few() {
    var generator = SeededGenerator(seed: 3)
    let short = history(days: 42) { _ in generator.normal() }
    #expect(reason(short).hasPrefix("84 readings over 42 days"))
  }

  @Test("a budget of nothing") func budget() {
    #expect(throws: Silence.self) {
      try Watcher(budgetPerYear: 0, seed: 1).watch(history(days: 300) { Double($0 % 7) })
    }
  }

  @Test("one slot only is enough, and gaps of months do no harm") func slotsAndGaps() throws {
    var generator = SeededGenerator(seed: 4)
    let mornings = history(days: 300) { $0.isMultiple(of: 2) ? generator.normal() : nil }
    #expect(try watcher.watch(mornings).watched.count == 1)
    let gap = history(days: 500) { (300..<600).contains($0) ? nil : generator.normal() }
    #expect(try watcher.watch(gap).watched.count == 1)
  }

  @Test("a curve that cannot be watched is named beside one that can") func beside() throws {
    var generator = SeededGenerator(seed: 5)
    var two = history(days: 200) { _ in generator.normal() }
    two.curves.append(Curve(channel: "skin.sebum", values: Array(repeating: nil, count: 400)))
    let report = try watcher.watch(two)
    #expect(report.watched.map(\.curve) == ["skin.moisture"])
    #expect(report.silences.map(\.curve) == ["skin.sebum"])
  }
}
