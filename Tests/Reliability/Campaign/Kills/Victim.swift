import Foundation
import Glibc

/// A program that is started to be killed; what it says goes into a file, so that nothing is lost.
struct Victim {
  let process: pid_t
  let output: String

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - arguments: Without its name.
  ///   - output: The file for both of its outputs; what was in it goes.
  /// - Throws: A `KillFault` where it cannot be started.
  init(_ program: String, _ arguments: [String], output: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    let words = ([program] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, program, &actions, nil, words + [nil], environ)
    guard code == 0 else { throw KillFault("\(program): \(String(cString: strerror(code)))") }
    self.process = process
    self.output = output
  }

  /// What it has said so far.
  var said: String {
    String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
  }

  /// How it ended; nil while it runs.
  enum End: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  /// Asks whether it has ended; once it has, it must not be asked again.
  func ended() -> End? {
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return nil }
    return Self.end(status)
  }

  /// Sends it a signal.
  func send(_ signal: Int32) { kill(process, signal) }

  /// Kills it, and waits until it is gone.
  func end() -> End {
    kill(process, SIGKILL)
    return wait()
  }

  /// Waits until it ends by itself.
  func wait() -> End {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return Self.end(status)
  }

  private static func end(_ status: Int32) -> End {
    let signal = status & 0x7F
    return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
  }
}

/// The campaign itself went wrong: nothing was shown.
struct KillFault: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// Waits by the clock: a kill has its moment.
enum Waiting {
  static func milliseconds(_ time: Double) { usleep(UInt32(max(0, time) * 1000)) }
}
