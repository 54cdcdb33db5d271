import ArgumentParser
import Journal
import Readings
import Settings
import SimulatedParts

/// A length of time on the command line: `365d`, `90 min`.
struct DurationArgument: ExpressibleByArgument {
  var duration: Duration

  init?(argument: String) {
    // ArgumentParser words the fault itself, with the option's help.
    let format = Format<Duration>.duration(
      in: Duration.seconds(1)...Duration.seconds(36_500 * 86_400))
    guard let duration = try? format.read(argument) else { return nil }
    self.duration = duration
  }
}

/// How fast simulated time passes, on the command line: `1`, `60`, `max`.
struct SpeedArgument: ExpressibleByArgument {
  var speed: SimulatedTime.Speed

  init(speed: SimulatedTime.Speed) { self.speed = speed }

  init?(argument: String) {
    if argument == "max" {
      speed = .max
    } else if let factor = Double(argument), factor > 0, factor.isFinite {
      speed = .times(factor)
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { "1" }
}

extension Settings.Journal {
  /// When lines on a terminal are coloured.
  var onTerminal: NoticePrinter.Colour {
    switch colour {
    case .auto: .automatic
    case .always: .always
    case .never: .never
    }
  }

  /// The least important notice that is written.
  var lowest: Notice.Priority {
    switch level {
    case .error: .error
    case .warning: .warning
    case .notice: .notice
    case .info: .info
    case .debug: .debug
    }
  }
}

extension DayPlan {
  /// A moment as the person's clock shows it: `23:10:04`, or with its date.
  func clockFace(at time: Timestamp, withDate: Bool) -> String {
    let (date, minute) = local(time)
    let seconds = time.seconds + Int64(zone.offsetSeconds(at: time.seconds))
    let clock = [minute / 60, minute % 60, Int(seconds - seconds.flooringDivision(by: 60) * 60)]
      .map { $0.padded(to: 2) }.joined(separator: ":")
    return withDate ? "\(date) \(clock)" : clock
  }
}
