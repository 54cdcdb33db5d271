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

  package init() {}

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

  /// The lamp's light through the strip, with the photometer's noise of 0.5 %.
  func lampCounts(at elapsed: Duration, through probe: ProbePhysics) -> Double {
    let noise = RandomField.gaussian(
      RandomField.hash(noiseSeed, ~UInt64(bitPattern: elapsed.microseconds)))
    return probe.lampCounts(sebum: sebum) * (1 + 0.005 * noise)
  }
}
