import Acquisition
import FoundationEssentials
import Glibc
import Readings
import Store

// Taps that could not be saved wait here for the next run.
extension RunFolder {
  private var heldFile: String { path + "/held" }
  private var unreadFile: String { path + "/held.unread" }

  /// Keeps these sessions, and no others; false where the folder does not take them.
  func keep(_ sessions: [TapSession]) -> Bool {
    guard !sessions.isEmpty else { return unlink(heldFile) == 0 || errno == ENOENT }
    do {
      var lines = Data()
      for session in sessions {
        lines += try JSONEncoder().encode(session)
        lines.append(UInt8(ascii: "\n"))
      }
      let part = heldFile + ".part"
      guard FileManager.default.createFile(atPath: part, contents: lines) else { return false }
      chmod(part, 0o640)
      return rename(part, heldFile) == 0
    } catch {
      return false
    }
  }

  /// The sessions that are kept, oldest first, and how many cannot be read, which are set aside.
  func kept() -> (sessions: [TapSession], unread: Int) {
    guard let data = FileManager.default.contents(atPath: heldFile) else { return ([], 0) }
    let lines = data.split(separator: UInt8(ascii: "\n"))
    let sessions = lines.map { try? JSONDecoder().decode(TapSession.self, from: Data($0)) }
    let unread = sessions.count { $0 == nil }
    if unread > 0 { rename(heldFile, unreadFile) }
    return (sessions.compactMap(\.self), unread)
  }

  /// What the last run could not save, for this one to save, and where this one keeps its own.
  ///
  /// - Parameters:
  ///   - diary: What it has is left out: a run can end between saving a session and letting go of it.
  ///   - herald: Tells of each.
  /// - Returns: What a recorder begins with.
  func heldTaps(missingIn diary: String, herald: Herald) async -> HeldTaps {
    let (left, unread) = kept()
    if unread > 0 {
      await herald.announce(
        Notice(
          .tapNotSaved,
          "\(unread) taps that the last run held cannot be read; they are in "
            + "\(unreadFile) until the board is switched off", priority: .error))
    }
    let known = left.isEmpty ? [] : await Self.starts(in: diary)
    let missing = left.filter { !known.contains(Self.start(of: $0)) }
    for session in missing {
      await herald.announce(
        Notice(
          .tapNotSaved,
          "a tap that the last run could not save is held until it is: \(session.inWords)",
          priority: .warning))
    }
    return HeldTaps(missing) { keep($0) }
  }

  /// What tells one session from another, whatever the wall clock said.
  private struct Start: Hashable {
    var bootID: String
    var microseconds: Int64
  }

  private static func start(of session: TapSession) -> Start {
    Start(bootID: session.started.bootID, microseconds: session.started.bootMicroseconds)
  }

  /// When a diary's newest sessions began.
  private static func starts(in diary: String) async -> Set<Start> {
    let sql = """
      SELECT boot_id, started_boot_us FROM session JOIN boot USING (boot)
      ORDER BY session_id DESC LIMIT 1000
      """
    // A diary that cannot be read is told of by whoever needs it.
    let rows = (try? await Archive(path: diary).query(sql).rows) ?? []
    return Set(
      rows.compactMap { row in
        guard case .text(let bootID) = row[0], case .integer(let start) = row[1] else { return nil }
        return Start(bootID: bootID, microseconds: start)
      })
  }
}
