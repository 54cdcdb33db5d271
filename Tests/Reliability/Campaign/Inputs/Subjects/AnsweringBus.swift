import Bus
import Synchronization

/// A bus on which somebody answers whatever the input says, to everybody.
///
/// A register holds still for as long as nobody writes and no time goes by: drivers of parts without
/// a checksum read until answers agree. A loose bus has no such memory.
final class AnsweringBus: I2CBus {
  private struct State {
    var rest: ArraySlice<UInt8> = []
    var answers: [[UInt8]] = []
    /// What registers said, by address and count, and when.
    var said: [[Int]: [UInt8]] = [:]
    var time: BootInstant
  }

  let name = "answering"
  private let state: Mutex<State>
  /// Whether answers may have another length than was asked for.
  private let isLoose: Bool
  private let clock: LeapingClock

  init(_ bytes: ArraySlice<UInt8>, isLoose: Bool, clock: LeapingClock) {
    state = Mutex(State(rest: bytes, time: clock.now))
    self.isLoose = isLoose
    self.clock = clock
  }

  /// What was answered so far.
  var answers: [[UInt8]] { state.withLock(\.answers) }

  func write(_ bytes: [UInt8], to address: I2CAddress) async throws(BusError) { forget() }

  private func forget() { state.withLock { $0.said = [:] } }

  func read(_ count: Int, from address: I2CAddress) async throws(BusError) -> [UInt8] {
    let answer = state.withLock { state -> [UInt8]? in
      // A loose bus gives a byte less or more where the next byte says so.
      let change = isLoose ? Int(state.rest.first ?? 0) % 8 - 5 : 0
      let wanted = isLoose && abs(change) == 1 ? count + change : count
      guard state.rest.count >= wanted else { return nil }
      let answer = Array(state.rest.prefix(wanted))
      state.rest = state.rest.dropFirst(wanted)
      state.answers.append(answer)
      return answer
    }
    guard let answer else {
      throw BusError(.notAcknowledged, path: name, address: address, operation: "read", code: 121)
    }
    return answer
  }

  func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) async throws(BusError) -> [UInt8] {
    let place = [Int(register), count]
    let said = state.withLock { state -> [UInt8]? in
      if state.time != clock.now { (state.said, state.time) = ([:], clock.now) }
      return isLoose ? nil : state.said[place]
    }
    if let said { return said }
    let answer = try await read(count, from: address)
    state.withLock { $0.said[place] = answer }
    return answer
  }

  func writeRegister(
    _ register: UInt8, _ bytes: [UInt8], to address: I2CAddress
  ) async throws(BusError) { forget() }

  func answers(at address: I2CAddress) async throws(BusError) -> Bool { true }
}

/// A clock that stands still but for those who sleep.
final class LeapingClock: StationClock {
  private let time = Mutex(BootInstant(sinceBoot: .seconds(100)))

  var now: BootInstant { time.withLock(\.self) }
  var minimumResolution: Duration { .microseconds(1) }

  func sleep(until deadline: BootInstant, tolerance: Duration?) async throws {
    time.withLock { $0 = max($0, deadline) }
  }

  func reading() -> ClockReading {
    ClockReading(
      bootID: String(repeating: "0", count: 32), boot: now, utcMicroseconds: 1_800_000_000_000_000,
      synchronisation: 1)
  }
}
