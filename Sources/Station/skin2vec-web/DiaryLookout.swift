import Dashboard
import Readings
import ServiceLifecycle

/// Tells the pages when something was committed, and cuts the days as the diary does.
struct DiaryLookout: Service {
  let shelf: DiaryShelf
  let feed: StationFeed
  let days: Days
  let turns: Turns
  /// From one look to the next; a look costs a number in memory.
  private static let period = Duration.milliseconds(250)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var last: UInt64 = 0
      while !Task.isCancelled {
        // What is wrong with the diary is told to whoever asks for it.
        if let now = try? await shelf.look(), now != last {
          last = now
          await days.follow(shelf)
          feed.post(.diary)
        }
        turns.add()
        guard (try? await Task.sleep(for: Self.period)) != nil else { return }
      }
    }
  }
}
