extension Settings {
  /// When one part is read for the air.
  package struct AirSchedule: Hashable, Sendable {
    /// From one sample to the next; nil, the default, as `air.every` says.
    package var every: Duration?
    /// How long after the whole periods of the board's clock; default 0 s, always below the period.
    package var offset = Duration.zero

    package init(every: Duration? = nil, offset: Duration = .zero) {
      self.every = every
      self.offset = offset
    }
  }
}

extension Settings.Part {
  /// When it is read; nil for the parts of the probe.
  var airSchedule: Settings.AirSchedule? {
    if case .air(_, let schedule) = options { schedule } else { nil }
  }

  /// From one sample of the part to the next; nil for the parts of the probe.
  func period(in air: Settings.Air) -> Duration? { airSchedule.map { $0.every ?? air.every } }
}

extension Settings.AirSchedule {
  init(_ section: Section) {
    self.init()
    let hour = Duration.seconds(3600)
    every = section.optional("every", as: .duration(in: .seconds(1)...hour))
    offset = section.value("offset", as: .duration(in: .zero...hour), default: offset)
  }
}

extension Settings {
  /// What is right in a part and cannot be beside `air`, which stands elsewhere in the file.
  ///
  /// - Parameters:
  ///   - placed: The parts that stand in the file.
  ///   - file: The whole of it.
  func refuseImpossibleSchedules(of placed: [PlacedPart], _ file: Section) {
    for placed in placed {
      guard let schedule = placed.part.airSchedule, let period = placed.part.period(in: air),
        schedule.offset >= period
      else { continue }
      placed.section.refuse(
        "offset",
        "the offset (\(words(schedule.offset))) is not below the period (\(words(period)))",
        hint: "make it shorter than `\(schedule.every == nil ? "air.every" : "every")`")
    }
    guard let section = file.existing("air"), air.staleAfter >= air.every else { return }
    for placed in placed {
      guard let period = placed.part.period(in: air), air.staleAfter < period else { continue }
      section.refuse(
        "stale_after",
        "values of \(placed.section.path) would be stale (\(words(air.staleAfter))) before the next "
          + "comes (\(words(period)))",
        hint: "make `stale_after` longer than the `every` of each part")
    }
  }
}
