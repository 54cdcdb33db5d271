/// Why the daemon could not be spoken with, or could not listen.
package enum ControlError: Error, Hashable, Sendable {
  /// Nobody listens at the path.
  case notRunning(path: String)
  /// Another daemon listens at the path already.
  case alreadyRunning(path: String)
  /// The user may not use the socket.
  case denied(path: String)
  /// The process that asks is not of those who may.
  case stranger(process: Int32)
  /// The other side took too long.
  case timedOut
  /// The other side went away, or the server is stopping.
  case closed
  /// A line went past the limit, in bytes.
  case tooLong(Int)
  /// The other side speaks another version of the protocol.
  case version(Int)
  /// What came is not of the protocol; why.
  case malformed(String)
  /// There is something else at the path, or no socket can have such a path.
  case unusable(path: String)
  /// A system call failed, with its errno.
  case system(call: String, code: Int32)
}

extension ControlError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notRunning(let path): "skin2vecd is not running (nobody listens at \(path))"
    case .alreadyRunning(let path): "another skin2vecd listens at \(path)"
    case .denied(let path): "no permission to use \(path)"
    case .stranger(let process):
      "process \(process) may not speak with skin2vecd: its user is not in the daemon's group"
    case .timedOut: "no answer in time"
    case .closed: "the connection was closed"
    case .tooLong(let limit): "a line is longer than \(limit) bytes"
    case .version(let version): "the other side speaks version \(version) of the protocol"
    case .malformed(let why): "not understood: \(why)"
    case .unusable(let path): "\(path) cannot be a socket"
    case .system(let call, let code): "\(call) failed (errno \(code))"
    }
  }

  /// What a person can do about it.
  package var hint: String {
    switch self {
    case .notRunning: "start it with 'systemctl start skin2vecd'"
    case .alreadyRunning: "stop it, or give this one another `control` in its settings"
    case .denied, .stranger: "join the group: 'adduser NAME skin2vec', then log in again"
    case .timedOut: "'systemctl status skin2vecd' says how it is"
    case .closed: "try again; 'journalctl -u skin2vecd' says why"
    case .tooLong: "make the note shorter"
    case .version: "update both programs, and restart the daemon"
    case .malformed: "update both programs, and restart the daemon"
    case .unusable: "give an absolute path of at most 107 bytes, where nothing else is"
    case .system: "'journalctl -u skin2vecd' may say more"
    }
  }
}
