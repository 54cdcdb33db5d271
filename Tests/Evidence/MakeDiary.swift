import ArgumentParser
import FoundationEssentials
import Readings
import Store
import SyntheticSubject

/// Writes a made-up person's diary as files for `skin2vec import`.
struct MakeDiary: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diary",
    abstract:
      "Writes a made-up person's readings, for 'skin2vec import', the truth, and an empty diary.",
    discussion: """
      EXAMPLES
        evidence diary --days 365 --seed 4 people/4
        skin2vec import slots people/4/slots.csv --zone UTC --database people/4/diary.sqlite
        skin2vec import events people/4/events.csv --zone UTC --database people/4/diary.sqlite
        skin2vec import air people/4/air.csv --zone UTC --every '1 h' --database people/4/diary.sqlite
        skin2vec analyse --database people/4/diary.sqlite
      """)

  @Argument(help: "The folder, which is made where it is not there.")
  var folder: String
  @Option(help: "Days.")
  var days = 365
  @Option(help: "The person's seed.")
  var seed: UInt64 = 1
  @Option(help: "The world: home or other.")
  var world = World.home

  func run() async throws {
    let plan = SubjectPlan(
      days: days, channels: [.moisture, .sebum, .temperature],
      events: [
        PlantedEvent(kind: "late_night", peak: -0.7), PlantedEvent(kind: "spicy_food", peak: 0),
        PlantedEvent(kind: "alcohol", peak: -0.5, delayDays: 0, tauDays: 1),
      ], bell: PlantedBell(optimum: 52, curvature: 0.2))
    try FileManager.default.createDirectory(
      at: URL(filePath: folder), withIntermediateDirectories: true)
    for (name, text) in try world.subject(plan, seed: seed).files() {
      try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"), options: .atomic)
      print("\(folder)/\(name)")
    }
    let path = "\(folder)/diary.sqlite"
    guard !FileManager.default.fileExists(atPath: path) else { return }
    let options = Store.Options(
      origin: .real, plan: DayPlan(zone: .utc),
      now: {
        Stamp(
          utc: .seconds(1_577_836_800), bootID: String(repeating: "0", count: 32),
          bootMicroseconds: 0, trust: .synced)
      })
    try await Store(path: path, options: options).close()
    print(path)
  }
}

extension World: ExpressibleByArgument {}
