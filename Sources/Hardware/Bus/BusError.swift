/// How a transfer on a bus, or a call on a line, failed.
package struct BusError: Error, Hashable, Sendable {
  /// What callers branch on; the kernel's adapters disagree about the errno behind it.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Nobody acknowledged: no part at the address, or a part that is busy.
    case notAcknowledged
    /// The transfer, or the wait for the adapter, went past its deadline.
    case timedOut
    /// Another master took the bus.
    case arbitrationLost
    /// A wire is held low and the adapter cannot start.
    case stuck
    /// The adapter, chip or line cannot do what was asked.
    case unsupported
    /// A kernel driver or another program has it.
    case taken
    /// The adapter, the chip or its device node is not there.
    case gone
    /// We may not open it.
    case denied
    /// Anything else; `code` says which.
    case other
  }

  package var kind: Kind
  /// The device node or name: `/dev/i2c-1`.
  package var path: String
  package var address: I2CAddress?
  /// What was being done: `read 24 bytes`.
  package var operation: String
  /// The errno behind it, where there was one.
  package var code: Int32?

  package init(
    _ kind: Kind, path: String, address: I2CAddress? = nil, operation: String, code: Int32? = nil
  ) {
    self.kind = kind
    self.path = path
    self.address = address
    self.operation = operation
    self.code = code
  }

  /// What a person can do about it.
  package var hint: String {
    switch kind {
    case .notAcknowledged: "is the part wired and powered? 'skin2vec scan' shows who answers"
    case .timedOut: "check the wiring and the pull-ups; a part may be holding the clock"
    case .arbitrationLost: "another master is on this bus"
    case .stuck: "a part holds the data line low: take its power away and give it back"
    case .unsupported: "this adapter cannot do it; see 'i2cdetect -F' or 'gpioinfo'"
    case .taken: "another program or a kernel driver has it; see 'lsmod', 'gpioinfo'"
    case .gone:
      path.contains("i2c")
        ? "switch the bus on (dtparam=i2c_arm=on), or mend the path in the settings"
        : "is the chip's label right? 'gpiodetect' shows the chips, 'gpioinfo' their lines"
    case .denied: "the user needs the groups i2c and gpio"
    case .other: "see 'dmesg' for what the kernel says"
    }
  }
}

extension BusError: CustomStringConvertible {
  package var description: String {
    let place = address.map { "\(path) \($0)" } ?? path
    let code = code.map { " (errno \($0))" } ?? ""
    return "\(place): \(operation): \(kind.words)\(code)"
  }
}

extension BusError.Kind {
  /// The kind in words, for a log line.
  package var words: String {
    switch self {
    case .notAcknowledged: "not acknowledged"
    case .timedOut: "timed out"
    case .arbitrationLost: "arbitration lost"
    case .stuck: "the bus is stuck"
    case .unsupported: "not supported"
    case .taken: "taken by another program"
    case .gone: "not there"
    case .denied: "permission denied"
    case .other: "failed"
    }
  }
}
