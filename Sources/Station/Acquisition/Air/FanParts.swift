import Bus
import Readings
import Sensors

// What the sources of parts with a fan have in common.

extension Channel {
  /// Whether it counts particles, for which a fan must have turned for a while.
  var isParticles: Bool {
    switch self {
    case .airPM1, .airPM2_5, .airPM4, .airPM10: true
    default: false
    }
  }
}

extension StationClock {
  /// Whether a part has something new; waits a little more than the second in which it measures
  /// (SEN5x and SEN66 drivers, data after 1.1 s).
  func waitForData(
    _ isReady: () async throws(SensorError) -> Bool
  ) async throws(SensorError) -> Bool {
    for attempt in 0..<4 {
      if try await isReady() { return true }
      guard attempt < 3, await wait(for: .milliseconds(400)) else { break }
    }
    return false
  }
}

extension AirSource {
  /// The words of a part's status register; its errors are cleared once they have been read whole.
  ///
  /// A register that never answers whole is told of and is no failure: the rest of such a part was
  /// seen to be well (Sensirion arduino-i2c-sen66, issue 13).
  ///
  /// - Parameters:
  ///   - read: Reads what is set, in words.
  ///   - clear: Clears it.
  /// - Returns: What is set, empty where nothing is.
  /// - Throws: `SensorError` where the part does not answer at all.
  func statusWords(
    _ read: () async throws(SensorError) -> [String],
    clear: () async -> Void
  ) async throws(SensorError) -> String {
    var failure = ""
    for _ in 0..<3 {
      do {
        let words = try await read()
        if !words.isEmpty { await clear() }
        return words.joined(separator: ", ")
      } catch {
        guard case .corrupted(let what) = error else { throw error }
        failure = what
      }
    }
    return "its status cannot be read: \(failure)"
  }
}
