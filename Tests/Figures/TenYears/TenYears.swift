import Readings
import Store

/// Makes the diary of ten years on which the figures are measured, and measures what no command does.
///
/// Run by `Tests/Figures/keeper`.
@main
enum TenYears {
  static func main() async throws {
    let arguments = CommandLine.arguments
    switch (arguments.dropFirst().first, arguments.last) {
    case ("make", let path?) where arguments.count == 3: try await make(path)
    case ("tap", let path?) where arguments.count == 3: try await tap(path)
    case ("begin", let path?) where arguments.count == 3:
      try await store(at: path, from: Life.begin).close()
    default: print("ten-years begin|make|tap DIARY")
    }
  }

  /// Ten years, day by day, as the daemon would have written them.
  private static func make(_ path: String) async throws {
    let store = try store(at: path, from: Life.begin)
    var life = Life(seed: 10)
    for calibration in Life.calibrations {
      _ = try await store.record(calibration, at: Life.stamp(Life.begin))
    }
    _ = try await store.adopt(Limits(), from: Life.stamp(Life.begin))
    for day in 0..<Life.days { try await store.live(life.day(day)) }
    try await store.close()
  }

  /// What one tap more costs, in the middle of the last day: the median of a hundred.
  private static func tap(_ path: String) async throws {
    var life = Life(seed: 11)
    let store = try store(at: path, from: Life.begin)
    var times: [Duration] = []
    for day in 0..<100 {
      let session = life.session(on: Life.days + day / 2, hour: day.isMultiple(of: 2) ? 7 : 22)
      let began = ContinuousClock.now
      _ = try await store.save(session) { _ in Notice(.tapSaved, "saved") }
      times.append(ContinuousClock.now - began)
    }
    try await store.close()
    times.sort()
    print("\(times[50] / .microseconds(1)) \(times[99] / .microseconds(1))")
  }

  private static func store(at path: String, from begin: Timestamp) throws -> Store {
    let zone = try ZoneRules(named: "Europe/Berlin")
    let options = Store.Options(
      origin: .real, plan: DayPlan(zone: zone), waitsForDisk: false,
      now: { Life.stamp(begin) })
    return try Store(path: path, options: options)
  }
}

extension Store {
  /// Writes a day in the order of time, without a change of threads in between.
  fileprivate func live(_ day: Life.Day) throws {
    for part in day.parts {
      try append(part.air)
      if let event = part.event { _ = try save(event, at: Life.stamp(event.time)) }
      if let session = part.session {
        _ = try save(session) { _ in Notice(.tapSaved, "saved") }
      }
    }
    try closeSlots(before: day.end)
  }
}
