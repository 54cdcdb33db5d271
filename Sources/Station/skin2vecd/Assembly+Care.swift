import Acquisition
import Bus
import Readings
import Settings

/// What the services need of earlier lives and of the world outside the board.
struct Surroundings {
  var memory = Memory()
  var relay = Relay.direct
  /// Counts the bytes written; a simulation's are nobody's.
  var meter = DiskMeter { nil }
  var held = HeldTaps()
}

// What each part is given besides being read, and what is watched.
extension Assembly {
  /// The steps that may be tried on each part, by its name.
  ///
  /// - Throws: `BoardError` where the board lacks a line.
  /// - Returns: One for each part of the settings.
  func recoverySteps() throws -> [String: RecoverySteps] {
    var switches: [Settings.LinePlace: PowerSwitch] = [:]
    var rebinds: [String: AdapterRebind] = [:]
    var all: [String: RecoverySteps] = [:]
    for (index, part) in settings.parts.enumerated() {
      var steps = RecoverySteps()
      if let line = part.power {
        let power = try switches[line.place] ?? powerSwitch(line, key: "parts[\(index)].power")
        switches[line.place] = power
        steps.power = power
      }
      if settings.reboundBuses.contains(part.bus), let path = settings.buses[part.bus] {
        let rebind = rebinds[part.bus] ?? adapterRebind(path)
        rebinds[part.bus] = rebind
        steps.rebind = rebind
      }
      all[part.part.name(at: part.address)] = steps
    }
    return all
  }

  private func powerSwitch(_ line: Settings.OutputLine, key: String) throws -> PowerSwitch {
    let output = try named(key) { () throws(BusError) in try board.output(line, as: .power) }
    return PowerSwitch(line: output, clock: board.clock)
  }

  private func adapterRebind(_ path: String) -> AdapterRebind {
    let board = board
    return AdapterRebind(clock: board.clock) { () throws(BusError) in
      try await board.rebind(path)
    }
  }

  /// How a part of the air is looked after.
  func care(of part: String, steps: RecoverySteps) -> PartCare {
    let plan = plan
    let fan = settings.air.fanCleaning.map { every in
      FanPlan(
        every: every, last: surroundings.memory.lastCleanings[part], days: { plan },
        relay: surroundings.relay)
    }
    return PartCare(fan: fan, steps: steps)
  }

  /// What the air's writer must keep to.
  var disk: AirWriter.Disk {
    let plan = plan
    return AirWriter.Disk(
      meter: surroundings.meter,
      budget: WriteBudget(
        limit: settings.health.bytesPerDay, basePeriod: settings.air.commitEvery),
      plan: { plan })
  }

  /// What people are told of.
  var watch: Housekeeper.Watch {
    var reminders: [Slot: Int] = [:]
    reminders[.morning] = settings.tap.remind.morning?.minutes
    reminders[.evening] = settings.tap.remind.evening?.minutes
    return Housekeeper.Watch(
      stoppedAfter: settings.health.stoppedAfter, reminders: reminders, people: people,
      relay: surroundings.relay)
  }

  /// Waits for the data of every part from now on.
  func expectData() {
    for part in settings.parts {
      let name = part.part.name(at: part.address)
      if case .air = part.options {
        health.expect(name, answersCount: false)
      } else {
        health.expect(name, answersCount: true)
      }
    }
  }
}
