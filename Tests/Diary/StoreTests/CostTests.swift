import FoundationEssentials
import Readings
import Store
import Testing
import TestSupport

/// What the diary costs, printed rather than judged: the figures depend on the machine.
///
/// `SKIN2VEC_MEASURE=1 swift test -c release --no-parallel --filter CostTests
/// -Xswiftc -enable-testing`
@Suite("cost", .enabled(if: ProcessInfo.processInfo.environment["SKIN2VEC_MEASURE"] != nil))
struct CostTests {
  @Test("time and bytes of a year of air, one sample a minute, five a batch")
  func year() async throws {
    try await Bench.with { bench in
      let resident = Self.resident()
      let store = try Self.store(bench)
      var random = SeededNumbers(seed: 1)
      let days = 365
      let before = Self.written()
      var took = Duration.zero
      for day in 0..<days {
        let batches = (0..<288).map { batch in
          (0..<5).map { Self.sample(minute: day * 1440 + batch * 5 + $0, &random) }
        }
        let began = ContinuousClock.now
        try await store.append(each: batches)
        took += ContinuousClock.now - began
      }
      let bytes = (Self.written() - before) / days
      let samples = Double(days * 1440)
      print("air: \((took / samples).components.attoseconds / 1_000_000_000) ns a sample")
      print("air: \(bytes) bytes written a day")
      print("air: \(Self.resident() - resident) kB more resident memory, opening and a year")
      try await store.close()
      let size = try FileManager.default.attributesOfItem(atPath: bench.path)[.size] ?? 0
      print("air: \(size) bytes a year")
    }
  }

  @Test("time of a year of taps, two a day, with the air of a minute")
  func taps() async throws {
    try await Bench.with { bench in
      let store = try Self.store(bench)
      var random = SeededNumbers(seed: 2)
      var tapping = Duration.zero
      for day in 0..<365 {
        for hour in [7.0, 22.0] {
          let time = Bench.time(day: day, hour: hour)
          let minute = day * 1440 + Int(hour) * 60
          try await store.append((minute - 720..<minute).map { Self.sample(minute: $0, &random) })
          let values = (0..<5).map { _ in 40 + 5 * random.unit() }
          let began = ContinuousClock.now
          _ = try await store.save(Bench.session(time, values))
          tapping += ContinuousClock.now - began
        }
      }
      print("taps: \((tapping / 730).components.attoseconds / 1_000_000_000_000) µs each")
    }
  }

  /// A store that waits for the disk, unless `SKIN2VEC_MEASURE=fast`.
  private static func store(_ bench: Bench) throws -> Store {
    let mode = ProcessInfo.processInfo.environment["SKIN2VEC_MEASURE"]
    return try Store(path: bench.path, options: bench.options(waitsForDisk: mode != "fast"))
  }

  /// Eight channels, as a SEN55 gives them.
  private static func sample(minute: Int, _ random: inout SeededNumbers) -> AirSample {
    let channels: [Channel] = [
      .airTemperature, .airHumidity, .airPM1, .airPM2_5, .airPM4, .airPM10, .airVOCIndex,
      .airNOxIndex,
    ]
    return AirSample(
      stamp: Bench.stamp(Bench.monday + .seconds(60 * minute)), part: "sen55 0x69",
      readings: channels.map { channel in
        AirReading(channel, .value((random.unit() * 500).rounded() / 10))
      })
  }

  /// Bytes this process has handed to the file system (proc(5), `wchar`).
  private static func written() -> Int { number("wchar:", in: "/proc/self/io") }

  /// Resident memory in kilobytes (proc(5), `VmRSS`).
  private static func resident() -> Int { number("VmRSS:", in: "/proc/self/status") }

  private static func number(_ name: String, in path: String) -> Int {
    let text = FileManager.default.contents(atPath: path).map {
      String(decoding: $0, as: UTF8.self)
    }
    let line = text?.split(separator: "\n").first { $0.hasPrefix(name) }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }
}

extension Store {
  /// Without a change of threads between two batches.
  fileprivate func append(each batches: [[AirSample]]) throws {
    for batch in batches { try append(batch) }
  }
}
