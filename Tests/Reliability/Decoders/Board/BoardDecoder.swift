package import Bus
import SimulatedParts
import Synchronization

/// What skin2vec-cuse hears: lines on standard input, and the kernel's requests.
///
/// The sources beside this file are the program's own, by a link: an executable cannot be imported.
package final class BoardDecoder {
  private let world: World
  private let bus: SimulatedI2CBus
  private let time = StepClock()
  private var device: I2CDevice

  /// A board with every part that can be on one bus.
  package init() {
    let watched = LevelHistory(path: nil)
    world = World([:], lamp: watched, contact: watched)
    bus = SimulatedI2CBus(name: "/dev/i2c-9", clock: time)
    for part in SupportedPart.allCases where part != .sen54 && part != .sps30 {
      bus.attach(world.part(part), at: part.addresses[0])
    }
    device = I2CDevice(name: "i2c-9", bus: bus)
  }

  /// Follows a line.
  ///
  /// - Parameter line: As standard input has it.
  /// - Returns: Whether it was followed, and what was said.
  package func follow(_ line: String) -> (isDone: Bool, words: String) {
    do throws(Misunderstanding) {
      switch try Instruction(line) {
      case .set(let key, let value): world.set(key, to: value)
      case .hang: break  // There is no channel here to leave requests lying in.
      case .clearFaults: bus.clearFaults()
      case .fault(let fault, let address, let duration):
        bus.set(fault: fault, on: address, until: duration.map { time.now.advanced(by: $0) })
      }
      return (true, "done: " + line)
    } catch {
      return (false, "\(error)")
    }
  }

  /// Answers a request of the kernel's.
  package func reply(to request: [UInt8]) -> [UInt8]? { device.reply(to: request) }

  /// What a part at an address answers to a command, as any program would ask.
  package func ask(_ address: I2CAddress, _ command: [UInt8], count: Int) -> [UInt8]? {
    time.step()
    // A part that is busy, or not there, does not acknowledge.
    let answers = try? bus.transfer([.init(address, .write(command)), .init(address, .read(count))])
    return answers?.first
  }
}

/// A clock that goes on when it is told to.
private final class StepClock: StationClock {
  private let time = Mutex(BootInstant(sinceBoot: .seconds(100)))

  var now: BootInstant { time.withLock(\.self) }
  var minimumResolution: Duration { .microseconds(1) }

  /// Two seconds on: every part has measured anew.
  func step() { time.withLock { $0 = $0.advanced(by: .seconds(2)) } }

  func sleep(until deadline: BootInstant, tolerance: Duration?) async throws {
    time.withLock { $0 = max($0, deadline) }
  }

  func reading() -> ClockReading {
    ClockReading(
      bootID: String(repeating: "0", count: 32), boot: now, utcMicroseconds: 1_800_000_000_000_000,
      synchronisation: nil)
  }
}
