import Bus
import Readings
import Sensors

// The ladder.
extension Recovery {
  /// Gives the part its supply, where the station switches it.
  func turnOn() async {
    do {
      try await steps.power?.turnOn()
    } catch {
      await announce("its supply cannot be switched on: \(error); \(error.hint)", .error)
    }
  }

  /// Takes the next step that can help.
  ///
  /// - Parameters:
  ///   - error: What the part last failed with.
  ///   - reset: Resets it; nil where it has no command for that.
  /// - Returns: Whether a step was taken; the part is to be asked again then.
  func climb(
    after error: SensorError, reset: (() async throws(SensorError) -> Void)?
  ) async -> Bool {
    for step in RecoveryStep.allCases where step.helps(against: error) {
      guard await isPossible(step, hasReset: reset != nil) else { continue }
      guard outage.tried.insert(step).inserted else { continue }
      if await take(step, because: error, reset) { return true }
    }
    await sayLimit()
    return false
  }

  private func isPossible(_ step: RecoveryStep, hasReset: Bool) async -> Bool {
    switch step {
    case .reset: hasReset
    case .power: steps.power != nil
    case .rebind:
      if let rebind = steps.rebind { await !rebind.isDenied } else { false }
    }
  }

  private func take(
    _ step: RecoveryStep, because error: SensorError,
    _ reset: (() async throws(SensorError) -> Void)?
  ) async -> Bool {
    do {
      switch step {
      case .reset: try await reset?()
      case .power: try await steps.power?.cycle()
      case .rebind: try await steps.rebind?.rebind()
      }
    } catch let error as BusError {
      await announce("it could not be \(step.words): \(error); \(step.hint(for: error))", .warning)
      return false
    } catch {
      await announce("it could not be \(step.words): \(error)", .warning)
      return false
    }
    outage.taken.append(step)
    health.restarted(part)
    await announce("it was \(step.words), as asking it again did not help (\(error))", .warning)
    return true
  }

  /// Says once in an outage that nothing is left to try.
  private func sayLimit() async {
    guard !outage.isAtLimit, !outage.tried.isEmpty else { return }
    outage.isAtLimit = true
    let tried = outage.taken.map(\.words).joined(separator: "; ")
    await announce(
      "every step was tried (\(tried.isEmpty ? "none could be taken" : tried)); it needs a hand. "
        + "It is asked again twice a minute", .error)
  }

  private func announce(_ words: String, _ priority: Notice.Priority) async {
    await herald.announce(
      Notice(
        .partRestarted, "\(part): \(words)", priority: priority, fields: [.init("PART", part)]))
  }
}

extension RecoveryStep {
  /// What a person can do where the step was refused.
  fileprivate func hint(for error: BusError) -> String {
    guard self == .rebind, error.kind == .denied else { return error.hint }
    return "the driver's files in /sys belong to root; `rebind: no` spares the try"
  }
}
