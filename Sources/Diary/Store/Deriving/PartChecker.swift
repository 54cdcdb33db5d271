import Normalisation
import Readings

/// Corrects and checks the samples of one part of the air, in the order of their times.
///
/// It changes to the limits and corrections in force as time goes by.
final class PartChecker {
  private let part: String
  private let books: Books
  private var checker = AirChecker(limits: Limits())
  /// When the limits or corrections in use may be others.
  private var nextChange = Int64.min
  /// The time of the last sample it was given.
  private(set) var last = Int64.min

  /// What it looks up.
  struct Books {
    var limits: LimitsBook
    var conversions: ConversionBook
  }

  init(part: String, books: Books) {
    self.part = part
    self.books = books
  }

  /// Lets a sample up to a moment be a late one, whether or not there was one before.
  func begin(at time: Int64) { last = max(last, time) }

  /// Remembers a sample of the past as it is.
  func remember(_ content: AirContent, at time: Int64) {
    last = max(last, time)
    for index in 0..<AirColumn.count where content.isDerived(index) {
      guard let said = content.said[index] else { continue }
      checker.remember(said, at: index, time: Timestamp(microseconds: time))
    }
  }

  /// Works values, quality and reasons of a sample out from what the part said.
  ///
  /// - Parameters:
  ///   - content: The sample.
  ///   - time: When it was taken, in microseconds; never before the sample before it.
  ///   - begins: By channel from when on; before it a value is only remembered.
  /// - Returns: Whether anything is other than it was.
  func derive(_ content: inout AirContent, at time: Int64, from begins: [Int64]) -> Bool {
    if time >= nextChange { lookUp(at: time) }
    last = max(last, time)
    var isOther = false
    let moment = Timestamp(microseconds: time)
    for index in 0..<AirColumn.count where content.isDerived(index) {
      guard let said = content.said[index] else { continue }
      guard time >= begins[index] else {
        checker.remember(said, at: index, time: moment)
        continue
      }
      let found = checker.check(said, at: index, time: moment)
      // Nearly always: a good value that was one before.
      if found.quality == .ok, content.words[index] == nil, found.value == content.values[index] {
        continue
      }
      let (value, word) = (content.values[index], content.words[index])
      content.take(found, at: index)
      if content.values[index] != value || content.words[index] != word { isOther = true }
    }
    return isOther
  }

  /// Takes the limits and corrections in force at a moment, and notes until when they are.
  private func lookUp(at time: Int64) {
    let moment = Timestamp(microseconds: time)
    checker.use(
      books.limits.limits(at: moment), books.conversions.corrections(of: part, at: moment))
    let changes = books.limits.changes + books.conversions.changes(of: part)
    nextChange = changes.filter { $0 > time }.min() ?? .max
  }
}
