import Curves
import Mathematics
import Readings
import SyntheticSubject

/// A made-up person whose moisture follows PM2.5 in a way that is known.
struct Planted {
  /// Own SD for one SD more of PM2.5 for good.
  var effect = 0.0
  var tauDays = 2.0
  var delayDays = 0.0
  var days = 365
  var world = World.home
  /// The planned SD of moisture.
  let deviation = 5.0

  func history(seed: UInt64) -> History {
    var history = world.subject(SubjectPlan(days: days), seed: seed).history
    let air = history.air("air.pm2_5")?.values.compactMap { $0 } ?? []
    let (mean, spread) = (Robust.mean(air) ?? 0, Robust.deviation(air) ?? 1)
    let weights = (0..<60).map(weight)
    for place in history.curves[0].values.indices {
      guard let value = history.curves[0].values[place] else { continue }
      // Summed place by place, not by recursion.
      let acting = (0..<60).reduce(0.0) { sum, lag in
        place >= lag ? sum + weights[lag] * (air[place - lag] - mean) / spread : sum
      }
      history.curves[0].values[place] = value + deviation * effect * acting
    }
    return history
  }

  /// What a place's air does so many places later.
  private func weight(_ lag: Int) -> Double {
    let since = Double(lag) / 2 - delayDays
    guard since >= 0 else { return 0 }
    // The sum of all weights is 1.
    return (-since / tauDays).exponential * (1 - (-0.5 / tauDays).exponential)
  }

  /// The true difference at the places to come if PM2.5 is raised by so many SD for some days.
  func difference(raisedBy step: Double, days: Int, index: Int) -> Double {
    (0...index).filter { $0 < days * 2 }.reduce(0.0) {
      $0 + deviation * effect * step * weight(index - $1)
    }
  }
}
