package import Bus
import Glibc

/// What was going on when the kernel said no; the same errno means different things.
package enum KernelCall: Hashable, Sendable, CaseIterable {
  /// Opening a node, pointing a bus at an address, asking for a line.
  case claim
  /// Moving bytes, reading or driving a level.
  case transfer
}

extension BusError.Kind {
  /// The kind behind an errno.
  ///
  /// Linux's fault codes (Documentation/i2c/fault-codes.rst) leave adapters room, and they use it: a
  /// part that does not acknowledge is EREMOTEIO on i2c-bcm2835 and i2c-designware (every Raspberry
  /// Pi), ENXIO on i2c-gpio and most others.
  package init(errno code: Int32, during call: KernelCall) {
    self =
      switch (code, call) {
      case (EREMOTEIO, _), (ENXIO, .transfer): .notAcknowledged
      case (ETIMEDOUT, _), (ETIME, _): .timedOut
      case (EAGAIN, .transfer): .arbitrationLost
      // From I2C_SLAVE or a line request: somebody has it. From a transfer: the wires are held.
      case (EBUSY, .claim): .taken
      case (EBUSY, .transfer): .stuck
      case (ENODEV, _), (ENOENT, _), (ESHUTDOWN, _), (ENXIO, .claim): .gone
      // The process behind a device that is served from user space (CUSE) has ended.
      case (ENOTCONN, _), (ECONNABORTED, _): .gone
      case (EOPNOTSUPP, _), (Self.internalNotSupported, _), (ENOTTY, _), (EISDIR, _): .unsupported
      // A line offset the chip does not have, or options it cannot combine.
      case (EINVAL, .claim): .unsupported
      case (EACCES, _), (EPERM, _): .denied
      default: .other
      }
  }

  /// ENOTSUPP: for the kernel's inside only, yet some GPIO drivers let it out.
  private static let internalNotSupported: Int32 = 524
}
