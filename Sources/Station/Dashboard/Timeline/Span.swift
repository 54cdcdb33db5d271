import Readings

/// Dates from one to another, both of them in it.
struct Span: Hashable, Sendable {
  var from: LocalDate
  var to: LocalDate

  /// From the first to the last value of a person; nil where there is none.
  static func known(of person: Person, in diary: any DiarySource) async throws -> Span? {
    let row = try await diary.rows(
      "SELECT min(local_date), max(local_date) FROM v1_slot WHERE person = ?",
      [.text(person.rawValue)]
    ).rows.first
    guard let from = row?[0].text.flatMap({ LocalDate($0) }),
      let to = row?[1].text.flatMap({ LocalDate($0) })
    else { return nil }
    return Span(from: from, to: to)
  }

  /// How many dates it has; none where it ends before it begins.
  var days: Int { max(0, to.daysSince1970 - from.daysSince1970 + 1) }

  /// Dates an entry stands for, so that there are so many at most.
  func bucketDays(points: Int) -> Int { max(1, (days + points - 1) / points) }

  var cells: [DiaryCell] { [.text(from.description), .text(to.description)] }

  /// Its moments in UTC, by an offset in seconds.
  func cells(offset: Int) -> [DiaryCell] {
    func midnight(_ date: LocalDate) -> Int64 {
      (Int64(date.daysSince1970) * 86_400 - Int64(offset)) * 1_000_000
    }
    return [.integer(midnight(from)), .integer(midnight(to + 1) - 1)]
  }
}
