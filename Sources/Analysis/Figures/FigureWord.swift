internal import Curves
package import Readings

/// A word or a heading of a figure, kept as what it means, so that it can be said in each language.
package enum FigureWord: Hashable, Sendable, Codable {
  /// A name that stays: a product's, a person's own word.
  case asWritten(String)
  /// A curve: `skin.moisture at cheek`.
  case outcome(String)
  /// A curve as the diary writes it in English, and by its words in Chinese.
  case curve(String)
  /// A kind of event: `late_night`.
  case event(String)
  /// `own SD`, `%RH`; nothing where it is empty.
  case unit(String)
  case heading(FigureHeading)
  /// Below an axis, the effect of an event at its strongest.
  case peakEffect
  case relativeHumidity
  /// Above an axis, what is lost against the best humidity.
  case againstBest
  case uplift(hours: Double)
  case difference
  /// One product's uplift minus the other's.
  case differenceOf(String, String)
  /// Below an axis, days assigned to an event less days without.
  case assigned
  /// Below an axis, what a given air changes.
  case changeByAir
  case lowParticles
  case highParticles
  case changeFrom(LocalDate)
  case newEpoch
}

/// What a figure is about.
package enum FigureHeading: Hashable, Sendable, Codable {
  /// All events on one outcome; the first part is 0.
  case effects(outcome: String, part: Int)
  case lags(outcome: String, event: String)
  case humidity(outcome: String)
  case alarm(outcome: String, noticed: LocalDate)
  case forecast(outcome: String)
  /// Two products, or none where all that were compared are drawn.
  case products([String])
  case whatIf(channel: String, value: Double, unit: String, days: Int)
  /// What if PM2.5 stays high, where it is not measured.
  case whatIfNothing
  case trial(event: String, start: LocalDate)
  case noTrial
}

extension FigureWord: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self = .asWritten(text) }

  package func text(in language: Language) -> String { saying.text(in: language) }

  private var saying: Saying {
    switch self {
    case .asWritten(let text): Saying(text, text)
    case .outcome(let name): Saying { Spoken.outcome(name, in: $0) }
    case .curve(let name): Saying(name, Spoken.outcome(name, in: .simplifiedChinese))
    case .event(let kind): Saying { Spoken.event(kind, in: $0) }
    case .unit(let unit): Saying { Spoken.unit(unit, in: $0) }
    case .heading(let heading): heading.saying
    case .peakEffect: Saying("effect at its strongest, own SD", "最强时的影响（个人标准差）")
    case .relativeHumidity: Saying("relative humidity, %", "相对湿度（%）")
    case .againstBest: Saying("against the best, own SD", "与最佳相比（个人标准差）")
    case .uplift(let hours):
      Saying(
        "mean over \(shortNumber(hours)) hours, index", "\(shortNumber(hours)) 小时平均（指数）")
    case .difference: Saying("difference", "差值")
    case .differenceOf(let one, let other): Saying("\(one) − \(other)", "\(one) − \(other)")
    case .assigned: Saying("days assigned less days without, own SD", "安排的日子减去不安排的日子（个人标准差）")
    case .changeByAir: Saying("largest difference, own SD", "最大差异（个人标准差）")
    case .lowParticles: Saying("PM2.5 one SD below mean", "PM2.5 低于均值一个标准差")
    case .highParticles: Saying("PM2.5 one SD above mean", "PM2.5 高于均值一个标准差")
    case .changeFrom(let date):
      Saying(
        "change from about \(date) on",
        "约自\(Spoken.date(date, in: .simplifiedChinese))起变化")
    case .newEpoch: Saying("new epoch", "新的测量时期")
    }
  }
}

extension FigureHeading {
  fileprivate var saying: Saying {
    switch self {
    case .effects(let outcome, let part):
      Self.each(outcome) {
        Saying(
          $0 + ": effects of events" + (part > 0 ? ", continued" : ""),
          $1 + "：各类事件的影响" + (part > 0 ? "（续）" : ""))
      }
    case .lags(let outcome, let event):
      Self.each(outcome) {
        Saying("\($0) after \(event)", "\(Self.chinese(event))之后的\($1)")
      }
    case .humidity(let outcome): Self.each(outcome) { Saying($0 + " over humidity", $1 + "与湿度") }
    case .alarm(let outcome, let noticed):
      Self.each(outcome) {
        Saying(
          "\($0): change noticed on \(noticed)",
          "\($1)：\(Spoken.date(noticed, in: .simplifiedChinese))发现变化")
      }
    case .forecast(let outcome): Self.each(outcome) { Saying($0 + ": forecast", $1 + "：预测") }
    case .products(let names):
      names.isEmpty
        ? Saying("Hydration uplift of products", "各产品的水分提升")
        : Saying(
          "Hydration uplift of \(names.joined(separator: " and "))",
          names.map(Spoken.padded).joined(separator: "与") + "的水分提升")
    case .whatIf(let channel, let value, let unit, let days):
      Saying(
        "If \(Spoken.channel(channel, in: .english)) stays at \(shortNumber(value)) \(unit) for "
          + "\(days) \(days == 1 ? "day" : "days")",
        "若\(Spoken.padded(Spoken.channel(channel, in: .simplifiedChinese)))连续 \(days) 天保持 "
          + "\(shortNumber(value)) \(unit)")
    case .whatIfNothing: Saying("If PM2.5 stays high", "若 PM2.5 持续偏高")
    case .trial(let event, let start):
      Saying(
        "Trial of \(event) from \(start)",
        "\(Self.chinese(event))的随机试验，始于"
          + Spoken.date(start, in: .simplifiedChinese))
    case .noTrial: Saying("Randomised trials", "随机试验")
    }
  }

  private static func chinese(_ event: String) -> String {
    Spoken.padded(Spoken.event(event, in: .simplifiedChinese))
  }

  /// What is said of an outcome by its name in English and in Chinese.
  private static func each(_ outcome: String, _ say: (String, String) -> Saying) -> Saying {
    say(
      Spoken.outcome(outcome, in: .english), Spoken.outcome(outcome, in: .simplifiedChinese))
  }
}
