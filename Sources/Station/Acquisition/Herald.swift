package import Readings
import Synchronization

/// Tells people what happened: in the journal at once, in the diary for ever.
package struct Herald: Sendable {
  let post: @Sendable (Notice) -> Void
  let sink: any ReadingSink
  let keeper: TimeKeeper
  private let unkept = UnkeptNotices()

  /// Creates a herald.
  ///
  /// - Parameters:
  ///   - post: Puts a notice into the journal; must not block.
  ///   - sink: Where notices are kept.
  ///   - keeper: Stamps them.
  package init(
    post: @escaping @Sendable (Notice) -> Void, sink: any ReadingSink, keeper: TimeKeeper
  ) {
    self.post = post
    self.sink = sink
    self.keeper = keeper
  }

  /// Says it now and keeps it.
  package func announce(_ notice: Notice) async {
    var notice = notice
    notice.stamp = notice.stamp ?? keeper.stamp()
    post(notice)
    unkept.add(notice)
    await keepRest()
  }

  /// Keeps what the diary has not taken so far, oldest first, as far as it goes.
  ///
  /// It was said in the journal; the store's trouble is reported by whoever has readings to save.
  func keepRest() async {
    while let notice = unkept.take() {
      do {
        try await sink.append(notice)
      } catch {
        return unkept.putBack(notice)
      }
    }
  }
}

/// Notices on their way into the diary: a full disk shall not make a hole in what was said.
private final class UnkeptNotices: Sendable {
  private let notices = Mutex<[Notice]>([])
  /// Some days of trouble; then the oldest are in the journal only.
  private let capacity = 500

  func add(_ notice: Notice) {
    notices.withLock { notices in
      notices.append(notice)
      notices.removeFirst(max(0, notices.count - capacity))
    }
  }

  func take() -> Notice? {
    notices.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }

  func putBack(_ notice: Notice) { notices.withLock { $0.insert(notice, at: 0) } }
}
