import ArgumentParser
import Curves
import FoundationEssentials
import Glibc
import Readings
import Settings
import Store

/// Which diary.
struct DiaryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The configuration file.", valueName: "path"), completion: .file())
  var config: String?
  @Option(
    help: ArgumentHelp("The diary (default: as the configuration says).", valueName: "path"),
    completion: .file())
  var database: String?

  private static let usualConfiguration = "/etc/skin2vec/skin2vec.yaml"

  /// - Throws: `AnalysisFailure` where the file is at fault.
  func settings() throws -> Settings {
    let usual = access(Self.usualConfiguration, F_OK) == 0 ? Self.usualConfiguration : nil
    do {
      return try (config ?? usual).map { try Settings.read(path: $0) } ?? Settings()
    } catch { throw AnalysisFailure(error) }
  }

  func diary(_ settings: Settings) -> String { database ?? settings.diary }

  /// All that a diary can hold: 1970-01-01 to 9999-12-31.
  private static let dates =
    LocalDate(daysSince1970: 0)...LocalDate(daysSince1970: 2_932_896)

  /// Everybody's days in the diary, by name.
  ///
  /// - Throws: `AnalysisFailure` where it cannot be read.
  func read(_ settings: Settings) async throws -> Diary {
    do {
      let archive = try Archive(path: diary(settings))
      let values = try await archive.slotValues(
        from: Self.dates.lowerBound, to: Self.dates.upperBound)
      let plan = try await Self.plan(of: archive, settings)
      let dates = Self.believable(values, today: plan.slot(at: .now).date)
      let scores = try await archive.scores(from: dates.lowerBound, to: dates.upperBound)
      let events = try await archive.events(
        from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max))
      var read: [DiaryPerson] = []
      for person in History.people(slotValues: values, scores: scores) {
        guard
          let history = History(
            person: person, slotValues: values, events: events, scores: scores, plan: plan)
        else { continue }
        let trials = try await DiaryTrials(archive, person: person, events: events, plan: plan)
        read.append(
          DiaryPerson(
            history: history, trials: trials, plans: DiaryPlans(events, of: person)))
      }
      return Diary(people: read, events: events, today: plan.slot(at: .now).date)
    } catch { throw AnalysisFailure(error) }
  }

  /// The dates whose scores belong to somebody's readings, or to these days where there are none.
  ///
  /// A year that was mistyped would make a grid of thousands of years.
  private static func believable(
    _ values: [SlotValue], today: LocalDate
  ) -> ClosedRange<LocalDate> {
    let dates = values.map(\.key.date)
    // A year before the first reading; of somebody who has none, twenty years.
    let first = dates.min().map { $0 - 366 } ?? today - 7305
    return first...max(dates.max() ?? today, today) + 1
  }

  /// The zone last in force in the diary, else the configuration's.
  private static func plan(of archive: Archive, _ settings: Settings) async throws -> DayPlan {
    let table = try await archive.query("SELECT zone FROM day_plan ORDER BY day_plan DESC LIMIT 1")
    var name = settings.time.zone
    if case .text(let zone)? = table.rows.first?.first { name = zone }
    return DayPlan(
      zone: try name.map { name throws(ZoneError) in try ZoneRules(named: name) } ?? .utc,
      morningStart: settings.time.morning.minutes, eveningStart: settings.time.evening.minutes)
  }
}

/// What a diary holds.
struct Diary: Sendable {
  /// Everybody who has readings, by name.
  var people: [DiaryPerson]
  /// Everybody's, of those too who have no reading yet.
  var events: [SkinEvent]
  /// The day it is by the house's own clock and rhythm.
  var today: LocalDate
}

extension Timestamp {
  static var now: Timestamp {
    Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
  }
}

/// One person's days, and the trials of products and of events among them.
struct DiaryPerson: Sendable {
  var history: History
  var trials: DiaryTrials
  var plans: DiaryPlans
}
