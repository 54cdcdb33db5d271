/// A temperature, stored in degrees Celsius (°C).
package struct Temperature: Hashable, Sendable {
  package var celsius: Double
  package static func celsius(_ value: Double) -> Temperature { Temperature(celsius: value) }
}

/// A relative humidity, stored in percent of saturation (%RH).
package struct RelativeHumidity: Hashable, Sendable {
  package var percent: Double
  package static func percent(_ value: Double) -> RelativeHumidity {
    RelativeHumidity(percent: value)
  }
}

/// A mass of particles in the air, stored in micrograms per cubic metre (µg/m³).
package struct MassConcentration: Hashable, Sendable {
  package var microgramsPerCubicMetre: Double
  package static func microgramsPerCubicMetre(_ value: Double) -> MassConcentration {
    MassConcentration(microgramsPerCubicMetre: value)
  }
}

/// A pressure, stored in pascals (Pa).
package struct Pressure: Hashable, Sendable {
  package var pascals: Double
  package static func pascals(_ value: Double) -> Pressure { Pressure(pascals: value) }
}

/// A maker's index of a gas, without a unit: 1 to 500, where 100 (VOC) or 1 (NOx) is the usual air.
package struct GasIndex: Hashable, Sendable {
  package var value: Double
  package static func value(_ value: Double) -> GasIndex { GasIndex(value: value) }
}

/// A capacitance, stored in picofarads (pF).
package struct Capacitance: Hashable, Sendable {
  package var picofarads: Double
  package static func picofarads(_ value: Double) -> Capacitance { Capacitance(picofarads: value) }
}

/// Light as a photometer counts it: raw counts of one integration, without a unit.
package struct LightCounts: Hashable, Sendable {
  package var counts: Double
  package static func counts(_ value: Double) -> LightCounts { LightCounts(counts: value) }
}

/// A gas's share of the air by volume, stored in parts per million (ppm).
package struct GasFraction: Hashable, Sendable {
  package var partsPerMillion: Double
  package static func partsPerMillion(_ value: Double) -> GasFraction {
    GasFraction(partsPerMillion: value)
  }
}

/// An electric potential against ground, stored in volts (V).
package struct Voltage: Hashable, Sendable {
  package var volts: Double
  package static func volts(_ value: Double) -> Voltage { Voltage(volts: value) }
}
