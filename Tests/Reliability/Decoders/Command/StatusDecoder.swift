package import Control
import Readings
import Wording

/// The pages that `skin2vec` makes of what the daemon answers.
package enum StatusDecoder {
  /// The lines of `skin2vec status`, and its JSON, of an answer that was decoded.
  ///
  /// - Parameter station: What the daemon said.
  /// - Returns: The lines.
  /// - Throws: Where the answer has no JSON.
  package static func words(of station: StationStatus) throws -> [String] {
    let local = LocalClock(
      plan: DayPlan(zone: .utc), now: Timestamp(microseconds: 1_800_000_000_000_000))
    let page = StatusPage(station: station, diary: DiarySketch(path: station.diary), backup: nil)
    return page.lines(local, Paint(isOn: false)) + [try JSON.indented(station)]
  }
}
