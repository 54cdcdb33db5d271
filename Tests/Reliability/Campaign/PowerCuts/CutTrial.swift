import CRecordingVFS
import Foundation
import SimulatedParts
import Store

/// Cuts the power at the points of one scene, and inspects what is found.
final class CutTrial {
  /// What came of it.
  struct Tally {
    var points = 0
    var lost = 0
    /// Points at which something was not synced.
    var unsynced = 0
    var inCheckpoint = 0
    var twofold = 0
    var kinds: [Cut.Kind: Int] = [:]
    /// Events of the log.
    var events = 0
    /// The first that went wrong, in words.
    var problems: [String] = []
  }

  /// A defect that must be noticed.
  enum Planted: String, CaseIterable {
    case none
    /// The disk says that it has synced, and has not.
    case ignoredSyncs
    /// The writer does not wait for the disk.
    case noWaiting
    /// A tap is acknowledged before it is committed.
    case earlyAnswer
    /// The disk is believed to spoil nothing beside a torn write, and does.
    case powersafePromise
  }

  private let scene: Scene
  private let folder: String
  private let seed: UInt64
  private let planted: Planted
  private var tally = Tally()
  /// Only the point of these words.
  var only: String?
  /// Where the files of each cut are kept, and what was done around it.
  var kept: String?

  init(_ scene: Scene, folder: String, seed: UInt64, planted: Planted = .none) {
    self.scene = scene
    self.folder = folder
    self.seed = seed
    self.planted = planted
  }

  /// Plays the scene once, and cuts it at so many points.
  ///
  /// - Throws: What the scene throws without any cut; a `DiskFault`.
  func run(points: Int) async throws -> Tally {
    recording_vfs_promise_powersafe(planted == .powersafePromise ? 1 : 0)
    defer { recording_vfs_promise_powersafe(0) }
    let (log, marks) = try await record()
    try check(log)
    var disk = Disk(log, ignoresSyncs: planted == .ignoredSyncs)
    var last = 0
    tally.events = log.events.count
    let all = CutPlan(log, count: points, seed: seed).points
    for point in all where only == nil || point.words == only {
      while disk.position < point.position {
        if case .mark(let number) = log.events[disk.position] { last = number }
        disk.advance(to: disk.position + 1)
      }
      let expectation = Expectation(marks, after: last, of: scene)
      let problems = try await cut(disk, point, expectation)
      note(problems, disk, point, after: marks[last].act)
    }
    return tally
  }

  private func record() async throws -> (DiskLog, [Stage.Mark]) {
    try FolderFiles.write(folder, contents: [:], names: [:])
    let stage = Stage(folder: folder, seed: seed)
    try await scene.prepare(stage)
    stage.waitsForDisk = planted != .noWaiting
    stage.acknowledgesEarly = planted == .earlyAnswer
    let (log, _) = try await DiskLog.record(folder) {
      stage.begin()
      try await scene.play(stage)
      stage.abandon()
    }
    return (log, stage.marks)
  }

  /// The log, played to its end with everything kept, must be what is in the folder.
  private func check(_ log: DiskLog) throws {
    var disk = Disk(log)
    disk.advance(to: log.events.count)
    let image = Cut(kind: .kept, seed: 0).image(of: disk)
    let files = try FolderFiles.read(folder).filter { !$0.key.hasSuffix("-shm") }
    let names = image.names.filter { !$0.key.hasSuffix("-shm") }
    guard Set(names.keys) == Set(files.keys) else {
      throw DiskFault("\(scene): the log has \(names.keys.sorted()), not \(files.keys.sorted())")
    }
    for (name, number) in names where image.contents[number] != files[name] {
      throw DiskFault("\(scene): the log does not explain what is in \(name)")
    }
  }

  private func cut(
    _ disk: Disk, _ point: CutPoint, _ expectation: Expectation
  ) async throws -> [String] {
    let image = point.cut.image(of: disk)
    try FolderFiles.write(folder, contents: image.contents, names: image.names)
    if let kept { try keep(image, disk, in: kept) }
    if point.isTwofold {
      return try await TwofoldCut(
        scene: scene, folder: folder, expectation: expectation, cut: point.cut
      ).problems()
    }
    return await Inspection(
      folder: folder, expectation: expectation, isThorough: point.cut.seed % 8 == 0
    ).problems()
  }

  /// Keeps what was found, for somebody who wants to know why.
  private func keep(_ image: Cut.Image, _ disk: Disk, in folder: String) throws {
    for path in [folder, folder + "/backups"] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    try FolderFiles.write(folder, contents: image.contents, names: image.names)
    let around = max(0, disk.position - 60)..<min(disk.log.events.count, disk.position + 10)
    let lines = around.map { "\($0 == disk.position ? "> " : "  ")\($0) \(disk.log.events[$0])\n" }
    let text = Data(lines.joined().utf8)
    guard FileManager.default.createFile(atPath: folder + "/events.txt", contents: text) else {
      throw DiskFault("\(folder)/events.txt could not be written")
    }
  }

  private func note(_ problems: [String], _ disk: Disk, _ point: CutPoint, after act: String) {
    tally.points += 1
    tally.kinds[point.cut.kind, default: 0] += 1
    if disk.hasPending { tally.unsynced += 1 }
    if disk.isInCheckpoint { tally.inCheckpoint += 1 }
    if point.isTwofold { tally.twofold += 1 }
    guard !problems.isEmpty else { return }
    tally.lost += 1
    guard tally.problems.count < 20 else { return }
    tally.problems.append(
      "\(scene.rawValue) \(point.words) after '\(act)': \(problems.joined(separator: "; "))")
  }
}

/// A second power cut, while the diary is opened after the first and the next tap is saved.
struct TwofoldCut {
  var scene: Scene
  var folder: String
  var expectation: Expectation
  /// The first cut.
  var cut: Cut

  /// - Returns: What is wrong after the first cut, or after the second.
  /// - Throws: A `DiskFault`.
  func problems() async throws -> [String] {
    let stage = Stage(folder: folder, seed: cut.seed)
    let first = Inspection(folder: folder, expectation: expectation)
    let (log, problems) = try await DiskLog.record(folder) { () -> [String] in
      do {
        stage.begin()
        try await stage.open()
        guard let store = stage.store else { return ["no store"] }
        var problems = first.opened(store.opening) + (try await first.look(store))
        try await stage.act("tap") { problems += try await first.tap(store) }
        if cut.seed % 2 == 0 { try await stage.close() }
        stage.abandon()
        return problems
      } catch {
        stage.abandon()
        return ["\(error)"]
      }
    }
    guard problems.isEmpty else { return problems }
    return try await again(log, stage.marks)
  }

  private func again(_ log: DiskLog, _ marks: [Stage.Mark]) async throws -> [String] {
    var random = SeededGenerator(seed: cut.seed ^ 0x2545_F491_4F6C_DD1D)
    let position = Int(random.next() % UInt64(log.events.count + 1))
    let kinds = Cut.Kind.allCases
    let second = Cut(kind: kinds[Int(random.next() % UInt64(kinds.count))], seed: random.next())
    var disk = Disk(log)
    disk.advance(to: position)
    let last = log.events[..<position].reduce(0) { last, event in
      if case .mark(let number) = event { number } else { last }
    }
    var expected = Expectation(marks, after: last, of: scene)
    // What was found before the diary was opened may be anything that was allowed then.
    if last == 0 { expected.states += expectation.states }
    expected.copies = expectation.copies
    expected.erased = expectation.erased
    let image = second.image(of: disk)
    try FolderFiles.write(folder, contents: image.contents, names: image.names)
    return await Inspection(folder: folder, expectation: expected, nextTap: 1).problems()
      .map { "after the second cut (event \(position), \(second.kind)): \($0)" }
  }
}
