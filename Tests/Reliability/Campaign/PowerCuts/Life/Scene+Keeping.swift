import FoundationEssentials
import Readings
import Store

extension Stage {
  func playKeeping() async throws {
    try await open()
    try await forget()
    try await day()
    let (stamp, end) = (acts.stamp, acts.now)
    try await write("recompute") { _ = try await $0.recompute(at: stamp) }
    for _ in 0..<3 {
      try await write("prune", durable: false) { store in
        let keep: [Channel: Duration] = [.airTemperature: .seconds(40_000), .airPressure: .zero]
        _ = try await store.prune(keeping: keep, at: end, budget: 60)
      }
    }
    try await day()
    try await write("remove air", durable: false) { store in
      _ = try await store.removeAir(before: end - .seconds(30_000))
    }
    try await lend()
    try await write("epoch") { store in
      _ = try await store.beginEpochs(
        of: [.skinMoisture], person: nil, site: nil, cause: "a new cream", at: stamp)
    }
    try await day()
    try await close()
  }

  /// Erases a person, and a time.
  private func forget() async throws {
    let (person, note) = (Person("cleo"), "cleo's note of the plum tree")
    let (event, tap, stamp) = (acts.event(of: person, note: note), acts.tap(of: person), acts.stamp)
    try await write("event") { _ = try await $0.save(event, at: stamp) }
    try await write("tap") { try await $0.save(tap) }
    try await day()
    try await write("erase person") { _ = try await $0.erase(person) }
    erased.append(note)
    try await day()
    let other = "the day of the yellow ladder"
    let second = acts.event(of: Person("ann"), note: other)
    try await write("event") { _ = try await $0.save(second, at: stamp) }
    let date = LocalDate(daysSince1970: Int(second.time.seconds / 86_400))
    let until = acts.stamp
    try await write("erase time") { store in
      _ = try await store.erase(Erasure(dates: date - 1...date), at: until)
    }
    erased.append(other)
    try await day()
  }

  private func lend() async throws {
    try await write("lend") { store in
      try await store.lend(for: "skin2vec import")
      isOpen = false
    }
    try await write("take back") { store in
      try await store.takeBack()
      isOpen = true
    }
  }

  func playCopies() async throws {
    try await open()
    try await day()
    try await backUp()
    try await day()
    try await backUp()
    try await day()
    try await backUp()
    try await close()
    guard let first = Backups(folder: backups).verified.first else {
      throw DiskFault("no copy was made")
    }
    let diary = path
    try await act("restore") { _ = try Restoration(diary: diary, copy: first.path).run() }
    try await open()
    try await day()
    try await close()
  }

  private func backUp() async throws {
    acts.wait()
    let run = BackupRun(diary: path, folder: backups, keep: 2)
    let stamp = acts.stamp
    // What may go with this copy is not promised while it is made.
    let oldest = copies.count < 2 ? nil : copies.keys.min()
    if let oldest { copies[oldest] = nil }
    try await act("copy promised less") {}
    let outcome = try run.run(at: stamp)
    copies[FolderName.of(outcome.copy.path)] = outcome.copy.manifest.contents.digest
    try await act("copy") {}
  }

  /// Spoils a page in the middle of a diary that is closed.
  func damage() throws {
    guard var bytes = FileManager.default.contents(atPath: path) else {
      throw DiskFault("there is no diary to be damaged")
    }
    let page = bytes.count / 4096 / 2
    for place in page * 4096..<(page + 1) * 4096 { bytes[place] = UInt8(place % 251) }
    guard FileManager.default.createFile(atPath: path, contents: bytes) else {
      throw DiskFault("the diary could not be damaged")
    }
  }
}

/// Names of files in their folders.
enum FolderName {
  static func of(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
