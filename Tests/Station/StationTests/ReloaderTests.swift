import Bus
import Foundation
import Readings
import Settings
import Store
import Synchronization
import Testing
import TestSupport

@testable import Acquisition
@testable import SimulatedParts
@testable import skin2vecd

@Suite("reloading", .takingTurns) struct ReloaderTests {
  /// A reloader of a file with this text, and what is said meanwhile.
  private func withReloader(
    _ yaml: String, _ body: (Reloader, URL, @Sendable () -> [Notice]) async throws -> Void
  ) async throws {
    let folder = try StationBench.newFolder()
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "skin2vec.yaml")
    try Data(yaml.utf8).write(to: file)
    let keeper = TimeKeeper(clock: SimulatedTime(utcMicroseconds: 1_772_572_385_000_000))
    let store = try Store(
      path: folder.appending(path: "diary.sqlite").path,
      options: .init(
        origin: .simulated("reload"), plan: DayPlan(zone: .utc), waitsForDisk: false,
        now: { keeper.stamp() }))
    let said = Said()
    let herald = Herald(post: { said.add($0) }, sink: store, keeper: keeper)
    let reloader = Reloader(path: file.path, words: "read at the start", herald: herald)
    try await body(reloader, file, { said.notices })
    try await store.close()
  }

  private final class Said: Sendable {
    private let kept = Mutex<[Notice]>([])
    var notices: [Notice] { kept.withLock(\.self) }
    func add(_ notice: Notice) { kept.withLock { $0.append(notice) } }
  }

  @Test("a faulty file leaves the old settings in force, and says where the fault is")
  func faulty() async throws {
    try await withReloader("air:\n  evry: 30 s") { reloader, file, said in
      let problem = try #require(await reloader.check())
      let fault = "\(file.path):2:3: air.evry: unknown key: did you mean `every`?"
      #expect(problem == fault)
      #expect(reloader.next == nil)
      #expect(reloader.words == "refused, the old ones stay: \(fault)")
      #expect(said().map(\.kind) == [.settingsRefused])
      #expect(said().first?.priority == .error)
      #expect(said().first?.fields == [.init("CONFIG_FILE", file.path)])
    }
  }

  @Test("a valid file is what the next life goes by")
  func valid() async throws {
    try await withReloader("air:\n  every: 30 s") { reloader, _, said in
      #expect(await reloader.reload() == nil)
      #expect(reloader.next?.air.every == .seconds(30))
      #expect(said().isEmpty)
    }
  }

  @Test("to look whether a file is valid brings nothing into force")
  func look() async throws {
    try await withReloader("air:\n  every: 30 s") { reloader, _, _ in
      #expect(await reloader.check() == nil)
      #expect(reloader.next == nil)
    }
  }

  @Test("a file that is mended comes into force after all")
  func mended() async throws {
    try await withReloader("air: [") { reloader, file, _ in
      #expect(await reloader.reload() != nil)
      #expect(reloader.next == nil)
      try Data("air:\n  every: 20 s".utf8).write(to: file)
      #expect(await reloader.reload() == nil)
      #expect(reloader.next?.air.every == .seconds(20))
    }
  }
}
