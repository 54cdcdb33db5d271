package import Bus
import Readings

/// The moments at which a part is read: whole periods of the boot-time clock, and an offset.
///
/// They do not hang on when the station was started, so that a restart keeps them, and two parts on
/// one bus that are given different offsets never meet. The wall clock has no part in it.
package struct AirSchedule: Hashable, Sendable {
  /// From one sample to the next; above zero.
  package let every: Duration
  /// How long after the whole periods.
  package let offset: Duration

  package init(every: Duration, offset: Duration = .zero) {
    precondition(every > .zero, "there is no schedule without a period")
    self.every = every
    self.offset = offset
  }

  /// The first of the moments after one.
  package func next(after time: BootInstant) -> BootInstant {
    let (period, shift) = (every.microseconds, offset.microseconds)
    let periods = (time.microseconds - shift).flooringDivision(by: period) + 1
    return BootInstant(sinceBoot: .microseconds(periods * period + shift))
  }

  /// The moment after a first sample, which is taken as soon as the part can give one.
  ///
  /// That sample stands for the moment it is nearest to: a tap after a restart has its air at once,
  /// and an hour has no more samples than it should.
  package func next(afterFirst time: BootInstant) -> BootInstant {
    next(after: time.advanced(by: every / 2))
  }
}
