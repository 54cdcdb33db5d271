import Readings
import Settings

extension Format where Value == Duration {
  /// A time since the scenario's start.
  static var elapsed: Format { .duration(in: .zero...Duration.seconds(3 * 366 * 86_400)) }

  /// A step of the wall clock, either way: `1 h`, `-5 d`.
  static var step: Format {
    .duration(in: Duration.seconds(-40_000 * 86_400)...Duration.seconds(40_000 * 86_400))
  }
}

extension Format where Value == ZoneRules {
  /// An IANA zone that the system has.
  static var zone: Format {
    Format { text throws(Complaint) in
      do {
        return try ZoneRules(named: text)
      } catch {
        throw Complaint("\(error)", hint: "write a name such as `Europe/Berlin`")
      }
    }
  }
}

extension Format where Value == Timestamp {
  /// A time on the local clock, to the second: `2026-03-02T22:40:00`.
  static func localTime(in zone: ZoneRules) -> Format {
    Format { text throws(Complaint) in
      let parts = text.split(separator: "T")
      let clock = parts.last?.split(separator: ":").map { Int($0) } ?? []
      guard parts.count == 2, let date = LocalDate(String(parts[0])), clock.count == 3,
        let hour = clock[0], let minute = clock[1], let second = clock[2],
        (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
      else {
        throw Complaint("`\(text)` is not a time", hint: "write it as `2026-03-02T22:40:00`")
      }
      return zone.timestamp(date: date, minute: hour * 60 + minute) + .seconds(second)
    }
  }
}
