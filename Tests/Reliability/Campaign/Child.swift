import Glibc

/// A program that a campaign starts and watches.
struct Child: Sendable {
  let process: pid_t

  /// How it ended.
  enum Ending: Hashable, Sendable {
    case exited(Int32)
    case killed(Int32)
  }

  /// Starts a program with what it prints going to a file.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - arguments: What follows its name.
  ///   - output: The file for both its outputs; it is made anew.
  /// - Throws: ``ChildError`` where it cannot be started.
  init(_ program: String, _ arguments: [String], output: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let status = posix_spawn(&process, program, &actions, nil, words, environ)
    guard status == 0 else { throw ChildError(program: program, code: status) }
    self.process = process
  }

  /// How it ended, where it has; its entry in /proc stays until `collect`.
  ///
  /// - Returns: whether it has ended.
  func hasEnded() -> Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(process), &info, WEXITED | WNOWAIT | WNOHANG) == 0
      && info._sifields._sigchld.si_pid == process
  }

  /// Waits for its end and lets the kernel forget it.
  func collect() -> Ending {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .killed(status & 0x7f)
  }

  func send(_ signal: Int32) { kill(process, signal) }
}

/// A program that could not be started.
struct ChildError: Error, CustomStringConvertible {
  var program: String
  var code: Int32
  var description: String { "\(program) cannot be started: \(String(cString: strerror(code)))" }
}
