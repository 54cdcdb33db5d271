/// A session, and the whole way of everything it came to: its values where it stands for its slot,
/// else its touches.
struct WholeSessionPage: ExplanationPage {
  var session: SessionPage
  var values: [ValuePage]
  var touches: [TouchPage]

  func lines(_ local: LocalClock, _ paint: Paint) -> [String] {
    let pages: [any ExplanationPage] = values + touches
    return session.lines(local, paint) + pages.flatMap { [""] + $0.lines(local, paint) }
  }

  var json: JSON {
    guard case .object(var members) = session.json else { return session.json }
    members["values"] = .list(values.map(\.json))
    members["whole_touches"] = .list(touches.map(\.json))
    return .object(members)
  }
}
