import Curves
import Effects
import Forecast
import FoundationEssentials
import Humidity
import SyntheticSubject
import Watch
import WhatIf

/// G20: how long the analyses of one diary take on the cores there are, and how much memory.
struct TimingRows: Sendable {
  var seed: UInt64

  func rows(say: @Sendable (String) -> Void) async -> [EvidenceRow] {
    var rows: [EvidenceRow] = []
    for (days, limit) in [(365, 1.0), (3650, 10.0)] {
      let history = World.home.subject(.manyPairs(days: days), seed: seed).history
      let cell = "\(days) d, 9 outcomes, 10 kinds of event"
      for (name, work) in Self.analyses {
        let took = await Self.seconds { await work(history) }
        rows.append(
          EvidenceRow(
            goal: "G20", measure: "\(name), seconds", cell: cell, ours: took, target: "reported",
            subjects: 1))
        say("\(cell): \(name) \(rounded(took)) s")
      }
      let together = await Self.seconds {
        await withTaskGroup { group in
          for (_, work) in Self.analyses { group.addTask { await work(history) } }
        }
      }
      rows.append(
        EvidenceRow(
          goal: "G20", measure: "all of them at once, seconds", cell: cell, ours: together,
          target: "≤ \(Int(limit))", isMet: together <= limit, subjects: 1))
    }
    let most = Self.mostMegabytes
    rows.append(
      EvidenceRow(
        goal: "G20", measure: "memory of this process at most, MB", cell: "after both",
        ours: most, target: "≤ 200", isMet: most <= 200, subjects: 1))
    return rows
  }

  private static func seconds(_ work: () async -> Void) async -> Double {
    let began = ContinuousClock().now
    await work()
    return (ContinuousClock().now - began) / .seconds(1)
  }

  private static let analyses: [(name: String, work: @Sendable (History) async -> Void)] = [
    ("effects", { _ = await EffectAnalysis().effects($0) }),
    ("humidity", { _ = HumidityAnalysis().optima($0) }),
    (
      "watch",
      // Where nothing can be said, that is what it takes as well.
      { history in _ = try? Watcher(seed: 1).watch(history) }
    ),
    (
      "forecast",
      { history in
        for curve in history.curves {
          // Where nothing can be said, that is what it takes as well.
          _ = try? Forecaster(history: history, curve: curve).run()
        }
      }
    ),
    (
      "what-if",
      { history in _ = WhatIf(channel: "air.pm2_5", value: 20, days: 3).paths(in: history) }
    ),
  ]

  /// The kernel's high-water mark of resident memory.
  private static var mostMegabytes: Double {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
    else { return .nan }
    return kilobytes / 1000
  }
}
