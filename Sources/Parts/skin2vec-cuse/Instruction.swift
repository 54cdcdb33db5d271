import Bus
import SimulatedParts

/// A line of standard input: what shall change while the bus is served.
enum Instruction: Hashable {
  case set(World.Key, Double)
  /// A fault at an address, or on the whole bus; for a time, or until cleared.
  case fault(SimulatedFault, I2CAddress?, Duration?)
  /// The driver hangs: requests are left lying, or taken and never answered.
  case hang(Hang)
  /// Ends every fault, and a hang.
  case clearFaults

  /// How a driver hangs.
  enum Hang: String, CaseIterable {
    /// Nobody takes the request; whoever waits for it can be killed.
    case hang
    /// Somebody has taken it; whoever waits for it cannot even be killed.
    case swallow
  }

  /// Reads `set KEY VALUE`, `fault NAME [ADDRESS|all] [SECONDS]`, `hang`, `swallow` or `clear`.
  init(_ line: String) throws(Misunderstanding) {
    let words = line.split(separator: " ").map(String.init)
    switch words.first {
    case "set" where words.count == 3:
      guard let key = World.Key(rawValue: words[1]) else {
        throw Misunderstanding("no '\(words[1])' here; there are \(World.Key.list)")
      }
      guard let value = Double(words[2]), value.isFinite else {
        throw Misunderstanding("'\(words[2])' is not a number")
      }
      self = .set(key, value)
    case "fault" where (2...4).contains(words.count):
      self = try Self.fault(Array(words.dropFirst()))
    case "clear" where words.count == 1: self = .clearFaults
    default:
      if words.count == 1, let hang = Hang(rawValue: words[0]) {
        self = .hang(hang)
        return
      }
      throw Misunderstanding(
        "say 'set KEY VALUE', 'fault NAME [ADDRESS|all] [SECONDS]', 'hang', 'swallow' or 'clear'")
    }
  }

  private static func fault(_ words: [String]) throws(Misunderstanding) -> Instruction {
    guard let fault = SimulatedFault(rawValue: words[0]) else {
      let names = SimulatedFault.allCases.map(\.rawValue).joined(separator: ", ")
      throw Misunderstanding("no fault '\(words[0])'; there are \(names)")
    }
    var address: I2CAddress?
    if words.count > 1, words[1] != "all" {
      let digits = words[1].hasPrefix("0x") ? words[1].dropFirst(2) : words[1][...]
      address = UInt8(digits, radix: 16).flatMap { I2CAddress($0) }
      if address == nil { throw Misunderstanding("'\(words[1])' is not an address (0x03 to 0x77)") }
    }
    guard words.count > 2 else { return .fault(fault, address, nil) }
    guard let seconds = Double(words[2]), seconds > 0, seconds < 1e6 else {
      throw Misunderstanding("'\(words[2])' is not a number of seconds")
    }
    return .fault(fault, address, .microseconds(Int64(seconds * 1e6)))
  }
}

/// Why a line was not followed.
struct Misunderstanding: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

extension World.Key {
  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
