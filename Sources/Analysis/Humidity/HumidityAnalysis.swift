package import Curves
internal import Mathematics
internal import StateSpace

/// The humidity a skin likes best, where the diary can say.
package struct Optimum: Sendable, Codable {
  /// `skin.moisture at cheek`.
  package var outcome: String
  /// %RH, at mean PM2.5, with Fieller's interval.
  package var optimum: Estimate
  /// Where less than 0.2 own SD is lost for sure: %RH; nil where no such zone is sure.
  package var zone: ClosedRange<Double>?
  /// What is lost ten %RH away from the optimum, in own SD.
  package var loss: Estimate
  /// The probability that both ends of what was seen slope away, by a test of each: the larger p.
  package var pTwoSided: Double
  /// By how much the optimum moves for one SD more of PM2.5, in %RH; nil without PM2.5.
  package var shift: Estimate?
  /// Of no shift.
  package var pShift: Double?
  /// Humidities that were seen, from the 5th percentile to the 95th.
  package var seen: ClosedRange<Double>
  package var readings: Int
  package var adjustedFor: [String]
}

/// The bell of humidity: a parabola by generalised least squares, which refuses to look beyond what was seen.
package struct HumidityAnalysis: Sendable {
  /// Fewer days with a reading and the air's humidity say nothing.
  package static let leastDays = 90

  package init() {}

  /// Each outcome's optimum, or why there is none.
  package func optima(_ history: History) -> [(outcome: String, result: Result<Optimum, Silence>)] {
    history.curves.map { curve in
      do throws(Silence) {
        return (curve.name, .success(try optimum(curve, history)))
      } catch {
        return (curve.name, .failure(error))
      }
    }
  }

  /// - Throws: a ``Silence`` with what is missing.
  package func optimum(_ curve: Curve, _ history: History) throws(Silence) -> Optimum {
    let fit = try BellFit(curve, history)
    let (b1, b2) = (fit.regression.means[0], fit.regression.means[1])
    let covariance = fit.regression.covariance
    let t = StudentT(df: fit.regression.df).quantile(0.95)
    guard b2 < 0,
      let ends = Fieller.interval(
        a: b1, b: -2 * b2, varianceA: covariance[0, 0], varianceB: 4 * covariance[1, 1],
        covariance: -2 * covariance[0, 1], t: t)
    else {
      throw Silence(
        "no bell is seen: neither dry nor damp air costs \(curve.name) for sure",
        "未见钟形曲线：不能确定干燥或潮湿的空气会使\(curve.chineseName)下降")
    }
    let place = fit.centre + 10 * b1 / (-2 * b2)
    guard fit.seen.contains(place) else {
      throw Silence(
        "the best humidity would lie outside what was seen, "
          + "\(Int(fit.seen.lowerBound.rounded())) to \(Int(fit.seen.upperBound.rounded())) %RH",
        "最适湿度会落在见过的范围之外，即 \(Int(fit.seen.lowerBound.rounded())) 至 "
          + "\(Int(fit.seen.upperBound.rounded())) %RH 之外")
    }
    let se = covariance[1, 1].squareRoot()
    let (shift, pShift) = fit.shift(t: t)
    return Optimum(
      outcome: curve.name,
      optimum: Estimate(
        value: place, low: fit.centre + 10 * ends.low, high: fit.centre + 10 * ends.high),
      zone: fit.zone(loss: 0.2, t: t),
      loss: Estimate(value: -b2, low: -b2 - t * se, high: -b2 + t * se),
      pTwoSided: fit.pTwoSided, shift: shift, pShift: pShift, seen: fit.seen,
      readings: fit.readings, adjustedFor: fit.adjustedFor)
  }
}
