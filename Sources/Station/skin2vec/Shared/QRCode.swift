import Glibc

/// QR codes, as the program qrencode draws them.
enum QRCode {
  /// Draws one on the terminal; nil where standard output is none.
  static var terminal: (@Sendable (String) -> Bool)? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    return { draw($0) }
  }

  /// Draws a text on standard output; false where the program is not installed, or fails.
  ///
  /// The text goes by a pipe, as everybody on the board may read another's arguments.
  private static func draw(_ text: String) -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // Short enough for the pipe, it needs no reader yet.
    let count = write(ends[1], text, text.utf8.count)
    close(ends[1])
    defer { close(ends[0]) }
    guard count == text.utf8.count else { return false }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    var words = ["qrencode", "-t", "ANSIUTF8"].map { (word: String) in strdup(word) } + [nil]
    defer { for word in words { free(word) } }
    // What was said before stands above it.
    fflush(nil)
    var process = pid_t()
    guard posix_spawnp(&process, "qrencode", &actions, nil, &words, environ) == 0 else {
      return false
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status == 0
  }
}
