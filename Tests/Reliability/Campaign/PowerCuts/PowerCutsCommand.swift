import ArgumentParser
import CRecordingVFS
import Foundation

/// Pulls the plug of a simulated disk at every kind of moment of a diary's life.
struct PowerCutsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "power-cuts",
    abstract: "Pulls the plug of a simulated disk at every kind of moment of a diary's life.",
    discussion: """
      The station's own store lives through scenes on a disk that keeps a log of every write, sync \
      and name. The disk is then put together again as a power cut would leave it at some moment: \
      what was synced is there, and of the rest each write is there, or not, or in part, or is \
      noise. The diary is opened as the station opens it, and must hold everything that was \
      acknowledged, and nothing by halves.
      """)

  @Option(help: "How often to cut the power.")
  var points = 1000

  @Option(help: "What life and cuts follow from.")
  var seed: UInt64 = 1

  @Option(help: "Only this scene.")
  var scene: Scene?

  @Option(help: "Only this cut of all those, as a report names it, and without planted defects.")
  var only: String?

  @Option(help: "Where what --only finds is kept.")
  var keep = "/tmp/skin2vec-power-cut"

  @Option(help: "Where the disk is simulated: best in memory.")
  var folder = "/dev/shm"

  func validate() throws {
    guard points >= 1 else { throw ValidationError("--points is at least 1") }
  }

  func run() async throws {
    guard recording_vfs_register() == 0 else { throw DiskFault("SQLite took no VFS") }
    let disk = try makeFolder()
    defer { try? FileManager.default.removeItem(atPath: disk) }
    let start = ContinuousClock.now
    var campaign = CutCampaign(folder: disk, seed: seed)
    campaign.only = only.map { ($0, keep) }
    let tallies = try await campaign.run(points: points, scene.map { [$0] } ?? Scene.allCases)
    guard only == nil else { return }
    let characteristics = recording_vfs_characteristics()
    let planted = try await campaign.plant(points: max(60, min(points / 10, 400)))
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let outcome = campaign.outcome(
      tallies, planted, points: points, seconds: seconds,
      characteristics: characteristics)
    try outcome.report()
    guard outcome.lost == 0, planted.allSatisfy({ $0.noticed > 0 }) else { throw ExitCode(1) }
  }

  private func makeFolder() throws -> String {
    let path = "\(folder)/skin2vec-power-cuts-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(
      atPath: path + "/backups", withIntermediateDirectories: true)
    return path
  }
}

extension Scene: ExpressibleByArgument {}
