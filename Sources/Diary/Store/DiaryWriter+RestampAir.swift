import GRDB
import Readings

extension DiaryWriter {
  /// Moves a boot's unsynced samples, and derives anew the hours they leave and come to.
  ///
  /// - Parameter boot: The boot, and when its clock stood at zero.
  /// - Returns: How many samples moved, and the slots whose air they were or are.
  /// - Throws: GRDB's errors.
  func restampAir(of boot: KnownBoot) throws -> (samples: Int, dirty: Set<PersonSlot>) {
    let times = try rows(
      "SELECT time_utc_us, boot_us FROM air WHERE boot = ? AND clock = 1", [boot.number])
    guard !times.isEmpty else { return (0, []) }
    let old = times.map { Timestamp(microseconds: $0[0]) }
    let new = times.map { Timestamp(microseconds: boot.zero.microseconds + ($0[1] as Int64)) }
    try run(
      "UPDATE air SET time_utc_us = ?2 + boot_us, clock = 2 WHERE boot = ?1 AND clock = 1",
      boot.arguments)
    for hour in Set((old + new).map(Self.hour)).sorted() { try deriveHour(hour) }
    openHour = nil
    let dirty = try [old, new].reduce(into: Set<PersonSlot>()) { dirty, times in
      guard let first = times.min(), let last = times.max() else { return }
      dirty.formUnion(try airSlots(samplesFrom: first, through: last))
    }
    return (times.count, dirty)
  }
}
