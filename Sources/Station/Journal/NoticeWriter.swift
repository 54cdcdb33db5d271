package import Readings

/// Anything that is said: a notice of the station, or a line of a library's log.
struct Line: Sendable {
  var text: String
  /// Syslog's level, 0 to 7.
  var priority: Int
  var messageID: String?
  var fields: [Notice.Field]
  var time: Timestamp?

  init(
    _ text: String, priority: Int, messageID: String? = nil, fields: [Notice.Field] = [],
    time: Timestamp? = nil
  ) {
    self.text = text
    self.priority = priority
    self.messageID = messageID
    self.fields = fields
    self.time = time
  }

  init(_ notice: Notice) {
    self.init(
      notice.text, priority: notice.priority.rawValue, messageID: notice.kind.messageID,
      fields: notice.fields + [Notice.Field("KIND", notice.kind.rawValue)],
      time: notice.stamp?.utc)
  }
}

/// Where lines go: the journal, or a terminal.
package struct NoticeWriter: Sendable {
  /// The two places.
  private enum Place: Sendable {
    case journal(JournalSink)
    case terminal(NoticePrinter)
  }

  private let place: Place
  /// The least important priority that is written.
  private let level: Notice.Priority

  /// Writes to the journal.
  package init(_ sink: JournalSink, level: Notice.Priority = .info) {
    place = .journal(sink)
    self.level = level
  }

  /// Writes readable lines.
  package init(_ printer: NoticePrinter, level: Notice.Priority = .info) {
    place = .terminal(printer)
    self.level = level
  }

  /// Writes to the journal where standard error is a stream of it, and else readable lines there.
  ///
  /// - Parameters:
  ///   - identifier: The program, as the journal shows it.
  ///   - printer: What writes the readable lines.
  ///   - level: The least important priority that is written.
  /// - Returns: The writer that suits.
  package static func suiting(
    identifier: String, printer: NoticePrinter, level: Notice.Priority = .info
  ) -> NoticeWriter {
    if JournalSink.isStandardErrorJournal(),
      let sink = JournalSink(identifier: identifier, fallback: printer)
    {
      return NoticeWriter(sink, level: level)
    }
    return NoticeWriter(printer, level: level)
  }

  /// Whether lines go to the journal.
  package var isJournal: Bool { if case .journal = place { true } else { false } }

  /// Writes a notice, unless it is less important than the level.
  package func write(_ notice: Notice) { write(Line(notice)) }

  func write(_ line: Line) {
    guard line.priority <= level.rawValue else { return }
    switch place {
    case .journal(let sink): sink.write(line)
    case .terminal(let printer): printer.write(line)
    }
  }
}
