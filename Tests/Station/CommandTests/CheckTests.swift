import Bus
import FoundationEssentials
import Journal
import LinuxBus
import Readings
import Settings
import Testing

@testable import skin2vec

@Suite struct CheckTests {
  /// The number of the first line of the bench's configuration that holds the text.
  private func line(of text: String, in bench: Bench) throws -> Int {
    let file = try String(contentsOf: URL(filePath: bench.config), encoding: .utf8)
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
    return try #require(lines.firstIndex { $0.contains(text) }) + 1
  }

  @Test("a good file on a good board is ok, with status 0")
  func good() async throws {
    try await Bench.with { bench in
      bench.board.openBus = { path throws(BusError) in NoBus(name: path) }
      let ending = try await bench.run("check")
      #expect(ending == .done)
      #expect(bench.spoken.lines == ["ok: \(bench.config) and the board"])
    }
  }

  @Test("every fault of the file is told by line and column, with status 78")
  func fileFaults() async throws {
    try await Bench.with { bench in
      try bench.configure("air:\n  evry: 60 s\n  commit_every: 5\n")
      #expect(try await bench.run("check") == .configuration)
      let lines = bench.spoken.lines
      let first = try line(of: "evry", in: bench)
      #expect(lines.count == 3)
      #expect(lines[0].hasPrefix("\(bench.config):\(first):3: air.evry: unknown key"))
      #expect(lines[1].hasPrefix("\(bench.config):\(first + 1):17: air.commit_every:"))
      #expect(lines[2] == "not ok: \(bench.config) (2 faults)")
    }
  }

  @Test("a bus that is not there is told where the file names it, with status 69")
  func missingBus() async throws {
    try await Bench.with { bench in
      try bench.configure("buses:\n  main: /dev/i2c-7\n")
      #expect(try await bench.run("check") == .unavailable)
      let line = try line(of: "main:", in: bench)
      let place = "\(bench.config):\(line):9: buses.main: /dev/i2c-7 is not there"
      #expect(bench.spoken.lines.first?.hasPrefix(place) == true)
      #expect(bench.spoken.text.contains("dtparam=i2c_arm=on"))
      #expect(try await bench.run("check", "--file-only") == .done)
    }
  }

  @Test("lines that are not there are told at their key, or at none where the default serves")
  func missingLines() async throws {
    try await Bench.with { bench in
      bench.board.openBus = { path throws(BusError) in NoBus(name: path) }
      bench.board.tryLine = { place throws(BusError) in
        throw BusError(.gone, path: place.chip, operation: "ask for the line")
      }
      try bench.configure("lines:\n  contact: {line: 5}\n")
      #expect(try await bench.run("check") == .unavailable)
      let line = try line(of: "contact:", in: bench)
      let lines = bench.spoken.lines
      #expect(lines.contains { $0.hasPrefix("\(bench.config):\(line):3: lines.contact: ") })
      #expect(lines.contains { $0.hasPrefix("\(bench.config): parts[2].lamp: ") })
    }
  }

  @Test("a line that a program has is a warning: the daemon may be that program")
  func takenLine() async throws {
    try await Bench.with { bench in
      bench.board.openBus = { path throws(BusError) in NoBus(name: path) }
      bench.board.tryLine = { place throws(BusError) in
        throw BusError(.taken, path: place.chip, operation: "ask for the line")
      }
      let ending = try await bench.run("check")
      #expect(ending == .done)
      #expect(bench.spoken.lines.last == "ok: \(bench.config) and the board (3 warnings)")
    }
  }

  @Test("a folder that cannot be written has status 73; the journal and groups only warn")
  func folder() async throws {
    try await Bench.with { bench in
      bench.board.openBus = { path throws(BusError) in NoBus(name: path) }
      bench.board.folder = { _ in .missing }
      bench.board.hasGroup = { $0 != "gpio" }
      bench.board.journal = { .volatile }
      let ending = try await bench.run("check")
      #expect(ending == .cannotCreate)
      let lines = bench.spoken.lines
      #expect(lines.count == 4)
      #expect(lines.contains { $0.hasPrefix("\(bench.config):1:8: diary: ") })
      #expect(lines.count { $0.hasPrefix("warning: ") } == 2)
    }
  }

  @Test("the file may be named, and one that is not there is at fault")
  func named() async throws {
    try await Bench.with { bench in
      let path = bench.config + ".other"
      let ending = try await bench.run("check", path, "--file-only")
      #expect(ending == .configuration)
      #expect(bench.spoken.lines.first?.hasPrefix("\(path): cannot be read") == true)
    }
  }

  @Test("JSON has file, line, column, key, problem and hint of each fault")
  func json() async throws {
    try await Bench.with { bench in
      try bench.configure("buses:\n  main: /dev/i2c-7\n")
      let report = try await bench.json("check")
      #expect(at(report, "ok") as? Bool == false)
      #expect(at(report, "faults", 0, "key") as? String == "buses.main")
      #expect(at(report, "faults", 0, "column") as? Double == 9)
      let line = try line(of: "main:", in: bench)
      #expect(at(report, "faults", 0, "line") as? Double == Double(line))
      #expect((at(report, "faults", 0, "hint") as? String)?.isEmpty == false)
    }
  }

  @Test("other commands refuse a faulty file with status 78 and the same lines")
  func otherCommands() async throws {
    try await Bench.with { bench in
      try bench.configure("nonsense: 1\n")
      #expect(try await bench.run("today") == .configuration)
      #expect(bench.complaints.text.contains("nonsense: unknown key"))
    }
  }
}

/// A bus that can be opened, and is not used.
private struct NoBus: I2CBus {
  var name: String

  private func gone() -> BusError { BusError(.gone, path: name, operation: "use") }

  func write(_ bytes: [UInt8], to address: I2CAddress) async throws(BusError) { throw gone() }
  func read(_ count: Int, from address: I2CAddress) async throws(BusError) -> [UInt8] {
    throw gone()
  }
  func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) async throws(BusError) -> [UInt8] { throw gone() }
  func writeRegister(
    _ register: UInt8, _ bytes: [UInt8], to address: I2CAddress
  ) async throws(BusError) { throw gone() }
  func answers(at address: I2CAddress) async throws(BusError) -> Bool { throw gone() }
}

@Suite struct KeyPositionsTests {
  private let text = """
    buses:
      main: /dev/i2c-1
    parts:
      - part: sen55
      - part: tsl2591
        lamp: {line: 27}
    """

  @Test(
    "a key is where its value stands, a group where its name does",
    arguments: [
      ("buses", 1, 1), ("buses.main", 2, 9), ("parts[0].part", 4, 11), ("parts[1].lamp", 6, 5),
      ("parts[1].lamp.line", 6, 18),
    ])
  func present(key: String, line: Int, column: Int) throws {
    let positions = try KeyPositions(text: text, file: "a.yaml")
    #expect(positions[key] == SettingsFault.Position(line: line, column: column))
  }

  @Test("a key that is left out is where the group around it is, or nowhere")
  func leftOut() throws {
    let positions = try KeyPositions(text: text, file: "a.yaml")
    #expect(positions["buses.other"] == SettingsFault.Position(line: 1, column: 1))
    #expect(positions["lines.contact"] == nil)
  }
}
