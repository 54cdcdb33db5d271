import ArgumentParser
import GRDB
import Glibc

/// Lives ten years at full speed and looks whether the station grows.
struct DecadeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decade", abstract: "Lives ten years at full speed; nothing may grow.",
    discussion: """
      EXAMPLES
        reliability decade --daemon .build/release/skin2vecd
        reliability decade --daemon .build/release/skin2vecd --days 100
      """)

  @Option(help: "The daemon to run, a release build.") var daemon: String
  @Option(help: "How many days to live.") var days = 3650
  @Option(help: "The folder for the diary, on a disk; about 60 MB a simulated year.")
  var folder = "/var/tmp"
  @Flag(help: .hidden) var leak = false

  /// What may be gained from the end of the warm-up to the end.
  private static let mostMemory = 1_000_000.0
  private static let mostDescriptors = 1.0
  /// Twice what a checkpoint at a thousand pages of 4096 bytes leaves.
  private static let largestLog = 8_400_000.0
  private static let mostWrittenADay = 10_000_000

  func run() async throws {
    if leak { return Leak.run() }
    let began = ContinuousClock.now
    let watch = try live()
    let faults = watch.faults(
      mostMemory: Self.mostMemory, mostDescriptors: Self.mostDescriptors,
      largestLog: Self.largestLog)
    let leaking = try planted()
    let written = watch.written / days
    var broken = faults
    if written == 0 { broken.append("no bytes were counted: \(folder) is not on a disk") }
    if written > Self.mostWrittenADay { broken.append("\(written) bytes written a day") }
    broken += try lossesOfTaps()
    for fault in broken { note("FAILED: \(fault)") }
    let isNoticed = leaking.count == 2
    try Outcome(
      promise: "The station does not grow, and keeps to its budget of bytes written.",
      how: "\(days) simulated days at full speed, each figure read from the kernel every 0.2 s.",
      tried: days, unit: "simulated days", lost: broken.count,
      seconds: (ContinuousClock.now - began) / .seconds(1),
      command:
        "swift run -c release reliability decade --daemon .build/release/skin2vecd --days \(days)",
      planted: "a program that leaks memory and descriptors: "
        + (isNoticed ? "" : "NOT NOTICED ") + leaking.joined(separator: ", "),
      details: watch.details + [
        "\(written) bytes written a simulated day, limit \(Self.mostWrittenADay)"
      ] + broken
    ).report()
    if !broken.isEmpty || !isNoticed { throw ExitCode(1) }
  }

  private var diary: String { "\(folder)/skin2vec-decade-\(getpid()).sqlite" }
  private var journal: String { diary + ".log" }

  private func live() throws -> ProcessWatch {
    let child = try Child(
      daemon,
      ["--simulate", "year", "--speed", "max", "--for", "\(days)d", "--database", diary],
      output: journal)
    var watch = ProcessWatch(log: diary + "-wal")
    watch.follow(child) { note("\($0) s, \($1)") }
    let ending = child.collect()
    guard ending == .exited(0) else { throw DecadeError.ended("\(ending)", log: journal) }
    return watch
  }

  /// Taps that the daemon said to be saved and that the diary does not have.
  private func lossesOfTaps() throws -> [String] {
    defer { for end in ["", "-wal", "-shm", ".lock", ".log"] { unlink(diary + end) } }
    let said = try linesSayingSaved()
    var configuration = Configuration()
    configuration.readonly = true
    let (kept, check) = try DatabaseQueue(path: diary, configuration: configuration).read { db in
      (
        try Int.fetchOne(db, sql: "SELECT count(*) FROM v1_session WHERE verdict = 'saved'") ?? 0,
        try String.fetchOne(db, sql: "PRAGMA integrity_check") ?? "no answer"
      )
    }
    var losses: [String] = []
    if said != kept { losses.append("\(said) taps said to be saved, \(kept) in the diary") }
    if said == 0 { losses.append("no tap was saved at all") }
    if check != "ok" { losses.append("the diary is damaged: \(check)") }
    return losses
  }

  private func linesSayingSaved() throws -> Int {
    guard let file = fopen(journal, "r") else { return 0 }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var room = 0
    defer { free(line) }
    var count = 0
    while getline(&line, &room, file) > 0 {
      if let line, strstr(line, " tap saved: ") != nil { count += 1 }
    }
    return count
  }

  /// What the same watch says of a program that leaks.
  private func planted() throws -> [String] {
    let child = try Child(
      CommandLine.arguments[0], ["decade", "--leak", "--daemon", "-"], output: "/dev/null")
    var watch = ProcessWatch(log: "")
    watch.follow(child) { _, _ in }
    _ = child.collect()
    return watch.faults(
      mostMemory: Self.mostMemory, mostDescriptors: Self.mostDescriptors,
      largestLog: Self.largestLog)
  }
}
