import Acquisition
import Bus
import Readings
import ServiceLifecycle
import Settings
import Synchronization
import Tape

/// What a person does after a journey: sets the station's zone.
///
/// A journey made before now is made once more at once: a life begins with the first zone.
struct Journeys: Service {
  let changes: [(at: Duration, zone: ZoneRules)]
  /// When the scenario began, perhaps in another of the station's lives.
  let start: BootInstant
  let clock: any StationClock
  let deck: any Deck
  let settings: Settings
  let sink: any ReadingSink
  let keeper: TimeKeeper

  func run() async throws {
    await untilShutdown {
      for number in 0... {
        guard let zone = await zone(after: number) else { break }
        let plan = try? settings.dayPlan(default: zone)
        guard let plan else { continue }
        // A zone that cannot be kept shows in the slots; the simulation itself goes on.
        _ = try? await sink.adopt(plan, from: keeper.stamp())
      }
      await Mailbox<Void>().interruption()
    }
  }

  /// The zone after so many journeys; nil after the last.
  private func zone(after number: Int) async -> ZoneRules? {
    let outcome = await deck.hear("journey") {
      guard changes.indices.contains(number) else { return .ended }
      let (at, zone) = changes[number]
      let hasArrived = await clock.wait(until: start.advanced(by: at))
      return hasArrived ? .bytes(Array(zone.name.utf8)) : .ended
    }
    guard case .bytes(let name) = outcome else { return nil }
    // A zone that the machine does not have shows in the slots, too.
    return try? ZoneRules(named: String(decoding: name, as: UTF8.self))
  }
}
