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
  /// What a part says twice in a row.
  ///
  /// A checksum of eight bits lets one in 256 of the frames pass that a burst of noise has spoilt; that
  /// the next one is spoilt to the same values does not happen. A part that measures anew in between
  /// is asked a third time.
  ///
  /// - Parameter read: Asks the part.
  /// - Returns: What it said.
  /// - Throws: What `read` throws, and `.corrupted` where no two answers in a row are the same.
  func confirmed<Answer: Equatable>(
    _ read: () async throws(SensorError) -> Answer
  ) async throws(SensorError) -> Answer {
    var last = try await read()
    for _ in 0..<2 {
      let again = try await read()
      if again == last { return again }
      last = again
    }
    throw .corrupted("it says something else each time it is asked")
  }

  /// The part's values, where they are new; nil where they are those of the sample before.
  ///
  /// A flag that noise has made of another says that they are new: values that are like the last ones
  /// to the last digit must be said to be new a second time.
  ///
  /// - Parameters:
  ///   - last: Those of the sample before.
  ///   - isReady: Waits for news, and says whether there are any.
  ///   - read: Reads the values.
  /// - Returns: The values and whether they are new.
  /// - Throws: What either throws.
  func fresh<Answer: Equatable>(
    after last: Answer?, when isReady: () async throws(SensorError) -> Bool,
    _ read: () async throws(SensorError) -> Answer
  ) async throws(SensorError) -> (answer: Answer, isNew: Bool) {
    let isNew = try await isReady()
    let answer = try await confirmed(read)
    guard isNew, answer == last else { return (answer, isNew) }
    guard try await isReady() else { return (answer, false) }
    return (try await confirmed(read), true)
  }

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
        // Noise that passes the checksum must not raise an alarm.
        guard !words.isEmpty else { return "" }
        guard try await read() == words else {
          failure = "it is another each time it is read"
          continue
        }
        await clear()
        return words.joined(separator: ", ")
      } catch {
        guard case .corrupted(let what) = error else { throw error }
        failure = what
      }
    }
    return "its status cannot be read: \(failure)"
  }
}
