import Bus
import Readings

/// Holds a diary against what was true and what was done.
struct WiresOracle {
  let house: WiresHouse
  let story: WiresLog.Story
  var figures = WiresFigures()

  init(_ house: WiresHouse, _ story: WiresLog.Story) {
    self.house = house
    self.story = story
  }

  mutating func judge(_ diary: WiresDiary) {
    for part in house.air {
      let rows = diary.air.filter { $0.part == part.name }
      judgeValues(rows, of: part)
      judgeSchedule(rows, of: part)
      judgeReturns(rows, of: part)
    }
    for air in diary.sessionAir { judge(air) }
    for back in story.returns {
      // A bus that is free again is waited for by all; a part may come back by a hand.
      let limit = back.kind.hasPrefix("plugged") || back.kind == "noise" ? 60.0 : 10
      figures.note(back.seconds, of: "\(back.kind): \(back.part) runs", limit: limit)
    }
    judgeTouches(diary)
  }

  /// Whether something was wrong with a part between two moments, in microseconds since boot.
  func hasFault(_ address: I2CAddress, from: Int64, until: Int64) -> Bool {
    story.faults.contains { $0.strikes(address) && $0.from <= until && $0.until >= from }
  }

  // MARK: - The air

  /// How near a part's value is to the truth at best: half its last digit and a little.
  private static func width(of channel: Channel, on part: SupportedPart) -> Double {
    let digit: Double =
      switch (channel, part) {
      case (.airTemperature, .bme280): 0.006
      case (.airTemperature, _): 0.003
      case (.airHumidity, .bme280): 0.02
      case (.airHumidity, _): 0.006
      case (.airPressure, _): 3
      case (.airCO2, _): 0.51
      case (_, .pmsa003i): 0.501
      case (_, .sps30): 0.000_1
      default: 0.051
      }
    return digit + WiresWorld.width(of: channel)
  }

  private mutating func judgeValues(_ rows: [WiresDiary.Air], of part: WiresHouse.Air) {
    for row in rows {
      guard let value = row.value else {
        judgeAbsence(row, of: part)
        continue
      }
      figures.values += 1
      guard row.flag == nil else {
        figures.flagged += 1
        continue
      }
      let truth = WiresWorld.air(row.channel, in: WiresWorld.minute(at: row.time))
      let error = (value - truth).magnitude
      let width = Self.width(of: row.channel, on: part.part)
      // Nothing of the kind was there, from before the moment to long after it.
      let isInvented = story.faults.contains {
        $0.isAway && $0.strikes(part.address) && $0.from < row.time - 3_000_000
          && $0.until > row.time + 20_000_000
      }
      figures.worstError = max(figures.worstError, isInvented ? 1e9 : error / width)
      guard error > width || isInvented else { continue }
      figures.wrong += 1
      figures.find("\(row) should be \(truth)\(isInvented ? ", and was invented" : "")")
    }
  }

  /// How long after a fault a channel may still be missing: a part has to start, and its fan to run.
  private static func aftermath(of channel: Channel) -> Int64 {
    switch channel {
    case .airPM1, .airPM2_5, .airPM4, .airPM10: 200_000_000
    default: 15_000_000
    }
  }

  private mutating func judgeAbsence(_ row: WiresDiary.Air, of part: WiresHouse.Air) {
    let from = row.time - Self.aftermath(of: row.channel)
    let isExplained = hasFault(part.address, from: from, until: row.time + 15_000_000)
    guard !isExplained || row.flag == nil else {
      figures.absentInFault += 1
      return
    }
    figures.unexplained += 1
    figures.find("no fault explains \(row)")
  }

  /// One sample for each moment of the schedule, and at that moment.
  private mutating func judgeSchedule(_ rows: [WiresDiary.Air], of part: WiresHouse.Air) {
    guard let channel = rows.first?.channel else {
      figures.missingRows += 1
      return
    }
    let period = WiresStation.checkedPeriod
    let offset = Int64(part.offset) * 1_000_000
    // The first stands for the start and is on no schedule.
    let times = rows.filter { $0.channel == channel }.map(\.time).dropFirst()
    figures.samples += times.count
    var seen: [Int64: Int] = [:]
    for time in times {
      let number = (time - offset + period / 2) / period
      seen[number, default: 0] += 1
      let deviation = (time - offset - number * period).magnitude
      if hasFault(part.address, from: time - period, until: time) {
        figures.worstDeviationInFault = max(figures.worstDeviationInFault, Int64(deviation))
      } else {
        figures.worstDeviation = max(figures.worstDeviation, Int64(deviation))
        if deviation > 1000 {
          figures.offSchedule += 1
          figures.find("\(part.name) was read at \(time), \(deviation) µs off its schedule")
        }
      }
    }
    guard let first = seen.keys.min() else { return }
    for number in first...((story.end - offset) / period) where seen[number] != 1 {
      figures.missingRows += 1
      figures.find("\(part.name) has \(seen[number] ?? 0) samples at \(number * 60) s")
    }
  }

  /// From the end of a fault to the first sample in which the part gives what it can.
  private mutating func judgeReturns(_ rows: [WiresDiary.Air], of part: WiresHouse.Air) {
    let ends = story.faults.filter { $0.isReplug && $0.strikes(part.address) }
    var next = 0
    let good = rows.filter { $0.value != nil || $0.flag == Absence.warming.rawValue }.map(\.time)
      .sorted()
    for end in ends.sorted(by: { $0.until < $1.until }) {
      let isAlone = !story.faults.contains {
        $0.strikes(part.address) && $0.until > end.until && $0.from < end.until + 75_000_000
      }
      guard isAlone else { continue }
      while next < good.count, good[next] < end.until { next += 1 }
      let seconds = next < good.count ? Double(good[next] - end.until) / 1e6 : .infinity
      // A PMSA003I answers a second after it has its supply and has its first frame 2.3 s later.
      let startUp = part.part == .pmsa003i ? 3.3 : 0.1
      figures.note(
        seconds, of: "first sample of \(part.name) after a new start", limit: 60 + startUp)
    }
  }

  /// What is noted of the air beside a tap is at most five minutes old when it ends.
  private mutating func judge(_ air: WiresDiary.SessionAir) {
    figures.values += 1
    let last = WiresWorld.minute(at: air.time)
    let width = Self.width(of: air.channel, on: .pmsa003i) + 0.1
    let isRight = (last - 6...last + 1).contains {
      (air.value - WiresWorld.air(air.channel, in: $0)).magnitude <= width
    }
    guard !isRight else { return }
    figures.wrong += 1
    figures.find("beside a tap: \(air)")
  }
}

// The taps.
extension WiresOracle {
  private static let parts: [Channel: I2CAddress] = [
    .skinMoisture: 0x50, .skinSebum: 0x29, .skinForce: 0x48, .skinTemperature: 0x48,
  ]

  private mutating func judgeTouches(_ diary: WiresDiary) {
    let measures = Dictionary(grouping: diary.measures, by: \.time)
    if diary.sessions != story.sessions.count {
      figures.halfTouches += 1
      figures.find("\(diary.sessions) sessions in the diary, \(story.sessions.count) were made")
    }
    for session in story.sessions {
      var sebum = 0
      for touch in session {
        figures.touches += 1
        let found = measures[touch.start.microseconds] ?? []
        var wanted: Set<Channel> = [.skinMoisture, .skinForce, .skinTemperature]
        if sebum < 3 { wanted.insert(.skinSebum) }
        if Set(found.map(\.channel)) != wanted || found.count != wanted.count {
          figures.halfTouches += 1
          figures.find("a touch at \(touch.start.microseconds) has \(found)")
        }
        for measure in found { judge(measure, of: touch) }
        sebum += found.count { $0.channel == .skinSebum && $0.reason == nil }
      }
    }
  }

  private mutating func judge(_ measure: WiresDiary.Measure, of touch: WiresWorld.Touch) {
    let (start, end) = (touch.start.microseconds, touch.end.microseconds)
    guard let reason = measure.reason else {
      figures.accepted += 1
      let (truth, width) = WiresWorld.value(measure.channel, of: touch)
      guard let value = measure.value, (value - truth).magnitude <= width else {
        figures.wrongTouches += 1
        figures.find("\(measure) should be \(truth)")
        return
      }
      return
    }
    figures.refused += 1
    // A touch that one part finds fault with counts in no channel.
    let addresses =
      reason.hasPrefix("absent")
      ? [Self.parts[measure.channel]].compactMap(\.self) : Array(Self.parts.values)
    let isExplained = addresses.contains { hasFault($0, from: start - 100_000, until: end) }
    guard !isExplained else { return }
    figures.unexplainedTouches += 1
    figures.find("no fault explains \(measure)")
  }
}
