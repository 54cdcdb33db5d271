import FoundationEssentials
import Glibc

/// A page on the disk, as HTML or as PDF.
struct ReportFile {
  var path: String

  private static let browsers = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ]

  /// Writes it whole, or leaves what was there.
  ///
  /// - Throws: `AnalysisFailure`.
  func write(_ html: String) throws {
    guard path.lowercased().hasSuffix(".pdf") else { return try put(html, at: path) }
    guard let browser = Self.browsers.first(where: { access($0, X_OK) == 0 }) else {
      throw AnalysisFailure(
        69, "a PDF is printed by Chromium, which is not here: install chromium, or write a .html")
    }
    let absolute =
      path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    let (page, printed) = (absolute + ".part.html", absolute + ".part")
    defer {
      unlink(page)
      unlink(printed)
    }
    try put(html, at: page)
    guard try Self.run(browser, Self.options + ["--print-to-pdf=\(printed)", page]),
      rename(printed, absolute) == 0
    else { throw AnalysisFailure(70, "\(browser) printed no PDF: write a .html and print that") }
  }

  private func put(_ html: String, at path: String) throws {
    do {
      try Data(html.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw AnalysisFailure(73, "\(path) cannot be written: \(error)")
    }
  }

  /// The page is our own and has no script; root's Chromium has no sandbox to begin with.
  private static var options: [String] {
    ["--headless", "--disable-gpu", "--no-pdf-header-footer"]
      + (geteuid() == 0 ? ["--no-sandbox"] : [])
  }

  /// Runs a program, which may say nothing.
  ///
  /// - Returns: whether it ended well.
  private static func run(_ program: String, _ arguments: [String]) throws -> Bool {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, program, &actions, nil, &words, environ)
    guard code == 0 else {
      throw AnalysisFailure(70, "\(program) cannot be run: \(String(cString: strerror(code)))")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status == 0
  }
}
