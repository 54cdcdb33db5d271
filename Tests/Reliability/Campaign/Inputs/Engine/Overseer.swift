import FoundationEssentials
import Glibc

/// What every subject of a campaign is fed by.
struct CampaignOptions: Sendable {
  var inputs: Int
  var seed: UInt64
  var workers: Int
  var corpora: String
  /// Where inputs go that were found to do something wrong.
  var keep: String
  /// Seconds after which an input hangs.
  var patience: UInt64
}

/// Feeds subjects, some at a time.
struct Overseer {
  let options: CampaignOptions

  /// Feeds all subjects.
  ///
  /// - Parameters:
  ///   - plans: What is fed, and how many inputs each gets.
  ///   - tell: Told a line for each that is done.
  /// - Returns: What came of each, in the order of `plans`.
  /// - Throws: Where a worker cannot be started.
  func run(
    _ plans: [(plan: SubjectPlan, count: Int)], tell: (String) -> Void
  ) throws -> [Tally] {
    let folder = try Scratch.make("inputs")
    defer { Scratch.remove(folder) }
    let feedings = try plans.map { plan, count in
      try Feeding(plan, count: count, options, folder: folder)
    }
    // The longest first, so that none is left alone at the end.
    var waiting = zip(feedings, plans).sorted { $0.1.count < $1.1.count }.map(\.0)
    var running: [Feeding] = []
    while !waiting.isEmpty || !running.isEmpty {
      while running.count < options.workers, let feeding = waiting.popLast() {
        try feeding.start()
        running.append(feeding)
      }
      var left: [Feeding] = []
      for feeding in running {
        if try feeding.look() {
          tell(Self.words(feeding))
        } else {
          left.append(feeding)
        }
      }
      running = left
      usleep(20_000)
    }
    return feedings.map(\.tally)
  }

  private static func words(_ feeding: Feeding) -> String {
    let tally = feeding.tally
    let rate = Int(Double(tally.done) / max(0.001, tally.seconds))
    return "\(feeding.plan.name): \(tally.done) inputs, \(rate)/s, \(tally.words)"
  }
}

/// Folders in memory, where there is room, for what is gone at the end.
enum Scratch {
  /// Makes a folder that nobody else has.
  static func make(_ what: String) throws -> String {
    let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(base)/skin2vec-\(what)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemFault("make a folder in \(base)") }
    return String(
      decoding: template.dropLast().map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }

  static func remove(_ folder: String) {
    // What stays behind is in a folder that the system clears.
    try? FileManager.default.removeItem(atPath: folder)
  }
}
