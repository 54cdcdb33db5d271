import Acquisition
import ArgumentParser
import Glibc
import Journal
import Readings
import Settings
import SimulatedParts
import Store
import Tape

/// The daemon's command line.
@main
struct Skin2VecD: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skin2vecd",
    abstract: "Reads the skin probe and the air, and keeps every reading in the diary.",
    discussion: """
      Under systemd it is started by skin2vecd.service and its lines are read with \
      'journalctl -u skin2vecd'. In a terminal it prints them.

      EXAMPLES
        skin2vecd                                    the station, as /etc/skin2vec/skin2vec.yaml says
        skin2vecd --config mine.yaml --database mine.sqlite
        skin2vecd --simulate                         a whole station without hardware
        skin2vecd --simulate --speed 60 --page       and its page, for a browser on this board
        skin2vecd --simulate year --speed max --for 365d --database year.sqlite
        skin2vecd --record night.tape                and keep all that it hears in a file
        skin2vecd --replay night.tape --database again.sqlite

      SIGHUP reads the configuration again, SIGTERM and SIGINT stop. The exit status is 78 where \
      the configuration is at fault.
      """)

  @Option(
    name: .long, help: ArgumentHelp("The configuration file.", valueName: "file"),
    completion: .file())
  var config: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The diary, in place of the one the configuration names.", valueName: "file"),
    completion: .file())
  var database: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The control socket, in place of the one the configuration names.", valueName: "path"),
    completion: .file())
  var control: String?

  @Option(
    name: .long, defaultAsFlag: "week",
    help: ArgumentHelp(
      "Run on simulated parts, in the world of a scenario: a name or a file.",
      valueName: "scenario"),
    completion: .file(extensions: ["yaml"]))
  var simulate: String?

  @Option(
    name: .long, help: ArgumentHelp("Another seed for the scenario.", valueName: "number"))
  var seed: UInt64?

  @Option(
    name: .long,
    help: ArgumentHelp("Simulated seconds a second, or 'max'.", valueName: "factor"))
  var speed: SpeedArgument = SpeedArgument(speed: .times(1))

  @Option(
    name: .long, defaultAsFlag: 0,
    help: ArgumentHelp(
      "Serve the page of the simulation by skin2vec-web, at any free port or this one.",
      valueName: "port"))
  var page: Int?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Stop after this time, as '12h' or '365d'.", valueName: "time"))
  var limit: DurationArgument?

  @Option(
    name: .long,
    help: ArgumentHelp("Keep everything that the station hears in a new file.", valueName: "file"),
    completion: .file())
  var record: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Live a tape again, into the new diary that --database names, and stop.", valueName: "file"),
    completion: .file())
  var replay: String?

  @Flag(name: .long, help: .hidden)
  var noteEnd = false

  func validate() throws {
    if replay != nil {
      guard database != nil else {
        throw ValidationError("--replay needs a new diary: add --database FILE")
      }
      guard simulate == nil, record == nil, config == nil, control == nil, limit == nil else {
        throw ValidationError("--replay has all it needs on the tape: give it --database only")
      }
    }
    if simulate == nil, case .times(1) = speed.speed {
    } else if simulate == nil {
      throw ValidationError("--speed goes with --simulate: real time has one speed")
    }
    if simulate == nil, seed != nil { throw ValidationError("--seed goes with --simulate") }
    if let page {
      guard simulate != nil else {
        throw ValidationError(
          "--page goes with --simulate: the station's own is 'systemctl enable --now skin2vec-web'")
      }
      guard (0...65_535).contains(page) else {
        throw ValidationError("--page takes a port, 0 to 65535")
      }
    }
  }

  func run() async throws {
    // Until the handler is there, a hang-up must not end the station.
    signal(SIGHUP, SIG_IGN)
    do {
      try await start()
    } catch let error as SettingsError {
      throw failure("\(error)", kind: .settingsRefused, status: EX_CONFIG)
    } catch let error as BoardError {
      let file = simulate == nil ? config ?? Self.usualConfiguration : config
      throw failure("\(error.fault(in: file))", status: EX_UNAVAILABLE)
    } catch let error as StoreError {
      throw failure("\(error)", status: EX_IOERR)
    } catch let error as TapeError {
      throw failure("\(replay.map { "\($0): " } ?? "")\(error)", status: EX_DATAERR)
    } catch let error as PageProcess.Problem {
      throw failure("\(error)", status: EX_UNAVAILABLE)
    }
  }

  private func start() async throws {
    if noteEnd {
      RunFolder.ofUnit?.note(RunFolder.End.told())
      return
    }
    if let limit = Descriptors.tooFew() {
      throw failure(
        "only \(limit) files may be open at a time, and the station needs \(Descriptors.needed): "
          + "take LimitNOFILE out of the unit ('systemctl cat skin2vecd' shows where it is set), or "
          + "raise 'ulimit -n'", status: EX_UNAVAILABLE)
    }
    if let replay { return try await Replay(tape: replay, diary: database ?? "").run() }
    guard simulate != nil else {
      let settings = try Settings.read(path: config ?? Self.usualConfiguration)
      let order = Daemon.Order(
        settings: settings, configuration: config ?? Self.usualConfiguration,
        diary: database ?? settings.diary, controlSocket: control ?? settings.control,
        scenario: nil, limit: limit?.duration)
      let board = LinuxBoard()
      let runs = RunFolder.ofUnit.map { Runs($0) }
      let loop = EventLoop()
      let recording = Recording(clock: board.clock, file: record) { await loop.settle() }
      return try await loop.run {
        var daemon = try Daemon(order, on: board, origin: .real, taping: .recording(recording))
        daemon.runs = runs
        try await daemon.run()
      }
    }
    let (order, board) = try await simulation()
    let time = board.time
    try await PageProcess.beside(pageOrder(of: order)) {
      try await time.run {
        let origin = Store.Origin.simulated(order.scenario?.scenario.name ?? "")
        try await Daemon(
          order, on: board, origin: origin, executor: time, taping: taping(in: time)
        ).run()
      }
    }
  }

  private func pageOrder(of order: Daemon.Order) -> PageProcess.Order? {
    page.map {
      PageProcess.Order(
        diary: order.diary, controlSocket: order.controlSocket, configuration: config, port: $0)
    }
  }

  /// A simulation can be had again from its seed: it is taped only where somebody asks for it.
  private func taping(in time: SimulatedTime) -> Taping {
    guard let record else { return .none }
    return .recording(
      Recording(clock: time, file: record) {
        // A sleep of no length ends when nobody has anything left to do, cancelled or not.
        try? await time.sleep(until: time.now, tolerance: nil)
      })
  }

  private static let usualConfiguration = "/etc/skin2vec/skin2vec.yaml"

  private func failure(
    _ text: String, kind: Notice.Kind = .failure, status: Int32
  ) -> ExitCode {
    let writer = NoticeWriter.suiting(
      identifier: "skin2vecd", printer: NoticePrinter { _ in "skin2vecd" })
    for line in text.split(separator: "\n") {
      writer.write(Notice(kind, String(line), priority: .error))
    }
    return ExitCode(status)
  }
}

extension Skin2VecD {
  /// What `--simulate` asks for, and the board it runs on.
  private func simulation() async throws -> (Daemon.Order, SimulatedBoard) {
    let name = simulate ?? "week"
    guard let path = ScenarioFile.path(of: name) else {
      throw ValidationError(
        "there is no scenario '\(name)': give the path of a YAML file, or a name (week, year, "
          + "bad_night) in a checkout or where the package is installed")
    }
    var scenario = try ScenarioFile(path: path, seed: seed)
    var settings = Settings()
    if let config {
      settings = try Settings.read(path: config)
    } else {
      let sites = scenario.scenario.person.sites.map(\.name)
      settings.people = [Settings.Resident(sites: sites)]
    }
    let diary = database ?? Self.temporaryDiary()
    let elapsed = try await Self.lived(in: diary, since: scenario)
    scenario = scenario.resumed(after: elapsed)
    let board = SimulatedBoard(
      scenario: scenario.scenario, settings: settings, speed: speed.speed,
      bootID: Self.bootID(seed: scenario.scenario.seed, elapsed: elapsed))
    let order = Daemon.Order(
      settings: settings, configuration: config, diary: diary,
      // At full speed nobody has time to ask; a socket would only make the end depend on chance.
      controlSocket: control ?? (speed.speed == .max ? nil : diary + ".control"),
      scenario: scenario, limit: limit?.duration)
    return (order, board)
  }

  /// A diary of its own for a run that names none.
  private static func temporaryDiary() -> String {
    let folder = environmentVariable("TMPDIR") ?? "/tmp"
    return "\(folder)/skin2vec-simulated-\(getpid()).sqlite"
  }

  /// How much of the scenario a diary holds already, in whole minutes, so that it goes on there.
  private static func lived(
    in diary: String, since scenario: ScenarioFile
  ) async throws -> Duration {
    guard access(diary, F_OK) == 0 else { return .zero }
    let archive: Archive
    do throws(StoreError) {
      archive = try Archive(path: diary)
    } catch {
      // Killed while it was made, it is without tables, or with a change that a writer takes back.
      guard error.kind == .missing || error.kind == .readOnly else { throw error }
      return .zero
    }
    let air = try await archive.latestAir().map(\.stamp.utc).max()
    guard let air else { return .zero }
    let microseconds = air.microseconds - scenario.scenario.startUTCMicroseconds
    return .seconds(max(0, microseconds / 60_000_000 + 1) * 60)
  }

  /// A boot id that follows from the seed and from where in the scenario the board is switched on.
  private static func bootID(seed: UInt64, elapsed: Duration) -> String {
    [seed, UInt64(elapsed.components.seconds)].map { $0.hexadecimal(digits: 16) }.joined()
  }
}
