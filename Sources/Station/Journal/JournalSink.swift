import Glibc
import Readings

/// Writes entries to journald, with their fields.
package struct JournalSink: Sendable {
  private let identifier: String
  private let socket: DatagramSocket
  private let fallback: NoticePrinter?

  /// A sink, or nil where no socket can be had.
  ///
  /// - Parameters:
  ///   - identifier: The program, as the journal shows it.
  ///   - path: journald's socket.
  ///   - fallback: Where a line goes that journald does not take, as while it restarts.
  package init?(
    identifier: String, path: String = "/run/systemd/journal/socket",
    fallback: NoticePrinter? = nil
  ) {
    guard let socket = DatagramSocket(to: path) else { return nil }
    self.identifier = identifier
    self.socket = socket
    self.fallback = fallback
  }

  /// Whether standard error is a stream of the journal, as systemd says in $JOURNAL_STREAM.
  ///
  /// The variable alone is not enough: a shell below the unit inherits it (systemd.exec(5)).
  package static func isStandardErrorJournal() -> Bool {
    var status = stat()
    guard let stream = environmentVariable("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0
    else { return false }
    return isStream(stream, device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  static func isStream(_ stream: String, device: UInt64, inode: UInt64) -> Bool {
    let numbers = stream.split(separator: ":", omittingEmptySubsequences: false).map { UInt64($0) }
    return numbers == [device, inode]
  }

  func write(_ line: Line) {
    var entry = JournalEntry()
    entry.append("MESSAGE", line.text)
    entry.append("PRIORITY", String(line.priority))
    entry.append("SYSLOG_IDENTIFIER", identifier)
    if let messageID = line.messageID { entry.append("MESSAGE_ID", messageID) }
    for field in line.fields { entry.append(named: field.name, field.value) }
    // Never waits: a journal that is full or hangs must not hold up a tap. The diary has the line.
    if socket.send(entry.bytes) != 0 { fallback?.write(line, waits: false) }
  }
}

/// A variable of the process's environment; nil where it is not set.
package func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
