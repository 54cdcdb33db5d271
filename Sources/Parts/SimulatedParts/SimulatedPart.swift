package import Bus

/// The other side of the wire: one part on a simulated bus, seen as bytes and time.
///
/// A part that speaks registers is written its pointer and then read, as on the wire. An empty
/// write is an address without data, the way a scan asks who is there. Parts are values: the bus
/// that holds one is its only owner.
package protocol SimulatedPart: Sendable {
  /// What is wrong with it at the moment; the bus sets this from its faults.
  var ailments: PartAilments { get set }

  /// Takes the bytes of one write, or leaves them unacknowledged.
  mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal)

  /// Gives exactly `count` bytes; what the part does not drive reads as 0xFF.
  mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8]

  /// Takes the supply away and gives it back: idle again, volatile state lost.
  mutating func powerCycle(at now: BootInstant)
}

/// Why a part does not acknowledge; on the wire they all look the same.
package enum PartRefusal: Error, Hashable, Sendable {
  /// Still carrying out the last command, or starting up.
  case busy
  /// Not one of its commands or registers.
  case unknownCommand
  /// A word arrived with the wrong check byte.
  case wrongChecksum
  /// A register that cannot be written.
  case readOnly
  /// Nothing was asked for, so there is nothing to read.
  case nothingToRead
}

/// What can be wrong inside a part while it goes on answering.
package struct PartAilments: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Answers in time, with the last values again.
  package static let stale = PartAilments(rawValue: 1)
  /// SEN5x: all PM channels read 0xFFFE.
  package static let nearSentinel = PartAilments(rawValue: 2)
}

extension [UInt8] {
  /// The first `count` bytes, with 0xFF where there are none: nobody pulls SDA low.
  func onTheWire(_ count: Int) -> [UInt8] {
    if self.count == count { return self }
    return self.count > count
      ? [UInt8](prefix(count)) : self + [UInt8](repeating: 0xFF, count: count - self.count)
  }
}

extension BootInstant {
  /// The moment that many microseconds after boot.
  static func microseconds(_ value: Int64) -> BootInstant {
    BootInstant(sinceBoot: .microseconds(value))
  }
}
