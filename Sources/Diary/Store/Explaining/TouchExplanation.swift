package import Readings

/// What a touch was, and what is made of it anew.
package struct TouchExplanation: Hashable, Sendable {
  package var id: Int64
  package var sessionID: Int64
  package var person: Person
  package var key: SlotKey
  /// As the diary holds it.
  package var touch: Touch
  package var measures: [MeasureExplanation]
  package var limits: LimitsInForce
  /// What moved the times of its boot, once the clock was known.
  package var restamps: [Restamp]

  /// The measures whose stored result is not what the diary's own codes give.
  package var differing: [MeasureExplanation] { measures.filter(\.differs) }
}

/// One channel of a touch: the part, its codes, its calibration, and every check.
package struct MeasureExplanation: Hashable, Sendable {
  /// As the diary holds it.
  package var stored: Touch.Measure
  /// Worked out anew; nil where its codes or their meaning are not known.
  package var derived: Touch.Measure?
  /// Samples beyond what the part can say; nil where its scale is not known.
  package var overRange: Int?
  package var part: PartThen?
  /// What was in force when it was made.
  package var calibration: Calibration?
  /// The median raw value by it, in the channel's unit.
  package var converted: Double?
  package var checks: [Check]

  /// Whether what is stored is not what is worked out anew.
  package var differs: Bool {
    guard let derived else { return false }
    return !near(derived.raw, stored.raw) || !near(derived.value, stored.value)
      || !near(derived.spread, stored.spread) || derived.refusal != stored.refusal
  }

  /// What counts: as worked out anew where that can be done.
  package var current: Touch.Measure { derived ?? stored }
}

/// Who a part was at a moment.
package struct PartThen: Hashable, Sendable {
  package var identity: PartIdentity
  /// When it was first known as this one.
  package var since: Timestamp
  /// What was counted of it in the hour of the moment.
  package var health: PartHealth?
}

/// The limits at a moment.
package struct LimitsInForce: Hashable, Sendable {
  package var limits: Limits
  /// Their number in the diary; nil where it holds none, and the usual ones are taken.
  package var number: Int64?
  /// Nil where they serve what was before they began, being the first.
  package var from: Timestamp?
  /// The first local date they rule over, where that is later.
  package var since: LocalDate?
  /// When others took their place.
  package var until: Timestamp?
}

/// When a boot's clock became known, and what that moved.
package struct Restamp: Hashable, Sendable {
  package var number: Int64
  /// When it was done.
  package var stamp: Stamp
  package var bootID: String
  /// The moment at which the boot's clock stood at zero, as it is known since.
  package var bootTimeZero: Timestamp
  package var report: RestampReport
}
