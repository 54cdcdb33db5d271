import Bus

extension Settings {
  /// What is watched, and when somebody is told.
  package struct Health: Hashable, Sendable {
    /// A part without a value for so long is told of; default 10 min, and at least twice `air.every`.
    package var stoppedAfter = Duration.seconds(10 * 60)
    /// What may be written to the disk in a day, in bytes, or nil for no limit; default 10 MB.
    package var bytesPerDay: Int64? = 10_000_000

    package init() {}
  }

  /// When a slot without a tap is told of; nil for never.
  package struct Reminders: Hashable, Sendable {
    package var morning: TimeOfDay?
    /// A time before the morning begins is of the night that follows.
    package var evening: TimeOfDay?

    package init(morning: TimeOfDay? = nil, evening: TimeOfDay? = nil) {
      self.morning = morning
      self.evening = evening
    }
  }
}

extension Settings.Health {
  /// The defaults where the air is read so often.
  init(airPeriod: Duration) {
    self.init()
    stoppedAfter = max(stoppedAfter, airPeriod * 2)
  }

  init(_ section: Section, airPeriod: Duration) {
    self.init(airPeriod: airPeriod)
    let week = Duration.seconds(7 * 86_400)
    stoppedAfter = section.value(
      "stopped_after", as: .duration(in: .seconds(60)...week), default: stoppedAfter)
    if stoppedAfter < airPeriod * 2 {
      section.refuse(
        "stopped_after",
        "the air is read every \(words(airPeriod)), and would count as stopped after "
          + words(stoppedAfter),
        hint: "make it at least twice as long as `air.every`, and the `every` of each part")
    }
    bytesPerDay = section.value("written_per_day", as: Self.budget, default: bytesPerDay)
  }

  /// Megabytes, or `none`.
  private static let budget = Format<Int64?> { text throws(Complaint) in
    if text == "none" { return nil }
    return Int64((try Format.quantity("MB", in: 1...100_000).read(text) * 1e6).rounded())
  }
}

extension Settings {
  /// A reminder outside its half of the day would never come.
  func refuseUntimelyReminders(_ file: Section) {
    guard let section = file.existing("tap")?.existing("remind") else { return }
    let (begin, turn) = (time.morning, time.evening)
    if let morning = tap.remind.morning, !(begin..<turn).contains(morning) {
      section.refuse(
        "morning", "\(morning) is not in the morning", hint: "use \(begin) to \(turn)")
    }
    if let evening = tap.remind.evening, (begin..<turn).contains(evening) {
      section.refuse(
        "evening", "\(evening) is not in the evening", hint: "use \(turn) to \(begin)")
    }
  }
}

extension Settings.Reminders {
  init(_ section: Section) {
    self.init()
    morning = section.optional("morning", as: .timeOfDay)
    evening = section.optional("evening", as: .timeOfDay)
  }
}

extension Settings.Air {
  /// From one cleaning of the fan to the next, or `off`.
  static let fanCleaningFormat = Format<Duration?> { text throws(Complaint) in
    if text == "off" { return nil }
    return try Format.duration(in: .seconds(86_400)...(.seconds(90 * 86_400))).read(text)
  }
}

extension Section {
  /// A bus by its device alone, or with what may be done to it.
  ///
  /// - Parameter name: Its name in the file.
  /// - Returns: The device, and whether its adapter may be taken from its driver and given back.
  func bus(_ name: String) -> (path: String, mayRebind: Bool)? {
    guard existing(name) != nil else {
      return optional(name, as: .path).map { ($0, false) }
    }
    return section(name) { bus in
      let mayRebind = bus.value("rebind", as: .yesOrNo, default: false)
      return bus.required("path", as: .path, example: "/dev/i2c-1").map { ($0, mayRebind) }
    }
  }
}
