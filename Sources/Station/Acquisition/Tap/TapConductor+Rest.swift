import Bus
import Normalisation
import Readings
import Sensors

/// What the moisture probe says in air, between taps, and what has been said about it.
struct RestState {
  /// When the probe is to be read in air; nil while it need not be.
  var due: BootInstant?
  /// Its last indices in air, the latest last: 0 is as it was calibrated.
  var indices: [Double] = []
  /// When people were last told to clean it.
  var told: BootInstant?

  /// So long after a session: the probe is back in its place by then.
  static let delay = Duration.seconds(5)
  /// How long it is read.
  static let time = Duration.milliseconds(300)
  /// As many readings in a row must agree: one may be of a wet finger.
  static let count = 3
  /// How often people are told, at most.
  static let quiet = Duration.seconds(86_400)
}

extension TapConductor {
  /// Reads the probe in air after a session, as a check of its zero.
  ///
  /// A film on the electrode, or a cable that has aged, shows here first. The reading is kept as a
  /// line of the diary, so that the trend can be seen.
  func checkRest() async {
    rest.due = nil
    guard let probe = probe.moisture, !self.probe.contact.isClosed else { return }
    let run = await probe.sample(
      from: clock.now, to: clock.now.advanced(by: RestState.time), while: nil, on: clock)
    // Somebody taps, or a part fails: the next session will have its own check.
    guard run.failure == nil, !self.probe.contact.isClosed,
      let conversion = book.conversion(of: probe.part, .skinMoisture),
      let raw = RobustStatistics.median(of: run.samples.map(\.code).compactMap(probe.scale.raw)),
      let index = conversion.value(of: raw)
    else { return }
    rest.indices = (rest.indices + [index]).suffix(RestState.count)
    await house.herald.announce(
      Notice(
        .probeAtRest, "\(probe.part) at rest: \(decimal(index, 2)) index, \(decimal(raw, 3)) pF",
        priority: .debug,
        fields: [
          .init("PART", probe.part), .init("INDEX", plainDecimal(index, 3)),
          .init("PICOFARADS", plainDecimal(raw, 4)),
        ]))
    await tellWhetherDirty(probe.part)
  }

  /// Asks for the probe to be cleaned where its zero has moved, once a day at most.
  private func tellWhetherDirty(_ part: String) async {
    let limit = book.limits.touch.restIndex
    let isQuiet = rest.told.map { $0.duration(to: clock.now) < RestState.quiet } ?? false
    guard rest.indices.count == RestState.count, !isQuiet,
      let drift = RobustStatistics.median(of: rest.indices), drift.magnitude > limit
    else { return }
    rest.told = clock.now
    await house.herald.announce(
      Notice(
        .probeDirty,
        "clean the probe: in air it reads \(decimal(drift, 1)) index where 0 was calibrated, as in "
          + "the last \(RestState.count) sessions; if that does not help, 'skin2vec calibrate "
          + "moisture'",
        priority: .warning,
        fields: [.init("PART", part), .init("INDEX", plainDecimal(drift, 2))]))
  }
}
