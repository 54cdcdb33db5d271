package import Bus

/// A world for the station to run in: its air, its person, its faults and its clock, as plain data.
///
/// The same scenario gives the same world, to the bit, however often and in whatever order it is
/// asked. Times without a date count from the scenario's start.
package struct Scenario: Hashable, Sendable {
  package var name: String
  package var seed: UInt64
  /// The true time at the start, in microseconds since 1970-01-01T00:00Z.
  package var startUTCMicroseconds: Int64
  /// How far the person's clock is ahead of UTC, and when that changes; 0 by default.
  package var utcOffset: Duration
  package var utcOffsetChanges: [OffsetChange]
  package var air: AirSource
  package var person: PersonPlan
  package var probe: ProbePhysics
  package var faults: [FaultEvent]
  /// What goes wrong with the board; nothing by default.
  package var boardFaults: [BoardFault] = []
  package var clock: [ClockEvent]
  /// How far the wall clock is ahead of the truth at the start: a board without a clock battery
  /// that wakes in 1970 is behind by the whole of `startUTCMicroseconds`.
  package var wallClockError: Duration
  /// Whether the time service vouches for the clock at the start.
  package var isSynchronised: Bool

  /// A house without faults, with a good clock and a person who taps twice a day.
  package init(
    name: String = "quiet", seed: UInt64 = 1, startUTCMicroseconds: Int64,
    utcOffset: Duration = .zero, utcOffsetChanges: [OffsetChange] = [],
    air: AirSource = .model(AirModel()), person: PersonPlan = PersonPlan(),
    probe: ProbePhysics = ProbePhysics(), faults: [FaultEvent] = [], clock: [ClockEvent] = [],
    wallClockError: Duration = .zero, isSynchronised: Bool = true
  ) {
    self.name = name
    self.seed = seed
    self.startUTCMicroseconds = startUTCMicroseconds
    self.utcOffset = utcOffset
    self.utcOffsetChanges = utcOffsetChanges
    self.air = air
    self.person = person
    self.probe = probe
    self.faults = faults
    self.clock = clock
    self.wallClockError = wallClockError
    self.isSynchronised = isSynchronised
  }

  /// Where the air comes from.
  package enum AirSource: Hashable, Sendable {
    case model(AirModel)
    case playback(AirPlayback)
  }

  /// A new offset of the person's clock: summer time, or a journey.
  package struct OffsetChange: Hashable, Sendable {
    package var at: Duration
    package var offset: Duration

    package init(at: Duration, offset: Duration) {
      self.at = at
      self.offset = offset
    }
  }

  /// How far the person's clock is ahead of UTC.
  package func utcOffset(at elapsed: Duration) -> Duration {
    let change = utcOffsetChanges.filter { $0.at <= elapsed }.max { $0.at < $1.at }
    return change?.offset ?? utcOffset
  }

  /// The air, so long after the start.
  package func air(at elapsed: Duration) -> SimulatedAir {
    let utc = startUTCMicroseconds + elapsed.microseconds
    return switch air {
    case .model(let model):
      model.air(at: utc, localOffset: utcOffset(at: elapsed), seed: seed)
    case .playback(let playback): playback.air(at: utc)
    }
  }
}

/// A fault of a scenario.
package struct FaultEvent: Hashable, Sendable {
  package var at: Duration
  /// Nil for ever.
  package var lasting: Duration?
  package var fault: SimulatedFault
  /// Nil for the whole bus.
  package var address: I2CAddress?
  /// How likely it strikes each transfer, 0 to 1.
  package var probability: Double

  package init(
    _ fault: SimulatedFault, on address: I2CAddress? = nil, at: Duration,
    lasting: Duration? = nil, probability: Double = 1
  ) {
    self.fault = fault
    self.address = address
    self.at = at
    self.lasting = lasting
    self.probability = probability
  }
}

/// Something that happens to the board's wall clock.
package struct ClockEvent: Hashable, Sendable {
  package enum Change: Hashable, Sendable {
    /// It jumps, forwards where positive.
    case step(Duration)
    /// The time service sets it to the truth and vouches for it.
    case synchronised
    /// Nobody vouches for it any more.
    case unsynchronised
  }

  package var at: Duration
  package var change: Change

  package init(at: Duration, _ change: Change) {
    self.at = at
    self.change = change
  }
}
