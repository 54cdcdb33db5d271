package import Logging
import Readings

/// Carries what libraries log to where the station's notices go.
package struct NoticeLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  package var logLevel: Logger.Level
  private let label: String
  private let writer: NoticeWriter

  /// A handler for one logger, whose label becomes the field LOGGER.
  package init(label: String, writer: NoticeWriter, level: Logger.Level = .warning) {
    self.label = label
    self.writer = writer
    logLevel = level
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var all = metadata
    all.merge(metadataProvider?.get() ?? [:]) { _, new in new }
    all.merge(event.metadata ?? [:]) { _, new in new }
    let named = all.sorted { $0.key < $1.key }
    let suffix = named.map { " \($0.key)=\($0.value)" }.joined()
    var fields = named.map { Notice.Field($0.key, "\($0.value)") }
    fields.append(Notice.Field("LOGGER", label))
    fields.append(Notice.Field("CODE_FILE", event.file))
    fields.append(Notice.Field("CODE_LINE", "\(event.line)"))
    fields.append(Notice.Field("CODE_FUNC", event.function))
    writer.write(
      Line("\(label): \(event.message)\(suffix)", priority: event.level.priority, fields: fields))
  }
}

extension Logger.Level {
  /// The level in syslog's numbers.
  fileprivate var priority: Int {
    switch self {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}
