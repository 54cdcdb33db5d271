import Glibc

/// Why nothing can be said to a broker.
enum BrokerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name has no address; in the resolver's words.
  case unknownHost(String, String)
  /// Nobody listens there, or nothing leads there.
  case unreachable(String, Int32)
  case refused(Refusal)
  /// It hung up.
  case closed
  /// It did not answer in time to what is named.
  case timedOut(String)
  /// It sent something that it may not send to a publisher; the first byte of it.
  case malformed(UInt8)
  /// The station is told to stop.
  case stopped

  var description: String {
    switch self {
    case .unknownHost(let host, let words): "the broker's name \(host) has no address: \(words)"
    case .unreachable(let place, let code):
      "no broker at \(place): \(String(cString: strerror(code)))"
    case .refused(let refusal): "the broker refuses: \(refusal)"
    case .closed: "the broker hung up"
    case .timedOut(let what): "the broker did not answer in time (\(what))"
    case .malformed(let first):
      "the broker sent a packet that no publisher is sent (0x\(String(first, radix: 16)))"
    case .stopped: "told to stop"
    }
  }

  /// What a person can do about it.
  var hint: String {
    switch self {
    case .unknownHost: "look at mqtt.broker, or give the address itself"
    case .unreachable(_, let code) where code == EPERM || code == EACCES:
      "the unit lets the program reach private addresses only: 'systemctl edit skin2vec-mqtt'"
    case .unreachable: "look at mqtt.broker and mqtt.port, and whether the broker runs"
    case .refused(let refusal): refusal.hint
    case .closed, .timedOut, .stopped: "look at the broker's log"
    case .malformed: "look at mqtt.port: something else than a broker may listen there"
    }
  }
}
