/// A person's word that baselines are not to go on: a new probe, a new cream, a new room.
package struct EpochOrder: Hashable, Sendable, Codable {
  /// Which channels begin anew; never empty.
  package var channels: [Channel]
  /// Whose; nil for everybody's.
  package var person: Person?
  /// At which site; nil for all of them, and for the air.
  package var site: Site?
  package var why: String

  package init(channels: [Channel], person: Person? = nil, site: Site? = nil, why: String) {
    self.channels = channels
    self.person = person
    self.site = site
    self.why = why
  }

  /// What is said of it once it is in the diary.
  ///
  /// - Parameter begun: How many series began anew.
  /// - Returns: The line, and its fields.
  package func notice(begun: Int) -> Notice {
    let names = channels.map(\.rawValue).joined(separator: ", ")
    let whose = person.map { " of \($0)" } ?? ""
    let place = site.map { " at \($0)" } ?? ""
    var fields: [Notice.Field] = [.init("WHY", why), .init("SERIES", String(begun))]
    if let person { fields.append(.init("PERSON", person.rawValue)) }
    return Notice(
      .epochBegun,
      begun == 0
        ? "nothing to begin anew: there are no values yet of \(names)\(whose)\(place)"
        : "\(begun) series begin a new baseline: \(names)\(whose)\(place): \(why)",
      priority: .notice, fields: fields)
  }
}
