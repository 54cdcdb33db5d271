import ArgumentParser
import Readings
import Settings

/// What can be calibrated by hand.
enum CalibrationSubject: String, ExpressibleByArgument, CaseIterable {
  case moisture, sebum, force

  var channel: Channel {
    switch self {
    case .moisture: .skinMoisture
    case .sebum: .skinSebum
    case .force: .skinForce
    }
  }
}

/// Numbers for a calibration that are known already; the others are measured.
struct GivenNumbers: ParsableArguments {
  @Option(
    name: .customLong("air-pf"),
    help: ArgumentHelp("Moisture: the probe in air, instead of measuring.", valueName: "pF"))
  var airPicofarads: Double?
  @Option(
    name: .customLong("reference-pf"),
    help: ArgumentHelp("Moisture: the probe on the wet pad.", valueName: "pF"))
  var referencePicofarads: Double?
  @Option(
    name: .customLong("fresh-counts"),
    help: ArgumentHelp("Sebum: light through a fresh strip.", valueName: "counts"))
  var freshCounts: Double?
  @Option(
    name: .customLong("full-scale"),
    help: ArgumentHelp("Sebum: the absorbance that is index 100.", valueName: "absorbance"))
  var fullScale: Double?
  @Option(
    name: .customLong("zero-counts"),
    help: ArgumentHelp("Force: with nothing on the probe.", valueName: "counts"))
  var zeroCounts: Double?
  @Option(
    name: .customLong("loaded-counts"),
    help: ArgumentHelp("Force: with the known weight on it.", valueName: "counts"))
  var loadedCounts: Double?
  @Option(
    name: .customLong("supply-counts"),
    help: ArgumentHelp("Force: at the supply's voltage.", valueName: "counts"))
  var supplyCounts: Double?
  @Option(help: ArgumentHelp("Force: the known weight.", valueName: "N"))
  var newtons: Double?
  @Option(help: ArgumentHelp("Force: the known weight, by its mass.", valueName: "g"))
  var grams: Double?

  /// The known force in newtons; nil where none was given.
  var force: Double? { newtons ?? grams.map { $0 / 1000 * Self.standardGravity } }

  /// In m/s² (Conférence générale des poids et mesures, 1901).
  static let standardGravity = 9.80665

  private var all: [(name: String, subject: CalibrationSubject, number: Double?)] {
    [
      ("--air-pf", .moisture, airPicofarads), ("--reference-pf", .moisture, referencePicofarads),
      ("--fresh-counts", .sebum, freshCounts), ("--full-scale", .sebum, fullScale),
      ("--zero-counts", .force, zeroCounts), ("--loaded-counts", .force, loadedCounts),
      ("--supply-counts", .force, supplyCounts), ("--newtons", .force, newtons),
      ("--grams", .force, grams),
    ]
  }

  /// An option that was given and means something else; nil where there is none.
  func stranger(to subject: CalibrationSubject) -> String? {
    all.first { $0.number != nil && $0.subject != subject }?.name
  }

  /// Where the numbers are from, in words.
  var origin: String {
    let measured = [airPicofarads, referencePicofarads, freshCounts, zeroCounts, loadedCounts]
    return measured.contains { $0 != nil } ? "numbers given by hand" : "measured"
  }
}

extension GivenNumbers {
  /// The numbers of the new calibration: as given, else as measured, else as before.
  func parameters(
    of subject: CalibrationSubject, old: [String: Double]?, _ reader: SteadyReader
  ) async throws -> [String: Double] {
    let settings = reader.setup.settings.calibration
    switch subject {
    case .moisture:
      return [
        "air_picofarads": try await airPicofarads.orMeasured(
          reader, "Hold the probe in the air, away from your hand."),
        "reference_picofarads": try await referencePicofarads.orMeasured(
          reader, "Press the probe on the wet pad and keep it there."),
      ]
    case .sebum:
      return [
        "fresh_strip_counts": try await freshCounts.orMeasured(
          reader, "Put a fresh strip on the probe and shade it from the room's light."),
        "full_scale_absorbance": fullScale ?? old?["full_scale_absorbance"]
          ?? settings.sebumFullScaleAbsorbance,
      ]
    case .force:
      let supply = supplyCounts ?? old?["supply_counts"] ?? settings.force.supplyCounts
      let zero = try await zeroCounts.orMeasured(
        reader, "Lay the probe down with nothing on it.")
      let loaded = try await loadedCounts.orMeasured(
        reader, "Put the known weight on the probe.")
      let conductance = { (counts: Double) in counts / (supply - counts) }
      return [
        "supply_counts": supply, "zero_counts": zero,
        "newtons_per_unit": (force ?? .nan) / (conductance(loaded) - conductance(zero)),
      ]
    }
  }
}

extension Double? {
  /// The number as given, or what the probe says when it is held as asked.
  fileprivate func orMeasured(_ reader: SteadyReader, _ request: String) async throws -> Double {
    if let self { return self }
    return try await reader.read(request).median
  }
}
