import Bus
import FoundationEssentials
import Normalisation
import Readings
import Settings
import Store
import Synchronization

@testable import skin2vec_mqtt

/// A clock that stands at one moment.
struct StandingClock: StationClock {
  typealias Instant = BootInstant

  static let boot = "00112233445566778899aabbccddeeff"
  /// 2026-03-04 08:00 UTC, a Wednesday; the board has been up for a day.
  static let utc = Timestamp.seconds(1_772_611_200)
  static let uptime: Int64 = 86_400_000_000

  var now: BootInstant { BootInstant(sinceBoot: .microseconds(Self.uptime)) }
  var minimumResolution: Duration { .nanoseconds(1) }
  func sleep(until deadline: BootInstant, tolerance: Duration?) {}
  func reading() -> ClockReading { Self.reading() }

  /// What the clocks say, where somebody has set the wall clock by so much.
  static func reading(wallClockAhead error: Duration = .zero) -> ClockReading {
    ClockReading(
      bootID: boot, boot: BootInstant(sinceBoot: .microseconds(uptime)),
      utcMicroseconds: utc.microseconds + error.microseconds, synchronisation: 1)
  }

  /// A moment so long before now.
  static func stamp(_ ago: Duration) -> Stamp {
    Stamp(
      utc: utc - ago, bootID: boot, bootMicroseconds: uptime - ago.microseconds, trust: .synced)
  }
}

/// Lines, in the order they were said.
final class Lines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func say(_ line: String) { lines.withLock { $0.append(line) } }
}

/// A diary in a folder of its own, and a publisher of it.
final class Bench {
  let folder: URL
  var path: String { folder.appending(path: "diary.sqlite").path }
  let store: Store
  let stop = StopSignal()
  /// What the publisher has said of itself.
  let lines = Lines()

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "skin2vec-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try Store(
      path: folder.appending(path: "diary.sqlite").path,
      options: Store.Options(
        origin: .real, plan: DayPlan(zone: .utc), floors: [:], waitsForDisk: false
      ) { StandingClock.stamp(.zero) })
  }

  // A folder left in the temporary directory spoils no test.
  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Settings with a broker, read from the text of a file.
  static func settings(_ mqtt: String = "", _ rest: String = "") throws -> Settings {
    try Settings.read(text: "mqtt: {broker: 127.0.0.1\(mqtt)}\ntime: {zone: UTC}\n" + rest)
  }

  static func bulletin(_ mqtt: String = "", _ rest: String = "") throws -> Bulletin {
    guard let bulletin = Bulletin(try settings(mqtt, rest)) else { throw BrokerDouble.Failed() }
    return bulletin
  }

  static func sample(
    _ celsius: Double, ago: Duration = .seconds(60), part: String = "sen55 0x69"
  ) -> AirSample {
    AirSample(
      stamp: StandingClock.stamp(ago), part: part,
      readings: [AirReading(.airTemperature, .value(celsius))])
  }

  /// A publisher to a double, quick to lose patience.
  func publisher(
    to broker: BrokerDouble, keepAliveSeconds: UInt16 = 60, user: String? = nil,
    patience: Duration = .seconds(10)
  ) throws -> Publisher {
    let bulletin = try Self.bulletin(", port: \(broker.port), discovery: none, people: [me]")
    return Publisher(
      diary: path,
      house: .init(
        bulletin: bulletin, plan: { _ in DayPlan(zone: .utc) },
        introduction: Introduction(
          clientID: "skin2vectest", keepAliveSeconds: keepAliveSeconds,
          will: bulletin.availability(false), user: user, password: user.map { _ in "secret" }),
        clock: StandingClock(), stop: stop,
        reporter: Reporter { [lines] _, text in lines.say(text) },
        period: .milliseconds(20), patience: patience, firstWait: .milliseconds(5)))
  }
}
