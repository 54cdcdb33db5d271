package import Curves
package import Readings

/// A figure as it is kept with the findings: its data, from which it is drawn in each language.
package struct KeptFigure: Hashable, Sendable, Codable {
  /// What a figure shows.
  package enum Drawing: Hashable, Sendable, Codable {
    case intervals(IntervalFigure)
    case lags(LagFigure)
    case bell(BellFigure)
    case fan(FanFigure)
    case series(SeriesFigure)
  }

  /// For an address: small letters, digits and hyphens.
  package var name: String
  /// `effects`, as of a finding.
  package var analysis: String
  package var person: String
  package var heading: FigureHeading
  /// How many readings it rests on; of products, applications.
  package var readings: Int
  /// How often what it is about occurred; nil where that is not known, or each row has its own.
  package var occasions: Int?
  /// Why nothing is shown; nil where something is.
  package var silence: Silence?
  /// Nil where there is nothing to draw; rows without an estimate are drawn with their reasons.
  package var drawing: Drawing?

  package init(
    name: String, analysis: String, person: String, heading: FigureHeading, readings: Int = 0,
    occasions: Int? = nil, silence: Silence? = nil, drawing: Drawing? = nil
  ) {
    self.name = name
    self.analysis = analysis
    self.person = person
    self.heading = heading
    self.readings = readings
    self.occasions = occasions
    self.silence = silence
    self.drawing = drawing
  }

  /// The figure with its words in a language, and how much it rests on.
  package func figure(in language: Language) -> Figure {
    drawn(in: language).noted(grounds.text(in: language))
  }

  private func drawn(in language: Language) -> Figure {
    switch drawing {
    case .intervals(let figure)?: return figure.figure(in: language)
    case .lags(let figure)?: return figure.figure(in: language)
    case .bell(let figure)?: return figure.figure(in: language)
    case .fan(let figure)?: return figure.figure(in: language)
    case .series(let figure)?: return figure.figure(in: language)
    case nil:
      let reason = silence ?? Silence("nothing to show", "没有可显示的内容")
      return .empty(
        title: FigureWord.heading(heading).text(in: language),
        reason: Saying(
          reason.reason(in: .english) + ".", reason.reason(in: .simplifiedChinese) + "。"
        )
        .text(in: language), in: language)
    }
  }

  /// `n = 412 readings, 31 occasions`.
  private var grounds: Saying {
    let noun = analysis == "products" ? Saying("application", "次涂抹") : Saying("reading", "次读数")
    let plural = readings == 1 ? "" : "s"
    let often = occasions.map {
      Saying(", \($0) occasion\($0 == 1 ? "" : "s")", "，事件 \($0) 次")
    }
    return Saying(
      "n = \(readings) \(noun.english)\(plural)" + (often?.english ?? ""),
      "n = \(readings) \(noun.chinese)" + (often?.chinese ?? ""))
  }
}

extension KeptFigure {
  /// A name of an address: `effects`, `me`, `skin.moisture at cheek` make `effects-me-skin-moisture-cheek`.
  ///
  /// What has other letters than those of an address also gets eight digits that tell it from others.
  package static func name(_ parts: String...) -> String {
    let texts = parts.map { $0.replacing(" at ", with: "-") }
    let isPlain = texts.allSatisfy { $0.utf8.allSatisfy { isSmall($0) || separates($0) } }
    let words = texts.joined(separator: "-").utf8.map { letter($0) ?? "-" }
    let name = words.split(separator: "-").map { String($0) }.joined(separator: "-")
    return isPlain ? name : name + "-" + digits(of: parts)
  }

  /// A small letter or a digit.
  private static func isSmall(_ byte: UInt8) -> Bool {
    letter(byte) == Character(UnicodeScalar(byte))
  }

  private static func letter(_ byte: UInt8) -> Character? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      Character(UnicodeScalar(byte))
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Character(UnicodeScalar(byte + 32))
    default: nil
    }
  }

  private static func separates(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
  }

  /// Half of a fingerprint.
  private static func digits(of parts: [String]) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(parts.joined(separator: "\n").utf8)
    return UInt32(truncatingIfNeeded: fingerprint.bits).hexadecimal(digits: 8)
  }

  /// The same figures; a name that another before it has gets a number.
  package static func distinct(_ figures: [KeptFigure]) -> [KeptFigure] {
    var taken: Set<String> = []
    return figures.map { figure in
      var (figure, number) = (figure, 2)
      let name = figure.name
      while !taken.insert(figure.name).inserted {
        figure.name = "\(name)-\(number)"
        number += 1
      }
      return figure
    }
  }
}
