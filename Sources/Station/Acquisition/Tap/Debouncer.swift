import Bus

/// Turns a bouncing line into clean changes: a level counts once it has lasted.
struct Debouncer {
  /// A change that lasted, with the time of its first edge.
  struct Change: Hashable, Sendable {
    var isActive: Bool
    var time: BootInstant
  }

  private(set) var isActive: Bool
  private let period: Duration
  private var candidate: (first: BootInstant, last: BootInstant)?

  /// Creates a debouncer for a line at rest.
  ///
  /// - Parameters:
  ///   - isActive: The line's level now.
  ///   - period: How long a level must last; zero where the kernel sees to it.
  init(isActive: Bool, period: Duration) {
    self.isActive = isActive
    self.period = period
  }

  /// When the present candidate will have lasted; nil without one.
  var deadline: BootInstant? { candidate.map { $0.last.advanced(by: period) } }

  mutating func take(_ edge: Edge) {
    if edge.isActive == isActive {
      candidate = nil
    } else {
      candidate = (candidate?.first ?? edge.time, edge.time)
    }
  }

  /// The change that has lasted by now, once.
  mutating func settle(at now: BootInstant) -> Change? {
    guard let candidate, let deadline, deadline <= now else { return nil }
    isActive.toggle()
    self.candidate = nil
    return Change(isActive: isActive, time: candidate.first)
  }
}
