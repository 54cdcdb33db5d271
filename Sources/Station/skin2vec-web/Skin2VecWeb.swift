import ArgumentParser
import Glibc
import Journal
import Logging
import Readings
import Settings

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
        skin2vec-web --listen house              for everybody in the house who is paired
        systemctl enable --now skin2vec-web      serve from now on
        skin2vec web pair                        a code for one more device

      SIGTERM and SIGINT stop. Exit status: 0 done, 66 no pages, 69 the port is taken, 70 any \
      other failure, 74 the paired devices cannot be read, 78 configuration at fault.
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

  @Option(
    help: ArgumentHelp(
      "Who can reach the pages: board, house or an address (default: as the configuration says).",
      valueName: "where"))
  var listen: ListeningArgument?

  @Option(
    help: ArgumentHelp(
      "The port (default: as the configuration says); 0 takes any that is free.",
      valueName: "number"))
  var port: Int?

  @Option(
    help: ArgumentHelp(
      "The socket at which 'skin2vec web' asks for codes (default: in $RUNTIME_DIRECTORY).",
      valueName: "path"),
    completion: .file())
  var socket: String?

  @Option(
    help: ArgumentHelp("The folder of the pages (default: beside the program).", valueName: "path"),
    completion: .directory)
  var pages: String?

  @Option(
    help: ArgumentHelp(
      "How often an address may change something, in the long run.", valueName: "per second"))
  var writeRate = 20.0

  func validate() throws {
    guard let port, !(0...65_535).contains(port) else { return }
    throw ValidationError("--port takes a number from 0 to 65535")
  }

  func run() async throws {
    var writer = NoticeWriter.suiting(identifier: "skin2vec-web", printer: Self.printer)
    do throws(Failure) {
      try await Failure.wording {
        let order = try self.order()
        writer = .suiting(
          identifier: "skin2vec-web", printer: Self.printer, level: order.settings.journal.lowest)
        try await serve(order, writer)
      }
    } catch {
      let logger = Logger(label: "web") { [writer] in NoticeLogHandler(label: $0, writer: writer) }
      for line in error.text.split(separator: "\n") { logger.error("\(line)") }
      throw ExitCode(error.status)
    }
  }

  private static let printer = NoticePrinter { _ in "skin2vec-web" }

  private func serve(_ order: Serving.Order, _ writer: NoticeWriter) async throws {
    let logger = Logger(label: "web") {
      NoticeLogHandler(label: $0, writer: writer, level: .debug)
    }
    try await Serving(order: order, logger: logger, notifier: SystemdNotifier()) { line in
      if writer.isJournal { return logger.info("\(line)") }
      print(line)
      fflush(nil)
    }.run()
  }

  /// What is asked for.
  func order(environment: (String) -> String? = environmentVariable) throws -> Serving.Order {
    let settings = try self.settings()
    return Serving.Order(
      settings: settings, settingsFile: settingsFile, diary: database ?? settings.diary,
      controlSocket: control ?? settings.control,
      listening: listen?.listening ?? settings.web.listen, port: port ?? settings.web.port,
      pages: pages ?? PagesFolder.usual, writesPerSecond: writeRate,
      pairings: environment("STATE_DIRECTORY").map { $0 + "/paired.json" },
      pairSocket: socket ?? environment("RUNTIME_DIRECTORY").map { $0 + "/pair.sock" })
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

/// Who can reach the pages, on the command line.
struct ListeningArgument: ExpressibleByArgument {
  var listening: Settings.Web.Listening

  init?(argument: String) {
    // ArgumentParser words the fault itself, with the option's help.
    guard let listening = try? Settings.Web.Listening.format.read(argument) else { return nil }
    self.listening = listening
  }
}

extension Settings.Journal {
  /// The least important line that is written.
  fileprivate var lowest: Notice.Priority {
    switch level {
    case .error: .error
    case .warning: .warning
    case .notice: .notice
    case .info: .info
    case .debug: .debug
    }
  }
}
