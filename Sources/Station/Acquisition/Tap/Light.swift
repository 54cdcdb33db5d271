package import Bus
import ServiceLifecycle

/// The light, and the buzzer with it, that tell the person what to do.
package final class Light: Service {
  /// What is said.
  package enum Signal: Hashable, Sendable {
    /// On: keep the probe where it is.
    case hold
    /// Off: lift it.
    case lift
    /// Three quick blinks: this touch did not count, press again.
    case again
    /// Two long blinks: it is in the diary.
    case saved
    /// Quick blinking for ten seconds: it is not in the diary yet.
    case notSaved
    /// So many short blinks: the number of the site that is next.
    case site(Int)
  }

  private let outputs: [any SignalOutput]
  private let signals = Mailbox<Signal>()
  private let clock: any StationClock

  /// Creates a light.
  ///
  /// - Parameters:
  ///   - outputs: The lines that show it; may be none.
  ///   - clock: What it waits by.
  package init(outputs: [any SignalOutput], clock: any StationClock) {
    self.outputs = outputs
    self.clock = clock
  }

  /// Shows a signal, in place of the one before.
  package func show(_ signal: Signal) { signals.send(signal) }

  package func run() async throws {
    await untilShutdown { await self.play() }
    await set(false)
  }

  private func play() async {
    var signal = await signals.next(on: clock)
    while let shown = signal, !Task.isCancelled {
      signal = nil
      for (isOn, duration) in shown.steps {
        await set(isOn)
        guard let duration else { continue }
        signal = await signals.next(until: clock.now.advanced(by: duration), on: clock)
        if signal != nil || Task.isCancelled { break }
      }
      if signal == nil { signal = await signals.next(on: clock) }
    }
  }

  private func set(_ isOn: Bool) async {
    for output in outputs {
      // A light that fails is no reason to lose a tap; the line was checked when it was opened.
      try? await output.set(isOn)
    }
  }
}

extension Light.Signal {
  /// Levels and how long they are held; nil holds until the next signal.
  var steps: [(isOn: Bool, duration: Duration?)] {
    switch self {
    case .hold: [(true, nil)]
    case .lift: [(false, nil)]
    case .again: Self.blinks(3, of: .milliseconds(100))
    case .saved: Self.blinks(2, of: .milliseconds(800))
    case .notSaved: Self.blinks(50, of: .milliseconds(100))
    case .site(let number): Self.blinks(number, of: .milliseconds(250))
    }
  }

  private static func blinks(
    _ count: Int, of duration: Duration
  ) -> [(isOn: Bool, duration: Duration?)] {
    (0..<count).flatMap { _ in [(true, duration), (false, duration)] } + [(false, nil)]
  }
}
