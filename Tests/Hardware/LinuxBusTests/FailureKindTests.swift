import Bus
import Glibc
import LinuxBus
import Testing

@Suite("What an errno means")
struct FailureKindTests {
  @Test(
    "a part that does not acknowledge, in every adapter's words",
    arguments: [EREMOTEIO, ENXIO])
  func notAcknowledged(code: Int32) {
    #expect(BusError.Kind(errno: code, during: .transfer) == .notAcknowledged)
  }

  @Test("busy means taken when claiming and stuck when transferring")
  func busy() {
    #expect(BusError.Kind(errno: EBUSY, during: .claim) == .taken)
    #expect(BusError.Kind(errno: EBUSY, during: .transfer) == .stuck)
  }

  @Test("no such device or address means nobody answered only once the bus is open")
  func noSuchAddress() {
    #expect(BusError.Kind(errno: ENXIO, during: .claim) == .gone)
  }

  @Test(
    "the rest means the same whenever it is said", arguments: KernelCall.allCases,
    [
      (ETIMEDOUT, .timedOut), (ETIME, .timedOut), (ENODEV, .gone), (ENOENT, .gone),
      (ESHUTDOWN, .gone), (ECONNABORTED, .gone), (EOPNOTSUPP, .unsupported),
      (ENOTTY, .unsupported), (EACCES, .denied), (EPERM, .denied), (EIO, .other),
      (EPROTO, .other), (0, .other),
    ] as [(Int32, BusError.Kind)])
  func same(call: KernelCall, expected: (code: Int32, kind: BusError.Kind)) {
    #expect(BusError.Kind(errno: expected.code, during: call) == expected.kind)
  }

  @Test("lost arbitration is told by EAGAIN in a transfer")
  func arbitration() {
    #expect(BusError.Kind(errno: EAGAIN, during: .transfer) == .arbitrationLost)
  }

  @Test("the numbers are the ones that a trace from a board shows")
  func kernelNumbers() {
    // include/uapi/asm-generic/errno.h, and 524 from include/linux/errno.h.
    #expect(BusError.Kind(errno: 121, during: .transfer) == .notAcknowledged)
    #expect(BusError.Kind(errno: 110, during: .transfer) == .timedOut)
    #expect(BusError.Kind(errno: 524, during: .transfer) == .unsupported)
  }
}
