package import Curves
internal import Mathematics
package import Readings

/// A randomised N-of-1 trial of one kind of event: blocks of days, in pairs, a coin for each pair's order.
///
/// What is assigned on a day follows from these fields alone, on every machine: the plan's text, kept
/// in the diary as an event's note, makes it anew.
package struct NOf1Plan: Hashable, Sendable {
  /// What a day is assigned to.
  package enum Arm: String, Hashable, Sendable, Codable, CaseIterable { case with, without }

  /// What the two arms ask for.
  package enum Arms: String, Hashable, Sendable, Codable, CaseIterable {
    /// The event on every day of the block, or on none.
    case withOrWithout
    /// The event as it comes, or on no day: for all that is better not sought.
    case asUsualOrWithout
  }

  /// Days in a row with one assignment.
  package struct Block: Hashable, Sendable {
    package var first: LocalDate
    package var last: LocalDate
    package var arm: Arm
  }

  /// A week: each block then holds every weekday once, and each arm's compared days are the same.
  package static let usualBlockDays = 7
  /// The longest delay of an effect, three days, and one for what still acts from before.
  ///
  /// Over all of ``LagKernel/all`` a lasting effect then shows with its sign. In blocks of 4 days those
  /// that come late show in the next block, often the other arm's, with the wrong sign.
  package static let usualWashoutDays = 4
  /// With fewer pairs all orders are so few that one in 20 shows as much by chance.
  package static let leastPairs = 6
  /// A longer trial is no plan.
  package static let mostDays = 3650

  package let person: Person
  /// The event's kind: `late_night`.
  package let event: String
  package let arms: Arms
  package let start: LocalDate
  /// Even.
  package let blocks: Int
  package let blockDays: Int
  /// Days at each block's start that are lived as assigned, but not compared.
  package let washoutDays: Int
  package let seed: UInt64
  /// Whether a pair's first block is the one with the event.
  let isWithFirst: [Bool]

  /// - Parameters:
  ///   - person: whose trial it is.
  ///   - event: the kind; neither empty nor with spaces about it.
  ///   - arms: nil takes what is usual for the kind.
  ///   - start: the first block's first day.
  ///   - blocks: an even number, 12 or more.
  ///   - blockDays: 2 or more.
  ///   - washoutDays: fewer than `blockDays`.
  ///   - seed: from the system's random numbers, so that nobody can know or choose the orders.
  /// - Throws: a ``Silence`` that says what cannot be tried so.
  package init(
    person: Person, event: String, arms: Arms? = nil, start: LocalDate, blocks: Int,
    blockDays: Int = usualBlockDays, washoutDays: Int = usualWashoutDays, seed: UInt64
  ) throws(Silence) {
    let arms = arms ?? Self.usualArms(of: event)
    try Self.check(event, arms)
    guard blocks.isMultiple(of: 2), blocks >= 2 * Self.leastPairs else {
      throw Silence("\(blocks) blocks; an even number, \(2 * Self.leastPairs) or more, is needed")
    }
    guard blockDays >= 2, blocks <= Self.mostDays / blockDays else {
      throw Silence(
        "\(blocks) blocks of \(blockDays) days; blocks of 2 days or more, and \(Self.mostDays) days "
          + "at most in all, are needed")
    }
    guard (0..<blockDays).contains(washoutDays) else {
      throw Silence("of blocks of \(blockDays) days the first \(washoutDays) cannot be left out")
    }
    self.person = person
    self.event = event
    self.arms = arms
    self.start = start
    self.blocks = blocks
    self.blockDays = blockDays
    self.washoutDays = washoutDays
    self.seed = seed
    var coin = SeededGenerator(seed: seed)
    isWithFirst = (0..<(blocks / 2)).map { _ in coin.next() >> 63 == 1 }
  }

  /// Kinds that are tried only by leaving them out, and words in which people write of them.
  private static let onlyLeftOut = [
    "alcohol", "wine", "beer", "drink", "smok", "cigar", "nicotin", "vap", "drug", "sun", "stress",
    "tanning", "burn", "fasting",
  ]

  /// The event as it comes against none, where a word says that it harms; else with against without.
  package static func usualArms(of event: String) -> Arms {
    isOnlyLeftOut(event) ? .asUsualOrWithout : .withOrWithout
  }

  private static func isOnlyLeftOut(_ event: String) -> Bool {
    let words = event.lowercased().split { !$0.isLetter }
    return words.contains { word in onlyLeftOut.contains { word.hasPrefix($0) } }
  }

  private static func check(_ event: String, _ arms: Arms) throws(Silence) {
    guard let first = event.first, let last = event.last, !first.isWhitespace, !last.isWhitespace,
      !event.contains(where: \.isNewline), !event.hasSuffix(asUsual)
    else { throw Silence("'\(event)' is no kind of event") }
    guard event != "cycle_start" else { throw Silence("\(event) cannot be assigned") }
    guard arms == .asUsualOrWithout || !isOnlyLeftOut(event) else {
      throw Silence("\(event) is tried only by leaving it out: as usual, or without")
    }
  }
}

extension NOf1Plan {
  package var pairs: Int { blocks / 2 }
  package var days: Int { blocks * blockDays }
  /// The day after the last.
  package var end: LocalDate { start + days }

  /// All blocks in their order.
  package var schedule: [Block] {
    (0..<blocks).map { block in
      let first = start + block * blockDays
      return Block(first: first, last: first + (blockDays - 1), arm: arm(ofBlock: block))
    }
  }

  /// What a day is assigned to; nil outside the trial.
  package func arm(on date: LocalDate) -> Arm? { block(on: date).map(arm(ofBlock:)) }

  /// Whether a day's readings are compared: it is in the trial, and not in a block's washout.
  package func isCompared(_ date: LocalDate) -> Bool {
    block(on: date) != nil
      && (date.daysSince1970 - start.daysSince1970) % blockDays >= washoutDays
  }

  /// The block a day lies in, from 0; nil outside the trial.
  func block(on date: LocalDate) -> Int? {
    guard date >= start, date < end else { return nil }
    return (date.daysSince1970 - start.daysSince1970) / blockDays
  }

  private func arm(ofBlock block: Int) -> Arm {
    isWithFirst[block / 2] == block.isMultiple(of: 2) ? .with : .without
  }
}
