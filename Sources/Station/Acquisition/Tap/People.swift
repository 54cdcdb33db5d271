package import Readings
import Synchronization

/// Who uses the station, which sites each taps, and whose the next session is.
package final class People: Sendable {
  /// Somebody, with the sites in the order of tapping.
  package struct Entry: Hashable, Sendable {
    package var person: Person
    package var sites: [Site]

    package init(person: Person, sites: [Site]) {
      self.person = person
      self.sites = sites
    }
  }

  private struct State {
    var entries: [Entry]
    var current: Person
  }

  private let state: Mutex<State>

  /// Names the people.
  ///
  /// - Parameters:
  ///   - entries: Never empty.
  ///   - current: Whose the next session is; the first's where it is none of them.
  package init(entries: [Entry], current: Person) {
    precondition(!entries.isEmpty, "a station has at least one person")
    let isKnown = entries.contains { $0.person == current }
    state = Mutex(State(entries: entries, current: isKnown ? current : entries[0].person))
  }

  package var entries: [Entry] { state.withLock(\.entries) }
  package var current: Person { state.withLock(\.current) }

  /// The person of the next session, with the sites.
  package var next: Entry {
    state.withLock { state in
      state.entries.first { $0.person == state.current } ?? state.entries[0]
    }
  }

  /// Makes somebody the person of the next session; false where nobody has that name.
  package func choose(_ person: Person) -> Bool {
    state.withLock { state in
      guard state.entries.contains(where: { $0.person == person }) else { return false }
      state.current = person
      return true
    }
  }

  /// Moves on to the next person of the list, and says who that is.
  package func chooseNext() -> Person {
    state.withLock { state in
      let index = state.entries.firstIndex { $0.person == state.current } ?? 0
      state.current = state.entries[(index + 1) % state.entries.count].person
      return state.current
    }
  }
}
