import Testing

@testable import Tape

@Suite("a ring of tape") struct RingTests {
  private func chunk(_ number: Int, isCut: Bool = true) -> Chunk {
    Chunk(number: number, isCut: isCut, bytes: [UInt8](repeating: 0, count: 936))
  }

  private func isPlayable(_ ring: Ring) -> Bool {
    let header = TapeHeader(
      schemaVersion: 0, source: "", settings: "", people: [], chosen: "", zone: "", bootID: "",
      startMicroseconds: 0, wall: WallClock(offset: 0, synchronisation: nil))
    return Tape(header: header, chunks: ring.chunks).isPlayable
  }

  @Test("keeps the beginning and the end, and never more than its limit")
  func bounded() {
    let ring = Ring(limit: 10_000)
    ring.append(chunk(0, isCut: false))
    ring.append(chunk(1, isCut: false))
    for number in 2..<500 {
      ring.append(chunk(number))
      #expect(ring.size <= 10_000)
    }
    #expect(ring.chunks.map(\.number) == [0, 1] + Array(492..<500))
    #expect(isPlayable(ring))
  }

  @Test("drops as far as the next moment at which every loop was between two turns")
  func cuts() {
    let ring = Ring(limit: 10_000)
    for number in 0..<200 {
      ring.append(chunk(number, isCut: number > 0 && number % 5 == 0))
      #expect(ring.size <= 10_000)
      #expect(isPlayable(ring), "\(ring.chunks.map(\.number))")
    }
    #expect(ring.chunks.prefix(5).map(\.number) == [0, 1, 2, 3, 4])
  }

  @Test("stays bounded where there was no such moment, and is then for reading only")
  func torn() {
    let ring = Ring(limit: 10_000)
    for number in 0..<200 { ring.append(chunk(number, isCut: false)) }
    #expect(ring.size <= 10_000)
    #expect(ring.chunks.last?.number == 199)
    #expect(!isPlayable(ring))
  }
}
