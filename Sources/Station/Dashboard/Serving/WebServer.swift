import HTTPTypes
import Hummingbird
package import Logging
import HummingbirdCore
import NIOCore
import Readings
import ServiceLifecycle

/// Serves the site over HTTP until shutdown.
package struct WebServer: Service {
  /// Where it listens.
  package struct Place: Hashable, Sendable {
    package var address: String
    package var port: Int

    package init(address: String, port: Int) {
      self.address = address
      self.port = port
    }
  }

  /// It cannot listen at its place.
  package struct Refused: Error, Hashable, Sendable {
    package var place: Place
    /// The errno.
    package var code: Int32
  }

  private let site: WebSite
  private let place: Place
  private let logger: Logger
  private let listening: @Sendable (Int) async -> Void

  /// The most that a body may be.
  private static let longestBody = 64 * 1024

  /// The most connections that are kept open.
  private static let mostConnections = 192

  /// A server.
  ///
  /// - Parameters:
  ///   - site: What it serves.
  ///   - place: Where it listens; port 0 takes any.
  ///   - logger: Hears of failures.
  ///   - listening: Hears of the port once it listens; where it cannot, `run` throws `Refused`.
  package init(
    site: WebSite, place: Place, logger: Logger, listening: @escaping @Sendable (Int) async -> Void
  ) {
    self.site = site
    self.place = place
    self.logger = logger
    self.listening = listening
  }

  package func run() async throws {
    var quiet = logger
    quiet.logLevel = .warning
    let listening = listening
    let connections = Connections(most: Self.mostConnections)
    let application = Application(
      responder: WebResponder(site: site, longestBody: Self.longestBody),
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [ConnectionHandler(connections)],
          // Whoever is silent in the midst of a request is let go; a page that follows is not.
          idleTimeout: .seconds(60),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100))),
      configuration: .init(
        address: .hostname(place.address, port: place.port),
        availableConnectionsDelegate: MaximumAvailableConnections(2 * Self.mostConnections)),
      onServerRunning: { channel in await listening(channel.localAddress?.port ?? 0) },
      logger: quiet)
    let feed = site.feed
    do {
      try await withGracefulShutdownHandler {
        try await application.run()
      } onGracefulShutdown: {
        feed.finish()
      }
    } catch let error as IOError {
      throw Refused(place: place, code: error.errnoCode)
    }
  }
}

/// From Hummingbird's requests to questions, and back.
private struct WebResponder: HTTPResponder {
  typealias Context = WebContext

  let site: WebSite
  let longestBody: Int

  func respond(to request: Request, context: WebContext) async throws -> Response {
    var question = Question(request, peer: context.peer)
    do {
      let body = try await request.body.collect(upTo: longestBody)
      question.body = Array(body.readableBytesView)
    } catch is NIOTooManyBytesError {
      return .tooLarge(longestBody)
    }
    return Response(await site.answer(question))
  }
}

/// What is known of a request besides itself.
private struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let peer: Question.Peer

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = Question.Peer(source.channel.remoteAddress)
  }
}

extension Question.Peer {
  fileprivate init(_ address: SocketAddress?) {
    let text = address?.ipAddress ?? ""
    self.init(
      address: text,
      isLoopback: text == "::1" || text.hasPrefix("127.") || text.hasPrefix("::ffff:127."))
  }
}

extension Question {
  fileprivate init(_ request: Request, peer: Peer) {
    var headers: [String: String] = [:]
    for field in request.headers { headers[field.name.canonicalName] = field.value }
    if let host = request.head.authority { headers["host"] = host }
    var peer = peer
    // Somebody's proxy on this board speaks for others.
    if ["forwarded", "x-forwarded-for", "via"].contains(where: { headers[$0] != nil }) {
      peer.isLoopback = false
    }
    self.init(
      method: request.method.rawValue, path: request.uri.path.removingPercentEscapes,
      query: Self.pairs(of: request.uri.query ?? ""), headers: headers,
      cookies: Self.cookies(of: headers["cookie"] ?? ""), peer: peer)
  }

  private static func pairs(of query: String) -> [(name: String, value: String)] {
    query.split(separator: "&").map { pair in
      let pieces = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      func plain(_ text: Substring) -> String {
        text.replacing("+", with: " ").removingPercentEscapes
      }
      return (plain(pieces[0]), pieces.count > 1 ? plain(pieces[1]) : "")
    }
  }

  private static func cookies(of header: String) -> [String: String] {
    Dictionary(
      header.split(separator: ";").compactMap { piece in
        let pair = piece.split(separator: "=", maxSplits: 1)
        return pair.count == 2 ? (String(pair[0].trimmed), String(pair[1].trimmed)) : nil
      }
    ) { _, last in last }
  }
}

extension StringProtocol {
  /// The bytes that %41 stands for; what is no text then is shown as such.
  fileprivate var removingPercentEscapes: String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      // A number of base 16 may have a sign; an escape has none.
      if byte == UInt8(ascii: "%"), digits.allSatisfy({ $0 >= UInt8(ascii: "0") }),
        digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Response {
  /// Refuses a body and ends the connection: the rest of it would be read for ever.
  fileprivate static func tooLarge(_ longest: Int) -> Response {
    let problem = Problem(
      .tooLarge, "a body of more than \(longest) bytes is not taken", hint: "send less at a time")
    var response = Response(Answer.problem(problem).guarded)
    let bytes = ByteBuffer(string: problem.json.text())
    response.headers[.connection] = "close"
    response.body = ResponseBody(contentLength: bytes.readableBytes) { writer in
      try await writer.write(bytes)
      try await writer.finish(nil)
      throw Refused()
    }
    return response
  }

  /// Ends a connection once its last answer is out.
  private struct Refused: Error {}

  fileprivate init(_ answer: Answer) {
    var headers = HTTPFields()
    headers[.contentType] = answer.type
    for (name, value) in answer.headers {
      if let field = HTTPField.Name(name) { headers.append(HTTPField(name: field, value: value)) }
    }
    let body: ResponseBody
    switch answer.body {
    case .bytes(let bytes): body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    case .news(let news):
      body = ResponseBody { writer in
        try await writer.write(ByteBuffer(string: StationFeed.News.opening))
        for await piece in news { try await writer.write(ByteBuffer(string: piece.event)) }
        try await writer.finish(nil)
      }
    }
    self.init(
      status: HTTPResponse.Status(code: answer.status), headers: headers, body: body)
  }
}
