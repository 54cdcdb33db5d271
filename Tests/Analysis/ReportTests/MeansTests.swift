import Curves
import Mathematics
import Readings
import Testing

@testable import Report

@Suite("means of a month") struct MeansTests {
  private let month = Month(of: LocalDate(daysSince1970: 20_731))

  /// A reading a slot from the month before on, by its day of that stretch and its slot.
  private func history(epochs: [Int]? = nil, _ value: (Int, Slot) -> Double?) -> History {
    let days = month.previous.days + month.days
    let values = (0..<days * 2).map { value(Grid.day($0), Grid.slot($0)) }
    return Diary.history(from: month.previous.first, values: values, epochs: epochs)
  }

  private func comparison(_ history: History, _ slot: Slot = .morning) -> SlotComparison {
    SlotComparison(history, history.curves[0], slot, month)
  }

  private func page(_ history: History) -> Page {
    let course = MonthCourse(
      history: history, month: month, curve: history.curves[0], alarms: [])
    return Page("<section aria-labelledby='x'>\(course.html(id: "course"))</section>")
  }

  private func rows(_ history: History) -> [[String]] {
    Array(page(history).rows(in: "x").dropFirst())
  }

  @Test func `mornings and evenings are apart, and so are the months`() {
    // October 2026, with 30 days of September before it.
    #expect(month.name == "October 2026")
    let history = history { day, slot in
      (day < 30 ? 10 : 40) + (slot == .morning ? 0 : 5) + (day.isMultiple(of: 2) ? 1 : -1)
    }
    let rows = rows(history)
    // 31 days: 16 of them even, 15 odd.
    #expect(rows.map { $0[0] } == ["Mornings", "Evenings"])
    #expect(rows[0][1...2] == ["40.0 (n = 31)", "10.0 (n = 30)"])
    #expect(rows[1][1...2] == ["45.0 (n = 31)", "15.0 (n = 30)"])
    #expect(rows[0][3].hasPrefix("+30.0 (+"))
  }

  @Test func `a score, which has no mornings, has one row`() {
    let rows = rows(history { _, slot in slot == .evening ? 3 : nil })
    #expect(rows.map { $0[0] } == ["Evenings"])
    #expect(rows[0][3] == "the readings are all the same")
  }

  @Test func `few readings have no mean and no difference, and say why`() {
    let few = rows(history { day, slot in day < 30 || day > 56 ? 40 + Double(day % 3) : nil })
    #expect(few[0][1] == "4 readings; a mean needs 5")
    #expect(few[0][3] == "a difference needs 10 readings in both months")
    let one = rows(history { day, slot in day < 30 || day > 59 ? 40 + Double(day % 3) : nil })
    #expect(one[0][1] == "1 reading; a mean needs 5")
  }

  @Test func `readings of several epochs are not averaged and not compared`() {
    let places = (month.previous.days + month.days) * 2
    func epochs(from place: Int) -> [Int] { (0..<places).map { $0 < place ? 1 : 2 } }
    let within = history(epochs: epochs(from: 90)) { day, _ in Double(day % 4) }
    #expect(rows(within)[0][1].hasPrefix("a new epoch began"))
    let between = history(epochs: epochs(from: 60)) { day, _ in Double(day % 4) }
    #expect(rows(between)[0][1].hasSuffix("(n = 31)"))
    #expect(rows(between)[0][3] == "the months are of several epochs, which are not compared")
    #expect(page(within).all("text").map(\.text).contains("new epoch"))
  }

  @Test func `the mean of seven days is calmer, and reaches back into the month before`() throws {
    // 1 and −1 in turn: their mean over seven days is 1/7 or −1/7, from the first of the month on.
    let page = page(history { day, slot in slot == .morning ? (day % 2 == 0 ? 1 : -1) : nil })
    func spread(_ style: String) throws -> Double {
      let path = try #require(
        page.all("path").first { $0.attributes["class"] == style }?.attributes["d"])
      let heights = path.dropFirst().split(separator: "L").compactMap {
        $0.split(separator: " ").last.flatMap { Double($0) }
      }
      #expect(heights.count == month.days)
      return (heights.max() ?? 0) - (heights.min() ?? 0)
    }
    #expect(abs(try spread("s2v-one") / spread("s2v-two") - 7) < 0.2)
  }

  /// Readings that wander from day to day, a year of them, with a step at the month's begin.
  private func wandering(perDay: Double, step: Double, seed: UInt64) -> History {
    var generator = SeededGenerator(seed: seed)
    var state = generator.normal()
    let first = month.last - 364
    let values = (0..<365).flatMap { day -> [Double?] in
      state = perDay * state + (1 - perDay * perDay).squareRoot() * generator.normal()
      let level = first + day >= month.first ? step : 0
      return [50 + 5 * (level + state), nil]
    }
    return Diary.history(from: first, values: values)
  }

  private func excluding(perDay: Double, step: Double) -> Int {
    (1...40).filter { seed in
      let history = wandering(perDay: perDay, step: step, seed: UInt64(seed))
      guard case .success(let change) = comparison(history).difference else { return false }
      return change.excludesZero
    }.count
  }

  @Test func `without a change about one interval in ten excludes zero, with one most do`() {
    // Of 40, at a probability of 0.1, more than 10 come once in two hundred.
    #expect(excluding(perDay: 0.6, step: 0) <= 10)
    #expect(excluding(perDay: 0.6, step: 2) >= 30)
  }

  private func width(perDay: Double, step: Double) throws -> Double {
    try (1...5).reduce(0) { sum, seed in
      let history = wandering(perDay: perDay, step: step, seed: UInt64(seed))
      let change = try comparison(history).difference.get()
      return sum + change.high - change.low
    }
  }

  @Test func `readings that go together make a wider interval`() throws {
    #expect(try width(perDay: 0.8, step: 0) > 1.5 * width(perDay: 0, step: 0))
  }

  @Test func `a change does not pass for wandering: its size makes no wider interval`() throws {
    let quiet = try width(perDay: 0.3, step: 0)
    #expect(abs(try width(perDay: 0.3, step: 4) / quiet - 1) < 0.15)
  }
}
