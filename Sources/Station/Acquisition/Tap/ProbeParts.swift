package import Bus
import Normalisation
package import Readings
import Sensors

/// What a probe measures with.
package struct ProbeParts: Sendable {
  package var moisture: MoistureProbe?
  package var sebum: SebumProbe?
  package var force: ForceProbe?

  /// Gathers the parts; each is nil where the probe has none.
  package init(
    moisture: MoistureProbe? = nil, sebum: SebumProbe? = nil, force: ForceProbe? = nil
  ) {
    self.moisture = moisture
    self.sebum = sebum
    self.force = force
  }

  /// Integrations with the lamp on, and as many with it off, for one measurement.
  private static let lightPairs = 5

  /// Reads a channel for a second, whatever the probe is held to.
  ///
  /// - Parameters:
  ///   - channel: One of the skin.
  ///   - clock: What it waits by.
  /// - Returns: What the part said.
  /// - Throws: `MeasuringError` where there is no such part, or it cannot be read.
  package func measure(
    _ channel: Channel, on clock: any StationClock
  ) async throws(MeasuringError) -> ProbeMeasurement {
    let measures = try await read(channel, on: clock)
    let raws = measures.flatMap { measure in
      measure.scale.map { TouchDerivation.raws(of: measure, $0) } ?? []
    }
    guard let first = measures.first,
      let (median, spread) = RobustStatistics.centreAndSpread(of: raws)
    else {
      let isBeyond = measures.contains { !$0.samples.isEmpty }
      let reason = isBeyond ? .outOfRange : measures.first?.fault ?? .notReady
      throw MeasuringError(
        "the probe could not be read (\(reason.rawValue))",
        hint: isBeyond
          ? "it is beyond its range: 'skin2vec read' shows more"
          : "'skin2vec scan' shows who answers")
    }
    return ProbeMeasurement(
      channel: channel, part: first.part, rawUnit: first.rawUnit, median: median, spread: spread,
      drift: TouchDerivation.drift(of: raws), count: raws.count)
  }

  private func read(
    _ channel: Channel, on clock: any StationClock
  ) async throws(MeasuringError) -> [Touch.Measure] {
    let (from, until) = (clock.now, clock.now.advanced(by: .seconds(1)))
    switch channel {
    case .skinMoisture:
      guard let moisture else { break }
      let run = await moisture.sample(from: from, to: until, while: nil, on: clock)
      return [moisture.measure(of: run)]
    case .skinForce, .skinTemperature:
      guard let force, force.channels.contains(channel) else { break }
      let run = await force.sample(from: from, to: until, while: nil, on: clock)
      return force.measures(of: run).filter { $0.channel == channel }
    default:
      guard let sebum, channel == .skinSebum else { break }
      var measures: [Touch.Measure] = []
      while measures.count < Self.lightPairs {
        do {
          measures.append(sebum.measure(of: .success(try await sebum.measure(while: nil))))
        } catch {
          return [sebum.measure(of: .failure(error))]
        }
      }
      return measures
    }
    throw MeasuringError(
      "the station has no part that measures \(channel.rawValue)",
      hint: "add it to `parts` in the configuration")
  }
}
