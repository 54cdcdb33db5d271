package import Quantities

/// The air around the station at one moment; nil is what a part cannot tell.
package struct SimulatedAir: Hashable, Sendable {
  package var temperature: Temperature?
  package var humidity: RelativeHumidity?
  package var pm1: MassConcentration?
  package var pm2_5: MassConcentration?
  package var pm4: MassConcentration?
  package var pm10: MassConcentration?
  package var vocIndex: GasIndex?
  package var noxIndex: GasIndex?
  package var pressure: Pressure?
  package var carbonDioxide: GasFraction?

  package init(
    temperature: Temperature? = nil, humidity: RelativeHumidity? = nil,
    pm1: MassConcentration? = nil, pm2_5: MassConcentration? = nil,
    pm4: MassConcentration? = nil, pm10: MassConcentration? = nil,
    vocIndex: GasIndex? = nil, noxIndex: GasIndex? = nil, pressure: Pressure? = nil,
    carbonDioxide: GasFraction? = nil
  ) {
    self.temperature = temperature
    self.humidity = humidity
    self.pm1 = pm1
    self.pm2_5 = pm2_5
    self.pm4 = pm4
    self.pm10 = pm10
    self.vocIndex = vocIndex
    self.noxIndex = noxIndex
    self.pressure = pressure
    self.carbonDioxide = carbonDioxide
  }
}

extension Double {
  /// The nearest whole number in a register's range.
  func clamped<T: FixedWidthInteger>(to range: ClosedRange<T>) -> T {
    T(min(max(rounded(), Double(range.lowerBound)), Double(range.upperBound)))
  }
}
