/// A session, and the whole way of everything it came to: its values where it stands for its slot,
/// else its touches.
package struct WholeSessionPage: ExplanationPage, Hashable {
  package var session: SessionPage
  package var values: [ValuePage]
  package var touches: [TouchPage]

  package init(session: SessionPage, values: [ValuePage], touches: [TouchPage]) {
    self.session = session
    self.values = values
    self.touches = touches
  }

  package func lines(_ speech: Speech) -> [String] {
    let pages: [any ExplanationPage] = values + touches
    return session.lines(speech) + pages.flatMap { [""] + $0.lines(speech) }
  }
}
