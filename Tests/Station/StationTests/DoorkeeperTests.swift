import Bus
import Control
import Foundation
import Readings
import SimulatedParts
import Store
import Synchronization
import Testing

@testable import Acquisition
@testable import skin2vecd

@Suite struct DoorkeeperTests {
  @Test("strangers are told of at once, then once an hour with how many there were")
  func oncePerHour() async throws {
    let time = SimulatedTime(utcMicroseconds: 1_772_572_385_000_000)
    let keeper = TimeKeeper(clock: time)
    let folder = try StationBench.newFolder()
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try Store(
      path: folder.appending(path: "diary.sqlite").path,
      options: Store.Options(
        origin: .real, plan: DayPlan(zone: .utc), waitsForDisk: false, now: { keeper.stamp() }),
      executor: time)
    let said = Mutex<[Notice]>([])
    let herald = Herald(
      post: { notice in said.withLock { $0.append(notice) } }, sink: store, keeper: keeper)
    let doorkeeper = Doorkeeper(herald: herald, clock: time)
    let peer = PeerCredentials(process: 4711, user: 1000, group: 1000)
    try await time.run {
      for _ in 0..<3 { await doorkeeper.refused(peer) }
      try await time.sleep(until: time.now.advanced(by: .seconds(3599)), tolerance: nil)
      await doorkeeper.refused(peer)
      try await time.sleep(until: time.now.advanced(by: .seconds(1)), tolerance: nil)
      await doorkeeper.refused(peer)
      await doorkeeper.refused(peer)
    }
    let notices = said.withLock { $0 }
    #expect(notices.map(\.kind) == [.strangerRefused, .strangerRefused])
    #expect(notices.allSatisfy { $0.text.hasPrefix("process 4711 asked at the control socket") })
    #expect(notices.first?.text.contains("more since") == false)
    #expect(notices.last?.text.hasSuffix("; 3 more since the last such line") == true)
  }
}
