import Acquisition
import Bus
import Readings
import ServiceLifecycle

/// Looks for lines of the board that were not there when they were asked for, until each has come.
struct LineWatch: Service {
  let lines: [MissingLine]
  let health: Health
  let herald: Herald
  let clock: any StationClock
  private let period = Duration.seconds(10)

  func run() async throws {
    await untilShutdown {
      var missing = lines
      health.setMissingLines(missing.map(\.name))
      for line in missing { await herald.announce(line.notice) }
      while !missing.isEmpty, await clock.wait(for: period) {
        for (index, line) in missing.enumerated().reversed() {
          // Why not is known; it will be asked again.
          guard (try? line.look()) != nil else { continue }
          missing.remove(at: index)
          health.setMissingLines(missing.map(\.name))
          await herald.announce(
            Notice(
              .lineBack, "\(line.name) is there: \(line.cause.path)",
              fields: [.init("LINE", line.name)]))
        }
      }
      await Mailbox<Void>().interruption()
    }
  }
}

extension MissingLine {
  fileprivate var notice: Notice {
    Notice(
      .lineMissing,
      "\(name): \(cause); \(cause.hint). It will be looked for again, the rest goes on",
      priority: .warning, fields: [.init("LINE", name)])
  }
}
