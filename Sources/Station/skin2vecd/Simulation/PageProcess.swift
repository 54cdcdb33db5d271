import FoundationEssentials
import Glibc

/// skin2vec-web beside a simulation: a process of its own, as the daemon links nothing of it.
struct PageProcess: Sendable {
  /// Why there is no page.
  struct Problem: Error, Hashable, CustomStringConvertible {
    var description: String
  }

  /// What the page is of.
  struct Order: Hashable, Sendable {
    var diary: String
    var controlSocket: String?
    /// Nil for the built-in settings.
    var configuration: String?
    /// 0 takes any port that is free.
    var port: Int

    var arguments: [String] {
      [
        // An empty file gives the built-in settings, which are the simulation's, whatever is installed.
        "--config", configuration ?? "/dev/null", "--database", diary,
        "--control", controlSocket ?? diary + ".control", "--listen", "board",
        "--port", String(port),
      ]
    }
  }

  private let process: pid_t
  /// How long it may take to stop.
  private static let patience = Duration.seconds(5)

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - order: What it is to show.
  /// - Throws: `Problem` where it cannot be run.
  init(_ program: String, _ order: Order) throws(Problem) {
    let words = [program] + order.arguments
    guard access(program, X_OK) == 0 else {
      throw Problem(
        description: "there is no page, as there is no \(program): "
          + "'swift build --product skin2vec-web' makes it")
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What this process does not want to hear, its child does.
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var pointers = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process = pid_t()
    let code = posix_spawn(&process, program, nil, &attributes, &pointers, environ)
    guard code == 0 else {
      throw Problem(description: "\(program) cannot be run: \(String(cString: strerror(code)))")
    }
    self.process = process
  }

  /// The program's path: beside this one.
  static var program: String {
    // Without /proc there is nothing to tell where this program is; it is told where none was found.
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let folder = own.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return folder.joined(separator: "/") + "/skin2vec-web"
  }

  /// Tells it to stop, and waits until it has.
  func stop() async {
    kill(process, SIGTERM)
    let deadline = ContinuousClock.now + Self.patience
    while waitpid(process, nil, WNOHANG) == 0 {
      if ContinuousClock.now > deadline { kill(process, SIGKILL) }
      // Cancelled, it still waits.
      if (try? await Task.sleep(for: .milliseconds(20))) == nil { sched_yield() }
    }
  }

  /// Runs a body beside the page.
  ///
  /// - Parameters:
  ///   - order: What is to be shown; nil for no page.
  ///   - program: The program's path.
  ///   - body: Runs meanwhile.
  /// - Throws: `Problem`, or what the body throws.
  static func beside(
    _ order: Order?, program: String = program, _ body: () async throws -> Void
  ) async throws {
    let page = try order.map { (order) throws(Problem) in try PageProcess(program, order) }
    do {
      try await body()
    } catch {
      await page?.stop()
      throw error
    }
    await page?.stop()
  }
}
