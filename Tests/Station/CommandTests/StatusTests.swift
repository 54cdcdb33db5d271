import Control
import Readings
import Store
import Testing

@testable import skin2vec

@Suite(.timeLimit(.minutes(5))) struct StatusTests {
  @Test("a running daemon's state is shown, with status 0")
  func running() async throws {
    try await Bench.with { bench in
      let status = Daemon.status(bench)
      try await Daemon.with(bench, answering: { _ in .status(status) }) { _ in
        let ending = try await bench.run("status")
        #expect(ending == .done)
      }
      let lines = bench.spoken.lines
      #expect(lines.first == "● skin2vecd is running: 21 h 30 min, since 2026-11-20 01:00")
      #expect(
        lines.contains { $0.hasSuffix("SEN55 51A2 firmware 2.0: measuring, last value 12 s ago") })
      #expect(lines.contains { $0.hasSuffix("evening tap saved: moisture 47.2") })
      #expect(lines.contains { $0.contains("in memory only") })
    }
  }

  @Test("JSON of a running daemon has its keys, and says that it runs")
  func runningJSON() async throws {
    try await Bench.with { bench in
      let status = Daemon.status(bench)
      try await Daemon.with(bench, answering: { _ in .status(status) }) { _ in
        let answer = try await bench.json("status")
        #expect(at(answer, "running") as? Bool == true)
        #expect(at(answer, "uptime_s") as? Double == 77_400)
        #expect(at(answer, "parts", 0, "age_s") as? Double == 12)
        #expect(at(answer, "last_tap") as? String == "evening tap saved: moisture 47.2")
      }
    }
  }

  @Test("beside a simulated station, ages are counted on its own clock")
  func simulated() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.append([Planted.air(Bench.evening(-300))]) }
      var status = Daemon.status(bench)
      status.isSimulated = true
      status.started = Bench.evening(-300) - .seconds(1000)
      status.uptimeSeconds = 1030
      let simulated = status
      try await Daemon.with(bench, answering: { _ in .status(simulated) }) { _ in
        let ending = try await bench.run("status")
        #expect(ending == .done)
      }
      #expect(bench.spoken.text.contains("on simulated parts"))
      #expect(bench.spoken.text.contains("sen55 0x69, 30 s ago"))
    }
  }

  @Test("a daemon that does not answer as it should is neither running nor stopped: status 69")
  func nonsense() async throws {
    try await Bench.with { bench in
      try await Daemon.with(bench, answering: { _ in .done("what?") }) { _ in
        let ending = try await bench.run("status")
        #expect(ending == .unavailable)
      }
    }
  }

  @Test("without a daemon the diary tells last tap, parts and air with its age, with status 3")
  func stopped() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        try await store.save(Planted.session(Bench.evening(), moisture: [48.4, 48.4]))
        try await store.append([Planted.air(Bench.evening() + .seconds(840))])
        _ = try await store.record(
          PartIdentity(
            part: "sen55 0x69", product: "SEN55", serial: "51A2", firmware: "2.0", status: "",
            channels: [.airTemperature]), at: Bench.stamp(Bench.evening()))
      }
      #expect(try await bench.run("status") == .notRunning)
      let lines = bench.spoken.lines
      #expect(lines.first?.contains("skin2vecd is not running") == true)
      #expect(lines.contains { $0.contains("last tap") && $0.contains("22:14 (16 min ago)") })
      #expect(
        lines.contains {
          $0.contains("sen55 0x69, 2 min ago: 22.1 °C, 48 %RH, PM2.5 absent (warming up)")
        })
      #expect(lines.contains { $0.contains("SEN55 51A2 firmware 2.0 (as last known)") })
      #expect(lines.contains { $0.contains("1 tap, 1 sample of the air") })
    }
  }

  @Test("without daemon and diary, status says both, with status 3")
  func nothing() async throws {
    try await Bench.with { bench in
      #expect(try await bench.run("status") == .notRunning)
      #expect(bench.spoken.text.contains("no diary yet"))
      let answer = try await bench.json("status")
      #expect(at(answer, "running") as? Bool == false)
      #expect(at(answer, "diary_sketch", "problem") as? String == "no diary yet")
    }
  }
}
