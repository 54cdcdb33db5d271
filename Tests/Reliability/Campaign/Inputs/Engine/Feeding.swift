import FoundationEssentials
import Glibc

/// One subject being fed by workers, one after another where one dies.
final class Feeding {
  let plan: SubjectPlan
  private(set) var tally = Tally()
  private let count: UInt64
  private let campaign: CampaignOptions
  private let folder: String
  private var next: UInt64 = 0
  private var child: WorkerProcess?
  private var ledger: Ledger?
  private var began: UInt64 = 0
  /// The input that was last seen in hand, when, and what processor time the worker had used then.
  private var seen: (since: UInt64, at: UInt64, processorTime: UInt64) = (0, 0, 0)

  /// After so many deaths the rest is not fed.
  private static let mostDeaths = 20

  init(_ plan: SubjectPlan, count: Int, _ campaign: CampaignOptions, folder: String) throws {
    self.plan = plan
    self.count = UInt64(count)
    self.campaign = campaign
    self.folder = folder + "/" + plan.name
    try FileManager.default.createDirectory(
      atPath: self.folder, withIntermediateDirectories: true)
  }

  private var ledgerPath: String { folder + "/ledger" }
  private var findingsPath: String { folder + "/findings" }

  private func arguments(_ more: [String]) -> [String] {
    [
      "inputs", "--worker", plan.name, "--seed", String(campaign.seed), "--corpora",
      campaign.corpora, "--scratch", folder,
    ] + more
  }

  /// Starts a worker for what is left.
  func start() throws {
    unlink(ledgerPath)
    ledger = try Ledger(path: ledgerPath)
    began = ProcessFigures.now
    child = try WorkerProcess(
      arguments(["--from", String(next), "--to", String(count)]), errors: folder + "/errors")
  }

  /// Looks after the worker; true once everything is fed.
  func look() throws -> Bool {
    guard var child, let ledger else { return true }
    let ending = child.poll()
    self.child = child
    if let ending { return try close(ending, ledger) }
    if hangs(ledger[.since], child.process) {
      child.kill()
      while child.poll() == nil { usleep(1000) }
      try die("hangs", ledger)
      tally.hangs += 1
      return try goOn()
    }
    return false
  }

  /// Whether an input has taken its time: of the processor, or ten times as much of the clock's,
  /// as the machine may have other things to do.
  private func hangs(_ since: UInt64, _ process: pid_t) -> Bool {
    let (now, used) = (ProcessFigures.now, ProcessFigures.processorTime(of: process))
    guard since > 0, seen.since == since else {
      seen = (since, now, used)
      return false
    }
    let patience = campaign.patience * 1_000_000_000
    return used - min(used, seen.processorTime) > patience || now - seen.at > 10 * patience
  }

  private func close(_ ending: WorkerProcess.Ending, _ ledger: Ledger) throws -> Bool {
    if ending == .exited(0), ledger[.isFinished] == 1 {
      settle(ledger)
      readFindings()
      return true
    }
    guard ledger[.since] > 0 else {
      let words = FileManager.default.contents(atPath: folder + "/errors") ?? Data()
      throw Broken("\(plan.name) does not start: \(String(decoding: words, as: UTF8.self))")
    }
    try die("crashes (\(ending))", ledger)
    tally.crashes += 1
    return try goOn()
  }

  private func settle(_ ledger: Ledger) {
    tally.add(ledger)
    tally.seconds += Double(ProcessFigures.now - began) / 1e9
  }

  /// Notes an input that ended its worker, and keeps it.
  private func die(_ how: String, _ ledger: Ledger) throws {
    settle(ledger)
    tally.done += 1
    next = ledger[.index] + 1
    let path = try keep(ledger[.index], isCrash: how.hasPrefix("crashes"))
    tally.findings.append("\(plan.name) \(ledger[.index]) \(how): \(path)")
  }

  private func goOn() throws -> Bool {
    guard tally.crashes + tally.hangs < Self.mostDeaths, next < count else {
      readFindings()
      return true
    }
    try start()
    return false
  }

  private func readFindings() {
    guard let data = FileManager.default.contents(atPath: findingsPath) else { return }
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      tally.findings.append("\(plan.name) \(line)")
      // What cannot be kept is named all the same: it can be made again from its number.
      if let index = line.split(separator: "\t").first.flatMap({ UInt64($0) }) {
        _ = try? keep(index, isCrash: false)
      }
    }
  }
}

// Keeping inputs.
extension Feeding {
  /// Writes an input to a file, smaller where a smaller one does the same.
  private func keep(_ index: UInt64, isCrash: Bool) throws -> String {
    let path = "\(campaign.keep)/\(plan.name)-\(index)"
    try FileManager.default.createDirectory(
      atPath: campaign.keep, withIntermediateDirectories: true)
    let ending = try finish(arguments(["--from", String(index), "--dump", path]))
    guard ending == .exited(0), let data = FileManager.default.contents(atPath: path) else {
      return "(not kept)"
    }
    guard isCrash else { return path }
    let small = try smaller([UInt8](data))
    try Data(small).write(to: URL(filePath: path))
    return "\(path) (\(small.count) of \(data.count) bytes)"
  }

  /// Leaves out one stretch after another as long as the worker still dies of it.
  private func smaller(_ bytes: [UInt8]) throws -> [UInt8] {
    var (best, tries, width) = (bytes, 0, bytes.count / 2)
    while width > 0, tries < 60 {
      var start = 0
      while start < best.count, tries < 60 {
        var less = best
        less.removeSubrange(start..<min(best.count, start + width))
        tries += 1
        let path = folder + "/smaller"
        try Data(less).write(to: URL(filePath: path))
        if case .signalled = try finish(arguments(["--feed", path])) {
          best = less
        } else {
          start += width
        }
      }
      width /= 2
    }
    return best
  }

  /// Runs a worker to its end, for a few seconds.
  private func finish(_ arguments: [String]) throws -> WorkerProcess.Ending {
    var child = try WorkerProcess(arguments, errors: folder + "/errors-again")
    for _ in 0..<5000 {
      if let ending = child.poll() { return ending }
      usleep(1000)
    }
    child.kill()
    while child.poll() == nil { usleep(1000) }
    return .exited(-1)
  }
}
