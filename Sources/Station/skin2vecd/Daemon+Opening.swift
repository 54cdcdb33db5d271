import Acquisition
import Bus
import Journal
import Readings
import Settings
import Store
import Tape

extension Daemon {
  /// Opens the diary and puts the daemon together.
  ///
  /// - Parameters:
  ///   - order: What is asked for.
  ///   - board: What it is wired to.
  ///   - origin: Whose readings the diary holds.
  ///   - executor: What the diary runs on; by default a queue of its own.
  ///   - taping: Whether it is taped, or plays a tape.
  ///   - notifier: Who hears of its state.
  /// - Throws: `StoreError` or `ZoneError`
  init(
    _ order: Order, on board: any Board, origin: Store.Origin,
    executor: (any SerialExecutor)? = nil, taping: Taping,
    notifier: SystemdNotifier = SystemdNotifier()
  ) throws {
    let keeper = TimeKeeper(clock: taping.view(of: board).clock)
    let plan = try order.settings.dayPlan(default: order.scenario?.zone ?? order.zone)
    let floors = order.settings.floors.map { (Channel(rawValue: $0.key.rawValue), $0.value) }
    var options = Store.Options(
      origin: origin, plan: plan,
      floors: Dictionary(
        uniqueKeysWithValues: floors.compactMap { channel, floor in channel.map { ($0, floor) } }),
      now: { keeper.stamp() })
    options.backups = order.settings.backup.folder
    let store = try Store(path: order.diary, options: options, executor: executor)
    let isLive = order.scenario == nil && !taping.isPlaying
    let printer = NoticePrinter(colour: order.settings.journal.onTerminal) { time in
      plan.clockFace(at: time ?? keeper.stamp().utc, withDate: !isLive)
    }
    let writer = NoticeWriter.suiting(
      identifier: "skin2vecd", printer: printer, level: order.settings.journal.lowest)
    self.init(
      order: order, board: board, store: store, keeper: keeper, writer: writer,
      notifier: notifier, taping: taping)
  }
}

extension Notice {
  /// That a damaged diary was moved aside, what took its place, and what is missing.
  static func movedAside(
    _ opening: Store.Opening, to aside: String, _ order: Daemon.Order
  ) -> Notice {
    // A zone that is not known was refused before the diary was opened.
    let plan = (try? order.settings.dayPlan(default: order.zone)) ?? DayPlan(zone: .utc)
    let recovery = opening.recovery
    let rest =
      recovery.map { $0.words { plan.clockFace(at: $0, withDate: true) } } ?? "a new one has begun"
    var fields: [Field] = [.init("DIARY", order.diary), .init("KEPT_AS", aside)]
    if let recovery {
      fields.append(.init("TAPS_RECOVERED", String(recovery.salvage.sessions)))
      if let copy = recovery.copy { fields.append(.init("BACKUP", copy.file)) }
    }
    return Notice(
      .diaryMovedAside, "the diary was damaged; it is kept as \(aside); \(rest)",
      priority: .error, fields: fields)
  }
}
