import Acquisition
import Bus
import LinuxBus
import Readings
import Sensors
import Settings
import Store

extension Setup {
  /// Every calibration of the diary; none where there is no diary yet.
  func calibrations() async throws -> [Calibration] {
    do {
      return try await Archive(path: diary).calibrations()
    } catch let error as StoreError where error.kind == .missing {
      return []
    }
  }

  /// The name of the part that measures a subject.
  func part(for subject: CalibrationSubject) throws(Failure) -> String {
    let part = settings.parts.first { part in
      part.channels.contains { $0.rawValue == subject.channel.rawValue }
    }
    guard let part else {
      throw Failure(
        .configuration, "no part measures \(subject.rawValue)",
        hint: "add it to `parts` in the configuration")
    }
    return part.part.name(at: part.address)
  }

  /// Opens what measures a channel.
  func probeParts(for channel: Channel) throws(BusError) -> ProbeParts {
    var parts = ProbeParts()
    for part in settings.parts
    where part.channels.contains(where: { $0.rawValue == channel.rawValue }) {
      guard let path = settings.buses[part.bus] else { continue }
      let bus = try desk.board.openBus(path)
      let name = part.part.name(at: part.address)
      switch part.options {
      case .moisture(let options):
        parts.moisture = MoistureProbe(
          part: name, driver: FDC1004(bus: bus, address: part.address, clock: desk.clock),
          input: options.input, offsetCode: options.offsetCode)
      case .sebum(let options):
        parts.sebum = SebumProbe(
          part: name, driver: TSL2591(bus: bus, address: part.address, clock: desk.clock),
          lamp: try desk.board.openOutput(options.lamp.onBoard), gain: options.gain.onPart,
          integration: options.onPart)
      case .touch(let options):
        parts.force = ForceProbe(
          part: name, driver: ADS1115(bus: bus, address: part.address, clock: desk.clock),
          force: options.forceInput.flatMap { ADS1115.Input(rawValue: UInt16($0)) },
          temperature: options.temperatureInput.flatMap { ADS1115.Input(rawValue: UInt16($0)) },
          gain: options.range.onPart, rate: options.rate.onPart)
      case .air: continue
      }
    }
    return parts
  }
}

extension Settings.OutputLine {
  fileprivate var onBoard: LinuxBus.LinePlace {
    let name: LineName =
      switch place.line {
      case .offset(let number): .offset(UInt32(number))
      case .name(let name): .named(name)
      }
    return LinePlace(chip: place.chip, line: name, isActiveLow: isActiveLow)
  }
}
