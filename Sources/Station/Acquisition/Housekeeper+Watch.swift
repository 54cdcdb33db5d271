import Bus
package import Readings

extension Housekeeper {
  /// What the housekeeper watches for people.
  package struct Watch: Sendable {
    /// A part without data for so long is told of.
    package var stoppedAfter: Duration
    /// Minutes of the local day at which a slot without a tap is told of; none for never.
    package var reminders: [Slot: Int]
    /// Who is reminded; nil for nobody.
    package var people: People?
    /// Through what is heard whether somebody has tapped.
    package var relay: Relay

    /// Names them.
    ///
    /// - Parameters:
    ///   - stoppedAfter: How long a part may give no data.
    ///   - reminders: When a slot without a tap is told of, in minutes of the local day.
    ///   - people: Who is reminded.
    ///   - relay: Through what is heard whether somebody has tapped.
    package init(
      stoppedAfter: Duration = .seconds(600), reminders: [Slot: Int] = [:], people: People? = nil,
      relay: Relay = .direct
    ) {
      self.stoppedAfter = stoppedAfter
      self.reminders = reminders
      self.people = people
      self.relay = relay
    }
  }

  /// How long nobody is told that the clock is not set: a board needs its network first.
  static let clockPatience = Duration.seconds(15 * 60)
  /// So much more than the period between two rounds means that the board slept.
  static let sleepThreshold = Duration.seconds(60)

  /// Says that nothing ran, where the last round was too long ago.
  func lookForSleep(since last: BootInstant?) async {
    guard let last else { return }
    let gap = last.duration(to: health.clock.now)
    guard gap > period + Self.sleepThreshold else { return }
    health.wokeUp()
    await herald.announce(
      Notice(
        .stationSlept,
        "nothing ran for \(spanInWords(gap.inSeconds)), as when the board sleeps; everything goes "
          + "on from now, and the time between is a gap",
        priority: .notice, fields: [.init("GAP_SECONDS", plainDecimal(gap.inSeconds, 0))]))
  }

  /// Says which parts have stopped giving data, and which give them again.
  func watchData() async {
    for news in health.takeDataNews(stoppedAfter: watch.stoppedAfter) {
      let span = spanInWords(news.silence.inSeconds)
      let fields: [Notice.Field] = [
        .init("PART", news.part), .init("AGE_SECONDS", plainDecimal(news.silence.inSeconds, 0)),
      ]
      guard !news.isBack else {
        await herald.announce(
          Notice(.dataBack, "\(news.part) gives data again, after \(span)", fields: fields))
        continue
      }
      let what =
        news.isFirst
        ? "has given no data since the start, \(span) ago"
        : "has given no "
          + "data for \(span)"
      let how = news.answers ? "it answers all the same" : "it does not answer"
      await herald.announce(
        Notice(
          .dataStopped, "\(news.part) \(what); \(how)", priority: .warning, fields: fields))
    }
  }

  /// Says once that the clock has not been set for a while.
  func watchClock() async {
    guard !herald.keeper.isTrusted else {
      isClockTold = true
      return
    }
    guard !isClockTold, began.duration(to: health.clock.now) >= Self.clockPatience else { return }
    isClockTold = true
    await herald.announce(
      Notice(
        .clockNotSet,
        "no time service has said that the clock is right: readings keep their order and are "
          + "marked as unsynced. 'timedatectl' shows what is missing",
        priority: .warning))
  }

  /// Reminds those who have not tapped by the time the settings name, once a slot.
  func remind() async {
    let stamp = herald.keeper.stamp()
    // A clock that nobody vouches for may stand in another half of the day.
    guard let people = watch.people, stamp.trust != .unsynced, health.heldTaps == 0 else { return }
    let days = plan()
    let key = days.slot(at: stamp.utc)
    guard let minute = watch.reminders[key.slot] else { return }
    let isAfterMidnight = key.slot == .evening && minute < days.morningStart
    let due = days.zone.timestamp(date: key.date + (isAfterMidnight ? 1 : 0), minute: minute)
    guard stamp.utc >= due else { return }
    for entry in people.entries {
      // Looked at once a slot: whoever taps later needs no reminder, and whoever was told knows.
      guard looked[entry.person] != key else { continue }
      looked[entry.person] = key
      let taps = health.taps
      let isMissing =
        !taps.wasReminded(entry.person, of: key)
        && !taps.hasTap(of: entry.person, in: key, days, herald.keeper)
      guard await watch.relay.pass("no tap of \(entry.person)", isMissing) else { continue }
      let whose = people.entries.count > 1 ? " of \(entry.person)" : ""
      await herald.announce(
        Notice(
          .slotMissed, "no \(key.slot.rawValue) tap\(whose) yet", priority: .notice,
          fields: [
            .init("PERSON", entry.person.rawValue), .init("SLOT", key.slot.rawValue),
            .init("LOCAL_DATE", key.date.description),
          ]))
    }
  }
}
