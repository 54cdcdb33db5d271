import Glibc

/// What a process took up from its start to its end, looked at at equal steps.
struct ProcessWatch: Sendable {
  private let log: String
  private var sizes: [ProcessSize] = []
  private var logSizes: [Double] = []
  /// Bytes sent to disks in all.
  private(set) var written = 0

  /// - Parameter log: A file whose size is watched too.
  init(log: String) { self.log = log }

  /// Looks every 0.2 s until the process ends; it still has to be collected.
  ///
  /// - Parameters:
  ///   - child: The process.
  ///   - tell: Is told now and then: seconds since the start, and the figures in words.
  mutating func follow(_ child: Child, tell: (Int, String) -> Void) {
    let began = ContinuousClock.now
    var told = 0
    while !child.hasEnded() {
      if let size = ProcessSize(of: child.process) {
        sizes.append(size)
        var file = stat()
        logSizes.append(stat(log, &file) == 0 ? Double(file.st_size) : 0)
      }
      usleep(200_000)
      let seconds = Int((ContinuousClock.now - began) / .seconds(1))
      if seconds >= told + 20, let last = sizes.last {
        told = seconds
        tell(seconds, "\(last.memory / 1000) kB private, \(last.written / 1_000_000) MB written")
      }
    }
    written = ProcessSize.finallyWritten(by: child.process) ?? sizes.last?.written ?? 0
  }

  private var memory: Growth? { Growth(of: sizes.map { Double($0.memory) }) }
  private var descriptors: Growth? { Growth(of: sizes.map { Double($0.descriptors) }) }

  /// The limits that were passed, in words; what could not be measured is a fault too.
  func faults(mostMemory: Double, mostDescriptors: Double, largestLog: Double) -> [String] {
    guard let memory, let descriptors else { return ["too few looks: \(sizes.count)"] }
    var faults: [String] = []
    if memory.gained > mostMemory {
      faults.append("private memory gained \(Int(memory.gained / 1000)) kB")
    }
    if descriptors.gained > mostDescriptors {
      faults.append("\(Int(descriptors.gained)) more descriptors at the end")
    }
    if let largest = logSizes.max(), largest > largestLog {
      faults.append("the diary's log grew to \(Int(largest / 1000)) kB")
    }
    return faults
  }

  /// The figures, each a sentence.
  var details: [String] {
    guard let memory, let descriptors, let largest = logSizes.max() else { return [] }
    return [
      "private memory \(Int(memory.greatest / 1000)) kB at most, "
        + "\(Int(memory.gained / 1000)) kB gained after the warm-up (a fifth of the run)",
      "\(Int(descriptors.greatest)) descriptors at most, \(Int(descriptors.gained)) gained",
      "the diary's log \(Int(largest / 1000)) kB at most", "\(sizes.count) looks",
    ]
  }
}
