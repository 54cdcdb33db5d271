import Glibc
import Synchronization

/// Decoders with a defect, which the campaign must notice.
enum PlantedDefect: String, CaseIterable, Sendable {
  case trap = "a trap"
  case hang = "a hang"
  case leak = "a leak of memory"
  case files = "a leak of files"
  case quadratic = "quadratic time"
  case fickle = "another answer the second time"
  case lie = "a bad value taken"

  var plan: SubjectPlan {
    SubjectPlan(name: "planted-\(self)", group: "planted", share: 0) { _ in
      PlantedDecoder(defect: self)
    }
  }

  /// Those that are tried: a debug build takes its time over everything, and tells slow from slower
  /// no more.
  static var tried: [PlantedDefect] {
    #if DEBUG
      allCases.filter { $0 != .quadratic }
    #else
      allCases
    #endif
  }

  /// How many inputs it is fed.
  var inputs: Int {
    switch self {
    case .leak: 12_000
    case .quadratic: 2500
    default: 3000
    }
  }

  /// Whether the campaign found this defect, and no other.
  func isNoticed(in tally: Tally) -> Bool {
    switch self {
    case .trap: tally.crashes > 0 && tally.hangs == 0
    case .hang: tally.hangs > 0 && tally.crashes == 0
    case .leak: tally.memory > Tally.mostMemory && tally.crashes == 0
    case .files: tally.files > Tally.mostFiles
    case .quadratic: tally.slow > 0 && tally.hangs == 0
    case .fickle, .lie: tally.broken > 0 && tally.crashes == 0
    }
  }
}

/// Reads a line of numbers, and has a defect.
private final class PlantedDecoder: InputSubject {
  let defect: PlantedDefect
  let examples = [Example("12 7 250\n"), Example("1 2 3 4 5 6 7 8 9 10\n")]
  let isText = true
  private let kept = Mutex<[[UInt8]]>([])
  private let count = Atomic<Int>(0)

  init(defect: PlantedDefect) { self.defect = defect }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let number = count.add(1, ordering: .relaxed).newValue
    switch defect {
    case .trap:
      // The sum of the bytes overflows a byte's worth of spaces.
      let spaces = bytes.reduce(UInt8(250)) { $1 == 0x20 ? $0 + 1 : $0 }
      return .taken(spaces)
    case .hang: while number == 1700, count.load(ordering: .relaxed) < .max {}
    case .leak:
      kept.withLock { $0.append([UInt8](repeating: UInt8(bytes.count & 0xFF), count: 4096)) }
    case .files: if number % 100 == 0 { _ = open("/dev/null", O_RDONLY) }
    case .quadratic: return .taken(Self.repeats(bytes))
    case .fickle: return .taken(number)
    case .lie:
      // A number beyond the range is taken where it is written with an exponent.
      try Broken.unless(!bytes.contains(0x65), "a value out of range is taken")
    }
    return .taken(bytes)
  }

  /// Compares two dozen copies of the input with themselves, once for each of its bytes: in calls that a
  /// debug build makes as fast as another.
  private static func repeats(_ bytes: [UInt8]) -> Int {
    let part = Array(bytes.prefix(30_000))
    var first: [UInt8] = []
    for _ in 0..<24 { first += part }
    let second = first.map(\.self)
    return first.withUnsafeBytes { first in
      second.withUnsafeBytes { second in
        guard let a = first.baseAddress, let b = second.baseAddress else { return 0 }
        return part.indices.count { memcmp(a, b, first.count - $0) == 0 }
      }
    }
  }
}
