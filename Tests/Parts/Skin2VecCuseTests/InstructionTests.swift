import Bus
import SimulatedParts
import Testing

@testable import skin2vec_cuse

@Suite("What is said on standard input")
struct InstructionTests {
  @Test(
    "an instruction is followed as it stands",
    arguments: [
      ("set air.temperature 21.5", .set(.temperature, 21.5)),
      ("set skin.moisture_pf 6.7", .set(.moisture, 6.7)),
      ("set skin.force_v 1.1", .set(.force, 1.1)),
      ("set air.co2 700", .set(.carbonDioxide, 700)),
      ("fault nak 0x69 5", .fault(.nak, 0x69, .seconds(5))),
      ("fault missing 0x50", .fault(.missing, 0x50, nil)),
      ("fault stuckSDA all 0.5", .fault(.stuckSDA, nil, .milliseconds(500))),
      ("fault brownOut", .fault(.brownOut, nil, nil)),
      ("hang", .hang(.hang)), ("swallow", .hang(.swallow)), ("clear", .clearFaults),
    ] as [(String, Instruction)])
  func understood(line: String, instruction: Instruction) throws {
    #expect(try Instruction(line) == instruction)
  }

  @Test(
    "an instruction that makes no sense says what would",
    arguments: [
      ("", "set KEY VALUE"), ("set air.warmth 20", "air.temperature"),
      ("set air.temperature warm", "'warm'"), ("set air.temperature nan", "'nan'"),
      ("fault nac 0x69", "nearSentinel"), ("fault nak 0x99", "0x77"),
      ("fault nak 0x69 -1", "'-1'"), ("clear all", "clear"),
      ("hang all", "'hang'"),
    ])
  func refused(line: String, hint: String) {
    #expect {
      try Instruction(line)
    } throws: { ($0 as? Misunderstanding)?.description.contains(hint) == true }
  }
}

@Suite("What a lamp did")
struct LevelHistoryTests {
  private func instant(_ seconds: Double) -> BootInstant {
    BootInstant(sinceBoot: .milliseconds(Int64(seconds * 1000)))
  }

  @Test("a level is the one that was last seen before that moment")
  func past() {
    let history = LevelHistory(path: "/does/not/exist")
    history.note(true, at: instant(1))
    history.note(false, at: instant(2))
    #expect(!history.isActive(at: instant(0.9)))
    #expect(history.isActive(at: instant(1.5)))
    #expect(!history.isActive(at: instant(2)))
  }

  @Test("a line that nobody watches is active")
  func unwatched() {
    #expect(LevelHistory(path: nil).isActive(at: instant(5)))
  }

  @Test("long ago is forgotten, the recent past is not")
  func long() {
    let history = LevelHistory(path: "/does/not/exist")
    for second in 0..<1000 { history.note(second.isMultiple(of: 2), at: instant(Double(second))) }
    #expect(history.isActive(at: instant(998.5)))
    #expect(!history.isActive(at: instant(997.5)))
  }
}
