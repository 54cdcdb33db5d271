import Readings

/// Baselines and known spans as they were last worked out: they change only with the diary.
actor BaselineShelf {
  /// What is the same for every span of a person.
  struct Known: Sendable {
    var span: Span?
    var baselines: Baselines
  }

  private var generation: UInt64?
  private var known: [Person: Known] = [:]

  /// How many people are kept; names that nobody has are asked for too.
  private static let most = 16

  /// What is known of a person; read from the diary where it has changed since.
  ///
  /// - Throws: Whatever the diary throws.
  func known(of person: Person, in diary: any DiarySource) async throws -> Known {
    // Looked at before the diary is read: what is committed meanwhile raises it again.
    let now = await diary.generation
    if generation != now || known.count > Self.most {
      known = [:]
      generation = now
    }
    if let known = known[person] { return known }
    let read = Known(
      span: try await Span.known(of: person, in: diary),
      baselines: try await Baselines(diary, person))
    if generation == now { known[person] = read }
    return read
  }
}
