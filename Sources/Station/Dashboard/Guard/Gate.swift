import Readings

/// Who may ask what: the board itself, and devices that were paired with it.
struct Gate: Sendable {
  let pairings: Pairings
  let pace: Pace

  /// What anybody may have: the page on which a device is paired, what it is made of, and the pairing.
  static let open: Set<String> = [
    "/pair", "/pair.js", "/style.css", "/icon.svg", "/words.js", "/api/v1/pairing",
  ]

  /// Lets a question through, or says why not.
  ///
  /// - Throws: `Problem`
  func admit(_ question: Question) async throws(Problem) {
    try await pace.admit(question)
    guard let host = question.headers["host"].map(Self.name) else {
      throw Problem(.malformed, "the request names no host", hint: "say 'Host: localhost'")
    }
    if question.peer.isLoopback, !Self.ownNames.contains(host) {
      // A page elsewhere whose name was made to lead here (DNS rebinding).
      throw Problem(
        .foreign, "'\(host)' is not a name of this board",
        hint: "open http://127.0.0.1 or http://localhost, with the page's port")
    }
    if question.method != "GET", question.method != "HEAD" { try Self.checkOrigin(of: question) }
    if question.peer.isLoopback || Self.open.contains(question.path) { return }
    guard let token = question.cookies[Pairings.cookie], await pairings.knows(token) else {
      throw Problem(
        .notPaired, "this device is not paired",
        hint: "run 'skin2vec web pair' on the station, and open /pair here")
    }
  }

  private static let ownNames: Set<String> = ["localhost", "127.0.0.1", "[::1]", "ip6-localhost"]

  /// A host without its port.
  private static func name(ofHost host: String) -> String {
    if host.hasPrefix("[") { return host.prefix { $0 != "]" } + "]" }
    return host.split(separator: ":").first.map { $0.lowercased() } ?? ""
  }

  /// A change must be asked for by a page of this server, or by no page at all.
  private static func checkOrigin(of question: Question) throws(Problem) {
    let site = question.headers["sec-fetch-site"]
    let origin = question.headers["origin"]
    let isSameSite = site == nil || site == "same-origin" || site == "none"
    let host = question.headers["host"] ?? ""
    let isSameOrigin = origin == nil || origin == "http://\(host)" || origin == "https://\(host)"
    guard isSameSite, isSameOrigin else {
      throw Problem(
        .foreign, "a change was asked for by another site", hint: "use the station's own page")
    }
  }
}
