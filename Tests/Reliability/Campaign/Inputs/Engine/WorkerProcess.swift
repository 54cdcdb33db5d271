import Glibc

/// A worker's process.
struct WorkerProcess {
  let process: pid_t
  private(set) var ending: Ending?

  /// How a process ended.
  enum Ending: Hashable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Starts this program once more, with other arguments.
  ///
  /// - Parameters:
  ///   - arguments: Behind the program's name.
  ///   - errors: The file that takes its standard error.
  /// - Throws: `SystemFault`
  init(_ arguments: [String], errors: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    let words = ["reliability"] + arguments
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    // A trap's story would take seconds each time, and the number of the input tells it better.
    let settings = ["SWIFT_BACKTRACE=enable=no", "TZ=UTC"]
    var environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
    defer { for pointer in pointers + environment { free(pointer) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/proc/self/exe", &actions, nil, &pointers, &environment)
    guard code == 0 else {
      errno = code
      throw SystemFault("start a worker")
    }
    self.process = process
  }

  /// How it ended; nil while it runs.
  mutating func poll() -> Ending? {
    if let ending { return ending }
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return nil }
    let signal = status & 0x7F
    ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    return ending
  }

  /// Ends it at once.
  func kill() { Glibc.kill(process, SIGKILL) }
}
