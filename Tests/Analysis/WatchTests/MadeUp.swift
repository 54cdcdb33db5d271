import Curves
import Mathematics
import Readings

/// People of these tests: each day has a state that its two readings share, and each reading its noise.
///
/// Variance 1: 0.6 is the state's, an AR(1) over days, and 0.4 the noise's; 15 % of readings are missing.
struct MadeUp {
  var days = 455
  var perDay = 0.5
  var curves = 1
  /// What is added on a day, in SD, to a curve.
  var change: (_ curve: Int, _ day: Int) -> Double = { _, _ in 0 }

  func history(seed: UInt64) -> History {
    var generator = SeededGenerator(seed: seed)
    var history = History(person: "me", firstDate: LocalDate(daysSince1970: 20_000), days: days)
    for curve in 0..<curves {
      var state = generator.normal()
      var values: [Double?] = []
      for day in 0..<days {
        state = perDay * state + (1 - perDay * perDay).squareRoot() * generator.normal()
        for slot in 0..<Grid.perDay {
          let noise = 0.4.squareRoot() * generator.normal()
          let value = 0.6.squareRoot() * state + noise + change(curve, day)
          let isMissing = generator.chance(0.15)
          values.append(isMissing ? nil : 50 + 5 * value + (slot == 0 ? 0 : 2))
        }
      }
      history.curves.append(
        Curve(channel: "skin.made\(curve)", unit: "index", site: "cheek", values: values))
    }
    return history
  }

  /// The day of an alarm.
  static func day(_ date: LocalDate, _ history: History) -> Int {
    date.daysSince1970 - history.firstDate.daysSince1970
  }
}
