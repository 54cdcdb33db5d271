import SimulatedParts

/// One way in which the power can go: what becomes of everything that was not synced.
struct Cut: Hashable, Sendable {
  enum Kind: String, CaseIterable, Sendable {
    /// Nothing of it got there.
    case dropped
    /// All of it got there.
    case kept
    /// All of it up to some moment, and the write of that moment up to some sector.
    case stopped
    /// Each write and each name by itself, and what was kept in any order.
    case reordered
    /// Each sector of 512 bytes of each write by itself.
    case torn512
    /// Each sector of 4096 bytes of each write by itself.
    case torn4096
    /// Each block of 4096 bytes of a file as it was at a moment of its own, as a page cache does.
    case writtenBack
    /// The files have their new sizes, and zeros for what was written.
    case zeros
    /// Each write by itself, and sectors of 512 bytes in flight are noise, with all that is in them.
    case spoilt512
    /// Each write by itself, and sectors of 4096 bytes in flight are noise, with all that is in them.
    case spoilt4096
  }

  var kind: Kind
  var seed: UInt64

  /// The files that are found when the power is back.
  struct Image: Sendable {
    var contents: [Int: [UInt8]]
    var names: [String: Int]
  }

  /// What a disk holds after the cut.
  func image(of disk: Disk) -> Image {
    var random = SeededGenerator(seed: seed)
    let orders =
      disk.files.values.flatMap { $0.pending.map(\.order) }
      + disk.nameChanges.map(\.order)
    let limit = orders.isEmpty ? 0 : orders.sorted()[Int(random.next() % UInt64(orders.count))]
    var image = Image(contents: [:], names: names(of: disk, limit: limit, &random))
    for number in Set(image.names.values).sorted() {
      guard let file = disk.files[number] else { continue }
      image.contents[number] =
        file.pending.isEmpty
        ? file.synced : content(of: file, disk.log, limit: limit, &random)
    }
    spoilSharedMemory(&image, &random)
    return image
  }

  /// Names go as their folder's writes do, or in order up to a moment: half the cuts each.
  private func names(
    of disk: Disk, limit: Int, _ random: inout SeededGenerator
  ) -> [String: Int] {
    var names = disk.names
    let isInOrder = random.next() % 2 == 0
    for change in disk.nameChanges {
      let isKept =
        switch kind {
        case .dropped: false
        case .kept: true
        case .stopped: change.order <= limit
        default: isInOrder ? change.order <= limit : random.next() % 2 == 0
        }
      if isKept { change.apply(to: &names) }
    }
    return names
  }

  private func content(
    of file: Disk.File, _ log: DiskLog, limit: Int, _ random: inout SeededGenerator
  ) -> [UInt8] {
    var content = file.synced
    switch kind {
    case .dropped: break
    case .kept: for change in file.pending { log.apply(change.what, to: &content) }
    case .stopped:
      for change in file.pending where change.order <= limit {
        if change.order == limit {
          tear(change, 512, log, &content) { index, count in index < random.next() % count }
        } else {
          log.apply(change.what, to: &content)
        }
      }
    case .reordered:
      let kept = file.pending.filter { _ in random.next() % 2 == 0 }
      for change in kept.shuffled(using: &random) { log.apply(change.what, to: &content) }
    case .torn512, .torn4096:
      let size = kind == .torn512 ? 512 : 4096
      for change in file.pending {
        tear(change, size, log, &content) { _, _ in random.next() % 2 == 0 }
      }
    case .writtenBack: writeBack(file, log, &content, &random)
    case .zeros:
      var whole = content
      for change in file.pending { log.apply(change.what, to: &whole) }
      DiskLog.resize(&content, to: whole.count)
    case .spoilt512, .spoilt4096:
      for change in file.pending where random.next() % 2 == 0 {
        log.apply(change.what, to: &content)
      }
      spoil(file, kind == .spoilt512 ? 512 : 4096, &content, &random)
    }
    return content
  }

  /// Applies the pieces of a write between sectors' boundaries, each if it is told to.
  private func tear(
    _ change: Disk.Change, _ sector: Int, _ log: DiskLog, _ content: inout [UInt8],
    keeping isKept: (_ index: UInt64, _ count: UInt64) -> Bool
  ) {
    guard case .write(let offset, let bytes) = change.what else {
      if isKept(0, 1) { log.apply(change.what, to: &content) }
      return
    }
    let end = offset + bytes.count
    let (first, last) = (offset / sector, (end - 1) / sector)
    for index in first...last where isKept(UInt64(index - first), UInt64(last - first + 1)) {
      let piece = max(offset, index * sector)..<min(end, (index + 1) * sector)
      let source = bytes.lowerBound + piece.lowerBound - offset
      log.apply(source..<source + piece.count, at: piece.lowerBound, to: &content)
    }
  }

  /// Gives each block, and the size, the state of some moment.
  private func writeBack(
    _ file: Disk.File, _ log: DiskLog, _ content: inout [UInt8], _ random: inout SeededGenerator
  ) {
    var moments: [Int: Int] = [:]
    let sizeMoment = Int(random.next() % UInt64(file.pending.count + 1))
    var size = content.count
    for (index, change) in file.pending.enumerated() {
      switch change.what {
      case .truncate(let new) where index < sizeMoment:
        log.apply(change.what, to: &content)
        size = new
      case .truncate: break
      case .write(let offset, let bytes):
        if index < sizeMoment { size = max(size, offset + bytes.count) }
        tear(change, 4096, log, &content) { piece, _ in
          let block = offset / 4096 + Int(piece)
          let moment =
            moments[block] ?? Int(random.next() % UInt64(file.pending.count + 1))
          moments[block] = moment
          return index < moment
        }
      }
    }
    // A block beyond the size is not part of the file.
    DiskLog.resize(&content, to: size)
  }

  /// Fills up to three of the sectors that writes were under way to with noise.
  private func spoil(
    _ file: Disk.File, _ sector: Int, _ content: inout [UInt8], _ random: inout SeededGenerator
  ) {
    let writes = file.pending.compactMap { change -> Range<Int>? in
      guard case .write(let offset, let bytes) = change.what else { return nil }
      return offset / sector..<(offset + bytes.count - 1) / sector + 1
    }
    guard !writes.isEmpty else { return }
    for _ in 0...random.next() % 3 {
      let write = writes[Int(random.next() % UInt64(writes.count))]
      let index = write.lowerBound + Int(random.next() % UInt64(write.count))
      let (begin, end) = (index * sector, min((index + 1) * sector, content.count))
      guard begin < end else { continue }
      for place in begin..<end { content[place] = UInt8(truncatingIfNeeded: random.next() >> 32) }
    }
  }

  /// The log's index is nobody's promise: it is gone, zero, or noise.
  private func spoilSharedMemory(_ image: inout Image, _ random: inout SeededGenerator) {
    for (name, number) in image.names where name.hasSuffix("-shm") {
      switch random.next() % 3 {
      case 0: image.names[name] = nil
      case 1: image.contents[number] = [UInt8](repeating: 0, count: 32_768)
      default:
        image.contents[number] = (0..<4096).flatMap { _ in
          withUnsafeBytes(of: random.next()) { [UInt8]($0) }
        }
      }
    }
  }
}
