package import Bus

/// An input line whose edges pass through a deck.
package struct TapedInput: EdgeInput {
  package var name: String { input.name }
  package let isDebounced: Bool
  private let role: String
  private let input: any EdgeInput
  private let deck: any Deck

  /// Puts a deck before a line, which the tape knows by what it is for.
  package init(_ input: any EdgeInput, role: String, deck: any Deck) {
    self.input = input
    self.role = role
    self.deck = deck
    isDebounced = deck.fact(Request(.fact, role + " is debounced"), input.isDebounced)
  }

  package func isActive() async throws(BusError) -> Bool {
    let input = input
    let outcome = await deck.carry(Request(.level, role), on: nil) {
      await Outcome { () async throws(BusError) in try await input.isActive() ? .yes : .no }
    }
    return try outcome.orThrow() == .yes
  }

  package func edges() -> AsyncStream<Edge> {
    let (edges, deck, role) = (input.edges(), deck, role)
    return AsyncStream {
      let outcome = await deck.carry(Request(.edge, role), on: "line " + role) {
        var iterator = edges.makeAsyncIterator()
        guard let edge = await iterator.next() else { return .ended }
        return .edge(
          isActive: edge.isActive, microseconds: edge.time.microseconds, missed: edge.missed)
      }
      guard case .edge(let isActive, let microseconds, let missed) = outcome else { return nil }
      return Edge(
        isActive: isActive, time: BootInstant(sinceBoot: .microseconds(microseconds)),
        missed: missed)
    }
  }
}

/// An output line that is driven through a deck.
package struct TapedOutput: SignalOutput {
  package var name: String { output.name }
  private let role: String
  private let output: any SignalOutput
  private let deck: any Deck

  /// Puts a deck before a line, which the tape knows by what it is for.
  package init(_ output: any SignalOutput, role: String, deck: any Deck) {
    self.output = output
    self.role = role
    self.deck = deck
  }

  package func set(_ isActive: Bool) async throws(BusError) {
    let output = output
    let outcome = await deck.carry(Request(isActive ? .switchOn : .switchOff, role), on: nil) {
      await Outcome { () async throws(BusError) in
        try await output.set(isActive)
        return .done
      }
    }
    _ = try outcome.orThrow()
  }
}
