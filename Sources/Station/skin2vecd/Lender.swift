import Acquisition
import Bus
import Readings
import ServiceLifecycle
import Store

/// Lends the diary to a command that must write much itself, and takes it back.
///
/// Meanwhile taps and air are held in memory. A borrower that ends without a word, killed or not, has
/// let go of the diary's lock, and the diary is taken back all the same.
actor Lender: Service {
  private let store: Store
  private let herald: Herald
  private let clock: any StationClock
  private var borrower: String?
  private let borrowings = Mailbox<Void>()
  /// How often a diary that was not given back is asked for.
  private let period = Duration.seconds(1)
  /// How long a borrower may take to open it.
  private let grace = Duration.seconds(30)

  init(store: Store, herald: Herald, clock: any StationClock) {
    self.store = store
    self.herald = herald
    self.clock = clock
  }

  /// Lets go of the diary; nil where it did, else why it did not.
  func lend(to borrower: String) async -> String? {
    if let present = self.borrower { return "the diary is lent to '\(present)' already" }
    await herald.announce(
      Notice(
        .diaryLent, "the diary is lent to '\(borrower)'; taps are held in memory until it is back",
        priority: .notice, fields: [.init("BORROWER", borrower)]))
    do {
      try await store.lend(for: borrower)
      self.borrower = borrower
      borrowings.send(())
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Opens the diary again; nil where it is open, else why it is not.
  @discardableResult func takeBack() async -> String? {
    guard let borrower else { return nil }
    do {
      try await store.takeBack()
    } catch {
      return "\(error)"
    }
    self.borrower = nil
    await herald.announce(
      Notice(
        .diaryBack, "the diary is back from '\(borrower)'", priority: .notice,
        fields: [.init("BORROWER", borrower)]))
    return nil
  }

  func run() async throws {
    let clock = clock
    await untilShutdown {
      while await self.borrowings.next(on: clock) != nil {
        guard await clock.wait(for: self.grace) else { return }
        while await self.takeBack() != nil, await clock.wait(for: self.period) {}
      }
    }
    // What is held is saved by those who stop after this.
    for _ in 0..<60 where await takeBack() != nil {
      guard await clock.wait(for: period) else { break }
    }
  }
}
