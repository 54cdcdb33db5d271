import Glibc
import Readings

/// Where the sun stands over a place, by the low-precision formulas of the Astronomical Almanac (0.01°).
enum Sun {
  /// Somewhere on the Earth, in degrees; north and east are positive.
  struct Place: Hashable, Sendable {
    var latitude: Double
    var longitude: Double
  }

  /// Its centre then stands so far below the horizon at sunset: half its width, and refraction.
  private static let horizon = -0.833

  /// Whether the sun is down.
  static func isDown(at time: Timestamp, over place: Place) -> Bool {
    elevation(at: time, over: place) < horizon
  }

  /// Degrees above the horizon, without refraction.
  static func elevation(at time: Timestamp, over place: Place) -> Double {
    // Days since 2000-01-01 12:00 UTC.
    let days = Double(time.microseconds) / 86_400e6 - 10_957.5
    let meanLongitude = 280.460 + 0.985_647_4 * days
    let anomaly = radians(357.528 + 0.985_600_3 * days)
    let longitude = radians(meanLongitude + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly))
    let obliquity = radians(23.439 - 0.000_000_4 * days)
    let ascension = atan2(cos(obliquity) * sin(longitude), cos(longitude))
    let declination = asin(sin(obliquity) * sin(longitude))
    let sidereal = radians(280.460_618_37 + 360.985_647_366_29 * days + place.longitude)
    let latitude = radians(place.latitude)
    let height =
      sin(latitude) * sin(declination)
      + cos(latitude) * cos(declination) * cos(sidereal - ascension)
    return asin(height) * 180 / .pi
  }

  private static func radians(_ degrees: Double) -> Double {
    degrees.truncatingRemainder(dividingBy: 360) * .pi / 180
  }
}
