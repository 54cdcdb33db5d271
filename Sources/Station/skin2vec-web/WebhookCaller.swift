import Dashboard
import Logging
import Readings
import ServiceLifecycle
import Settings

/// Posts what happens to a program in the house: each saved tap, and each event that is new.
///
/// `{"what":"tap",…}` is where the tap stood when it was saved, `{"what":"event",…}` the event's row. What
/// cannot be delivered is tried once more, and then told in the log; the diary has it all the same.
struct WebhookCaller: Service {
  let hook: Settings.Web.Webhook
  let feed: StationFeed
  let shelf: DiaryShelf
  let logger: Logger
  /// From one try to the next.
  var pause = Duration.seconds(5)

  func run() async throws {
    guard let news = feed.news(to: "webhook") else { return try await gracefulShutdown() }
    // What was there before has been told, or was nobody's to hear.
    var event = await newest("event_id", in: "v1_event")
    var session = await newest("session_id", in: "v1_session")
    for await piece in news.cancelOnGracefulShutdown() {
      switch piece {
      case .tap(let moment):
        guard moment.state == .saved, let number = moment.session, number > session else {
          continue
        }
        session = number
        await deliver("tap", moment.json)
      case .diary: event = await deliverEvents(after: event)
      case .status: break
      }
    }
    // The news end with the server, which stops first.
    try await gracefulShutdown()
  }

  private func newest(_ number: String, in view: String) async -> Int64 {
    // Without a diary there is none yet.
    let row = try? await shelf.rows("SELECT max(\(number)) FROM \(view)", []).rows.first
    guard case .integer(let number)? = row?.first else { return 0 }
    return number
  }

  /// Delivers the events after one, and returns the last of them.
  private func deliverEvents(after last: Int64) async -> Int64 {
    // Who asks for the diary hears what is wrong with it; these are delivered at the next change.
    guard
      let found = try? await shelf.rows(
        "SELECT * FROM v1_event WHERE event_id > ? ORDER BY event_id", [.integer(last)])
    else { return last }
    var last = last
    for row in found.rows {
      let cells = zip(found.columns, row.map(\.json))
      await deliver("event", .object(Dictionary(cells) { first, _ in first }))
      if case .integer(let number)? = row.first { last = max(last, number) }
    }
    return last
  }

  private func deliver(_ what: String, _ content: JSON) async {
    guard case .object(var fields) = content else { return }
    fields["what"] = .text(what)
    let body = JSON.object(fields).text()
    let exchange = PlainExchange(host: hook.host, port: hook.port)
    var status = await exchange.status(of: "POST \(hook.path)", body: body)
    if status.map({ $0 >= 500 }) ?? true {
      // Cancelled, it is tried once more all the same.
      try? await Task.sleep(for: pause)
      status = await exchange.status(of: "POST \(hook.path)", body: body)
    }
    guard let status, (200..<300).contains(status) else {
      logger.warning(
        "the webhook did not take a piece of news: \(status.map(String.init) ?? "no answer")")
      return
    }
  }
}
