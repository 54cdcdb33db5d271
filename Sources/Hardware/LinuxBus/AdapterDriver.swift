package import Bus
import Glibc

/// The kernel driver of an I²C adapter, which can be made to let go of it and to take it again.
///
/// That starts the adapter anew, as a reboot does, and nothing else can free one whose controller
/// hangs. The files belong to root: whoever may not write them gets `.denied`.
package struct AdapterDriver: Sendable {
  private let bus: String
  private let devices: String
  private let deadline: Duration

  /// Names the adapter by its bus's device node: `/dev/i2c-1`.
  package init(ofBus path: String) {
    self.init(ofBus: path, devices: "/sys/bus/i2c/devices", deadline: .seconds(5))
  }

  /// The same with the folder in which the kernel lists its adapters, and how long a driver may take.
  init(ofBus path: String, devices: String, deadline: Duration) {
    bus = path
    self.devices = devices
    self.deadline = deadline
  }

  /// Takes the adapter from its driver and gives it back.
  package func rebind() async throws(BusError) {
    let lane = Lane("rebind " + bus, deadline: deadline)
    let attempt = Attempt(path: bus, operation: "take the bus from its driver")
    let (bus, devices) = (bus, devices)
    try await lane.run(attempt) { () throws(BusError) in
      // The adapter `i2c-1` is a child of the controller that has the driver.
      let number = bus.split(separator: "/").last.map(String.init) ?? bus
      guard let adapter = Self.resolved("\(devices)/\(number)"),
        let controller = adapter.split(separator: "/").dropLast().last,
        let driver = Self.resolved(adapter + "/../driver")
      else { throw attempt.failure(.unsupported) }
      try Self.write(String(controller), to: driver + "/unbind", for: attempt)
      try Self.write(String(controller), to: driver + "/bind", for: attempt)
    }
  }

  /// A path without links; nil where there is nothing.
  private static func resolved(_ path: String) -> String? {
    guard let whole = realpath(path, nil) else { return nil }
    defer { free(whole) }
    return String(cString: whole)
  }

  private static func write(
    _ name: String, to path: String, for attempt: Attempt
  ) throws(BusError) {
    let file = try OpenFile(path: path, flags: O_WRONLY)
    let bytes = Array(name.utf8)
    guard Glibc.write(file.descriptor, bytes, bytes.count) < 0 else { return }
    let code = errno
    throw attempt.failure(BusError.Kind(errno: code, during: .claim), code: code)
  }
}
