/// What came of feeding one subject.
struct Tally {
  var done = 0
  var taken = 0
  var refused = 0
  var crashes = 0
  var hangs = 0
  var broken = 0
  var slow = 0
  /// What memory and open files grew by after the first tenth, in kilobytes and in files.
  var memory = 0
  var files = 0
  /// The longest input, in nanoseconds of processor time.
  var longest = 0
  var seconds = 0.0
  /// Each thing that was found, with the number of the input.
  var findings: [String] = []

  /// Growth from which memory counts as lost: allocators and caches keep a little.
  static let mostMemory = 16 * 1024
  /// Files that a runtime may open when it first needs them.
  static let mostFiles = 4

  /// How often the promise was broken.
  var lost: Int {
    crashes + hangs + broken + slow + (memory > Self.mostMemory ? 1 : 0)
      + (files > Self.mostFiles ? 1 : 0)
  }

  /// Adds what a worker has noted.
  mutating func add(_ ledger: Ledger) {
    done += Int(ledger[.done])
    taken += Int(ledger[.taken])
    refused += Int(ledger[.refused])
    broken += Int(ledger[.broken])
    slow += Int(ledger[.slow])
    longest = max(longest, Int(ledger[.longest]))
    guard ledger[.isFinished] == 1 else { return }
    memory = max(memory, Int(ledger[.endMemory]) - Int(ledger[.warmMemory]))
    files = max(files, Int(ledger[.endFiles]) - Int(ledger[.warmFiles]))
  }

  static func + (a: Tally, b: Tally) -> Tally {
    Tally(
      done: a.done + b.done, taken: a.taken + b.taken, refused: a.refused + b.refused,
      crashes: a.crashes + b.crashes, hangs: a.hangs + b.hangs, broken: a.broken + b.broken,
      slow: a.slow + b.slow, memory: max(a.memory, b.memory), files: max(a.files, b.files),
      longest: max(a.longest, b.longest), seconds: a.seconds + b.seconds,
      findings: a.findings + b.findings)
  }

  /// The figures in words, without a full stop.
  var words: String {
    "\(taken) taken, \(refused) refused, \(crashes) crashes, \(hangs) hangs, \(broken) broken, "
      + "\(slow) slow; longest \(longest / 1_000_000) ms, memory \(max(0, memory)) kB more, "
      + "files \(max(0, files)) more"
  }
}
