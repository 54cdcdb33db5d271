/// Something that may bear on the skin: a dose at a time, not an effect.
package struct SkinEvent: Hashable, Sendable, Codable {
  package var person: Person
  package var time: Timestamp
  /// One of `knownKinds`, or the person's own word.
  package var kind: String
  /// 0 to 1.
  package var weight: Double
  package var note: String?

  package init(person: Person, time: Timestamp, kind: String, weight: Double, note: String?) {
    self.person = person
    self.time = time
    self.kind = kind
    self.weight = weight
    self.note = note
  }

  /// The kinds the station suggests.
  package static let knownKinds = [
    "late_night", "spicy_food", "alcohol", "stress", "sun", "new_product", "cleansed",
    "moisturised", "cycle_start", "travel",
  ]
}

/// An event of the diary, and what the diary calls it.
package struct SavedEvent: Hashable, Sendable {
  /// By which it can be withdrawn; never another event's.
  package var number: Int64
  /// The local date that it is filed under, as its slot is: 00:30 is the evening before.
  package var date: LocalDate
  package var event: SkinEvent

  package init(number: Int64, date: LocalDate, event: SkinEvent) {
    self.number = number
    self.date = date
    self.event = event
  }
}

/// How the skin felt on a day, 0 to 5.
package struct Score: Hashable, Sendable, Codable {
  package enum Dimension: String, Hashable, Sendable, CaseIterable, Codable {
    case oil, hydration, elasticity, gloss, sensitivity
  }

  package var person: Person
  package var date: LocalDate
  package var dimension: Dimension
  /// 0 to 5.
  package var value: Double

  package init(person: Person, date: LocalDate, dimension: Dimension, value: Double) {
    self.person = person
    self.date = date
    self.dimension = dimension
    self.value = value
  }
}

/// Who a part says it is.
///
/// A change of it begins a new epoch.
package struct PartIdentity: Hashable, Sendable {
  /// Name and address: `sen55 0x69`.
  package var part: String
  /// What the part calls itself: `SEN55`.
  package var product: String
  package var serial: String?
  package var firmware: String?
  /// Status bits as read, in words; empty where all is well, nil where the part has none.
  package var status: String?
  /// What it measures.
  package var channels: [Channel]

  package init(
    part: String, product: String, serial: String?, firmware: String?, status: String?,
    channels: [Channel]
  ) {
    self.part = part
    self.product = product
    self.serial = serial
    self.firmware = firmware
    self.status = status
    self.channels = channels
  }
}
