import Foundation
import SimulatedParts

/// Kills daemons and commands in turn.
struct KillCampaign {
  var programs: Programs
  var folder: String
  var seed: UInt64

  struct Tally {
    var kills = 0
    var lost = 0
    var linesSeen = 0
    var midTransaction = 0
    var starts: [Double] = []
    /// By moment, or by command.
    var by: [String: Int] = [:]
    var problems: [String] = []
    var noticed = 0
    var planted = 0
    var diaries = 0

    mutating func note(_ problems: [String], of what: String) {
      guard !problems.isEmpty else { return }
      lost += 1
      if self.problems.count < 20 {
        self.problems.append("\(what): \(problems.prefix(4).joined(separator: "; "))")
      }
    }
  }

  /// From this size on a growing diary is put away and the next begun.
  private static let fullBytes = 40 << 20

  /// - Throws: A `KillFault`; what making the commands' diary throws.
  func run(kills: Int) async throws -> Tally {
    var tally = Tally()
    var random = SeededGenerator(seed: seed)
    let yard = try await ErrandYard(folder: folder + "/errands", programs: programs)
    var growing = try KilledDiary(folder: folder + "/growing-0")
    var fresh = try KilledDiary(folder: folder + "/fresh-0")
    tally.diaries = 2
    for number in 0..<kills {
      if number % 10 >= 7 {
        try await kill(yard, number, &random, &tally)
      } else if number % 2 == 0 {
        try kill(growing, number, &random, &tally)
        guard growing.bytes > Self.fullBytes else { continue }
        plant(in: growing, &tally)
        growing.remove()
        growing = try KilledDiary(folder: folder + "/growing-\(number)")
        tally.diaries += 1
      } else {
        try kill(fresh, number, &random, &tally)
        guard fresh.kills >= 5 else { continue }
        fresh.remove()
        fresh = try KilledDiary(folder: folder + "/fresh-\(number)")
        tally.diaries += 1
      }
      if number % 50 == 49 { tell("\(number + 1) kills, \(tally.lost) lost") }
    }
    plant(in: growing, &tally)
    for problem in tally.problems { tell("  LOST: \(problem)") }
    return tally
  }

  private func kill(
    _ diary: KilledDiary, _ number: Int, _ random: inout SeededGenerator, _ tally: inout Tally
  ) throws {
    let moments = DaemonRound.Moment.allCases
    let moment = moments[Int(random.next() % UInt64(moments.count))]
    // Most at full speed, where something is being committed nearly always; some as in life.
    let speed = ["max", "max", "max", "20000", "600", "1"][Int(random.next() % 6)]
    let round = DaemonRound(
      programs: programs, diary: diary, moment: moment, speed: speed, number: number)
    let result = try round.run(&random)
    if result.isKilled { tally.kills += 1 }
    tally.linesSeen += result.linesSeen
    if result.isMidTransaction { tally.midTransaction += 1 }
    if let start = result.startMilliseconds { tally.starts.append(start) }
    tally.by["daemon \(moment.rawValue)", default: 0] += result.isKilled ? 1 : 0
    tally.note(result.problems, of: "kill \(number), daemon \(moment.rawValue), speed \(speed)")
  }

  private func kill(
    _ yard: ErrandYard, _ number: Int, _ random: inout SeededGenerator, _ tally: inout Tally
  ) async throws {
    let errands = ErrandRound.Errand.allCases
    let errand = errands[Int(random.next() % UInt64(errands.count))]
    let (problems, isKilled) = try await ErrandRound(yard: yard, errand: errand).run(&random)
    if isKilled { tally.kills += 1 }
    tally.by[errand.rawValue, default: 0] += isKilled ? 1 : 0
    tally.note(problems, of: "kill \(number)")
  }

  /// Counts a line as seen that was never committed, and takes half of a tap away: both must be
  /// noticed.
  private func plant(in diary: KilledDiary, _ tally: inout Tally) {
    guard diary.seen.count > 0 else { return }
    tally.planted += 2
    if diary.problems(new: []).isEmpty, diary.isHalfNoticed() { tally.noticed += 1 }
    diary.note([SavedLine(text: "evening tap saved: moisture 47.1 ±0.2 (5 of 5 touches)")])
    if !diary.problems(new: []).isEmpty { tally.noticed += 1 }
  }

  private func tell(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

extension KillCampaign {
  func outcome(_ tally: Tally, kills: Int, seconds: Double, command: String) -> Outcome {
    let starts = tally.starts.sorted()
    let slowest = starts.last.map { "\(Int($0.rounded(.up))) ms" } ?? "none"
    let median = starts.isEmpty ? "none" : "\(Int(starts[starts.count / 2].rounded(.up))) ms"
    return Outcome(
      promise: "A tap whose line was seen is in the diary once, whatever kills the daemon, and the "
        + "next start needs no help",
      how: "skin2vecd, and commands that write, are killed by SIGKILL at random moments",
      tried: tally.kills, unit: "kills", lost: tally.lost, seconds: seconds, command: command,
      planted: "a line that was never committed, and half a tap: noticed \(tally.noticed) of "
        + "\(tally.planted)",
      details: [
        "\(tally.linesSeen) lines of saved taps seen, over \(tally.diaries) diaries of the daemon",
        "\(tally.midTransaction) kills left a transaction half written in the log",
        "from start to the first part's answer: median \(median), slowest \(slowest)",
        "by what was killed: "
          + tally.by.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
          .joined(separator: ", "),
      ])
  }
}
