import Bus
import Quantities

/// How the simulated probe turns skin into capacitance and light.
package struct ProbePhysics: Hashable, Sendable {
  /// The FDC1004 input with the skin's electrode, 1 to 4.
  package var input = 1
  /// The electrode in air: moisture index 0.
  package var airPicofarads = 2.0
  /// The electrode on the wet reference: moisture index 100.
  package var referencePicofarads = 12.0
  /// CH0 counts of the lamp through a fresh strip, at the gain and time of `photometerScale`.
  package var freshStripCounts = 20_000.0
  /// Gain times steps of 100 ms at which the other counts are given: 25x and one step.
  package var photometerScale = 25.0
  /// The absorbance, log10(I0/I), at sebum index 100.
  package var fullScaleAbsorbance = 0.5
  /// Counts of the room's light with the probe in the air, and of what leaks in on the skin.
  package var roomCounts = 900.0
  package var leakCounts = 40.0
  /// What feeds the two dividers below, in V.
  package var supplyVolts = 3.3
  /// The ADS1115 input with the force sensor, 0 to 3, between the supply and a resistor to ground.
  package var forceInput = 0
  /// The force at which the sensor's resistance equals the resistor's, in N.
  package var forceAtHalfSupply = 2.0
  /// The ADS1115 input with the thermistor, 0 to 3, between the supply and 10 kΩ to ground.
  package var temperatureInput = 1
  /// The thermistor: 10 kΩ at 25 °C, and the B value of the usual kind, in K.
  package var thermistorB = 3950.0
  /// The thermistor's own temperature between two touches, in °C.
  package var restingCelsius = 24.0

  package init() {}

  /// The voltage at the force sensor's input: its conductance grows with the force.
  package func forceVolts(newtons: Double) -> Double {
    supplyVolts * newtons / (newtons + forceAtHalfSupply)
  }

  /// The voltage at the thermistor's input.
  package func temperatureVolts(celsius: Double) -> Double {
    let kelvins = celsius + 273.15
    let resistance = Mathematics.exponential(thermistorB * (1 / kelvins - 1 / 298.15))
    return supplyVolts / (1 + resistance)
  }

  /// The electrode's capacitance at a moisture index.
  package func picofarads(moisture index: Double) -> Double {
    airPicofarads + index / 100 * (referencePicofarads - airPicofarads)
  }

  /// The lamp's counts through a strip with that sebum index.
  package func lampCounts(sebum index: Double) -> Double {
    freshStripCounts * Mathematics.powerOfTen(-index / 100 * fullScaleAbsorbance)
  }
}

extension PlannedTouch {
  /// The moisture index the electrode sees, so long after the contact.
  ///
  /// It rises within some 0.1 s as the skin gives way, creeps up by about 1 % a second as water
  /// gathers under the probe, and has the converter's noise of 0.3 %.
  func moistureIndex(at elapsed: Duration) -> Double {
    let seconds = elapsed.inSeconds
    let closing = 1 - 0.5 * Mathematics.exponential(-seconds / 0.04)
    let wobble = flaw == .unsteady ? 1 + 0.35 * Mathematics.wave(1.3 * seconds) : 1
    let noise = RandomField.gaussian(
      RandomField.hash(noiseSeed, UInt64(bitPattern: elapsed.microseconds)))
    return moisture * closing * wobble * (1 + 0.01 * seconds + 0.003 * noise)
  }

  /// The force on the probe, in N: each touch has its own, around 1 N.
  ///
  /// It comes on within some 0.1 s, trembles by 2 %, and wanders where the touch is not steady.
  package func newtons(at elapsed: Duration) -> Double {
    let seconds = elapsed.inSeconds
    let own = 1 + 0.15 * RandomField.gaussian(RandomField.hash(noiseSeed, 0xF0))
    let pressing = 1 - Mathematics.exponential(-seconds / 0.04)
    let wobble = flaw == .unsteady ? 1 + 0.35 * Mathematics.wave(1.3 * seconds) : 1
    return max(own, 0.3) * pressing * wobble * (1 + 0.02 * Mathematics.wave(9 * seconds))
  }

  /// The temperature of the probe's thermistor, in °C: from `resting` to the skin's, around 32 °C.
  package func celsius(at elapsed: Duration, from resting: Double) -> Double {
    let skin = 32 + 0.6 * RandomField.gaussian(RandomField.hash(noiseSeed, 0xF1))
    return skin + (resting - skin) * Mathematics.exponential(-elapsed.inSeconds / 0.25)
  }

  /// The lamp's light through the strip, with the photometer's noise of 0.5 %.
  func lampCounts(at elapsed: Duration, through probe: ProbePhysics) -> Double {
    let noise = RandomField.gaussian(
      RandomField.hash(noiseSeed, ~UInt64(bitPattern: elapsed.microseconds)))
    return probe.lampCounts(sebum: sebum) * (1 + 0.005 * noise)
  }
}
