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
    let options = Store.Options(
      origin: origin, plan: plan,
      floors: Dictionary(
        uniqueKeysWithValues: floors.compactMap { channel, floor in channel.map { ($0, floor) } }),
      now: { keeper.stamp() })
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
