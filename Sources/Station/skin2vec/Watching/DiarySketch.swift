import Control
import Readings
import Store
import Wording

/// What the diary knows of the station, with or without a daemon.
struct DiarySketch: Hashable {
  var path: String
  var summary: ArchiveSummary?
  var parts: [PartIdentity] = []
  var air: [AirSample] = []
  var lastSession: SavedSession?
  /// The parts' hours of the last month.
  var health: [PartHealth] = []
  /// The slots of each person that have a tap that counts, of the last year.
  var taps: [Person: Set<SlotKey>] = [:]
  /// What an earlier start of the board left behind without a time that anybody vouches for.
  var unsynced = Unsynced()
  /// Why it could not be read.
  var problem: String?

  /// Readings of earlier boots that can never be stamped anew.
  struct Unsynced: Hashable {
    var taps = 0
    var airSamples = 0
  }

  init(path: String) { self.path = path }
}

extension DiarySketch {
  /// What the daemon's diary knows, or the configuration's where none runs.
  ///
  /// An absent or unreadable diary is told rather than thrown.
  init(of setup: Setup, _ station: StationStatus?) async {
    // A relative path would be relative to where the daemon was started.
    let said = station.flatMap { $0.diary.hasPrefix("/") ? $0.diary : nil }
    self.init(path: said ?? setup.diary)
    do {
      let archive = try Archive(path: path)
      summary = try await archive.summary()
      parts = try await archive.parts()
      air = try await archive.latestAir()
      let ever = (from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max))
      lastSession = try await archive.sessions(from: ever.from, to: ever.to, limit: 1).first
      try await look(into: archive, setup.local)
    } catch let error as StoreError where error.kind == .missing {
      problem = "no diary yet"
    } catch {
      problem = "\(error)"
    }
  }

  private mutating func look(into archive: Archive, _ local: LocalClock) async throws {
    let month = local.now - .seconds(30 * 86_400)
    health = try await archive.query(
      """
      SELECT part, hour_utc_us, samples, corrupted, not_acknowledged, other_failures, recoveries,
        restarts, warm_up_seconds, uptime_seconds FROM v1_health
      WHERE hour_utc_us >= \(month.microseconds)
      """
    ).rows.compactMap { PartHealth($0) }
    let taps = try await archive.query(
      """
      SELECT DISTINCT person, local_date, slot FROM v1_session
      WHERE local_date >= '\(local.today - 400)' AND accepted > 0
      """
    ).rows
    for row in taps {
      guard case .text(let person) = row[0], case .text(let day) = row[1],
        case .text(let name) = row[2], let date = LocalDate(day), let slot = Slot(rawValue: name)
      else { continue }
      self.taps[Person(person), default: []].insert(SlotKey(date: date, slot: slot))
    }
    let counts = try await archive.query(
      """
      SELECT (SELECT count(*) FROM session WHERE clock = 'unsynced' AND boot <> present),
        (SELECT count(*) FROM air WHERE clock = 1 AND boot <> present)
      FROM (SELECT coalesce((SELECT boot FROM notice ORDER BY notice DESC LIMIT 1),
        (SELECT boot FROM session ORDER BY session_id DESC LIMIT 1), 0) AS present)
      """
    ).rows
    if let row = counts.first, case .integer(let taps) = row[0], case .integer(let air) = row[1] {
      unsynced = Unsynced(taps: Int(taps), airSamples: Int(air))
    }
  }
}

extension PartHealth {
  /// A row of part, hour, six counts and two times.
  fileprivate init?(_ row: [Archive.Cell]) {
    guard case .text(let part) = row[0], case .integer(let hour) = row[1] else { return nil }
    func count(_ index: Int) -> Int {
      if case .integer(let count) = row[index] { Int(count) } else { 0 }
    }
    func seconds(_ index: Int) -> Double {
      if case .real(let seconds) = row[index] { seconds } else { 0 }
    }
    self.init(
      part: part, hour: Timestamp(microseconds: hour), samples: count(2), corrupted: count(3),
      notAcknowledged: count(4), otherFailures: count(5), recoveries: count(6),
      restarts: count(7), warmUpSeconds: seconds(8), uptimeSeconds: seconds(9))
  }
}
