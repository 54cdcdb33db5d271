import Bus
import Testing

@testable import Tape

@Suite("the bytes of a tape") struct FormatTests {
  private let header = TapeHeader(
    schemaVersion: 2, source: "a test", settings: "people: [{name: ann}]\n",
    people: [.init(name: "ann", sites: ["cheek", "forehead"])], chosen: "ann",
    zone: "Europe/Berlin", bootID: String(repeating: "a", count: 32),
    startMicroseconds: 12_000_000, wall: WallClock(offset: -5, synchronisation: nil))

  /// One entry of every kind of outcome.
  private let outcomes: [Outcome] = [
    .done, .cancelled, .bytes([0xD2, 0x06, 0x00]), .yes, .no, .ended, .refused("the disk is full"),
    .failed(.notAcknowledged, code: 121, path: "/dev/i2c-1", operation: "read 24 bytes"),
    .failed(.timedOut, code: nil, path: "/dev/i2c-1", operation: "read 24 bytes"),
    .edge(isActive: true, microseconds: 12_345_678, missed: 2),
  ]

  private func tape() -> Tape {
    var writer = ChunkWriter(number: 0, isCut: false, at: 12_000_000, header.wall)
    for (number, outcome) in outcomes.enumerated() {
      writer.write(
        outcome, of: Request(.read, "main 0x69", [24]), on: "sen55 0x69", index: number * 3,
        at: 12_400_000 + Int64(number * number) * 1_000_003)
      if number == 4 { writer.write(WallClock(offset: 1_772_000_000_000_000, synchronisation: 7)) }
    }
    return Tape(header: header, chunks: [writer.chunk])
  }

  @Test("give back the header and every entry that was written")
  func roundTrip() throws {
    let read = try Tape(file: tape().bytes)
    #expect(read.header == header)
    let (entries, jumps) = try read.entries()
    #expect(jumps.isEmpty)
    #expect(entries.map(\.outcome) == outcomes)
    #expect(entries.map(\.index) == outcomes.indices.map { $0 * 3 })
    #expect(entries.last?.time == BootInstant(sinceBoot: .microseconds(93_400_243)))
    #expect(entries[4].wall == WallClock(offset: 1_772_000_000_000_000, synchronisation: 7))
    #expect(entries.filter { $0.wall != nil }.count == 1)
    #expect(Set(entries.map(\.request)) == [Request(.read, "main 0x69", [24])])
  }

  @Test("are refused with their place wherever one bit of them is changed")
  func tampered() throws {
    let bytes = tape().bytes
    for index in bytes.indices.dropFirst(16) {
      var changed = bytes
      changed[index] ^= 0x10
      // A length that points past the end looks like a tape that was cut off: it loses its end.
      guard let read = try? Tape(file: changed) else { continue }
      #expect(read.chunks.isEmpty, "byte \(index)")
    }
    var changed = bytes
    changed[bytes.count - 3] ^= 1
    #expect(throws: TapeError.altered(where: "after chunk 0")) { try Tape(file: changed) }
  }

  @Test("of another format are refused by name")
  func version() {
    let bytes = Array("skin2vec tape 9\n".utf8)
    #expect(throws: TapeError.version("9", known: 1)) { try Tape(file: bytes) }
    #expect(throws: TapeError.noTape) { try Tape(file: Array("diary: x\n".utf8)) }
    #expect(throws: TapeError.noTape) { try Tape(file: []) }
  }

  @Test("lose only the last stretch where the file was cut off")
  func cutOff() throws {
    let bytes = tape().bytes
    #expect(try Tape(file: Array(bytes.dropLast())).chunks.isEmpty)
    #expect(try Tape(file: bytes).chunks.count == 1)
  }

  @Test("are refused where their times or numbers are beyond anything that was taped")
  func absurd() throws {
    func chunk(number: Int = 0, start: Int64 = 0, _ more: (inout ByteWriter) -> Void) -> Chunk {
      var writer = ByteWriter()
      writer.signed(start)
      writer.signed(0)
      writer.optional(nil)
      // Track, kind, subject and detail of a request, once for all.
      writer.byte(14)
      writer.block([1, 0x74, 0, 0, 0])
      more(&writer)
      return Chunk(number: number, isCut: false, bytes: writer.bytes)
    }
    let chunks = [
      chunk(start: .max) { _ in }, chunk(start: .min) { _ in },
      chunk { writer in
        // Two outcomes, so long after each other that no clock says when.
        for _ in 0..<2 {
          writer.byte(0)
          writer.number(0)
          writer.number(UInt64(Int64.max))
        }
      },
      chunk { writer in
        // An edge long before the beginning.
        for number in [6, 0, 0, 1] { writer.byte(UInt8(number)) }
        writer.signed(.min)
        writer.number(0)
      },
    ]
    for chunk in chunks {
      let tape = try Tape(file: Tape(header: header, chunks: [chunk]).bytes)
      #expect(throws: TapeError.altered(where: "in chunk 1")) { try tape.entries() }
    }
    let last = Tape(header: header, chunks: [chunk(number: .max) { _ in }])
    #expect(throws: TapeError.altered(where: "in chunk 1")) { try Tape(file: last.bytes) }
    var late = header
    late.startMicroseconds = .max
    #expect(throws: TapeError.altered(where: "in the header")) {
      try Tape(file: Tape(header: late).bytes)
    }
  }

  @Test("have the checksum that IEEE 802.3 gives")
  func crc() { #expect(checksum(of: Array("123456789".utf8)) == 0xCBF4_3926) }
}
