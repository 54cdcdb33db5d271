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
import Tape

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
    /// Cuts the days where neither settings nor scenario do; nil for the system's.
    var zone: ZoneRules?
  }

  let order: Order
  let board: any Board
  let store: Store
  let keeper: TimeKeeper
  let writer: NoticeWriter
  let notifier: SystemdNotifier
  /// Made when the diary is open: before, a stop may end the process where it is.
  let stop = StopOrder()
  var taping = Taping.none
  /// Where runs leave word for the next; nil outside of a unit.
  var runs: Runs?

  /// The board as the station sees it.
  private var view: any Board { taping.view(of: board) }
  private var deck: any Deck { taping.deck(on: board) }
  private var relay: Relay { if case .none = taping { .direct } else { Relay(deck) } }

  /// Stamps what is not on the tape: it looks past it.
  private var outside: TimeKeeper {
    if case .recording = taping { TimeKeeper(clock: board.clock) } else { keeper }
  }

  private func herald(sink: any ReadingSink, keeper: TimeKeeper) -> Herald {
    let writer = writer
    return Herald(post: { writer.write($0) }, sink: sink, keeper: keeper)
  }

  /// Runs until told to stop.
  func run() async throws {
    let herald = herald(sink: store, keeper: keeper)
    let started = keeper.stamp()
    await greet(herald)
    let memory = try await Memory(
      try taping.archive(order.diary, isOfEveryLife: true), now: started.utc)
    // A simulation's bytes are nobody's, and would only make its diary depend on the machine.
    let isReal = order.scenario == nil && !taping.isPlaying
    let meter = DiskMeter(days: memory.days, relay: relay) {
      isReal ? ProcessBytes.written() : nil
    }
    let held = await runs?.folder.heldTaps(missingIn: order.diary, herald: herald) ?? HeldTaps()
    do {
      try await liveThroughReloads(herald: herald, since: started, meter: meter, held: held)
    } catch is PowerCut {
      // Nothing is written or closed any more, as nothing would be.
      return
    } catch {
      // The reason is told of; a diary that is closed need not be looked through at the next start.
      try? await store.close()
      throw error
    }
    notifier.stopping(status: "stopped")
    await herald.announce(Notice(.stationStopped, "stopped; everything is in the diary"))
    try await store.close()
    if case .recording(let recording) = taping { try recording.finish() }
  }

  /// Lives with one set of settings after another until told to stop.
  ///
  /// New settings that name what the board does not have are refused, and the old ones go on.
  private func liveThroughReloads(
    herald: Herald, since started: Stamp, meter: DiskMeter, held: HeldTaps
  ) async throws {
    var settings = order.settings
    var last: Settings?
    var words = "read at the start"
    while true {
      do {
        let next = try await live(
          with: settings, words: words, herald: herald, since: started, meter: meter,
          held: held)
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
    with settings: Settings, words: String, herald: Herald, since started: Stamp,
    meter: DiskMeter, held: HeldTaps
  ) async throws -> Settings? {
    let plan = try settings.dayPlan(default: order.scenario?.zone ?? order.zone)
    if try await store.adopt(plan, from: keeper.stamp()) {
      await herald.announce(
        Notice(
          .zoneChanged, "days are cut by \(plan.zone.name) from now on",
          fields: [.init("ZONE", plan.zone.name)]))
    }
    let chosen =
      try await Archive(path: order.diary).chosenPerson() ?? Person(settings.defaultPerson)
    let book = try await openBook(for: settings, herald: herald)
    let surroundings = Surroundings(
      memory: try await Memory(try taping.archive(order.diary), now: keeper.stamp().utc),
      relay: relay, meter: meter, held: held)
    if case .recording(let recording) = taping {
      try recording.begin(
        settings, of: order, zone: plan.zone.name, chosen: chosen,
        calibrations: try await store.calibrationsInForce())
    }
    let assembly = assembly(
      settings, plan: plan, chosen: chosen, book: book, surroundings: surroundings)
    let reloader = Reloader(
      path: order.configuration, words: words, herald: self.herald(sink: store, keeper: outside))
    let services = try services(of: assembly, reloader: reloader, since: started)
    board.settle()
    runs?.watch(assembly.health)
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

  /// The diary as the station sees it.
  private var sink: any ReadingSink {
    let faults = order.scenario?.scenario.boardFaults ?? []
    if case .none = taping, faults.isEmpty { return store }
    guard !faults.isEmpty, let began else { return TapedSink(sink: store, deck: deck) }
    return TapedSink(sink: store, deck: FaultyDisk(deck: deck, faults: faults, start: began))
  }

  /// What pulls the plug, where the scenario does.
  private var powerCuts: [any Service] {
    let faults = order.scenario?.scenario.boardFaults.filter { $0.kind == .powerCut } ?? []
    return faults.compactMap { fault in
      began.map { PowerCut(at: $0.advanced(by: fault.at), clock: board.clock) }
    }
  }

  /// When the scenario began, by the boot-time clock; nil on a real board.
  private var began: BootInstant? { (board as? SimulatedBoard)?.began }

  private func assembly(
    _ settings: Settings, plan: DayPlan, chosen: Person, book: CalibrationBook,
    surroundings: Surroundings
  ) -> Assembly {
    let sink = sink
    let outside = outside
    return Assembly(
      settings: settings, board: view, sink: sink, keeper: keeper,
      herald: herald(sink: sink, keeper: keeper),
      health: Health(clock: view.clock, taps: surroundings.memory.tapTimes),
      people: People(entries: settings.people.map { People.Entry($0) }, current: chosen),
      plan: plan, book: book, surroundings: surroundings,
      news: TapNews { outside.stamp().utc })
  }

  private func services(
    of assembly: Assembly, reloader: Reloader, since started: Stamp
  ) throws -> [any Service] {
    let notifier = notifier
    let showStatus: @Sendable (String) -> Void = { notifier.status($0) }
    let host = Housekeeper.Host(
      isAlive: { notifier.watchdog() }, status: notifier.isHeard ? showStatus : nil,
      prune: pruning(assembly.settings.keep))
    var services = try assembly.services(host: host, watchdog: notifier.watchdogInterval)
    // Stops before the desk and before those who hold what is to be saved.
    let untaped = herald(sink: store, keeper: outside)
    let lender = Lender(store: store, herald: untaped, clock: board.clock)
    if order.controlSocket != nil { services.append(lender) }
    if taping.hears("control"), order.controlSocket != nil || taping.isPlaying {
      let server = try order.controlSocket.map { try ControlServer(path: $0) }
      services.append(
        ControlDesk(
          server: server, assembly: assembly, outside: outside, deck: deck, taping: taping,
          reloader: reloader, lender: lender,
          doorkeeper: Doorkeeper(herald: untaped, clock: board.clock),
          isSimulated: order.scenario != nil,
          started: started, diary: order.diary
        ).on("control"))
    }
    if !taping.isPlaying { services.append(StartupMemory(clock: board.clock)) }
    let missing = board.takeMissing()
    if !missing.isEmpty {
      services.append(
        LineWatch(
          lines: missing, health: assembly.health,
          herald: self.herald(sink: store, keeper: outside), clock: board.clock))
    }
    services += endings(reloader: reloader)
    let start = BootInstant(sinceBoot: .microseconds(started.bootMicroseconds))
    if taping.hears("journey"), board.world != nil || taping.isPlaying {
      let journeys = Journeys(
        changes: order.scenario?.zoneChanges ?? [], start: start, clock: board.clock, deck: deck,
        settings: assembly.settings, sink: assembly.sink, keeper: keeper)
      services.append(journeys.on("journey"))
    }
    if let world = board.world {
      services.append(Simulation(world: world, clock: board.clock))
    }
    services += powerCuts
    return services
  }

  /// What can end this life from outside, or has ended it on the tape.
  private func endings(reloader: Reloader) -> [any Service] {
    var endings: [(String, @Sendable () async -> Void)] = [("stop", stop.wait)]
    if order.configuration != nil || taping.isPlaying {
      // A reloader that cannot run has ended as well.
      endings.append(("reload", { try? await reloader.run() }))
    }
    if let limit = order.limit ?? (taping.isPlaying ? .zero : nil) {
      let clock = board.clock
      endings.append(("limit", { _ = await clock.wait(for: limit) }))
    }
    return endings.filter { taping.hears($0.0) }.map { name, wait in
      Ending(name: name, deck: deck, wait: wait).on(name)
    }
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
        logger: logger))
  }

  private func greet(_ herald: Herald) async {
    let opening = store.opening
    if let last = await lastRun() { await herald.announce(last.notice) }
    if let aside = opening.movedAside {
      await herald.announce(.movedAside(opening, to: aside, order))
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
            + "'skin2vec log' has the same lines for ever; \(JournalStorage.mend())",
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
