package import Readings

/// Names of the diary as a person reads them; what is not known stays as it was written.
package enum Spoken {
  /// A curve by its name, `skin.moisture at cheek`: `Skin moisture at cheek`, or `皮肤水分（cheek）`.
  package static func outcome(_ name: String, in language: Language) -> String {
    guard let at = name.firstRange(of: " at ") else { return curve(name, in: language) }
    let curve = curve(String(name[..<at.lowerBound]), in: language)
    let site = String(name[at.upperBound...])
    return Saying("\(curve) at \(site)", "\(curve)（\(site)）").text(in: language)
  }

  private static func curve(_ name: String, in language: Language) -> String {
    guard name.hasPrefix("score.") else { return channel(name, in: language) }
    let dimension = String(name.dropFirst(6))
    return Saying("Score of \(dimension), 0 to 5", "\(felt(dimension))评分（0–5）").text(in: language)
  }

  /// A dimension of a score in Chinese.
  private static func felt(_ dimension: String) -> String {
    switch Score.Dimension(rawValue: dimension) {
    case .oil: "出油"
    case .hydration: "水润度"
    case .elasticity: "弹性"
    case .gloss: "光泽度"
    case .sensitivity: "敏感度"
    case nil: dimension
    }
  }

  /// As short as a heading; the channel's own word where it is not known.
  package static func channel(_ name: String, in language: Language) -> String {
    Channel(rawValue: name)?.heading.text(in: language) ?? name
  }

  /// A name within a Chinese sentence: a space stands between its Latin letters and what is around it.
  package static func padded(_ name: String) -> String {
    func isLatin(_ character: Character?) -> Bool {
      character.map { $0.isASCII && ($0.isLetter || $0.isNumber) } ?? false
    }
    return (isLatin(name.first) ? " " : "") + name + (isLatin(name.last) ? " " : "")
  }

  /// `late_night` as it is written, or `熬夜`; a person's own word stays.
  package static func event(_ kind: String, in language: Language) -> String {
    switch language {
    case .english: kind
    case .simplifiedChinese: chineseEvents[kind] ?? kind
    }
  }

  private static let chineseEvents = [
    "late_night": "熬夜", "spicy_food": "辛辣饮食", "alcohol": "饮酒", "stress": "压力", "sun": "日晒",
    "new_product": "使用新产品", "cleansed": "洁面", "moisturised": "涂抹保湿产品",
    "cycle_start": "经期开始", "travel": "旅行", "applied": "涂抹产品", "trial": "随机试验",
    "sport": "运动",
  ]

  /// `own SD` or a channel's unit; an index has the word for it.
  package static func unit(_ unit: String, in language: Language) -> String {
    switch unit {
    case "": ""
    case "index": Saying("index", "指数").text(in: language)
    case "own SD": Saying("own SD", "个人标准差").text(in: language)
    default: unit
    }
  }

  /// What a number was adjusted for.
  package static func adjustment(_ name: String, in language: Language) -> String {
    switch language {
    case .english: name
    case .simplifiedChinese:
      chineseAdjustments[name] ?? chineseEvents[name]
        ?? Channel(rawValue: name)?.heading.chinese ?? name
    }
  }

  private static let chineseAdjustments = [
    "season": "季节", "weekday": "星期", "slot": "早晚时段", "humidity": "湿度", "trend": "趋势",
    "epoch": "测量时期", "side": "左右侧", "baseline": "涂抹前基线", "cycle": "生理周期",
    "cleansing": "洁面", "air not measured": "未测空气的时段", "level": "水平",
  ]

  /// What a number was adjusted for, in Chinese: `已校正季节、星期`.
  package static func adjusted(for names: [String]) -> String {
    guard !names.isEmpty else { return "未作校正" }
    return "已校正" + names.map { adjustment($0, in: .simplifiedChinese) }.joined(separator: "、")
  }

  /// `2026-10-07`, or `2026年10月7日`.
  package static func date(_ date: LocalDate, in language: Language) -> String {
    let (year, month, day) = date.civil
    return Saying("\(date)", "\(year)年\(month)月\(day)日").text(in: language)
  }
}

extension Slot {
  /// `早晨` or `晚间`.
  package var chinese: String { self == .morning ? "早晨" : "晚间" }
}

extension Channel {
  fileprivate var heading: Saying {
    switch self {
    case .skinMoisture: Saying("Skin moisture", "皮肤水分")
    case .skinSebum: Saying("Skin sebum", "皮脂")
    case .skinForce: Saying("Force of the probe", "探头压力")
    case .skinTemperature: Saying("Skin temperature", "皮肤温度")
    case .airTemperature: Saying("Air temperature", "室内温度")
    case .airHumidity: Saying("Relative humidity", "相对湿度")
    case .airPM1: Saying("PM1", "PM1")
    case .airPM2_5: Saying("PM2.5", "PM2.5")
    case .airPM4: Saying("PM4", "PM4")
    case .airPM10: Saying("PM10", "PM10")
    case .airVOCIndex: Saying("VOC index", "VOC 指数")
    case .airNOxIndex: Saying("NOx index", "NOx 指数")
    case .airCO2: Saying("Carbon dioxide", "二氧化碳")
    case .airPressure: Saying("Air pressure", "气压")
    }
  }
}
