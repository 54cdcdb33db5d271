/// Where a tap stands at a moment: what the light tells the person, for whoever follows on a page.
package struct TapMoment: Hashable, Sendable, Codable {
  /// What the person is told.
  package enum State: String, Hashable, Sendable, Codable, CaseIterable {
    /// Nobody taps.
    case ready
    /// Keep the probe where it is.
    case hold
    /// Lift it.
    case lift
    /// This touch counts; another may follow.
    case counted
    /// This touch did not count, or none of the session did: press again.
    case again
    /// The next site is tapped now.
    case site
    /// The session is on the disk.
    case saved
    /// The session is not on the disk yet.
    case notSaved = "not_saved"
  }

  package var state: State
  /// When, by the station's clock; stamped by whoever passes it on.
  package var time: Timestamp
  /// Whose session it is; nil while nobody taps.
  package var person: Person?
  package var site: Site?
  /// Touches of the session so far, and those of them that count.
  package var touches = 0
  package var accepted = 0
  /// Why the last touch does not count.
  package var refusal: TouchRefusal?
  /// The session's number, once it is saved.
  package var session: Int64?
  /// The session's line, once there is one.
  package var words: String?

  package init(
    _ state: State, at time: Timestamp = .seconds(0), person: Person? = nil, site: Site? = nil,
    touches: Int = 0,
    accepted: Int = 0, refusal: TouchRefusal? = nil, session: Int64? = nil, words: String? = nil
  ) {
    self.state = state
    self.time = time
    self.person = person
    self.site = site
    self.touches = touches
    self.accepted = accepted
    self.refusal = refusal
    self.session = session
    self.words = words
  }

  private enum CodingKeys: String, CodingKey {
    case state
    case time = "time_utc_us"
    case person, site, touches, accepted, refusal, session, words
  }
}
