internal import Curves
internal import Mathematics
internal import Readings

/// Says of an alarm what it is about, since when and how large, on readings up to 75 days after it.
struct AlarmJudge {
  /// Days after an alarm whose readings still count.
  static let daysAfter = 75
  /// A change may have begun so many days before its alarm.
  static let daysBefore = 150

  /// Models of a curve's wandering that the judgement is averaged over.
  static let models = 4
  /// So probable a quiet year is when a season is allowed for, and the alarm may be one.
  static let seasonal = 0.2

  private let history: History
  private let curves: [CurveWatch]
  private let regressors: Regressors
  private let temper: Double

  init(_ history: History, _ curves: [CurveWatch], _ regressors: Regressors, temper: Double) {
    self.history = history
    self.curves = curves
    self.regressors = regressors
    self.temper = temper
  }

  /// Nil where there is too little to judge.
  func alarm(noticed: Int, clearest: Int) -> Alarm? {
    let last = min(history.days - 1, noticed + Self.daysAfter)
    let known = curves.indices.filter { curves[$0].noise != nil }
    let earliest = Grid.day(curves[clearest].start) + 10
    let begins = max(earliest, noticed - Self.daysBefore)..<(noticed + 1)
    guard !begins.isEmpty, !known.isEmpty else { return nil }
    var count = 0
    let pasts = known.map { index in
      let past = readings(of: index, upTo: last)
      count += past.count
      return past
    }
    let kinds = kinds(of: known, pasts, begins: begins, models: Self.models)
    var changes: [CurveChange] = []
    for (order, index) in known.enumerated() {
      let (probability, size) = kinds.change(of: order)
      let curve = curves[index].curve
      changes.append(
        CurveChange(
          curve: curve.name, unit: curve.unit, probability: probability, sizeSD: size,
          size: size.scaled(by: curves[index].noise?.deviation ?? 1)))
    }
    let main = changes[known.firstIndex(of: clearest) ?? 0]
    func rank(_ change: CurveChange) -> Double {
      change.curve == main.curve ? 2 : change.probability
    }
    changes.sort { rank($0) > rank($1) }
    let began = kinds.began()
    var alarm = Alarm(
      curve: main.curve, kind: kinds.kind, probabilities: kinds.probabilities,
      noticedOn: history.firstDate + noticed, judgedUpTo: history.firstDate + last,
      beganEarliest: history.firstDate + began.earliest,
      beganLikely: history.firstDate + began.likely,
      beganLatest: history.firstDate + began.latest, sizeSD: main.sizeSD, size: main.size,
      readings: count, adjustedFor: ["slot"] + regressors.names, changes: changes, sentence: "")
    alarm.mayBeSeason = mayBeSeason(kinds, of: known, pasts, begins: begins, last: last)
    alarm.sentence = AlarmSentence(alarm).text
    return alarm
  }

  /// What happened, by so many models of each curve's wandering.
  private func kinds(
    of known: [Int], _ pasts: [[Hindsight.Reading]], begins: Range<Int>, models: Int,
    season: SeasonPrior? = nil
  ) -> ChangeKinds {
    let ridge = regressors.ridge + (season?.ridge.dropFirst() ?? [])
    let hindsights = zip(known, pasts).map { index, past -> Hindsight in
      let all = curves[index].noise?.spread(models) ?? []
      let each = all.map { model in
        let readings = past.map { reading in
          Hindsight.Reading(
            place: reading.place, value: reading.value / model.scale,
            row: reading.row + (season?.year(reading.place) ?? []))
        }
        return Hindsight(readings, model.wandering, ridge: ridge, begins: begins)
      }
      return Hindsight(each, scales: all.map(\.scale))
    }
    let parts = Watcher.parts(known.map { curves[$0].curve })
    return ChangeKinds(hindsights, parts: parts, temper: temper)
  }

  /// Whether a season, of which two years were not seen yet, would explain it as well.
  private func mayBeSeason(
    _ kinds: ChangeKinds, of known: [Int], _ pasts: [[Hindsight.Reading]], begins: Range<Int>,
    last: Int
  ) -> Bool {
    let hasYears = known.allSatisfy { curves[$0].year.coefficients != [0, 0] }
    guard !hasYears, regressors.season.expected == 0, kinds.kind != .quiet else { return false }
    let season = SeasonPrior(expected: 0.5, firstDay: regressors.season.firstDay)
    let other = self.kinds(of: known, pasts, begins: begins, models: 1, season: season)
    return other.probabilities[.quiet, default: 0] > Self.seasonal
  }

  /// The baseline's readings and those since, as long as the epoch lasts.
  ///
  /// A reading far from the middle of its neighbours counts as less far: it is no change.
  private func readings(of index: Int, upTo last: Int) -> [Hindsight.Reading] {
    let watch = curves[index]
    let first = max(watch.start, (last - CurveWatch.mostDays) * Grid.perDay)
    let read = (first..<((last + 1) * Grid.perDay)).compactMap { place -> Hindsight.Reading? in
      guard watch.curve.epochs[place] == watch.epoch, let value = watch.value(place) else {
        return nil
      }
      return Hindsight.Reading(place: place, value: value, row: regressors.row(place))
    }
    return read.indices.map { index in
      let around = read[max(0, index - 5)..<min(read.count, index + 6)].map(\.value)
      let (middle, most) = (Robust.median(around) ?? 0, ChangeScan.mostSurprise)
      var reading = read[index]
      reading.value = max(middle - most, min(middle + most, reading.value))
      return reading
    }
  }
}
