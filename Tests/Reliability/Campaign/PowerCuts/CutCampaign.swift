import Foundation

/// All scenes, and the same with defects planted.
struct CutCampaign {
  var folder: String
  var seed: UInt64
  /// Only the point of these words, and where its files are kept.
  var only: (point: String, folder: String)?

  /// How often a planted defect was noticed.
  struct Noticed {
    var defect: CutTrial.Planted
    var noticed: Int
    var points: Int
  }

  /// Cuts each scene at its share of the points.
  ///
  /// - Throws: What a scene throws without any cut; a `DiskFault`.
  func run(points: Int, _ scenes: [Scene]) async throws -> [(Scene, CutTrial.Tally)] {
    let weights = scenes.reduce(0) { $0 + $1.weight }
    var tallies: [(Scene, CutTrial.Tally)] = []
    for scene in scenes {
      let share = (points * scene.weight + weights - 1) / weights
      let trial = CutTrial(scene, folder: folder, seed: seed)
      (trial.only, trial.kept) = (only?.point, only?.folder)
      let tally = try await trial.run(points: share)
      tell("\(scene.rawValue): \(tally.points) cuts of \(tally.events) events, \(tally.lost) lost")
      for problem in tally.problems { tell("  LOST: \(problem)") }
      tallies.append((scene, tally))
    }
    return tallies
  }

  /// Plants each defect in turn.
  ///
  /// - Throws: What the scene throws without any cut; a `DiskFault`.
  func plant(points: Int) async throws -> [Noticed] {
    var noticed: [Noticed] = []
    for defect in CutTrial.Planted.allCases where defect != .none {
      let scene: Scene = defect == .powersafePromise ? .days : .beginning
      let tally = try await CutTrial(scene, folder: folder, seed: seed, planted: defect)
        .run(points: points)
      tell("planted \(defect.rawValue): noticed at \(tally.lost) of \(tally.points) cuts")
      noticed.append(Noticed(defect: defect, noticed: tally.lost, points: tally.points))
    }
    return noticed
  }

  func outcome(
    _ tallies: [(Scene, CutTrial.Tally)], _ planted: [Noticed], points: Int, seconds: Double,
    characteristics: CInt
  ) -> Outcome {
    let all = tallies.map(\.1)
    func sum(_ count: KeyPath<CutTrial.Tally, Int>) -> Int {
      all.reduce(0) { $0 + $1[keyPath: count] }
    }
    let kinds = Cut.Kind.allCases.map { kind in
      "\(kind.rawValue) \(all.reduce(0) { $0 + $1.kinds[kind, default: 0] })"
    }
    return Outcome(
      promise: "What was acknowledged survives a power cut, whole, and the next tap is saved",
      how: "the disk is put together again from a log of every write and sync, as a power cut "
        + "leaves it: unsynced writes kept, dropped, reordered, torn at 512 and 4096 bytes, or noise",
      tried: sum(\.points), unit: "power cuts", lost: sum(\.lost), seconds: seconds,
      command: "swift run -c release reliability power-cuts --points \(points) --seed \(seed)",
      planted: planted.map { "\($0.defect.words): noticed at \($0.noticed) of \($0.points)" }
        .joined(separator: "; "),
      details: [
        "at \(sum(\.unsynced)) of them something was not synced; \(sum(\.inCheckpoint)) in the midst "
          + "of a checkpoint; \(sum(\.twofold)) with a second cut during the recovery",
        "SQLite's own unix VFS; of the diary it hears the characteristics "
          + "0x\(String(characteristics, radix: 16)): "
          + (characteristics & 0x1000 == 0 ? "no powersafe overwrite" : "powersafe overwrite")
          + ", nothing atomic; sectors of 4096 bytes",
        "by scene: " + tallies.map { "\($0.0.rawValue) \($0.1.points)" }.joined(separator: ", "),
        "by damage: " + kinds.joined(separator: ", "),
      ])
  }

  private func tell(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

extension CutTrial.Planted {
  /// What is planted, for the page.
  var words: String {
    switch self {
    case .none: "nothing"
    case .ignoredSyncs: "a disk that ignores syncs"
    case .noWaiting: "synchronous=OFF"
    case .earlyAnswer: "an answer before the commit"
    case .powersafePromise: "noise believed impossible"
    }
  }
}
