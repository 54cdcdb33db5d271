/// The campaign's outcomes, one a promise.
struct WiresReport {
  let figures: WiresFigures
  let planted: [WiresDefect: WiresFigures]
  let seconds: Double
  let command: String

  /// Whether nothing was lost and every planted defect was noticed.
  var isGood: Bool {
    outcomes.allSatisfy { $0.lost == 0 } && WiresDefect.allCases.allSatisfy { caught($0) > 0 }
  }

  func print() throws { for outcome in outcomes { try outcome.report() } }

  /// How often the oracle saw a defect.
  private func caught(_ defect: WiresDefect) -> Int {
    guard let figures = planted[defect] else { return 0 }
    return switch defect {
    case .belief, .shift: figures.wrong
    case .slip: figures.offSchedule
    case .late: figures.lateReturns
    case .hand: figures.wrongTouches
    }
  }

  private func words(_ defects: WiresDefect...) -> String {
    defects.map { "\($0.words): noticed \(caught($0)) times" }.joined(separator: "; ")
  }

  private var outcomes: [Outcome] { [values, samples, returns, touches] }

  private func outcome(
    _ promise: String, _ how: String, _ tried: Int, _ unit: String, lost: Int, planted: String,
    _ details: [String]
  ) -> Outcome {
    Outcome(
      promise: promise, how: how, tried: tried, unit: unit, lost: lost, seconds: seconds,
      command: command, planted: planted, details: details)
  }

  private var values: Outcome {
    outcome(
      "Nothing that noise on a wire has made is taken for a reading of the air",
      "NAKs, flipped bits in what is read and written, bursts, dips, stale and slow parts, other "
        + "parts at the address; every value of good quality is held against the truth",
      figures.transfers, "transfers", lost: figures.wrong,
      planted: words(.belief, .shift),
      [
        "\(figures.values) values of the air in the diaries, \(figures.flagged) of them flagged",
        "the farthest accepted value is at \(decimal(figures.worstError)) of its part's last digit "
          + "and noise",
      ])
  }

  private var samples: Outcome {
    outcome(
      "A sample is missing only where its part could not give one, and the others keep their times",
      "the same runs: each absence needs a fault on that very part, each moment its one sample",
      figures.samples, "samples", lost: figures.lostSamples, planted: words(.slip),
      [
        "\(figures.absentInFault) absent channels, each with its reason and a fault that explains it",
        "\(figures.unexplained) without a fault, \(figures.missingRows) moments without their sample",
        "worst deviation from the schedule \(figures.worstDeviation) µs, "
          + "\(decimal(Double(figures.worstDeviationInFault) / 1e6)) s of a part with a fault",
      ])
  }

  private var returns: Outcome {
    outcome(
      "A part that is plugged in again is read within a minute, a bus that is freed within 10 s",
      "the same runs: from the end of each fault to the part's first reading, and until it runs",
      figures.returns, "returns", lost: figures.lateReturns, planted: words(.late),
      figures.worstReturns.sorted { $0.key < $1.key }.map {
        "worst: \($0.key) \(decimal($0.value)) s"
      })
  }

  private var touches: Outcome {
    outcome(
      "A tap in the midst of faults is saved with right values or refused with its reason",
      "the same runs: each touch is held against the skin that was under the probe",
      figures.touches, "touches", lost: figures.lostTouches, planted: words(.hand, .belief),
      [
        "\(figures.accepted) measures accepted, \(figures.refused) refused with a fault behind it",
        "\(figures.wrongTouches) wrong, \(figures.halfTouches) incomplete, "
          + "\(figures.unexplainedTouches) refused without a fault",
      ])
  }

  /// A number with two decimals.
  private func decimal(_ value: Double) -> String {
    guard value.isFinite else { return "for ever" }
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
