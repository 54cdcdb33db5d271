import Bus
import Readings
import Sensors

/// What a part of the air is given besides being read.
package struct PartCare: Sendable {
  /// When its fan is cleaned; nil for never.
  package var fan: FanPlan?
  /// What may be tried when it fails.
  package var steps: RecoverySteps

  package init(fan: FanPlan? = nil, steps: RecoverySteps = RecoverySteps()) {
    self.fan = fan
    self.steps = steps
  }

  /// How often a part is asked for its status.
  static let statusPeriod = Duration.seconds(600)
}

/// How far the care for a part has come.
struct CareState {
  var fan: FanPlan?
  /// The span of `statusPeriod` since boot in which the status was last read.
  var statusSpan: Int64?
  /// What was last said of it.
  var toldStatus = ""
  /// The span of `FanPlan.period` since boot in which a cleaning was last thought of.
  var fanSpan: Int64?
  /// Until when its particles are not to be used.
  var settles: BootInstant?

  /// Marks the particles while the fan is cleaned and settles: they are kept, and count nowhere.
  func marked(_ readings: [AirReading], at time: BootInstant) -> [AirReading] {
    guard let settles, time < settles else { return readings }
    return readings.map { reading in
      guard reading.channel.isParticles, case .value(let value, let quality, _) = reading.state,
        quality == .ok
      else { return reading }
      return AirReading(
        reading.channel, .value(value, .suspect, reason: "fan_cleaning"), raw: reading.raw)
    }
  }
}

extension AirSampler {
  /// Looks after the part between two samples.
  func care() async {
    guard isRunning else { return }
    await lookAtStatus()
    await cleanFan()
  }

  /// Switches the part's own timer off, which would clean the fan at a time nobody chose.
  func takeOverFan() async {
    guard careState.fan != nil, isRunning else { return }
    do {
      try await source.stopCleaningByItself()
    } catch {
      health.failed(source.part, error)
    }
  }

  /// Reads what the part says of itself, and tells of a change.
  private func lookAtStatus() async {
    // Counted from boot, so that it does not hang on when the part was last lost.
    let span = Int64(clock.now.sinceBoot / PartCare.statusPeriod)
    guard span != careState.statusSpan else { return }
    careState.statusSpan = span
    do {
      guard let words = try await source.status() else { return }
      guard words != careState.toldStatus else { return }
      careState.toldStatus = words
      await recovery.noteStatus(words)
    } catch {
      health.failed(source.part, error)
    }
  }

  private func cleanFan() async {
    let (keeper, now) = (herald.keeper, clock.now)
    let span = Int64(now.sinceBoot / FanPlan.period)
    guard let fan = careState.fan, span != careState.fanSpan else { return }
    careState.fanSpan = span
    let stamp = keeper.stamp()
    // Without the time of day nobody knows whom it would disturb.
    guard stamp.trust != .unsynced else { return }
    let isTime = fan.isTime(
      at: stamp.utc, usual: health.taps.usualMinutes(fan.days(), keeper),
      sinceContact: health.taps.sinceContact(at: now))
    guard await fan.relay.pass("time to clean \(source.part)", isTime) else { return }
    do {
      guard let settling = try await source.cleanFan() else {
        careState.fan = nil
        return
      }
      careState.settles = clock.now.advanced(by: settling)
      careState.fan?.last = stamp.utc
      await herald.announce(
        Notice(
          .fanCleaned,
          "\(source.part): the fan is being cleaned; its particles count again in "
            + spanInWords(settling.inSeconds.rounded(.up)),
          fields: [.init("PART", source.part)]))
    } catch {
      health.failed(source.part, error)
    }
  }
}
