package import Bus
import Synchronization

/// An output line of a GPIO chip: a light, a buzzer, the sebum lamp.
///
/// Off to begin with. The kernel gives the line back when this is let go; what its level is then, the chip decides.
package final class LinuxSignalOutput: SignalOutput {
  /// The chip and the line, as they were given.
  package let name: String

  private let place: LinePlace
  private let line = Mutex<OpenLine?>(nil)
  private let lane: Lane

  /// A line that is taken by `take`, or when it is first driven, so that its chip may come later than
  /// the station.
  ///
  /// - Parameters:
  ///   - place: Which line, and how it is wired.
  ///   - deadline: How long driving it may take.
  package init(whenPresent place: LinePlace, deadline: Duration = .milliseconds(500)) {
    self.place = place
    name = place.words
    lane = Lane("gpio " + place.words, deadline: deadline)
  }

  /// Takes the line as an output and switches it off.
  ///
  /// - Parameters:
  ///   - place: Which line, and how it is wired.
  ///   - deadline: How long driving it may take.
  /// - Throws: `.gone`, `.taken`, `.denied` or `.unsupported`.
  package convenience init(
    _ place: LinePlace, deadline: Duration = .milliseconds(500)
  ) throws(BusError) {
    self.init(whenPresent: place, deadline: deadline)
    try take()
  }

  /// Takes the line, if it has not been taken.
  ///
  /// - Throws: `.gone`, `.taken`, `.denied` or `.unsupported`.
  package func take() throws(BusError) { _ = try opened() }

  private func opened() throws(BusError) -> OpenLine {
    if let open = line.withLock({ $0 }) { return open }
    let open = try OpenLine(place, as: .output, consumer: "skin2vec")
    line.withLock { $0 = open }
    return open
  }

  package func set(_ isActive: Bool) async throws(BusError) {
    let attempt = Attempt(path: name, operation: isActive ? "switch on" : "switch off")
    try await lane.run(attempt) { [self] () throws(BusError) in
      try opened().drive(isActive)
    }
  }
}
