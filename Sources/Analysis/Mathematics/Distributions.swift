internal import CMathematics

#if canImport(Glibc)
  internal import Glibc
#endif

extension Double {
  package var logarithm: Double { log(self) }
  package var exponential: Double { exp(self) }
  package var sine: Double { sin(self) }
  package var cosine: Double { cos(self) }
  /// `self` to the power of `exponent`.
  package func power(_ exponent: Double) -> Double { pow(self, exponent) }
}

/// The logarithm of the gamma function.
package func logGamma(_ x: Double) -> Double { cn_lgamma(x) }

/// The standard normal distribution.
package enum StandardNormal {
  package static func cdf(_ x: Double) -> Double { cn_normal_cdf(x) }
  /// - Returns: NaN outside 0…1.
  package static func quantile(_ p: Double) -> Double { cn_normal_quantile(p) }
  package static func density(_ x: Double) -> Double {
    (-0.5 * x * x).exponential / (2 * Double.pi).squareRoot()
  }
}

/// Student's t with `df` degrees of freedom, above 0.
package struct StudentT: Sendable {
  package var df: Double
  package init(df: Double) { self.df = df }
  package func cdf(_ x: Double) -> Double { cn_t_cdf(x, df) }
  package func quantile(_ p: Double) -> Double { cn_t_quantile(p, df) }
}

/// Fisher's F.
package struct FisherF: Sendable {
  package var df1: Double
  package var df2: Double
  package init(df1: Double, df2: Double) {
    self.df1 = df1
    self.df2 = df2
  }
  package func cdf(_ x: Double) -> Double { cn_f_cdf(x, df1, df2) }
  package func quantile(_ p: Double) -> Double { cn_f_quantile(p, df1, df2) }
}

/// The gamma distribution; with shape df/2 and scale 2 it is chi-squared.
package struct GammaDistribution: Sendable {
  package var shape: Double
  package var scale: Double
  package init(shape: Double, scale: Double) {
    self.shape = shape
    self.scale = scale
  }
  package func cdf(_ x: Double) -> Double { cn_gamma_cdf(x, shape, scale) }
  package func quantile(_ p: Double) -> Double { cn_gamma_quantile(p, shape, scale) }
}

/// The beta distribution on 0…1.
package struct BetaDistribution: Sendable {
  package var a: Double
  package var b: Double
  package init(a: Double, b: Double) {
    self.a = a
    self.b = b
  }
  package func cdf(_ x: Double) -> Double { cn_beta_cdf(x, a, b) }
  package func quantile(_ p: Double) -> Double { cn_beta_quantile(p, a, b) }
}
