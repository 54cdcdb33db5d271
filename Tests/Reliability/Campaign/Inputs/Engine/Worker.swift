import Glibc

/// Feeds one subject, and notes beforehand which input it is about to feed.
///
/// A decoder that traps, hangs or eats all memory ends the worker and nothing else.
struct Worker {
  let plan: SubjectPlan
  let seed: UInt64
  let ledger: Ledger
  /// Where it writes what was broken, a line each.
  let findings: String

  /// So many findings are written down.
  private static let mostFindings = 40

  /// The subject's input of a number: the same in every process.
  static func input(
    _ index: UInt64, of subject: any InputSubject, _ mutator: Mutator, _ plan: SubjectPlan,
    seed: UInt64
  ) -> [UInt8] {
    if index < UInt64(mutator.examples.count) { return mutator.examples[Int(index)] }
    var dice = Dice(seed: seed, subject: plan.name, index: index)
    var bytes = mutator.input(&dice)
    subject.mend(&bytes, &dice)
    return bytes
  }

  /// Feeds the inputs of some numbers.
  func run(_ subject: any InputSubject, _ numbers: Range<UInt64>) async {
    let mutator = Mutator(subject)
    let mustBeTaken = subject.examples.map(\.isValid)
    let warm = numbers.lowerBound + max(200, UInt64(numbers.count) / 10)
    var pace = Pace()
    for index in numbers {
      let bytes = Self.input(index, of: subject, mutator, plan, seed: seed)
      ledger[.index] = index
      ledger[.since] = ProcessFigures.now
      let isExample = index < UInt64(mustBeTaken.count)
      await feed(
        bytes, index, to: subject, &pace,
        mustBeTaken: isExample && mustBeTaken[Int(index)], isTwice: isExample || index % 61 == 0)
      ledger[.done] += 1
      ledger[.bytes] += UInt64(bytes.count)
      if index == warm { noteFigures(.warmMemory, .warmFiles) }
    }
    if ledger[.warmMemory] == 0 { noteFigures(.warmMemory, .warmFiles) }
    noteFigures(.endMemory, .endFiles)
    ledger[.isFinished] = 1
  }

  private func noteFigures(_ memory: Ledger.Line, _ files: Ledger.Line) {
    ledger[memory] = ProcessFigures.memory
    ledger[files] = ProcessFigures.files
  }

  private func feed(
    _ bytes: [UInt8], _ index: UInt64, to subject: any InputSubject, _ pace: inout Pace,
    mustBeTaken: Bool, isTwice: Bool
  ) async {
    do {
      let start = ProcessFigures.processorTime
      let answer = try await subject.feed(bytes)
      let time = ProcessFigures.processorTime - start
      ledger[answer.isTaken ? .taken : .refused] += 1
      ledger[.longest] = max(ledger[.longest], time)
      try Broken.unless(answer.isTaken || !mustBeTaken, "an example is refused")
      if isTwice {
        let again = try await subject.feed(bytes)
        try Broken.unless(again == answer, "the same input has another answer the second time")
      }
      let limit = pace.limit(size: bytes.count)
      if time > limit { try await checkAgain(bytes, subject, limit) }
      pace.note(size: bytes.count, nanoseconds: time)
    } catch let error as Slow {
      ledger[.slow] += 1
      tell(index, "slow: \(error.time / 1_000_000) ms of processor time for \(bytes.count) bytes")
    } catch {
      ledger[.broken] += 1
      tell(index, "\(error)")
    }
  }

  private struct Slow: Error { var time: UInt64 }

  /// What was slow once may have been the machine; what is slow four times is the decoder.
  private func checkAgain(
    _ bytes: [UInt8], _ subject: any InputSubject, _ limit: UInt64
  ) async throws {
    var best = UInt64.max
    for _ in 0..<3 {
      ledger[.since] = ProcessFigures.now
      let start = ProcessFigures.processorTime
      _ = try await subject.feed(bytes)
      best = min(best, ProcessFigures.processorTime - start)
    }
    if best > limit { throw Slow(time: best) }
  }

  private func tell(_ index: UInt64, _ words: String) {
    guard ledger[.broken] + ledger[.slow] <= Self.mostFindings else { return }
    guard let file = fopen(findings, "a") else { return }
    fputs("\(index)\t\(words.replacing("\n", with: " "))\n", file)
    fclose(file)
  }
}
