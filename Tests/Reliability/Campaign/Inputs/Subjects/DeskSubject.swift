import Control
import FoundationEssentials
import Normalisation
import Readings
import Store

/// Requests that were understood, done as the daemon does them: written into a real diary.
final class DeskSubject: InputSubject {
  let examples: [Example]
  let tokens: [[UInt8]]
  let isText = true
  private let folder: String
  private var store: Store
  private var written = 0

  private static let now = Timestamp(microseconds: 1_800_000_000_000_000)
  private static let stamp = Stamp(
    utc: now, bootID: String(repeating: "0", count: 32), bootMicroseconds: 1, trust: .synced)
  private var second: Int64 = 0

  /// Each is a second later than the one before.
  private func nextStamp() -> Stamp {
    second += 1
    var stamp = Self.stamp
    stamp.utc = Self.now + .seconds(second)
    return stamp
  }

  init(_ corpus: Corpus) throws {
    examples = try corpus.examples("requests")
    tokens = [
      "\"time\":1799999999000000", "\"date\":\"2026-11-20\"", "\"kind\":\"cleansed\"",
      "\"weight\":0.5", "\"event\":1",
      "\"value\":3", "253402300799999999", "\"air_picofarads\":2", "\"c0\":1", "\"c1\":",
    ].map { Array($0.utf8) }
    folder = corpus.scratch
    store = try Self.open(folder + "/desk.sqlite")
  }

  private static func open(_ path: String) throws -> Store {
    for suffix in ["", "-wal", "-shm", ".lock"] {
      // What is not there need not be removed.
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    return try Store(
      path: path,
      options: Store.Options(
        origin: .real, plan: DayPlan(zone: .utc), waitsForDisk: false, now: { stamp }))
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let request: ControlRequest
    do {
      request = try JSONDecoder().decode(ControlRequest.self, from: Data(bytes))
    } catch {
      return .refused("malformed")
    }
    // The server asks for nothing of the kind.
    if let problem = request.problem { return .refused(problem) }
    if written > 2000 {
      try await store.close()
      store = try Self.open(folder + "/desk.sqlite")
      written = 0
    }
    do {
      try await write(request)
      written += 1
    } catch let error as StoreError {
      try Broken.unless(!error.hint.isEmpty, "a failure without a hint: \(error)")
      return .refused("\(error.kind)")
    } catch let error as ConversionError {
      return .refused("\(error)")
    }
    return .taken(request)
  }

  private func write(_ request: ControlRequest) async throws {
    let stamp = nextStamp()
    switch request {
    case .score(let score):
      try await store.save(score, at: stamp)
      try Broken.unless((0...5).contains(score.value), "a score of \(score.value) was taken")
    case .event(let event):
      _ = try await store.save(event, at: stamp)
      try Broken.unless((0...1).contains(event.weight), "a weight of \(event.weight) was taken")
      let year = DayPlan(zone: .utc).local(event.time).date.civil.year
      try Broken.unless((1970...9999).contains(year), "an event of the year \(year) was taken")
    case .withdraw(let withdrawal): try await withdraw(withdrawal, at: stamp)
    case .who(let person): try await store.choose(person, at: stamp)
    case .epoch(let order):
      _ = try await store.beginEpochs(
        of: order.channels, person: order.person, site: order.site, cause: order.why,
        at: stamp)
    case .calibrate(var calibration):
      calibration.validFrom = stamp.utc
      _ = try Conversion(calibration.channel, calibration.parameters)
      _ = try await store.record(calibration, at: stamp)
    case .status, .follow, .reload, .lend, .takeBack, .tape, .measure, .endMeasuring, .backup,
      .alarm, .pair, .devices, .forgetDevices:
      break
    }
  }
  /// Nothing is withdrawn twice: of an event the second time is refused.
  private func withdraw(_ withdrawal: Withdrawal, at stamp: Stamp) async throws {
    guard case .withdrawn(.event) = try await store.withdraw(withdrawal, at: stamp) else { return }
    try Broken.unless(
      try await store.withdraw(withdrawal, at: stamp) == .refused(.withdrawnBefore),
      "\(withdrawal) was withdrawn twice")
  }
}
