import Glibc

/// The planted defect: a program that keeps a little memory and a descriptor at each turn.
enum Leak {
  static func run() {
    var kept: [[UInt8]] = []
    for turn in 0..<60 {
      kept.append([UInt8](repeating: UInt8(turn), count: 100_000))
      _ = open("/dev/null", O_RDONLY)
      usleep(100_000)
    }
    exit(kept.count == 60 ? 0 : 1)
  }
}

/// Why a decade could not be looked at.
enum DecadeError: Error, CustomStringConvertible {
  case ended(String, log: String)

  var description: String {
    switch self {
    case .ended(let how, let log): "the station ended with \(how); what it said is in \(log)"
    }
  }
}

/// Tells the person who waits.
func note(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}
