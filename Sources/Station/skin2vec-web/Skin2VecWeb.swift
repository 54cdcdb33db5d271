import ArgumentParser
import Control
import Dashboard
import Glibc
import Journal
import Logging
import Readings
import ServiceLifecycle
import Settings
import Store
import UnixSignals

/// The command line of the pages' server.
@main
struct Skin2VecWeb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skin2vec-web",
    abstract: "Serves the pages and the interface of the station.",
    discussion: """
      Reads the diary and never writes it; what somebody enters is asked of the daemon. Listens on \
      this board alone unless the configuration says `web: {listen: house}`; then a device is let \
      in once it is paired by a code.

      EXAMPLES
        skin2vec-web                             as /etc/skin2vec/skin2vec.yaml says
        skin2vec-web --port 0 --database year.sqlite
        systemctl enable --now skin2vec-web      serve from now on
        skin2vec web pair                        a code for one more device

      SIGTERM and SIGINT stop. Exit status: 0 done, 66 no pages, 69 the port is taken, 78 \
      configuration at fault.
      """)

  static let usualConfiguration = "/etc/skin2vec/skin2vec.yaml"

  @Option(
    help: ArgumentHelp(
      "The configuration file (default: \(usualConfiguration)).", valueName: "path"),
    completion: .file())
  var config: String?

  @Option(
    help: ArgumentHelp("The diary (default: as the configuration says).", valueName: "path"),
    completion: .file())
  var database: String?

  @Option(
    help: ArgumentHelp(
      "The daemon's control socket (default: as the configuration says).", valueName: "path"),
    completion: .file())
  var control: String?

  @Option(help: ArgumentHelp("The port; 0 takes any that is free.", valueName: "number"))
  var port: Int?

  @Option(
    help: ArgumentHelp("The folder of the pages (default: beside the program).", valueName: "path"),
    completion: .directory)
  var pages: String?

  @Option(
    help: ArgumentHelp(
      "How often an address may change something, in the long run.", valueName: "per second"))
  var writeRate = 20.0

  func run() async throws {
    do throws(Failure) {
      try await Failure.wording { try await serve() }
    } catch {
      let line = "skin2vec-web: \(error.text)\n"
      // Standard error may be gone; there is nobody left to tell.
      _ = write(STDERR_FILENO, line, line.utf8.count)
      throw ExitCode(error.status)
    }
  }

  private func serve() async throws {
    let settings = try self.settings()
    let feed = try StationFeed(controlSocket: control ?? settings.control)
    let days = try Days(settings.time)
    let shelf = DiaryShelf(path: database ?? settings.diary, days: days)
    await days.follow(shelf)
    let logger = Logger(label: "skin2vec-web") { StreamLogHandler.standardError(label: $0) }
    let house = House(
      settings, file: settingsFile, diary: database ?? settings.diary, shelf: shelf, feed: feed,
      days: days)
    let site = WebSite(
      house: house,
      assets: try Assets(
        folder: pages ?? PagesFolder.usual, library: "/usr/share/javascript/dygraphs"),
      pairings: try Pairings(path: nil, hash: { Store.sha256($0) }),
      writesPerSecond: writeRate, logger: logger)
    let notifier = SystemdNotifier()
    let server = WebServer(
      site: site, place: .init(address: "127.0.0.1", port: port ?? 8047), logger: logger
    ) { port in
      print("the page is http://127.0.0.1:\(port)/")
      fflush(nil)
      notifier.ready(status: "serves http://127.0.0.1:\(port)/")
    }
    let group = ServiceGroup(
      services: [feed, DiaryLookout(shelf: shelf, feed: feed, days: days), server],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    try await group.run()
    notifier.stopping(status: "stopped")
  }

  private func settings() throws -> Settings {
    try settingsFile.map { try Settings.read(path: $0) } ?? Settings()
  }

  /// Nil for the built-in settings: beside a simulation there is no configuration.
  private var settingsFile: String? {
    if let config { return config }
    if database != nil, access(Self.usualConfiguration, F_OK) != 0 { return nil }
    return Self.usualConfiguration
  }
}
