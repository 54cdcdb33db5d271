import Dashboard
import Findings
import Readings
import Settings

extension House {
  /// The house that settings describe.
  ///
  /// - Parameters:
  ///   - settings: What is in force.
  ///   - file: Where they are from; nil for the built-in ones.
  ///   - diary: The diary's path, beside which the findings are.
  ///   - shelf: The diary.
  ///   - feed: The station.
  ///   - days: Where the person's days begin.
  init(
    _ settings: Settings, file: String?, diary: String, shelf: DiaryShelf, feed: StationFeed,
    days: Days
  ) {
    self.init(
      diary: shelf, findings: FindingsShelf(file: AnalysisFile(besideDiary: diary)), feed: feed,
      people: settings.people.map { Resident(name: $0.name, sites: $0.sites) },
      defaultPerson: settings.defaultPerson, plan: { days.plan })
    settingsFile = { HouseFiles.settings(file) }
    backups = { (settings.backup.folder, HouseFiles.copies(in: settings.backup.folder)) }
  }
}
