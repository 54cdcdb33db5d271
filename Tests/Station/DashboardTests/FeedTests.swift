import Control
import Readings
import Testing

@testable import Dashboard

@Suite("news for pages", .timeLimit(.minutes(5))) struct FeedTests {
  private func feed() throws -> StationFeed {
    try StationFeed(controlSocket: "/nowhere/control.sock")
  }

  private static let status = StationDouble.status(at: Bench.monday)
  private static let hold = TapMoment(.hold, at: Bench.monday, person: Person("ann"))

  @Test("whoever begins to follow hears first how the station is")
  func first() async throws {
    let feed = try feed()
    var early = try #require(feed.news()).makeAsyncIterator()
    #expect(await early.next() == .status(nil))
    feed.post(.status(Self.status))
    feed.post(.tap(Self.hold))
    #expect(await early.next() == .status(Self.status))
    #expect(await early.next() == .tap(Self.hold))
    var late = try #require(feed.news()).makeAsyncIterator()
    #expect(await late.next() == .status(Self.status))
    #expect(await late.next() == .tap(Self.hold))
    feed.post(.diary)
    #expect(await late.next() == .diary)
    #expect(await early.next() == .diary)
  }

  @Test("once the station is off, where a tap stood is not told any more")
  func off() async throws {
    let feed = try feed()
    feed.post(.status(Self.status))
    feed.post(.tap(Self.hold))
    feed.post(.status(nil))
    #expect(feed.status == nil && feed.tap == nil)
    var news = try #require(feed.news()).makeAsyncIterator()
    feed.post(.diary)
    #expect(await news.next() == .status(nil))
    #expect(await news.next() == .diary)
  }

  @Test("a page that is slow loses only what is old")
  func slow() async throws {
    let feed = try feed()
    var news = try #require(feed.news()).makeAsyncIterator()
    for number in 0..<100 {
      feed.post(.tap(TapMoment(.counted, at: Bench.monday, touches: number)))
    }
    feed.post(.diary)
    var heard: [StationFeed.News] = []
    while let piece = await news.next() {
      heard.append(piece)
      if piece == .diary { break }
    }
    #expect(heard.count < 100 && heard.count > 10)
    let numbers = heard.compactMap { if case .tap(let moment) = $0 { moment.touches } else { nil } }
    #expect(numbers.last == 99)
    #expect(numbers == Array((100 - numbers.count)..<100))
  }

  @Test("an event is one of the stream's, whatever is in it")
  func event() throws {
    let moment = TapMoment(
      .saved, at: Bench.monday, person: Person("ann\n\ndata: evil"), site: Site("cheek"),
      touches: 5, accepted: 4, session: 7, words: "evening tap saved\r\nevent: evil")
    let lines = StationFeed.News.tap(moment).event.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4 && lines[2].isEmpty && lines[3].isEmpty)
    #expect(lines[0] == "event: tap")
    #expect(lines[1].hasPrefix("data: ") && !lines[1].utf8.contains(13))
    let said = try Plain(String(lines[1].dropFirst(6)))
    #expect(said["person"].text == "ann\n\ndata: evil")
    #expect(said["state"].text == "saved" && said["session"] == .number(7))
    #expect(StationFeed.News.status(nil).event == "event: status\ndata: null\n\n")
    #expect(StationFeed.News.diary.event == "event: diary\ndata: {}\n\n")
  }

  @Test("the stream is not kept by anybody on the way")
  func stream() async throws {
    try await Bench.with { bench in
      var question = Question(method: "GET", path: "/api/v1/news")
      question.headers = ["host": "localhost"]
      let answer = await bench.site.answer(question)
      #expect(answer.status == 200 && answer.type == "text/event-stream")
      #expect(answer.headers.contains { $0 == ("cache-control", "no-store") })
      guard case .news(let news) = answer.body else {
        Issue.record("it is no stream")
        return
      }
      bench.feed.post(.diary)
      var iterator = news.makeAsyncIterator()
      #expect(await iterator.next() == .status(nil))
      #expect(await iterator.next() == .diary)
    }
  }

  @Test("moment and status are as the document says")
  func shapes() throws {
    let moment = TapMoment(
      .again, at: Bench.monday, person: Person("ann"), touches: 1, refusal: .unsteady)
    #expect(throws: Never.self) { try TapMoment.shape.check(moment.json) }
    #expect(throws: Never.self) { try StationStatus.shape.check(Self.status.json) }
  }

  @Test("a page that goes away makes room, and so does one that only asks whether there is news")
  func room() async throws {
    try await Bench.with { bench in
      for _ in 0..<300 {
        for method in ["GET", "HEAD"] {
          let reply = try await bench.ask(method, "/api/v1/news", from: Bench.board)
          #expect(reply.status == 200)
        }
      }
    }
  }

  @Test("an address that follows too often is refused, and another is not")
  func tooMany() async throws {
    let feed = try feed()
    var streams: [AsyncStream<StationFeed.News>] = []
    while let news = feed.news(to: "10.0.0.1"), streams.count < 1000 { streams.append(news) }
    #expect(streams.count < 1000)
    #expect(feed.news(to: "10.0.0.2") != nil)
    streams.removeLast()
    #expect(feed.news(to: "10.0.0.1") != nil)
  }
}
