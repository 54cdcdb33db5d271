/// One visit to the probe: every touch from the first contact to the last, of one person.
package struct TapSession: Hashable, Sendable, Codable {
  package var person: Person
  package var started: Stamp
  package var ended: Stamp
  /// In the order they were made, accepted or not.
  package var touches: [Touch]
  /// The air at the time, or why it was not known.
  ///
  /// Never a condition for the tap to count.
  package var air: [Channel: AirReading]
  package var verdict: Verdict

  package init(
    person: Person, started: Stamp, ended: Stamp, touches: [Touch],
    air: [Channel: AirReading], verdict: Verdict
  ) {
    self.person = person
    self.started = started
    self.ended = ended
    self.touches = touches
    self.air = air
    self.verdict = verdict
  }

  /// How a session ended.
  package enum Verdict: String, Hashable, Sendable, CaseIterable, Codable {
    /// At least one touch counts.
    case saved
    /// No touch counts; the person was asked for another.
    case refused
    /// Stopped before its end; the touches that count still do.
    case interrupted
  }

  package var acceptedTouches: Int { touches.count { $0.isAccepted } }
}

/// One value of a slot: what a person, channel and site came to, and how it compares.
package struct SlotValue: Hashable, Sendable {
  package var person: Person
  package var key: SlotKey
  package var channel: Channel
  /// Nil for a channel of the air.
  package var site: Site?
  /// In the channel's unit.
  package var value: Double
  /// In the channel's unit: over the accepted touches, or within the only one.
  package var spread: Double?
  /// Accepted touches; for the air, valid samples.
  package var count: Int
  package var quality: Quality
  /// Why it is not ok, or what else should be known of it: `cleansed,climate`.
  package var reason: String?
  /// The session it came from; nil for the air of a slot without one.
  package var sessionID: Int64?
  package var epoch: Int64
  package var normalised: NormalisedValue

  package init(
    person: Person, key: SlotKey, channel: Channel, site: Site?, value: Double, spread: Double?,
    count: Int, quality: Quality, reason: String? = nil, sessionID: Int64?, epoch: Int64,
    normalised: NormalisedValue
  ) {
    self.person = person
    self.key = key
    self.channel = channel
    self.site = site
    self.value = value
    self.spread = spread
    self.count = count
    self.quality = quality
    self.reason = reason
    self.sessionID = sessionID
    self.epoch = epoch
    self.normalised = normalised
  }
}

/// A slot value against the person's last seven days and own first thirty values.
package struct NormalisedValue: Hashable, Sendable {
  /// Mean of the ok values of dates d−6 … d; nil where there is none.
  package var mean7: Double?
  /// Robust deviation from dates d−7 … d−1; nil below four values.
  package var z7: Double?
  /// Values in that window.
  package var n7: Int
  /// Robust deviation from the baseline; nil below ten values.
  package var z30: Double?
  /// Values in the baseline, at most 30.
  package var n30: Int
  package var baseline: BaselineState

  package init(
    mean7: Double?, z7: Double?, n7: Int, z30: Double?, n30: Int, baseline: BaselineState
  ) {
    self.mean7 = mean7
    self.z7 = z7
    self.n7 = n7
    self.z30 = z30
    self.n30 = n30
    self.baseline = baseline
  }
}

/// Whether a personal baseline still takes in values.
package enum BaselineState: String, Hashable, Sendable, CaseIterable, Codable {
  case forming, frozen
}

/// What the diary made of a session, known inside the transaction that saves it.
package struct SavedSession: Hashable, Sendable {
  package var id: Int64
  package var key: SlotKey
  package var session: TapSession
  /// The values of the session's slot that come from this session.
  package var values: [SlotValue]

  package init(id: Int64, key: SlotKey, session: TapSession, values: [SlotValue]) {
    self.id = id
    self.key = key
    self.session = session
    self.values = values
  }
}
