package import Bus

/// An output line of a GPIO chip: a light, a buzzer, the sebum lamp.
///
/// Off to begin with. The kernel gives the line back when this is let go; what its level is then, the chip decides.
package final class LinuxSignalOutput: SignalOutput {
  package let name: String

  private let line: OpenLine
  private let lane: Lane

  /// Takes the line as an output and switches it off.
  ///
  /// - Parameters:
  ///   - place: Which line, and how it is wired.
  ///   - deadline: How long driving it may take.
  /// - Throws: `.gone`, `.taken`, `.denied` or `.unsupported`.
  package init(_ place: LinePlace, deadline: Duration = .milliseconds(500)) throws(BusError) {
    line = try OpenLine(place, as: .output, consumer: "skin2vec")
    name = line.name
    lane = Lane("gpio " + line.name, deadline: deadline)
  }

  package func set(_ isActive: Bool) async throws(BusError) {
    let attempt = Attempt(path: name, operation: isActive ? "switch on" : "switch off")
    try await lane.run(attempt) { [line] () throws(BusError) in try line.drive(isActive) }
  }
}
