import Bus
import Synchronization

/// What was done to a house, by the one who did it: the oracle's side of the story.
final class WiresLog: Sendable {
  /// A fault, from its beginning to its end, in microseconds since boot.
  struct Fault: Sendable {
    var kind: String
    /// Nil for the whole bus.
    var addresses: [I2CAddress]?
    var from: Int64
    var until: Int64
    /// Whether the part, or the one in its place, has just got its supply when the fault ends.
    var isReplug = false
    /// Whether nothing of the kind was at the address: whatever was read there was invented.
    var isAway = false

    func strikes(_ address: I2CAddress) -> Bool { addresses?.contains(address) ?? true }
  }

  /// How long a part took to run again after a fault had ended, as the station's health has it.
  struct Return: Sendable {
    var kind: String
    var part: String
    var seconds: Double
  }

  struct Story: Sendable {
    var faults: [Fault] = []
    /// Sessions, each with its touches.
    var sessions: [[WiresWorld.Touch]] = []
    var returns: [Return] = []
    var end: Int64 = 0
  }

  private let state = Mutex(Story())

  var story: Story { state.withLock(\.self) }
  func note(_ fault: Fault) { state.withLock { $0.faults.append(fault) } }
  func note(_ touches: [WiresWorld.Touch]) { state.withLock { $0.sessions.append(touches) } }
  func note(_ back: Return) { state.withLock { $0.returns.append(back) } }
  func noteEnd(_ time: BootInstant) { state.withLock { $0.end = time.microseconds } }
}
