internal import Curves
internal import Readings

extension KeptFigure {
  /// The data behind the drawing: RFC 4180 with a header, units in the columns' names, and numbers with a
  /// point; the same in every language.
  package var csv: String {
    switch drawing {
    case .intervals(let figure)?: Self.table(figure)
    case .lags(let figure)?: Self.table(figure)
    case .bell(let figure)?: Self.table(figure)
    case .fan(let figure)?: Self.table(figure)
    case .series(let figure)?: Self.table(figure)
    case nil: Self.rows([["silence"], [silence?.reason ?? ""]])
    }
  }

  private static func table(_ figure: IntervalFigure) -> String {
    let unit = column(figure.unit)
    let header = [
      "label", "value_\(unit)", "low_\(unit)", "high_\(unit)", "level", "occasions", "silence",
    ]
    return rows(
      [header]
        + figure.rows.map { row in
          let numbers =
            switch row.result {
            case .success(let estimate): self.numbers(estimate)
            case .failure: ["", "", "", ""]
            }
          var reason = ""
          if case .failure(let silence) = row.result { reason = silence.reason }
          return [plain(row.label)] + numbers + [row.occasions.map { "\($0)" } ?? "", reason]
        })
  }

  private static func table(_ figure: LagFigure) -> String {
    let unit = column(figure.unit)
    return rows(
      [["days_after", "effect_\(unit)", "low_\(unit)", "high_\(unit)", "level"]]
        + figure.bars.map { [number($0.lag)] + numbers($0.effect) })
  }

  /// Points of the curves, then the optimum, then the humidities that were seen.
  private static func table(_ figure: BellFigure) -> String {
    let header = [
      "kind", "line", "humidity_percent_rh", "humidity_low_percent_rh", "humidity_high_percent_rh",
      "value_own_sd", "low_own_sd", "high_own_sd",
    ]
    let points = figure.lines.flatMap { line in
      line.points.map {
        ["curve", plain(line.name), number($0.x), "", ""]
          + [$0.value, $0.low, $0.high].map(number)
      }
    }
    var best: [[String]] = []
    if case .success(let optimum)? = figure.optimum {
      best = [
        ["optimum", ""] + [optimum.value, optimum.low, optimum.high].map(number) + ["", "", ""]
      ]
    }
    let seen = figure.seen.map { ["seen", "", number($0), "", "", "", "", ""] }
    return rows([header] + points + best + seen)
  }

  private static func table(_ figure: FanFigure) -> String {
    let unit = column(figure.unit)
    let levels = figure.levels.map { number(($0 * 100).rounded()) }
    let bands = levels.flatMap { ["low_\($0)_\(unit)", "high_\($0)_\(unit)"] }
    let read = figure.values.enumerated().compactMap { place, value in
      value.map {
        day(figure.firstDate, place) + ["read", number($0)] + bands.map { _ in "" }
      }
    }
    let expected = figure.steps.map { step in
      day(figure.firstDate, step.place) + ["expected", number(step.value)]
        + step.bands.flatMap { [number($0.lowerBound), number($0.upperBound)] }
    }
    return rows([["local_date", "slot", "kind", "value_\(unit)"] + bands] + read + expected)
  }

  private static func table(_ figure: SeriesFigure) -> String {
    let header = ["local_date", "slot", "value_\(column(figure.unit))", "may_have_begun", "marks"]
    let places = figure.values.indices.filter { place in
      figure.values[place] != nil || figure.marks.contains { $0.place == place }
    }
    return rows(
      [header]
        + places.map { place in
          let marks = figure.marks.filter { $0.place == place }.map(\.kind.rawValue)
          let isWithin = figure.began?.contains(place) == true
          return day(figure.firstDate, place) + [
            figure.values[place].map(number) ?? "", isWithin ? "1" : "0",
            marks.joined(separator: " "),
          ]
        })
  }

  // MARK: Cells

  private static func day(_ first: LocalDate, _ place: Int) -> [String] {
    ["\(first + place / 2)", place.isMultiple(of: 2) ? "morning" : "evening"]
  }

  private static func numbers(_ estimate: Estimate) -> [String] {
    [estimate.value, estimate.low, estimate.high, estimate.level].map(number)
  }

  /// As short as it can be read back; nothing for what is no number.
  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// As the diary writes it: `late_night`.
  private static func plain(_ word: FigureWord) -> String {
    switch word {
    case .outcome(let name), .curve(let name), .event(let name), .asWritten(let name): name
    default: word.text(in: .english)
    }
  }

  /// A unit within a column's name.
  private static func column(_ unit: String) -> String {
    switch unit {
    case "", "index": "index"
    case "own SD": "own_sd"
    case "%RH": "percent_rh"
    case "°C": "celsius"
    case "µg/m³": "ug_per_m3"
    case "N": "newtons"
    default: unit.lowercased().replacing(" ", with: "_")
    }
  }

  private static func rows(_ rows: [[String]]) -> String {
    rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }

  /// In quotation marks where it must be.
  private static func cell(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { ![",", "\"", "\r", "\n"].contains($0) }
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
