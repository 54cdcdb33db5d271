import ArgumentParser
import Foundation

/// Kills the real daemon, and commands that write, again and again.
struct KillsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kills",
    abstract: "Kills the real daemon, and commands that write, again and again.",
    discussion: """
      Run it from the top of a checkout. The daemon runs on simulated parts at several speeds; \
      every line that says a tap is saved is held against the diary after each kill, with its \
      values. Seven kills in ten are of the daemon, three of commands that write without one.
      """)

  @Option(help: "How often to kill.")
  var kills = 25

  @Option(help: "What moments and lives follow from.")
  var seed: UInt64 = 1

  @Option(help: "The daemon.")
  var daemon = ".build/release/skin2vecd"

  @Option(help: "The command line (default: skin2vec beside the daemon).")
  var command: String?

  @Option(help: "The scenario.")
  var scenario = "config/scenarios/year.yaml"

  @Option(help: "Where the diaries are: best in memory, so that the kills are many.")
  var folder = "/dev/shm"

  func validate() throws {
    guard kills >= 1 else { throw ValidationError("--kills is at least 1") }
  }

  func run() async throws {
    let beside = URL(filePath: daemon).deletingLastPathComponent().path
    let programs = Programs(
      daemon: daemon, command: command ?? beside + "/skin2vec", scenario: scenario)
    for path in [programs.daemon, programs.command] {
      guard FileManager.default.isExecutableFile(atPath: path) else {
        throw ValidationError("\(path) is not there: build it, or name another with --daemon")
      }
    }
    let place = "\(folder)/skin2vec-kills-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let start = ContinuousClock.now
    let campaign = KillCampaign(programs: programs, folder: place, seed: seed)
    let tally = try await campaign.run(kills: kills)
    let outcome = campaign.outcome(
      tally, kills: kills, seconds: (ContinuousClock.now - start) / .seconds(1),
      command: "swift run -c release reliability kills --kills \(kills) --seed \(seed)")
    try outcome.report()
    let isNoticed = tally.planted > 0 && tally.noticed == tally.planted
    guard tally.lost == 0, isNoticed else { throw ExitCode(1) }
  }
}
