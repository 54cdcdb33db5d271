import Bus
import Glibc
import LinuxBus
import SimulatedParts

/// Serves the kernel's requests and follows what is said on standard input, one at a time.
struct Server: ~Copyable {
  let channel: CuseChannel
  var device: I2CDevice
  let bus: SimulatedI2CBus
  let world: World
  let lines: [LevelHistory]
  let clock: LinuxClock
  private var heard: [UInt8] = []
  private var isListening = true
  private var hang: Instruction.Hang?
  /// Requests that were taken and not answered.
  private var swallowed: [[UInt8]] = []

  init(
    _ channel: consuming CuseChannel, device: I2CDevice, bus: SimulatedI2CBus, world: World,
    lines: [LevelHistory], clock: LinuxClock
  ) {
    self.channel = channel
    self.device = device
    self.bus = bus
    self.world = world
    self.lines = lines.filter(\.isWatched)
    self.clock = clock
  }

  /// Until the kernel ends the device or a signal ends the program.
  mutating func run() throws(SystemFailure) {
    while true {
      let (asks, speaks) = try wait()
      let now = clock.now
      for line in lines { line.look(at: now) }
      if asks, let request = try channel.receive() {
        if hang == nil { try answer(request) } else { swallowed.append(request) }
      }
      if speaks { listen() }
      while hang == nil, !swallowed.isEmpty { try answer(swallowed.removeFirst()) }
    }
  }

  private mutating func answer(_ request: [UInt8]) throws(SystemFailure) {
    if let reply = device.reply(to: request) { try channel.send(reply) }
  }

  /// How often the watched lines are looked at while nothing else happens, in milliseconds.
  private static let glance: Int32 = 10

  private func wait() throws(SystemFailure) -> (asks: Bool, speaks: Bool) {
    var sources = [
      // A negative descriptor is left out.
      pollfd(fd: hang == .hang ? -1 : channel.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isListening ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&sources, 2, lines.isEmpty ? -1 : Self.glance) >= 0 || errno == EINTR else {
      throw SystemFailure("poll")
    }
    return (sources[0].revents != 0, sources[1].revents != 0)
  }

  /// Follows the complete lines that standard input has; without it the last word stands.
  private mutating func listen() {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    guard count > 0 else {
      isListening = false
      return
    }
    heard += bytes[..<count]
    while let end = heard.firstIndex(of: 0x0A) {
      follow(String(decoding: heard[..<end], as: UTF8.self))
      heard.removeSubrange(...end)
    }
  }

  private mutating func follow(_ line: String) {
    do throws(Misunderstanding) {
      switch try Instruction(line) {
      case .set(let key, let value): world.set(key, to: value)
      case .hang(let hang): self.hang = hang
      case .clearFaults:
        bus.clearFaults()
        hang = nil
      case .fault(let fault, let address, let duration):
        bus.set(fault: fault, on: address, until: duration.map { clock.now.advanced(by: $0) })
      }
      say("done: " + line)
    } catch {
      say("not done: \(error)")
    }
  }

  private func say(_ text: String) {
    print(text)
    fflush(nil)
  }
}
