import Bus
import Foundation
import Testing

@testable import LinuxBus

@Suite("The kernel's I²C adapters, without any")
struct LinuxI2CBusTests {
  @Test("a node that is not there says which")
  func missing() {
    #expect {
      try LinuxI2CBus(path: "/dev/i2c-does-not-exist")
    } throws: { error in
      let error = error as? BusError
      return error?.kind == .gone && error?.path == "/dev/i2c-does-not-exist" && error?.code == 2
    }
  }

  @Test("a bus that is not there yet is looked for by every call")
  func notYet() async {
    // Patient: on a busy machine half a second is soon over.
    let bus = LinuxI2CBus(whenPresent: "/dev/i2c-does-not-exist", deadline: .seconds(60))
    for _ in 1...2 {
      do throws(BusError) {
        _ = try await bus.read(3, from: 0x69)
        Issue.record("it was read")
      } catch {
        #expect(error.kind == .gone)
      }
    }
  }

  @Test("a file that is not a bus is refused")
  func notABus() {
    #expect {
      try LinuxI2CBus(path: "/dev/null")
    } throws: { ($0 as? BusError)?.kind == .unsupported }
  }

  @Test("whether a bus is there is told without opening it")
  func look() throws {
    // A device that may be used, and is no bus: only opening it would show that.
    try LinuxI2CBus.look(for: "/dev/null")
    for (path, kind) in [
      ("/dev/i2c-does-not-exist", BusError.Kind.gone), ("no such adapter", .gone),
      ("/dev", .unsupported),
    ] {
      #expect {
        try LinuxI2CBus.look(for: path)
      } throws: { ($0 as? BusError)?.kind == kind }
    }
  }

  @Test("an adapter name that no adapter has says the name")
  func unknownName() {
    #expect {
      try LinuxI2CBus(path: "no such adapter")
    } throws: { error in
      let error = error as? BusError
      return error?.kind == .gone && error?.path == "no such adapter"
    }
  }

  @Test("adapters are listed by number, each with its driver's name")
  func adapters() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/adapters-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (node, name) in [("i2c-10", "ten"), ("i2c-2", "bcm2835 (i2c@7e804000)")] {
      let place = "\(folder)/\(node)"
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try (name + "\n").write(toFile: place + "/name", atomically: false, encoding: .utf8)
    }
    try FileManager.default.createDirectory(
      atPath: folder + "/other", withIntermediateDirectories: true)
    #expect(
      LinuxI2CBus.adapters(in: folder) == [
        LinuxI2CBus.Adapter(path: "/dev/i2c-2", name: "bcm2835 (i2c@7e804000)"),
        LinuxI2CBus.Adapter(path: "/dev/i2c-10", name: "ten"),
      ])
  }
}

@Suite("GPIO lines, without any")
struct LinuxLineTests {
  @Test("a chip that is not there says which line was wanted")
  func missingChip() {
    #expect {
      try LinuxEdgeInput(LinePlace(chip: "no-such-chip", line: .offset(17)))
    } throws: { error in
      let error = error as? BusError
      return error?.kind == .gone && error?.path == "no-such-chip line 17"
    }
  }

  @Test("a path that is not a chip is refused")
  func notAChip() {
    #expect {
      try LinuxSignalOutput(LinePlace(chip: "/dev/null", line: .named("lamp")))
    } throws: { error in
      let kind = (error as? BusError)?.kind
      return kind == .gone || kind == .unsupported
    }
  }
}
