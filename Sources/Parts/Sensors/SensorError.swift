package import Bus

/// Why a part could not be read, in the terms a retry policy branches on.
package enum SensorError: Error, Hashable, Sendable {
  /// The transfer itself failed.
  case bus(BusError)
  /// The bytes came but cannot be believed; says what was wrong with them.
  case corrupted(String)
  /// Somebody else answers at this address.
  case wrongPart(expected: String, found: String)
  /// The part no longer holds what it was told, as after a dip of its supply; it wants a start.
  case forgotten(String)
  /// The part's own longest time ran out; says which wait it was.
  case neverReady(String)
  /// The task was cancelled during a wait.
  case cancelled

  /// What a person can do about it.
  package var hint: String {
    switch self {
    case .bus(let error): error.hint
    case .corrupted:
      "shorten the wires, check the pull-ups and the supply; a part that always does it is broken"
    case .wrongPart:
      "another part has this address: mend the configuration, or see 'skin2vec scan'"
    case .forgotten:
      "its supply dips, or its plug is loose: look at both; it is started anew by itself"
    case .neverReady:
      "the part answers but does not finish: reset it, or take its power away and give it back"
    case .cancelled: "nothing is wrong: the reading was called off"
    }
  }
}

extension SensorError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .bus(let error): error.description
    case .corrupted(let what): "the answer is corrupted: \(what)"
    case .wrongPart(let expected, let found): "expected \(expected), found \(found)"
    case .forgotten(let what): "the part has forgotten its settings: \(what)"
    case .neverReady(let what): "never ready: \(what)"
    case .cancelled: "cancelled"
    }
  }
}
