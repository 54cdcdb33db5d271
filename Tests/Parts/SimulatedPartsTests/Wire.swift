import Bus
import SimulatedParts

/// The bytes of a line of hexadecimal pairs.
func hex(_ text: String) -> [UInt8] {
  text.split(separator: " ").map { UInt8($0, radix: 16) ?? 0 }
}

/// So many milliseconds after boot.
func at(_ milliseconds: Int) -> BootInstant { BootInstant(sinceBoot: .milliseconds(milliseconds)) }

extension SimulatedPart {
  /// Why the part leaves a write unacknowledged; nil where it takes it.
  mutating func refusal(of bytes: [UInt8], at now: BootInstant) -> PartRefusal? {
    do throws(PartRefusal) {
      try write(bytes, at: now)
      return nil
    } catch { return error }
  }

  /// Why the part leaves a read unacknowledged; nil where it answers.
  mutating func refusal(ofReading count: Int, at now: BootInstant) -> PartRefusal? {
    do throws(PartRefusal) {
      _ = try read(count, at: now)
      return nil
    } catch { return error }
  }

  /// A pointer write and a read after it.
  mutating func register(
    _ register: UInt8, _ count: Int, at now: BootInstant
  ) throws(PartRefusal) -> [UInt8] {
    try write([register], at: now)
    return try read(count, at: now)
  }
}

/// How a bus call failed; nil where it did not.
func failure<Result>(_ call: () throws(BusError) -> Result) -> BusError.Kind? {
  do throws(BusError) {
    _ = try call()
    return nil
  } catch { return error.kind }
}
