import FoundationEssentials
import Readings
import Testing
import TestSupport

@testable import Store

@Suite("working everything out anew", .takingTurns)
struct RecomputeTests {
  @Test(
    "wish 6: changes nothing, after whatever came late, moved or changed", arguments: 1...5)
  func harmless(seed: UInt64) async throws {
    try await Bench.with { bench in
      var turmoil = Turmoil(seed: seed)
      var store = try Store(path: bench.path, options: bench.options(waitsForDisk: false))
      _ = try await store.adopt(Limits(), from: Bench.stamp(Bench.monday))
      var history: [String] = []
      for step in 1...120 {
        let kind = turmoil.next()
        try await turmoil.happen(kind, to: store)
        history.append(kind.rawValue)
        guard step.isMultiple(of: 5) else { continue }
        if step.isMultiple(of: 25) {
          try await store.close()
          store = try Store(path: bench.path, options: bench.options(waitsForDisk: false))
        }
        let result = try await store.recompute()
        #expect(result.before == result.after, "\(step): \(history.suffix(5)) \(result.examples)")
        #expect(result.changes.isEmpty, "\(step): \(history.suffix(5)) \(result)")
        if result.before != result.after { return }
      }
    }
  }
}
