internal import Curves
internal import Mathematics
internal import Readings

/// One curve while it is watched: its baseline so far, its model, its scan.
struct CurveWatch: Sendable {
  /// Days of an epoch before its first model.
  static let learningDays = 90
  /// Readings in them, at least.
  static let learningReadings = 75
  /// A later model rests on readings at least so old, so that it does not learn a change in progress.
  static let lagDays = 20
  /// A model rests on so many days at most.
  static let mostDays = 400
  /// A model is made anew when the baseline has grown by this factor.
  static let growth = 1.5
  static let needs = Saying(
    "\(learningReadings) readings over \(learningDays) days in one epoch",
    "同一测量时期内 \(learningDays) 天的 \(learningReadings) 次读数")

  let curve: Curve
  /// The epoch that is watched; nil before the first reading.
  private(set) var epoch: Int?
  /// The first place of the baseline.
  private(set) var start = 0
  private(set) var noise: CurveNoise?
  private(set) var scan: ChangeScan?
  /// Whitened readings by place, for the correlation between curves.
  private(set) var surprises: [Int: Double] = [:]
  /// The slot's part of a reading, and the level about which surprises are limited.
  private var slots = (morning: 0.0, evening: 0.0)
  private(set) var centre = 0.0
  private(set) var year = SeasonPart()
  /// The first place of each baseline of this epoch.
  private var starts: [Int] = []
  private var daysAtFit: Int?
  private(set) var watchedDays = 0
  private(set) var since: Int?
  private(set) var failure: Silence?

  init(_ curve: Curve) { self.curve = curve }

  /// A reading without its slot's part, in own SD about the level.
  func value(_ place: Int) -> Double? {
    guard let noise, let value = curve.values[place], value.isFinite else { return nil }
    return (value - part(place) - centre) / noise.deviation
  }

  /// What its slot and the time of the year add to a reading.
  private func part(_ place: Int) -> Double {
    (Grid.slot(place) == .morning ? slots.morning : slots.evening) + year.value(place)
  }

  private func readings(in places: Range<Int>) -> [Int] {
    places.filter { curve.values[$0]?.isFinite == true }
  }

  /// Forgets everything where another epoch begins.
  mutating func meetEpoch(day: Int) {
    let places = readings(in: (day * Grid.perDay)..<((day + 1) * Grid.perDay))
    for place in places where curve.epochs[place] != epoch {
      var next = CurveWatch(curve)
      (next.start, next.epoch, next.starts) = (place, curve.epochs[place], [place])
      (next.watchedDays, next.since) = (watchedDays, since)
      self = next
    }
  }

  /// Whether a model is due at the end of the day before this one.
  func isDue(day: Int) -> Bool {
    let age = day - Grid.day(start)
    if let daysAtFit { return Double(age) >= Double(daysAtFit) * Self.growth }
    guard age >= Self.learningDays, noise != nil || age % 15 == 0 else { return false }
    return readings(in: start..<(day * Grid.perDay)).count >= Self.learningReadings
  }

  /// Makes the model from the readings before a day, and scans them again with it.
  mutating func learn(day: Int, _ regressors: Regressors) {
    let isFirst = daysAtFit == nil
    let end = (day - (isFirst ? 0 : Self.lagDays)) * Grid.perDay
    let begin = max(start, end - Self.mostDays * Grid.perDay)
    let places = readings(in: begin..<max(begin, end))
    guard places.count >= Self.learningReadings else {
      rescan(until: day, regressors)
      return
    }
    daysAtFit = day - Grid.day(start)
    slots = slotParts(places)
    if let first = starts.first, day - Grid.day(first) >= SeasonPart.leastDays {
      learnYear(readings(in: first..<end), regressors.season)
    }
    let past = places.map { place in
      CurveNoise.Reading(
        place: place, value: (curve.values[place] ?? 0) - part(place), row: regressors.row(place))
    }
    guard let noise = CurveNoise(past, ridge: regressors.ridge) else {
      failure = Silence(
        "all readings are the same: what does not vary cannot be watched", "读数全都相同：不变化的量无法监测")
      return
    }
    failure = nil
    self.noise = noise
    centre = noise.centre
    rescan(until: day, regressors)
    since = since ?? day
  }

  /// Evening against morning by days that have both, or by slots' means where few have.
  private func slotParts(_ places: [Int]) -> (morning: Double, evening: Double) {
    var differences: [Double] = []
    for place in places where Grid.slot(place) == .evening && place > 0 && place - 1 >= start {
      if let morning = curve.values[place - 1], let evening = curve.values[place] {
        differences.append(evening - morning)
      }
    }
    if differences.count < 10 {
      let mornings = places.filter { Grid.slot($0) == .morning }.compactMap { curve.values[$0] }
      let evenings = places.filter { Grid.slot($0) == .evening }.compactMap { curve.values[$0] }
      guard let early = Robust.mean(mornings), let late = Robust.mean(evenings) else {
        return (0, 0)
      }
      differences = [late - early]
    }
    let half = (Robust.mean(differences) ?? 0) / 2
    return (-half, half)
  }

  private mutating func learnYear(_ places: [Int], _ season: SeasonPrior) {
    year = SeasonPart()
    let values = places.map { (curve.values[$0] ?? 0) - part($0) }
    year =
      SeasonPart(places: places, values: values, starts: starts, season: season) ?? SeasonPart()
  }

  private mutating func rescan(until day: Int, _ regressors: Regressors) {
    guard let noise else { return }
    scan = ChangeScan(noise.wandering, ridge: regressors.ridge)
    surprises = [:]
    for past in Grid.day(start)..<day { advance(day: past, regressors) }
  }

  /// Takes a day's readings in.
  mutating func advance(day: Int, _ regressors: Regressors) {
    guard scan != nil else { return }
    scan?.open(day: day)
    for place in (day * Grid.perDay)..<((day + 1) * Grid.perDay) where place >= start {
      guard let value = value(place) else {
        scan?.skip(place)
        continue
      }
      withUnsafePointer(to: value) {
        scan?.take(
          place, row: regressors.row(place), values: UnsafeBufferPointer(start: $0, count: 1))
      }
      surprises[place] = scan?.whitened.first
    }
  }

  mutating func judge(_ evidence: inout Evidence, curve: Int) {
    watchedDays += scan == nil ? 0 : 1
    scan?.judge(&evidence, curve: curve)
  }

  /// Begins a new baseline after an alarm, with the model as it was.
  mutating func restart(day: Int, _ regressors: Regressors) {
    guard let noise else { return }
    let end = day * Grid.perDay
    let recent = readings(in: max(start, end - 14 * Grid.perDay)..<end)
      .map { (curve.values[$0] ?? 0) - part($0) }
    centre = Robust.median(recent) ?? centre
    start = end
    starts.append(end)
    daysAtFit = nil
    scan = ChangeScan(noise.wandering, ridge: regressors.ridge)
    surprises = [:]
  }

  /// How the limits see it.
  func quiet(day: Int) -> AlarmLimits.Quiet? {
    guard let noise else { return nil }
    let places = start..<max(start + 2, day * Grid.perDay)
    func share(_ slot: Int) -> Double {
      let all = places.filter { $0 % Grid.perDay == slot }
      let read = all.filter { $0 < curve.values.count && curve.values[$0] != nil }
      return min(1, max(0.05, Double(read.count) / Double(max(1, all.count))))
    }
    return AlarmLimits.Quiet(
      noise: noise, isRead: (share(0), share(1)), learned: day - Grid.day(start))
  }

  /// Why it was never watched.
  var silence: Silence? {
    if let failure, since == nil { return failure }
    guard since == nil else { return nil }
    let read = readings(in: curve.values.indices)
    guard let last = read.last else {
      return Silence(
        "no readings; watching needs \(Self.needs.english)", "没有读数；监测需要\(Self.needs.chinese)")
    }
    let here = read.filter { $0 >= start }
    let days = Grid.day(last) - Grid.day(here.first ?? last) + 1
    return Silence(
      "\(here.count) readings over \(days) days in this epoch so far; "
        + "watching needs \(Self.needs.english)",
      "本测量时期目前 \(days) 天内有 \(here.count) 次读数；监测需要\(Self.needs.chinese)")
  }
}
