internal import Curves
package import Readings

/// A text that is no plan: what is wrong with it, and how one reads.
package struct NOf1PlanFault: Error, Hashable, Sendable, CustomStringConvertible {
  package var text: String
  /// `the seed is no whole number`.
  package var fault: String

  package var description: String {
    "'\(text)' is no plan: \(fault); one reads 'late_night from 2026-12-01, 14 blocks of 7 days, "
      + "first 4 left out, seed 8412'"
  }
}

extension NOf1Plan: CustomStringConvertible {
  static let asUsual = " as usual"

  /// The line that the diary keeps; the person is the event's.
  ///
  /// `late_night from 2026-12-01, 14 blocks of 7 days, first 4 left out, seed 8412`, or `alcohol as
  /// usual from …`.
  package var description: String {
    "\(event)\(arms == .asUsualOrWithout ? Self.asUsual : "") from \(start), \(blocks) blocks of "
      + "\(blockDays) days, first \(washoutDays) left out, seed \(seed)"
  }

  /// Reads what ``description`` writes, and nothing else.
  ///
  /// - Throws: an ``NOf1PlanFault`` where the text is not a plan's, or the plan cannot be tried.
  package init(parsing text: String, person: Person) throws(NOf1PlanFault) {
    func fault(_ words: String) -> NOf1PlanFault { NOf1PlanFault(text: text, fault: words) }
    let fields = Self.split(text, at: ", ")
    guard fields.count >= 4 else { throw fault("it does not have four parts between commas") }
    let head = Self.split(fields.dropLast(3).joined(separator: ", "), at: " from ")
    guard head.count >= 2, let start = head.last.flatMap({ LocalDate($0) }) else {
      throw fault("it does not begin with a kind of event, 'from' and a date")
    }
    let tail = fields.suffix(3).map { $0.split(separator: " ", omittingEmptySubsequences: false) }
    let (size, left, last) = (tail[0], tail[1], tail[2])
    guard size.count == 5, size[1] == "blocks", size[2] == "of", size[4] == "days",
      let blocks = Int(size[0]), let blockDays = Int(size[3])
    else { throw fault("'\(fields[fields.count - 3])' is not like '14 blocks of 7 days'") }
    guard left.count == 4, left[0] == "first", left[2] == "left", left[3] == "out",
      let washoutDays = Int(left[1])
    else { throw fault("'\(fields[fields.count - 2])' is not like 'first 4 left out'") }
    guard last.count == 2, last[0] == "seed", let seed = UInt64(last[1]) else {
      throw fault("'\(fields[fields.count - 1])' is not like 'seed 8412'")
    }
    let said = head.dropLast().joined(separator: " from ")
    let isAsUsual = said.hasSuffix(Self.asUsual)
    do throws(Silence) {
      try self.init(
        person: person, event: isAsUsual ? String(said.dropLast(Self.asUsual.count)) : said,
        arms: isAsUsual ? .asUsualOrWithout : .withOrWithout, start: start, blocks: blocks,
        blockDays: blockDays, washoutDays: washoutDays, seed: seed)
    } catch { throw fault(error.reason) }
    guard description == text else { throw fault("it would be written '\(description)'") }
  }

  private static func split(_ text: String, at separator: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(text)
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }

  /// What an arm asks for: `late_night every day`.
  package func words(_ arm: Arm) -> String {
    switch (arm, arms) {
    case (.with, .withOrWithout): "\(event) every day"
    case (.with, .asUsualOrWithout): "\(event) as usual"
    case (.without, _): "no \(event)"
    }
  }

  /// The schedule for a person, a line a block: `2026-12-01 to 2026-12-07: late_night every day`.
  package var lines: [String] {
    schedule.map { "\($0.first) to \($0.last): \(words($0.arm))" }
  }
}
