package import Readings

/// Tells people what happened: in the journal at once, in the diary for ever.
package struct Herald: Sendable {
  let post: @Sendable (Notice) -> Void
  let sink: any ReadingSink
  let keeper: TimeKeeper

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
    do {
      try await sink.append(notice)
    } catch {
      // It was said in the journal; the store's trouble is reported by whoever has readings to save.
    }
  }
}
