import Acquisition
import Bus
import Control
import Journal
import Readings
import Settings

extension ControlDesk {
  /// How the station is now.
  func status(at stamp: Stamp) -> StationStatus {
    let clock = assembly.keeper.clock
    let date = assembly.plan.local(stamp.utc).date
    let meter = assembly.surroundings.meter
    return StationStatus(
      started: started.utc,
      uptimeSeconds: Double(stamp.bootMicroseconds - started.bootMicroseconds) / 1e6,
      diary: diary, isSimulated: isSimulated, clock: stamp.trust,
      person: assembly.people.current,
      parts: assembly.health.parts.map { PartStatus($0.name, $0.part, now: clock.now) },
      pendingTaps: assembly.health.heldTaps, lastTap: assembly.health.lastTap,
      bytesWrittenToday: meter.bytes(on: date) ?? 0,
      disk: DiskStatus(
        bytesWrittenYesterday: meter.bytes(on: date - 1), meanBytes: meter.mean(before: date),
        limitBytes: assembly.settings.health.bytesPerDay,
        batchSeconds: assembly.health.batchPeriod.inSeconds),
      isJournalVolatile: JournalStorage.current() == .volatile, settings: reloader.words,
      time: stamp.utc)
  }

  /// Tells one who follows each step of a tap at once, and the status now and then.
  func lead(_ tell: @escaping @Sendable (ControlResponse) async -> Bool) async {
    let moments = assembly.news.moments()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await moment in moments where await !tell(.tap(moment)) { return }
      }
      group.addTask {
        while await tell(.status(status(at: outside.stamp()))) {
          // Cancelled, it is over: nobody is told any more.
          guard (try? await Task.sleep(for: Self.statusPeriod)) != nil else { return }
        }
      }
      await group.next()
      group.cancelAll()
    }
  }

  /// From one status to the next, for those who follow; by everybody's clock, not the station's.
  private static let statusPeriod = Duration.seconds(1)
}

extension PartStatus {
  init(_ name: String, _ part: Health.Part, now: BootInstant) {
    let identity = part.identity
    self.init(
      part: name, product: identity?.product, serial: identity?.serial,
      firmware: identity?.firmware, state: part.state.rawValue,
      says: identity?.status.flatMap { $0.isEmpty ? nil : $0 },
      ageSeconds: part.lastValue.map { $0.duration(to: now).inSeconds },
      uptimeSeconds: part.runningSince.map { $0.duration(to: now).inSeconds },
      counters: [
        "samples": part.samples, "corrupted": part.corrupted,
        "not_acknowledged": part.notAcknowledged, "other_failures": part.otherFailures,
        "recoveries": part.recoveries, "restarts": part.restarts,
      ])
  }
}
