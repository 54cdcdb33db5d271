import Acquisition
import Bus
import Control
import Glibc
import Journal
import Logging
import Readings
import ServiceLifecycle
import Settings
import SimulatedParts
import Store
import UnixSignals

/// The station from start to stop, through as many settings as it is given.
struct Daemon {
  /// What the command line asks for, resolved.
  struct Order: Sendable {
    var settings: Settings
    /// The file the settings are from; nil for the built-in ones.
    var configuration: String?
    var diary: String
    var controlSocket: String?
    var scenario: ScenarioFile?
    var limit: Duration?
  }

  let order: Order
  let board: any Board
  let store: Store
  let keeper: TimeKeeper
  let writer: NoticeWriter
  let notifier: SystemdNotifier
  let meter = DiskMeter()

  /// Runs until told to stop.
  func run() async throws {
    let writer = writer
    let herald = Herald(post: { writer.write($0) }, sink: store, keeper: keeper)
    let started = keeper.stamp()
    await greet(herald)
    try await liveThroughReloads(herald: herald, since: started)
    notifier.stopping(status: "stopped")
    await herald.announce(Notice(.stationStopped, "stopped; everything is in the diary"))
    try await store.close()
  }

  /// Lives with one set of settings after another until told to stop.
  ///
  /// New settings that name what the board does not have are refused, and the old ones go on.
  private func liveThroughReloads(herald: Herald, since started: Stamp) async throws {
    var settings = order.settings
    var last: Settings?
    var words = "read at the start"
    while true {
      do {
        let next = try await live(with: settings, words: words, herald: herald, since: started)
        guard let next else { return }
        notifier.reloading()
        last = settings
        settings = next
        words = "read again"
      } catch let error as BoardError {
        guard let old = last else { throw error }
        let problem = "\(error.fault(in: order.configuration))"
        await herald.announce(.refused(problem, file: order.configuration))
        words = "refused, the old ones stay: \(problem)"
        settings = old
        last = nil
      }
    }
  }

  /// One life: from settings to a stop, or to the next settings.
  private func live(
    with settings: Settings, words: String, herald: Herald, since started: Stamp
  ) async throws -> Settings? {
    let plan = try settings.dayPlan(default: order.scenario?.zone)
    if try await store.adopt(plan, from: keeper.stamp()) {
      await herald.announce(
        Notice(
          .zoneChanged, "days are cut by \(plan.zone.name) from now on",
          fields: [.init("ZONE", plan.zone.name)]))
    }
    let health = Health(clock: board.clock)
    let chosen = try await Archive(path: order.diary).chosenPerson()
    let assembly = Assembly(
      settings: settings, board: board, sink: store, keeper: keeper, herald: herald,
      health: health,
      people: People(
        entries: settings.people.map { People.Entry($0) },
        current: chosen ?? Person(settings.defaultPerson)),
      plan: plan)
    let reloader = Reloader(path: order.configuration, words: words, herald: herald)
    let services = try services(of: assembly, reloader: reloader, since: started)
    if words == "read again", let file = order.configuration {
      await herald.announce(
        Notice(
          .settingsRead, "the new settings are in force",
          fields: [.init("CONFIG_FILE", file)]))
    }
    notifier.ready(status: "waiting for a tap")
    try await group(of: services).run()
    return reloader.next
  }

  private func services(
    of assembly: Assembly, reloader: Reloader, since started: Stamp
  ) throws -> [any Service] {
    let (notifier, meter, keeper, plan) = (notifier, meter, keeper, assembly.plan)
    let showStatus: @Sendable (String) -> Void = { notifier.status($0) }
    let host = Housekeeper.Host(
      isAlive: {
        meter.begin(plan.local(keeper.stamp().utc).date)
        notifier.watchdog()
      },
      status: notifier.isHeard ? showStatus : nil)
    var services = try assembly.services(host: host, watchdog: notifier.watchdogInterval)
    if let path = order.controlSocket {
      // Stops before the desk and before those who hold what is to be saved.
      let lender = Lender(store: store, herald: assembly.herald, clock: board.clock)
      services.append(lender)
      services.append(
        ControlDesk(
          server: try ControlServer(path: path), assembly: assembly, reloader: reloader,
          meter: meter, lender: lender, isSimulated: order.scenario != nil, started: started,
          diary: order.diary))
    }
    services.append(StartupMemory(clock: board.clock))
    if order.configuration != nil { services.append(reloader) }
    if let limit = order.limit { services.append(TimeLimit(duration: limit, keeper: keeper)) }
    if let board = board as? SimulatedBoard {
      let start = BootInstant(sinceBoot: .microseconds(started.bootMicroseconds))
      services.append(
        Simulation(board: board, order: order, store: store, keeper: keeper, start: start))
    }
    return services
  }

  private func group(of services: [any Service]) -> ServiceGroup {
    let writer = writer
    let logger = Logger(label: "lifecycle") { NoticeLogHandler(label: $0, writer: writer) }
    return ServiceGroup(
      configuration: .init(
        services: services.map {
          .init(
            service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup)
        },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
  }

  private func greet(_ herald: Herald) async {
    let opening = store.opening
    if let aside = opening.movedAside {
      await herald.announce(
        Notice(
          .diaryMovedAside,
          "the diary was damaged; it is kept as \(aside), and a new one has begun",
          priority: .error, fields: [.init("DIARY", order.diary), .init("KEPT_AS", aside)]))
    }
    let what = order.scenario.map { "simulating '\($0.scenario.name)'" } ?? "started"
    await herald.announce(
      Notice(
        .stationStarted, "\(what); the diary is \(order.diary)",
        fields: [.init("DIARY", order.diary)]))
    if writer.isJournal, order.settings.journal.warnsWhenVolatile,
      JournalStorage.current() == .volatile
    {
      await herald.announce(
        Notice(
          .journalVolatile,
          "the journal is kept in memory only and forgets at power-off; "
            + "'skin2vec log' has the same lines for ever",
          priority: .notice))
    }
  }
}

extension Settings {
  /// How the settings cut the days.
  func dayPlan(default zone: ZoneRules? = nil) throws -> DayPlan {
    let rules: ZoneRules
    if let name = time.zone {
      rules = try ZoneRules(named: name)
    } else if let zone {
      rules = zone
    } else {
      rules = try ZoneRules.systemName().map { try ZoneRules(named: $0) } ?? .utc
    }
    return DayPlan(
      zone: rules, morningStart: time.morning.minutes, eveningStart: time.evening.minutes)
  }
}
