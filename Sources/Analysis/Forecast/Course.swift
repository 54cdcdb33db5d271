internal import Curves
internal import Mathematics

/// A method that goes along the grid, place by place, and foretells from where it stands.
protocol Course {
  /// Comes to a place, with its reading if there is one.
  mutating func step(_ place: Int, _ value: Double?)
  /// What is expected of the next fourteen places.
  mutating func outlook() -> [Double]
}

/// How far a forecast looks: seven days of two places.
let reach = 7 * Grid.perDay

/// Three harmonics of the week, sine and cosine, for each weekday.
let weekdays: [[Double]] = (0..<7).map { day in
  (1...3).flatMap { harmonic -> [Double] in
    let angle = Double(harmonic * day) * 2 * Double.pi / 7
    return [angle.sine, angle.cosine]
  }
}

/// What the first readings say: where everything begins.
struct Opening {
  /// Places before this one belong to the opening.
  var end: Int
  var mean: Double
  /// Standard deviation, at least the channel's repeatability.
  var deviation: Double
  /// What the slots differ from the mean by, morning and evening.
  var slots: [Double]
  /// So many readings open.
  static let readings = 20

  init(_ curve: Curve) {
    let read = curve.values.indices.filter { curve.values[$0] != nil }.prefix(Self.readings)
    let values = read.compactMap { curve.values[$0] }
    let middle = Robust.mean(values) ?? 0
    end = (read.last ?? -1) + 1
    mean = middle
    deviation = max(Robust.deviation(values) ?? 0, curve.floor, 1e-9 * max(1, middle.magnitude))
    slots = (0..<Grid.perDay).map { slot in
      let own = read.filter { $0 % Grid.perDay == slot }.compactMap { curve.values[$0] }
      // Few readings of a slot say little of it.
      return own.reduce(0) { $0 + $1 - middle } / Double(own.count + 2)
    }
  }
}

/// The last reading of each slot.
struct NaiveCourse: Course {
  private var last: [Double]
  private var place = -1

  init(_ opening: Opening) {
    last = opening.slots.map { $0 + opening.mean }
  }

  mutating func step(_ place: Int, _ value: Double?) {
    self.place = place
    if let value { last[place % Grid.perDay] = value }
  }

  func outlook() -> [Double] { (1...reach).map { last[(place + $0) % Grid.perDay] } }
}

/// Exponential smoothings side by side; whichever erred least so far is listened to.
struct SmoothingCourse: Course {
  private var bank: [ExponentialSmoothing]
  private var squares: [Double]
  /// Old errors count less.
  private static let kept = 0.99

  /// Only a level, and the slots' habit that hardly changes.
  static func ewma(_ opening: Opening) -> SmoothingCourse {
    let bank = [0.02, 0.04, 0.07, 0.12, 0.2, 0.35, 0.5].map {
      ExponentialSmoothing(
        level: $0, trend: 0, season: 0.02, damping: 0, height: opening.mean,
        seasons: opening.slots)
    }
    return SmoothingCourse(bank: bank)
  }

  /// Level, slot or weekday and slot, with and without a damped trend.
  static func ets(_ opening: Opening) -> SmoothingCourse {
    var bank: [ExponentialSmoothing] = []
    let week = (0..<reach).map { opening.slots[$0 % Grid.perDay] }
    for seasons in [opening.slots, week] {
      for level in [0.02, 0.05, 0.1, 0.2, 0.35, 0.6] {
        for season in [0.01, 0.08] {
          for (trend, damping) in [(0.0, 0.0), (0.1 * level, 0.9)] {
            bank.append(
              ExponentialSmoothing(
                level: level, trend: trend, season: season, damping: damping,
                height: opening.mean, seasons: seasons))
          }
        }
      }
    }
    return SmoothingCourse(bank: bank)
  }

  private init(bank: [ExponentialSmoothing]) {
    self.bank = bank
    squares = Array(repeating: 0, count: bank.count)
  }

  mutating func step(_ place: Int, _ value: Double?) {
    for index in bank.indices {
      guard let error = bank[index].step(value) else { continue }
      squares[index] = Self.kept * squares[index] + error * error
    }
  }

  func outlook() -> [Double] {
    let best = squares.indices.min { squares[$0] < squares[$1] } ?? 0
    return (1...reach).map { bank[best].expected(ahead: $0) }
  }
}
