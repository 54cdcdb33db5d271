import Bus
import Readings
import Settings

/// Says what is published: which topics there are, and what they hold of a snapshot.
///
/// Pure: the same snapshot at the same time gives the same messages.
struct Bulletin: Sendable {
  let mqtt: Settings.MQTT
  /// The people whose values are published, with their sites.
  let people: [Settings.Resident]
  /// What the parts of the settings give of the air, and of skin.
  let airChannels: [Channel]
  let skinChannels: [Channel]
  /// A value older than this is not the present air.
  ///
  /// Samples are committed together, so that the diary's latest is always somewhat old.
  let staleAfter: Duration

  /// Nil where the settings name no broker.
  init?(_ settings: Settings) {
    guard let mqtt = settings.mqtt else { return nil }
    self.mqtt = mqtt
    people = settings.people.filter { mqtt.people.contains($0.name) }
    let channels = settings.parts.flatMap(\.channels).compactMap { Channel(rawValue: $0.rawValue) }
    airChannels = channels.filter(\.isAir)
    skinChannels = channels.filter { !$0.isAir }
    staleAfter = settings.air.staleAfter + settings.air.commitEvery
  }

  /// Where it is said whether the program is there.
  var availabilityTopic: String { mqtt.topic + "/availability" }
  var airTopic: String { mqtt.topic + "/air" }
  var statusTopic: String { mqtt.topic + "/status" }

  func topic(of person: String, _ slot: Slot) -> String {
    "\(mqtt.topic)/\(person)/\(slot.rawValue)"
  }

  func availability(_ isThere: Bool) -> Message {
    Message(topic: availabilityTopic, payload: isThere ? "online" : "offline")
  }

  /// Every topic's content.
  ///
  /// - Parameters:
  ///   - snapshot: What the diary says.
  ///   - plan: Where the person's days begin.
  ///   - now: The board's clocks.
  /// - Returns: The messages, those by which Home Assistant finds the others first.
  func messages(_ snapshot: Snapshot, plan: DayPlan, now: ClockReading) -> [Message] {
    var messages = discovery().map { Message(topic: $0.topic, payload: $0.content.text()) }
    messages.append(Message(topic: airTopic, payload: air(snapshot, now: now).text()))
    for person in people {
      for slot in Slot.allCases {
        let key = plan.latest(slot, at: Timestamp(microseconds: now.utcMicroseconds))
        let content = self.slot(key, of: person, snapshot.values).text()
        messages.append(Message(topic: topic(of: person.name, slot), payload: content))
      }
    }
    messages.append(Message(topic: statusTopic, payload: status(snapshot, now: now).text()))
    return messages
  }
}

extension DayPlan {
  /// The last morning, or evening, that has begun.
  func latest(_ slot: Slot, at time: Timestamp) -> SlotKey {
    let now = self.slot(at: time)
    if now.slot == slot { return now }
    return SlotKey(date: slot == .evening ? now.date - 1 : now.date, slot: slot)
  }
}
