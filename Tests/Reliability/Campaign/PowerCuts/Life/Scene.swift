import CRecordingVFS
import FoundationEssentials
import Readings
import Store

/// A piece of a diary's life.
enum Scene: String, CaseIterable, Sendable {
  /// A new diary, and the first things that are kept in it.
  case beginning
  /// A diary of the schema's first version: a copy before, the steps, the file written anew.
  case migration
  /// Days of taps and air, events, scores, calibrations, limits, plans, lost boots.
  case days
  /// Days in which somebody reads for hours, so that checkpoints cannot finish.
  case watched
  /// Working out anew, removing old air, forgetting a time and a person, lending.
  case keeping
  /// Copies, old ones removed, and one of them put in the diary's place.
  case copies
  /// A damaged diary, found when it is opened: moved aside, a copy in its place, the rest salvaged.
  case damaged

  /// How much of all the points it gets.
  var weight: Int {
    switch self {
    case .beginning: 3
    case .migration: 3
    case .days: 5
    case .watched: 2
    case .keeping: 3
    case .copies: 3
    case .damaged: 2
    }
  }

  /// What is there before: nothing of it is recorded, and all of it is on the disk.
  func prepare(_ stage: Stage) async throws {
    switch self {
    case .beginning: break
    case .migration:
      try FormerDiary.plant(at: stage.path)
    case .days, .watched, .keeping, .copies:
      try await stage.open()
      for _ in 0..<6 { try await stage.day() }
      try await stage.close()
    case .damaged:
      try await stage.open()
      for _ in 0..<4 { try await stage.day() }
      try await stage.close()
      _ = try BackupRun(diary: stage.path, folder: stage.backups, keep: 2).run(at: stage.acts.stamp)
      try await stage.open()
      for _ in 0..<3 { try await stage.day() }
      try await stage.close()
      try stage.damage()
    }
  }

  /// What is recorded.
  func play(_ stage: Stage) async throws {
    switch self {
    case .beginning: try await stage.playBeginning()
    case .migration: try await stage.playMigration()
    case .days: try await stage.playDays()
    case .watched: try await stage.playWatched()
    case .keeping: try await stage.playKeeping()
    case .copies: try await stage.playCopies()
    case .damaged: try await stage.playDamaged()
    }
  }
}

extension Stage {
  /// A tap and the air of some hours.
  func day() async throws {
    acts.wait()
    let (tap, air) = (acts.tap(), acts.air(minutes: 240))
    try await write("air", durable: false) { try await $0.append(air) }
    try await write("tap") { try await $0.save(tap) }
  }

  fileprivate func playBeginning() async throws {
    try await open()
    let first = acts.tap()
    try await write("tap") { try await $0.save(first) }
    try await day()
    let (event, score, stamp) = (acts.event(), acts.score(), acts.stamp)
    try await write("event") { _ = try await $0.save(event, at: stamp) }
    try await write("score") { try await $0.save(score, at: stamp) }
    let last = Withdrawal.score(
      person: score.person, date: score.date, dimension: score.dimension)
    for withdrawal in [.event(1), last] {
      try await write("withdrawal") { _ = try await $0.withdraw(withdrawal, at: stamp) }
    }
    try await day()
    try await close()
  }

  fileprivate func playMigration() async throws {
    try await open()
    try await day()
    try await close()
  }

  fileprivate func playDays() async throws {
    try await open()
    for _ in 0..<70 { try await anything() }
    try await close()
    try await open()
    for _ in 0..<6 { try await anything() }
  }

  /// Whatever can happen, anything as likely as anything else.
  private func anything() async throws {
    acts.wait()
    let (stamp, now) = (acts.stamp, acts.now)
    switch Int(acts.unit() * 14) {
    case 0...3:
      let tap = acts.tap()
      try await write("tap") { try await $0.save(tap) }
    case 4, 5:
      let air = acts.air(minutes: 300)
      try await write("air", durable: false) { try await $0.append(air) }
    case 6:
      let event = acts.event()
      try await write("event") { _ = try await $0.save(event, at: stamp) }
    case 7:
      let score = acts.score()
      try await write("score") { try await $0.save(score, at: stamp) }
    case 8:
      let calibration = acts.calibration()
      try await write("calibration") { _ = try await $0.record(calibration, at: stamp) }
    case 9:
      let limits = acts.limits()
      try await write("limits") { _ = try await $0.adopt(limits, from: stamp) }
    case 10:
      let plan = try acts.plan()
      try await write("plan") { _ = try await $0.adopt(plan, from: stamp) }
    case 11:
      try await write("close slots", durable: false) { try await $0.closeSlots(before: now) }
    case 12:
      let (identity, person) = (acts.identity(), acts.person())
      try await write("part", durable: false) { _ = try await $0.record(identity, at: stamp) }
      try await write("who") { try await $0.choose(person, at: stamp) }
    default: try await lostBoot()
    }
  }

  /// A boot without the time, which then is found.
  private func lostBoot() async throws {
    let (lost, stamp) = (acts.lostBoot(), acts.stamp)
    try await write("air", durable: false) { try await $0.append(lost.air) }
    try await write("tap") { try await $0.save(lost.tap) }
    try await write("re-stamp") { store in
      _ = try await store.restamp(bootID: lost.bootID, bootTimeZero: lost.zero, at: stamp)
    }
  }

  fileprivate func playWatched() async throws {
    try await open()
    for _ in 0..<10 { try await day() }
    let reader = try Reader(path)
    try reader.run("BEGIN")
    _ = try reader.number("SELECT count(*) FROM session")
    for _ in 0..<40 { try await day() }
    // It holds on to the log's middle, so that a checkpoint goes only so far.
    try reader.run("COMMIT")
    for _ in 0..<6 { try await day() }
  }

  fileprivate func playDamaged() async throws {
    try await open()
    try await day()
    try await close()
  }
}
