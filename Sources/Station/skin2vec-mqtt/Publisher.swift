import Bus
import Dispatch
import Readings
import Settings

/// Publishes what the diary says until told to stop, and comes back when the broker does.
///
/// Its calls block, so it runs on a queue of its own.
actor Publisher {
  /// What it works with.
  struct House: Sendable {
    var bulletin: Bulletin
    /// Where the person's days begin, by the zone that the diary was last in.
    var plan: @Sendable (String?) throws -> DayPlan
    var introduction: Introduction
    var clock: any StationClock
    var stop: StopSignal
    var reporter: Reporter
    /// From one look at the diary to the next.
    var period = Duration.seconds(1)
    /// How long a broker may take for an answer.
    var patience = Duration.seconds(10)
    /// The first wait before a broker is tried again; each next one is twice as long.
    var firstWait = Duration.seconds(1)
  }

  private let house: House
  private let diary: DiaryView
  private let executor = QueueExecutor(label: "publisher")
  /// What the diary's last failure was, so that it is said once.
  private var toldFailure: String?

  init(diary: String, house: House) {
    self.house = house
    self.diary = DiaryView(path: diary)
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Publishes until told to stop.
  ///
  /// - Throws: What no waiting mends.
  func run() async throws {
    var wait = house.firstWait
    // A broker that is away for the night is told of once.
    var toldError: BrokerError?
    while true {
      do {
        let session = try connect()
        house.reporter.say(.info, "connected to \(place)")
        wait = house.firstWait
        toldError = nil
        try await serve(session)
        return
      } catch BrokerError.stopped {
        return
      } catch let error as BrokerError {
        if error != toldError {
          house.reporter.say(
            .warning, "\(error); trying again, every minute at least: \(error.hint)")
        }
        toldError = error
      }
      house.reporter.turned("waits for the broker at \(place)")
      if house.stop.wait(for: wait) { return }
      wait = min(wait * 2, .seconds(60))
    }
  }

  /// Publishes the present state, and ends.
  ///
  /// - Throws: `BrokerError`, or `StoreError` where the diary cannot be read.
  func publishOnce() async throws {
    let messages = try await self.messages()
    let session = try connect()
    for message in messages { try session.publish(message) }
    try session.publish(house.bulletin.availability(true))
    try session.disconnect()
  }

  /// What would be published now.
  func messages() async throws -> [Message] {
    try await look()
    return try currentMessages()
  }

  private var place: String { "\(house.bulletin.mqtt.broker):\(house.bulletin.mqtt.port)" }

  private func connect() throws(BrokerError) -> BrokerSession {
    let mqtt = house.bulletin.mqtt
    return try BrokerSession(
      (mqtt.broker, mqtt.port), house.introduction, patience: house.patience, stop: house.stop)
  }

  /// Publishes what is new until the session ends, or the program is told to stop.
  private func serve(_ session: BrokerSession) async throws {
    // A broker may have forgotten what it held: all is said again in each session.
    var said: [String: String] = [:]
    do {
      while true {
        await lookOrTell()
        for message in try currentMessages() where said[message.topic] != message.payload {
          try session.publish(message)
          said[message.topic] = message.payload
        }
        // Only now, so that nobody takes what the broker held before for the present.
        let availability = house.bulletin.availability(true)
        if said.updateValue(availability.payload, forKey: availability.topic) == nil {
          try session.publish(availability)
        }
        house.reporter.turned("publishes to \(place)")
        try session.idle(for: house.period)
      }
    } catch BrokerError.stopped {
      // Where the broker does not hear it any more, it publishes the will, which says the same.
      try? session.publish(house.bulletin.availability(false), isLast: true)
      try? session.disconnect()
      throw BrokerError.stopped
    }
  }

  private func currentMessages() throws -> [Message] {
    house.bulletin.messages(
      diary.snapshot ?? Snapshot(), plan: try house.plan(diary.zone), now: house.clock.reading())
  }

  private func look() async throws {
    let (plan, now) = (house.plan, Timestamp(microseconds: house.clock.reading().utcMicroseconds))
    try await diary.look { zone in try plan(zone).slot(at: now).date }
  }

  /// A diary that cannot be read ends nothing: what was read ages, and is null in time.
  private func lookOrTell() async {
    do {
      try await look()
      if toldFailure != nil { house.reporter.say(.info, "the diary can be read again") }
      toldFailure = nil
    } catch {
      guard toldFailure != "\(error)" else { return }
      toldFailure = "\(error)"
      house.reporter.say(.warning, "\(error)")
    }
  }
}

/// Runs an actor on a queue of its own: Linux has no `DispatchSerialQueue`.
private final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
