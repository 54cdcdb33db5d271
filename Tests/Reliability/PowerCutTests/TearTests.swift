import Testing

@testable import reliability

/// What a disk may hold after a power cut, on cases worked out by hand.
@Suite("the simulated disk")
struct TearTests {
  private static let seeds: ClosedRange<UInt64> = 1...200

  /// Every content that a file has, over many cuts of a kind.
  private func contents(
    _ kind: Cut.Kind, _ events: [DiskLog.Event], bytes: [UInt8], start: [String: [UInt8]] = [:]
  ) -> Set<[UInt8]?> {
    Set(
      Self.seeds.map { seed -> [UInt8]? in
        let image = image(Cut(kind: kind, seed: seed), events, bytes, start)
        return image.names["a"].flatMap { image.contents[$0] }
      })
  }

  private func image(
    _ cut: Cut, _ events: [DiskLog.Event], _ bytes: [UInt8], _ start: [String: [UInt8]] = [:]
  ) -> Cut.Image {
    var disk = Disk(DiskLog(events: events, bytes: bytes, start: start))
    disk.advance(to: events.count)
    return cut.image(of: disk)
  }

  private static let old = [UInt8](repeating: 1, count: 8192)
  private static let new = [UInt8](repeating: 2, count: 8192)
  private static let exists = DiskLog.Event.exists(file: 0, name: "a")

  @Test("what was synced is there, whatever the cut")
  func synced() {
    let events: [DiskLog.Event] = [
      Self.exists, .write(file: 0, offset: 100, bytes: 0..<700), .sync(file: 0),
    ]
    var wanted = Self.old
    for place in 100..<800 { wanted[place] = 2 }
    for kind in Cut.Kind.allCases {
      #expect(
        contents(kind, events, bytes: Self.new, start: ["a": Self.old]) == [wanted], "\(kind)")
    }
  }

  @Test("of what was not synced a cut takes nothing, all, or each sector by itself")
  func torn() {
    // Two sectors of 512: the second half of one, and the first half of the next.
    let events = [Self.exists, .write(file: 0, offset: 256, bytes: 0..<512)]
    func content(_ first: UInt8, _ second: UInt8) -> [UInt8] {
      var content = Self.old
      for place in 256..<512 { content[place] = first }
      for place in 512..<768 { content[place] = second }
      return content
    }
    let start = ["a": Self.old]
    #expect(contents(.dropped, events, bytes: Self.new, start: start) == [Self.old])
    #expect(contents(.kept, events, bytes: Self.new, start: start) == [content(2, 2)])
    #expect(
      contents(.torn512, events, bytes: Self.new, start: start)
        == [content(1, 1), content(1, 2), content(2, 1), content(2, 2)])
    // Within 4096 bytes it is one piece.
    #expect(
      contents(.torn4096, events, bytes: Self.new, start: start)
        == [content(1, 1), content(2, 2)])
    #expect(
      contents(.writtenBack, events, bytes: Self.new, start: start)
        == [content(1, 1), content(2, 2)])
    #expect(
      contents(.stopped, events, bytes: Self.new, start: start)
        == [content(1, 1), content(2, 1)])
  }

  @Test("two writes come in any order, or not at all")
  func reordered() {
    let events: [DiskLog.Event] = [
      Self.exists, .write(file: 0, offset: 0, bytes: 0..<1),
      .write(file: 0, offset: 0, bytes: 1..<2),
    ]
    #expect(contents(.reordered, events, bytes: [7, 8], start: ["a": [1]]) == [[1], [7], [8]])
  }

  @Test("a file that grew may have its size and not its bytes")
  func zeros() {
    let events: [DiskLog.Event] = [
      .exists(file: 0, name: "a"), .write(file: 0, offset: 1, bytes: 0..<2),
    ]
    #expect(contents(.zeros, events, bytes: [7, 8], start: ["a": [1]]) == [[1, 0, 0]])
  }

  @Test("a cut size comes back, or does not")
  func truncated() {
    let events: [DiskLog.Event] = [.exists(file: 0, name: "a"), .truncate(file: 0, size: 1)]
    #expect(contents(.reordered, events, bytes: [], start: ["a": [1, 2]]) == [[1], [1, 2]])
  }

  @Test("noise takes the whole sector with it, and nothing beyond", arguments: [512, 4096])
  func spoilt(sector: Int) {
    let events = [Self.exists, .write(file: 0, offset: 4500, bytes: 0..<10)]
    let kind: Cut.Kind = sector == 512 ? .spoilt512 : .spoilt4096
    let begin = 4500 / sector * sector
    var isBesideSpoilt = false
    for case let content? in contents(kind, events, bytes: Self.new, start: ["a": Self.old]) {
      #expect(content.count == Self.old.count)
      #expect(content[..<begin].allSatisfy { $0 == 1 })
      #expect(content[(begin + sector)...].allSatisfy { $0 == 1 })
      isBesideSpoilt = isBesideSpoilt || content[begin..<4500].contains { $0 != 1 }
    }
    #expect(isBesideSpoilt)
  }

  @Test("a new file has no name before its folder is synced, though it is synced itself")
  func named() {
    let made: [DiskLog.Event] = [
      .create(file: 0, name: "a"), .write(file: 0, offset: 0, bytes: 0..<1), .sync(file: 0),
    ]
    #expect(contents(.dropped, made, bytes: [9]) == [nil])
    #expect(contents(.reordered, made, bytes: [9]) == [nil, [9]])
    #expect(contents(.dropped, made + [.syncFolder("")], bytes: [9]) == [[9]])
    #expect(contents(.dropped, made + [.syncFolder("backups")], bytes: [9]) == [nil])
  }

  @Test("a renamed file has one of its names, and its place is never empty")
  func renamed() {
    let events: [DiskLog.Event] = [
      .exists(file: 0, name: "a"), .exists(file: 1, name: "b"),
      .rename(file: 0, from: "a", to: "b"),
    ]
    for kind in Cut.Kind.allCases {
      for seed in Self.seeds {
        let image = image(Cut(kind: kind, seed: seed), events, [], ["a": [1], "b": [2]])
        let isMoved = image.names == ["b": 0]
        #expect(isMoved || image.names == ["a": 0, "b": 1], "\(kind)")
      }
    }
  }

  @Test("a removed file comes back while its folder is not synced")
  func removed() {
    let events: [DiskLog.Event] = [.exists(file: 0, name: "a"), .unlink("a")]
    #expect(contents(.dropped, events, bytes: [], start: ["a": [5]]) == [[5]])
    #expect(contents(.kept, events, bytes: [], start: ["a": [5]]) == [nil])
    #expect(
      contents(.dropped, events + [.syncFolder("")], bytes: [], start: ["a": [5]]) == [nil])
  }

  @Test("a disk that ignores syncs has none of it")
  func ignored() {
    let events: [DiskLog.Event] = [
      .exists(file: 0, name: "a"), .write(file: 0, offset: 0, bytes: 0..<1), .sync(file: 0),
    ]
    var disk = Disk(DiskLog(events: events, bytes: [9], start: ["a": [1]]), ignoresSyncs: true)
    disk.advance(to: events.count)
    #expect(Cut(kind: .dropped, seed: 1).image(of: disk).contents[0] == [1])
  }
}
