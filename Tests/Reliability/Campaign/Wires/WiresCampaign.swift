import FoundationEssentials
import SimulatedParts

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Runs stations in all houses, one after the other, and adds up what the oracle found.
struct WiresCampaign {
  let seed: UInt64
  /// Transfers of one run: some days of a house.
  private static let portion = 50_000

  init(seed: UInt64) { self.seed = seed }

  func run(transfers: Int, defect: WiresDefect?) async throws -> WiresFigures {
    var total = WiresFigures()
    var number: UInt64 = 0
    while total.transfers < transfers {
      let house = WiresHouse.all[Int(number) % WiresHouse.all.count]
      // Every fourth house can switch its parts' supply.
      let hasSupply = number % 4 == 3
      let left = min(Self.portion, transfers - total.transfers)
      let figures = try await live(
        in: house, seed: seed &* 1000 &+ number, transfers: max(left, 5000), hasSupply, defect)
      total.add(figures)
      number += 1
      if defect == nil, number % 4 == 0 {
        Self.tell(
          "wires: \(total.transfers) of \(transfers) transfers, \(total.wrong + total.wrongTouches) "
            + "wrong values, \(total.lostSamples) samples lost, \(total.lateReturns) late returns")
      }
    }
    return total
  }

  /// A line on standard error.
  static func tell(_ line: String) {
    let bytes = [UInt8]((line + "\n").utf8)
    // Nothing hangs on a line of progress.
    _ = write(2, bytes, bytes.count)
  }

  private func live(
    in house: WiresHouse, seed: UInt64, transfers: Int, _ hasSupply: Bool, _ defect: WiresDefect?
  ) async throws -> WiresFigures {
    let folder = FileManager.default.temporaryDirectory.appending(path: "wires-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "diary.sqlite").path
    let station = try WiresStation(
      house, seed: seed, diary: path, hasSupply: hasSupply, defect: defect)
    let log = WiresLog()
    try await station.run {
      var script = WiresScript(
        station, log: log, transfers: transfers, seed: seed, defect: defect)
      try await script.play()
    }
    var oracle = WiresOracle(house, log.story)
    oracle.judge(try WiresDiary(path: path))
    oracle.figures.transfers = station.bus.traffic.transfers
    return oracle.figures
  }
}
