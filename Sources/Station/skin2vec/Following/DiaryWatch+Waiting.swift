import Bus
import Store

extension DiaryWatch {
  /// Looks once a second until something was committed.
  mutating func next(on clock: any StationClock) async throws -> DiaryChange {
    while true {
      if let change = try await look() { return change }
      try await clock.sleep(for: .seconds(1))
    }
  }
}
