import Normalisation
import Readings

/// What a session came to at one site in one channel: the candidate for the slot's value.
struct SessionValue {
  var sessionID: Int64
  var started: Timestamp
  var channel: Channel
  var site: Site
  /// Value, and the touch's own spread, of each accepted touch.
  var touches: [(value: Double, spread: Double?)] = []

  /// Most accepted touches, then the latest, then the last saved.
  func isBetter(than other: SessionValue) -> Bool {
    (touches.count, started, sessionID) > (other.touches.count, other.started, other.sessionID)
  }

  /// The median of the touches and the spread around it; a single touch has its own spread.
  var centreAndSpread: (centre: Double, spread: Double?)? {
    guard touches.count > 1 else { return touches.first.map { ($0.value, $0.spread) } }
    return RobustStatistics.centreAndSpread(of: touches.map(\.value)).map { ($0.centre, $0.spread) }
  }
}

/// A value that a slot should have, before it is compared with its series.
struct DerivedValue {
  var channel: Channel
  /// Nil for the air.
  var site: Site?
  var value: Double
  var spread: Double?
  var count: Int
  var quality: Quality
  /// Why it is not ok, or what else should be known of it.
  var reason: String?
  var sessionID: Int64?
  /// When it was taken, or began to be: decides its epoch.
  var time: Timestamp
}

extension DerivedValue {
  /// Whether a row of it would be the same, whenever it was taken.
  func isSame(as other: DerivedValue) -> Bool {
    (value, spread, count, reason) == (other.value, other.spread, other.count, other.reason)
      && (quality, sessionID) == (other.quality, other.sessionID)
  }
}

/// A value of a slot that is other than before, came or went.
struct ChangedValue {
  var person: Person
  var key: SlotKey
  var old: DerivedValue?
  var new: DerivedValue?
}

/// A slot of a person: what a change makes dirty.
struct PersonSlot: Hashable, Comparable {
  var person: Person
  var key: SlotKey

  static func < (a: PersonSlot, b: PersonSlot) -> Bool {
    a.person == b.person ? a.key < b.key : a.person.rawValue < b.person.rawValue
  }
}
