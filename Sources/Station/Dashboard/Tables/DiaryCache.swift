/// What was worked out of the diary: it stays the same until something is committed. Whoever asks for what is
/// being worked out already waits for that.
actor DiaryCache<Key: Hashable & Sendable, Value: Sendable> {
  private struct Entry {
    let key: Key
    let value: Task<Value, any Error>
  }

  private let most: Int
  private var generation: UInt64?
  /// What was asked for last comes last.
  private var entries: [Entry] = []

  /// A cache without anything in it.
  ///
  /// - Parameter most: How many values it keeps.
  init(most: Int) { self.most = most }

  /// The value of a key, worked out where it is not known, or the diary has changed since.
  ///
  /// - Throws: Whatever the diary throws, and what working it out throws; neither is kept.
  func value(
    of key: Key, in diary: any DiarySource,
    workedOut: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    // Looked at before the diary is read: what is committed meanwhile raises it again.
    let now = try await diary.look()
    if generation.map({ $0 < now }) ?? true {
      entries = []
      generation = now
    }
    if let place = entries.firstIndex(where: { $0.key == key }) {
      let known = entries.remove(at: place)
      entries.append(known)
      return try await known.value.value
    }
    let value = Task { try await workedOut() }
    entries.append(Entry(key: key, value: value))
    if entries.count > most { entries.removeFirst() }
    do { return try await value.value } catch {
      entries.removeAll { $0.value == value }
      throw error
    }
  }
}
