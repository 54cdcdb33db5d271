/// The habits and the skin of a simulated person.
package struct PersonPlan: Hashable, Sendable {
  /// When the person taps, counted from local midnight, and how much that varies.
  package struct Habit: Hashable, Sendable {
    package var time: Duration
    /// The standard deviation; never more than three of them.
    package var deviation: Duration

    package init(time: Duration, deviation: Duration) {
      self.time = time
      self.deviation = deviation
    }
  }

  /// How one index of one site goes through the days.
  package struct Level: Hashable, Sendable {
    package var mean: Double
    /// Added in the morning and taken away in the evening.
    package var morning: Double
    /// Half the difference between summer and winter; the top is in late July.
    package var season: Double
    /// How much of yesterday's deviation is left today, 0 to below 1.
    package var persistence: Double
    /// The standard deviation of the days.
    package var deviation: Double

    package init(
      mean: Double, morning: Double, season: Double, persistence: Double = 0.6, deviation: Double
    ) {
      self.mean = mean
      self.morning = morning
      self.season = season
      self.persistence = persistence
      self.deviation = deviation
    }
  }

  /// A place on the skin; the station asks for them in this order.
  package struct Site: Hashable, Sendable {
    package var name: String
    package var moisture: Level
    package var sebum: Level

    package init(
      name: String = "cheek",
      moisture: Level = Level(mean: 47, morning: -1.5, season: 4, deviation: 2.5),
      sebum: Level = Level(mean: 60, morning: 5, season: 5, deviation: 4)
    ) {
      self.name = name
      self.moisture = moisture
      self.sebum = sebum
    }
  }

  package var morning = Habit(time: .seconds(7 * 3600 + 600), deviation: .seconds(1200))
  package var evening = Habit(time: .seconds(22 * 3600 + 2400), deviation: .seconds(1800))
  package var sites = [Site()]
  /// Good touches at each site; bad ones are repeated.
  package var touches = 5
  /// The repeatability of a touch, as a share of its value: 3 %.
  package var repeatability = 0.03
  /// The shares of slots that are missed, and of touches that are too short or unsteady.
  package var missed = 0.08
  package var tooShort = 0.04
  package var unsteady = 0.04
  /// How often the contact bounces at each edge, at most.
  package var bounces = 3

  package init() {}
}
