import Curves
import Findings
import Readings
import Watch

extension Finding {
  /// What has changed, what has not since it is watched, and what cannot be watched yet.
  static func watched(_ result: Result<WatchReport, Silence>, of person: String) -> [Finding] {
    switch result {
    case .failure(let silence):
      [silent("the skin", Saying("the skin", "皮肤"), silence, of: person)]
    case .success(let report):
      report.alarms.map { Finding($0, of: person) }
        + report.watched.map { quiet($0, report, of: person) }
        + report.silences.map { curve, silence in
          silent(curve, Saying(curve, name(curve)), silence, of: person)
        }
    }
  }

  private init(_ alarm: Alarm, of person: String) {
    let chances = AlarmKind.allCases.compactMap { kind in
      alarm.probabilities[kind].map { "\(kind.words) \(percent($0))" }
    }
    let changes = alarm.changes.map {
      "\($0.curve) \(signed($0.size.value, 1)), \(percent($0.probability)) sure"
    }
    self.init(
      analysis: "watch", person: person, subject: alarm.curve, sentence: alarm.sentence,
      chinese: alarm.chineseSentence, isClaim: alarm.kind != .quiet, value: alarm.sizeSD.value,
      low: alarm.sizeSD.low,
      high: alarm.sizeSD.high, level: alarm.sizeSD.level, unit: "own SD",
      readings: alarm.readings, adjustedFor: alarm.adjustedFor,
      details: [
        Detail("outcome", alarm.curve), Detail("kind", alarm.kind.rawValue),
        Detail("noticed_on", "\(alarm.noticedOn)"), Detail("began_on", "\(alarm.beganLikely)"),
        Detail("began, 90 % interval", "\(alarm.beganEarliest) to \(alarm.beganLatest)"),
        Detail("probabilities", chances.joined(separator: ", ")),
        Detail("rests on readings up to", "\(alarm.judgedUpTo)"),
        Detail("all that was watched", changes.joined(separator: "; ")),
        Detail(
          "model",
          "one-step surprises of AR(1), noise and a level; likelihood ratios of steps and ramps; "
            + "limits from simulated quiet years"),
      ])
  }

  private static func quiet(
    _ watched: WatchReport.Watched, _ report: WatchReport, of person: String
  ) -> Finding {
    let alarmed = report.alarms.last { $0.curve == watched.curve }
    let sentence =
      alarmed.map { "\(watched.curve): nothing new since the alarm of \($0.noticedOn)" }
      ?? "\(watched.curve): no change noticed since \(watched.since)"
    let chinese =
      alarmed.map { "自\(Spoken.date($0.noticedOn, in: .simplifiedChinese))发现变化以来没有新情况" }
      ?? "自\(Spoken.date(watched.since, in: .simplifiedChinese))以来未发现变化"
    return Finding(
      analysis: "watch", person: person, subject: watched.curve,
      sentence: "\(sentence) (\(watched.daysWatched) days watched)",
      chinese: "\(name(watched.curve))：\(chinese)（已监测 \(watched.daysWatched) 天）",
      details: [
        Detail("outcome", watched.curve), Detail("watched_since", "\(watched.since)"),
        Detail("false alarms a year, all curves together", decimal(report.budgetPerYear, 2)),
        Detail("own SD of one reading", decimal(watched.deviation, 2)),
        Detail("of the wandering, correlation over a day", decimal(watched.perDay, 2)),
        Detail("of the wandering, share of the variance", percent(watched.share)),
      ])
  }

  private static func name(_ curve: String) -> String {
    Spoken.outcome(curve, in: .simplifiedChinese)
  }

  private static func silent(
    _ curve: String, _ words: Saying, _ silence: Silence, of person: String
  ) -> Finding {
    Finding(
      analysis: "watch", person: person, subject: curve,
      sentence: "whether \(words.english) changes: \(silence.reason)",
      chinese: "\(words.chinese)是否变化：\(silence.reason(in: .simplifiedChinese))",
      silence: silence.reason,
      details: [Detail("outcome", curve)])
  }
}

extension AlarmKind {
  fileprivate var words: String {
    switch self {
    case .quiet: "none"
    case .drift: "drift"
    case .shift: "shift"
    case .deviceJump: "instrument"
    case .undecided: "undecided"
    }
  }
}
