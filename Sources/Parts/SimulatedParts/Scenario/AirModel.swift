import Bus
import Quantities

/// The air of a bedroom: seasons, days and weather, as a pure function of time.
package struct AirModel: Hashable, Sendable {
  /// A mean, a yearly and a daily wave, and noise on top.
  package struct Course: Hashable, Sendable {
    package var mean: Double
    /// Half the difference between summer and winter; the top is in late July.
    package var yearly: Double
    /// Half the difference between afternoon and night; the top is at 16:00 local time.
    package var daily: Double
    /// The standard deviation of what neither explains, over hours.
    package var noise: Double
    /// The standard deviation from one second to the next: no two readings are quite the same.
    package var flutter: Double

    package init(
      mean: Double, yearly: Double = 0, daily: Double = 0, noise: Double = 0, flutter: Double = 0
    ) {
      self.mean = mean
      self.yearly = yearly
      self.daily = daily
      self.noise = noise
      self.flutter = flutter
    }
  }

  /// In °C.
  package var temperature = Course(mean: 22, yearly: 2.5, daily: 0.8, noise: 0.5, flutter: 0.01)
  /// In %RH; damp nights and damp summers indoors.
  package var humidity = Course(mean: 47, yearly: 6, daily: -3, noise: 4, flutter: 0.05)
  /// In µg/m³, multiplied: the noise and the waves are those of the natural logarithm.
  package var pm2_5 = Course(mean: 6.5, yearly: -0.3, daily: 0.15, noise: 0.45, flutter: 0.03)
  /// Sensirion's VOC index.
  package var voc = Course(mean: 105, daily: 12, noise: 20, flutter: 0.5)
  /// In Pa.
  package var pressure = Course(mean: 100_800, noise: 700, flutter: 2)
  /// In ppm; people and closed windows at night.
  package var carbonDioxide = Course(mean: 850, yearly: -80, daily: -250, noise: 90, flutter: 3)

  package init() {}

  /// The air at a moment.
  ///
  /// - Parameters:
  ///   - utc: Microseconds since 1970.
  ///   - localOffset: How far the person's clock is ahead of UTC.
  ///   - seed: Which weather.
  /// - Returns: Every channel; none is ever unknown.
  package func air(at utc: Int64, localOffset: Duration, seed: UInt64) -> SimulatedAir {
    let hours = Double(utc) / 3.6e9
    let local = hours + localOffset.inSeconds / 3600
    func value(_ course: Course, _ channel: UInt64, period: Double) -> Double {
      let key = RandomField.hash(seed, channel)
      let second = UInt64(bitPattern: utc / 1_000_000)
      return course.value(
        local: local, noise: RandomField.noise(key, at: hours, period: period),
        flutter: RandomField.gaussian(RandomField.hash(key, second)))
    }
    var dust = pm2_5
    dust.mean = 0
    let fine = pm2_5.mean * Mathematics.exponential(value(dust, 3, period: 9))
    return SimulatedAir(
      temperature: .celsius(value(temperature, 1, period: 18)),
      humidity: .percent(min(max(value(humidity, 2, period: 30), 5), 95)),
      pm1: .microgramsPerCubicMetre(fine * 0.72), pm2_5: .microgramsPerCubicMetre(fine),
      pm4: .microgramsPerCubicMetre(fine * 1.15), pm10: .microgramsPerCubicMetre(fine * 1.22),
      vocIndex: .value(min(max(value(voc, 4, period: 6), 1), 500)),
      noxIndex: .value(1), pressure: .pascals(value(pressure, 5, period: 60)),
      carbonDioxide: .partsPerMillion(max(value(carbonDioxide, 6, period: 5), 420)))
  }
}

extension AirModel.Course {
  /// The value at a local time in hours since 1970.
  fileprivate func value(local: Double, noise: Double, flutter: Double) -> Double {
    // A sine tops a quarter turn after its zero: day 205 of the year, 16:00 of the day.
    let year = Mathematics.wave((local / 24 - 205) / 365.2425 + 0.25)
    let day = Mathematics.wave((local - 16) / 24 + 0.25)
    return mean + yearly * year + daily * day + self.noise * noise
      + self.flutter * flutter
  }
}
