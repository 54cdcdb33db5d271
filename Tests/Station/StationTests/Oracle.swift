import Bus
import Foundation
import Readings

@testable import SimulatedParts
@testable import skin2vecd

/// What the diary must hold, worked out from the scenario's true time and Foundation's time zones.
struct Oracle {
  let bench: StationBench

  /// The planned sessions that end before the scenario does, in order.
  func taps() throws -> [Tap] {
    var taps: [Tap] = []
    var lastLift = Duration.seconds(-1000)
    for event in Timeline(bench.scenario.scenario) {
      guard event.at < bench.length else { break }
      switch event.happening {
      case .press:
        // Ten seconds of quiet end a session.
        if event.at - lastLift > .seconds(10) { taps.append(try tap(at: event.at)) }
      case .lift: lastLift = event.at
      case .clock, .fault: break
      }
    }
    return taps
  }

  private func tap(at elapsed: Duration) throws -> Tap {
    let utc = bench.scenario.scenario.startUTCMicroseconds + elapsed.microseconds
    let change = bench.scenario.zoneChanges.last { $0.at <= elapsed }
    let (date, slot) = try slot(at: utc, in: change?.zone.name ?? bench.scenario.zone.name)
    return Tap(trueUTC: utc, utc: utc, date: date, slot: slot, clock: "synced")
  }

  /// Local date and slot: mornings begin at four, evenings at two in the afternoon.
  private func slot(at utc: Int64, in zone: String) throws -> (String, String) {
    var calendar = Calendar(identifier: .gregorian)
    guard let zone = TimeZone(identifier: zone) else { throw CocoaError(.featureUnsupported) }
    calendar.timeZone = zone
    var moment = Date(timeIntervalSince1970: Double(utc) / 1e6)
    let hour = calendar.component(.hour, from: moment)
    if hour < 4 { moment = calendar.date(byAdding: .day, value: -1, to: moment) ?? moment }
    let day = calendar.dateComponents([.year, .month, .day], from: moment)
    let date = String(format: "%04d-%02d-%02d", day.year ?? 0, day.month ?? 0, day.day ?? 0)
    return (date, (4..<14).contains(hour) ? "morning" : "evening")
  }
}
