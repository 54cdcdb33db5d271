import Readings

/// Why a question has no answer, as programs read it (RFC 9457).
struct Problem: Error, Hashable, Sendable {
  /// What kind of problem, the same for every one of its kind.
  enum Kind: String, Hashable, Sendable, CaseIterable {
    case malformed = "bad-request"
    case notPaired = "not-paired"
    case foreign = "foreign-origin"
    case notFound = "not-found"
    case wrongMethod = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case refused = "refused-by-the-station"
    case tooLarge = "too-large"
    case wrongType = "unsupported-media-type"
    case invalid = "invalid"
    case tooMany = "too-many-requests"
    case failed = "internal-error"
    case stationOff = "station-off"
    case noDiary = "no-diary"
  }

  var kind: Kind
  /// What is wrong this time.
  var detail: String
  /// What to do about it; nil where nothing helps.
  var hint: String?
  /// Where in the body or the query, as a JSON pointer or a name.
  var place: String?
  /// Seconds after which to try again.
  var retryAfter: Int?
  /// The methods that would do, by commas.
  var allowed: String?

  init(
    _ kind: Kind, _ detail: String, hint: String? = nil, at place: String? = nil,
    retryAfter: Int? = nil
  ) {
    self.kind = kind
    self.detail = detail
    self.hint = hint
    self.place = place
    self.retryAfter = retryAfter
  }

  /// The problem as its JSON.
  var json: JSON {
    [
      "type": .text("urn:skin2vec:problem:" + kind.rawValue), "title": .text(kind.title),
      "status": JSON(kind.status), "detail": .text(detail), "hint": JSON(hint),
      "place": JSON(place),
    ]
  }

  static let shape = Shape.object([
    .init("type", .text(), "a URN, the same for every problem of a kind"),
    .init("title", .text()), .init("status", .integer(400...599)),
    .init("detail", .text(longest: 4096)),
    .init("hint", .nullable(.text(longest: 4096)), "what to do about it"),
    .init("place", .nullable(.text(longest: 4096)), "a JSON pointer, or a parameter's name"),
  ])
}

extension Problem.Kind {
  /// The status of HTTP.
  var status: Int {
    switch self {
    case .malformed: 400
    case .notPaired: 401
    case .foreign: 403
    case .notFound: 404
    case .wrongMethod: 405
    case .notAcceptable: 406
    case .refused: 409
    case .tooLarge: 413
    case .wrongType: 415
    case .invalid: 422
    case .tooMany: 429
    case .failed: 500
    case .stationOff, .noDiary: 503
    }
  }

  var title: String {
    switch self {
    case .malformed: "The request is not understood"
    case .notPaired: "This device is not paired with the station"
    case .foreign: "The request comes from another site"
    case .notFound: "There is no such thing here"
    case .wrongMethod: "That cannot be done here"
    case .notAcceptable: "It cannot be had in that form"
    case .refused: "The station refuses"
    case .tooLarge: "The request is too large"
    case .wrongType: "The body is of another kind"
    case .invalid: "A value cannot be"
    case .tooMany: "Too many requests"
    case .failed: "The page's server failed"
    case .stationOff: "The station does not answer"
    case .noDiary: "There is no diary yet"
    }
  }
}
