package import Readings

/// What an import is of.
package enum ImportKind: String, Hashable, Sendable, CaseIterable {
  case air, touches, slots, events, scores
}

/// How an import goes about what is there already, and about what it cannot take.
package struct ImportOptions: Hashable, Sendable {
  /// What becomes of a line whose place in the diary holds something else.
  package enum Duplicates: String, Hashable, Sendable, CaseIterable {
    /// The line is refused.
    case refuse
    /// The diary keeps what it has.
    case keep
    /// The line takes its place.
    case replace
  }

  package var kind: ImportKind
  /// Where it comes from, for the diary's own account: `beijing.csv`.
  package var source: String
  package var duplicates = Duplicates.refuse
  /// One refused line, and nothing is taken.
  package var isAllOrNothing = false
  /// Seconds from one sample of the air to the next, where that is not the station's: how many an
  /// hour should have had.
  package var periodSeconds: Double?
  /// Goes through everything, and leaves the diary as it was.
  package var isDryRun = false

  package init(_ kind: ImportKind, source: String) {
    self.kind = kind
    self.source = source
  }
}

/// A line that was not taken, and nothing of it: where, why, and what would mend it.
package struct ImportRefusal: Hashable, Sendable {
  /// The first line of the file is 1.
  package var line: Int
  /// The column at fault, as the file calls it; nil where it is the whole line.
  package var column: String?
  package var reason: String
  /// What a person can do about it.
  package var mend: String

  package init(line: Int, column: String? = nil, reason: String, mend: String) {
    self.line = line
    self.column = column
    self.reason = reason
    self.mend = mend
  }
}

/// What became of the lines: taken + known + refused = lines.
package struct ImportCounts: Hashable, Sendable, Codable {
  /// Lines that hold data; neither the header nor empty lines.
  package var lines = 0
  package var taken = 0
  /// Of those taken, the ones that took the place of something else.
  package var replaced = 0
  /// There already, with the same values or, where asked for, kept with others.
  package var known = 0
  package var refused = 0
  /// The first and the last moment that lines were taken for.
  package var from: Timestamp?
  package var through: Timestamp?

  package init() {}

  /// Widens the time that lines were taken for.
  mutating func cover(_ time: Timestamp) {
    from = from.map { min($0, time) } ?? time
    through = through.map { max($0, time) } ?? time
  }
}

/// Some lines of a file as they were read, ready for the diary.
package struct ImportBatch: Sendable {
  /// Lines that were read, refused ones among them.
  package var lines = 0
  package var air = AirRows()
  package var entries: [ImportEntry] = []
  /// What could not be read, in the order of the lines.
  package var refused: [ImportRefusal] = []

  package init() {}
}

/// A line of something that does not come by the million.
package struct ImportEntry: Hashable, Sendable {
  package var line: Int
  package var content: Content

  package enum Content: Hashable, Sendable {
    /// An event, and its number where it has one.
    case event(SkinEvent, id: Int64?)
    case score(Score)
    case touch(ImportedTouch)
  }

  package init(line: Int, _ content: Content) {
    self.line = line
    self.content = content
  }
}

/// One channel of one touch, as a line of a file has it.
package struct ImportedTouch: Hashable, Sendable {
  /// The numbers the file has, to tell sessions and touches apart; nil where it has none.
  package var sessionID: Int64?
  package var touchID: Int64?
  package var person: Person
  package var sessionStarted: Stamp
  package var sessionEnded: Stamp
  package var verdict: TapSession.Verdict?
  /// The touch with one measure.
  package var touch: Touch

  package init(
    sessionID: Int64?, touchID: Int64?, person: Person, sessionStarted: Stamp,
    sessionEnded: Stamp, verdict: TapSession.Verdict?, touch: Touch
  ) {
    self.sessionID = sessionID
    self.touchID = touchID
    self.person = person
    self.sessionStarted = sessionStarted
    self.sessionEnded = sessionEnded
    self.verdict = verdict
    self.touch = touch
  }
}

extension Stamp {
  /// The boot that imported readings carry: no clock of this board saw them.
  package static let importBootID = "import"

  /// The moment of a reading that comes from elsewhere.
  package static func imported(_ time: Timestamp, _ trust: ClockTrust) -> Stamp {
    Stamp(utc: time, bootID: importBootID, bootMicroseconds: 0, trust: trust)
  }
}
