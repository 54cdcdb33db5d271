import Readings
import Settings
import Wording

extension ValuePage.Name {
  /// Which value is meant: what is asked for, else moisture, the usual person and the first site.
  ///
  /// - Parameters:
  ///   - channel: The one asked for, or nil.
  ///   - person: The one asked for, or nil.
  ///   - site: The one asked for, or nil.
  ///   - all: What the slot has.
  ///   - residents: The people of the settings, the usual one first.
  /// - Returns: A name, which the slot may not have.
  static func asked(
    _ channel: Channel?, person: String?, site: String?, among all: [Self],
    residents: [Settings.Resident]
  ) -> Self {
    let fitting = all.filter { name in
      channel.map { $0 == name.channel } ?? !name.channel.isAir
        && site.map { $0 == name.site?.rawValue } ?? true
    }
    let people = residents.map(\.name)
    let sites = residents.flatMap(\.sites)
    func place(_ text: String?, in list: [String]) -> Int {
      text.flatMap { list.firstIndex(of: $0) } ?? list.count
    }
    let best = fitting.min { a, b in
      let (first, second) = (
        [
          place(a.person.rawValue, in: people), place(a.site?.rawValue, in: sites), a.channel.order,
        ],
        [place(b.person.rawValue, in: people), place(b.site?.rawValue, in: sites), b.channel.order]
      )
      return first.lexicographicallyPrecedes(second)
    }
    let channel = channel ?? best?.channel ?? .skinMoisture
    let resident = residents.first { $0.name == person } ?? residents.first
    return best
      ?? Self(
        person: Person(person ?? resident?.name ?? "me"), channel: channel,
        site: channel.isAir ? nil : Site(site ?? resident?.sites.first ?? "cheek"))
  }
}

extension Channel {
  /// Where it stands among all of them.
  fileprivate var order: Int { Channel.allCases.firstIndex(of: self) ?? 0 }
}
