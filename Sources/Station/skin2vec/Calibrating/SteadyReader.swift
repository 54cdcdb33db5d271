import Acquisition
import Control
import Readings
import Settings

/// Measures a channel of the probe until it is steady: through the daemon, or itself where none runs.
struct SteadyReader {
  let setup: Setup
  let channel: Channel

  /// Seconds of trying, one measurement each.
  private static let longest = 15

  /// Asks for the probe to be held in a way, and measures until two readings in a row agree.
  ///
  /// - Parameter request: How to hold it.
  /// - Returns: The later of the two.
  /// - Throws: `Failure` where nobody is there to hold it, or it does not become steady.
  func read(_ request: String) async throws -> ProbeMeasurement {
    guard let ask = setup.desk.ask else {
      throw Failure(
        .usage, "somebody must hold the probe, and this is no terminal",
        hint: "give the numbers: 'skin2vec calibrate --help'")
    }
    guard ask("\(request) Ready? [y/N] ") else {
      throw Failure(.usage, "nothing was changed", hint: "say yes once the probe is held so")
    }
    let progress = ProgressLine(at: setup.desk)
    defer { progress.clear() }
    var last: ProbeMeasurement?
    for second in 0..<Self.longest {
      let next = try await once()
      progress.show(Double(second) / Double(Self.longest), "measuring: \(next.words)")
      if let last, next.agrees(with: last) {
        progress.clear()
        setup.desk.say(next.words)
        return next
      }
      last = next
    }
    throw Failure(
      .unavailable, "the probe does not hold still: \(last?.words ?? "nothing was read")",
      hint: "rest it on something, and try again")
  }

  /// Nothing more is measured: contacts are taps again.
  func end() {
    guard !setup.isOtherDiary else { return }
    // Where no daemon runs there is nobody to tell, and after a while it tells itself.
    _ = try? setup.client.send(.endMeasuring)
  }

  private func once() async throws -> ProbeMeasurement {
    do {
      switch try setup.client.send(.measure(channel)) {
      case .measured(let measurement): return measurement
      case .refused(let problem, let hint): throw Failure(.unavailable, problem, hint: hint)
      case .status, .tap, .done, .saved:
        throw ControlError.malformed("another answer than asked for")
      }
    } catch ControlError.notRunning {
      return try await here()
    }
  }

  /// Reads the part itself: no daemon has the bus.
  private func here() async throws -> ProbeMeasurement {
    do {
      return try await setup.probeParts(for: channel).measure(channel, on: setup.desk.clock)
    } catch let error as MeasuringError {
      throw Failure(.unavailable, error.problem, hint: error.hint)
    }
  }
}

extension ProbeMeasurement {
  /// As people read it: `12.304 pF ±0.002 (98 samples)`.
  var words: String {
    let (unit, places) =
      switch rawUnit {
      case .picofarads: ("pF", 3)
      case .counts: ("counts", 0)
      }
    return "\(decimal(median, places)) \(unit) ±\(decimal(spread, places)) (\(count) samples)"
  }
}
