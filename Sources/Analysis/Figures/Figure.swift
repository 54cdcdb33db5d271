package import Readings

/// A figure as SVG text that stands on its own: no scripts, no fonts or files from elsewhere.
///
/// It has a title and a description for those who do not see it, colours that colour-blind people can tell
/// apart (Okabe and Ito) and never colour alone, and follows dark mode and print by CSS variables.
package struct Figure: Hashable, Sendable {
  package var title: String
  /// What it shows, in words.
  package var description: String
  package var width: Double
  package var height: Double
  /// Of all words in it; default: English.
  package var language: Language
  /// Elements inside the drawing; text in it is escaped.
  var body: String

  init(
    title: String, description: String, width: Double, height: Double, body: String,
    language: Language = .english
  ) {
    self.title = title
    self.description = description
    self.width = width
    self.height = height
    self.body = body
    self.language = language
  }

  /// The same with a line of small words below it.
  func noted(_ words: String) -> Figure {
    var figure = self
    figure.height += 20
    figure.description += " " + words
    figure.body += label(words, x: 12, y: height + 10, style: "s2v-small")
    return figure
  }

  /// The SVG element.
  ///
  /// - Parameters:
  ///   - id: unique on the page; other characters than letters, digits and hyphens become hyphens.
  ///   - styled: whether it brings its style; a page with several figures may hold `style` once.
  /// - Returns: text that is well-formed XML by itself, and may stand within HTML.
  package func svg(id: String = "figure", styled: Bool = true) -> String {
    let id = String(
      id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" as Character })
    let size = "\(coordinate(width)) \(coordinate(height))"
    let paper = tag(
      "rect", [("class", "s2v-paper"), ("width", "100%"), ("height", "100%")])
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"s2v\" viewBox=\"0 0 \(size)\" "
      + "width=\"\(coordinate(width))\" height=\"\(coordinate(height))\" role=\"img\" "
      + (language == .english ? "" : "lang=\"\(language.rawValue)\" ")
      + "aria-labelledby=\"\(id)-title \(id)-desc\">"
      + tag("title", [("id", "\(id)-title")], text: title)
      + tag("desc", [("id", "\(id)-desc")], text: description)
      + (styled ? "<style>\(Self.style)</style>" : "") + paper + body + "</svg>"
  }

  /// A figure of nothing, which says so.
  package static func empty(
    title: String, reason: String, in language: Language = .english
  ) -> Figure {
    let size = (width: 720.0, height: 120.0)
    let body =
      heading(title, width: size.width)
      + shortened(
        reason, to: 110, x: size.width / 2, y: 70, anchor: "middle", style: "s2v-silent")
    return Figure(
      title: title, description: reason, width: size.width, height: size.height, body: body,
      language: language)
  }

  /// The style that all figures share, for a page's own `style` element.
  package static let style = """
    .s2v{--ink:#1b1b1b;--muted:#666;--grid:#e2e2e2;--paper:#fff;--one:#0072b2;--two:#d55e00;\
    --three:#007e5c;max-width:100%;height:auto;font:12px system-ui,sans-serif}\
    @media (prefers-color-scheme:dark){.s2v{--ink:#ececec;--muted:#a0a0a0;--grid:#3a3a3a;\
    --paper:#161616;--one:#56b4e9;--two:#e69f00;--three:#2fc79d}}\
    @media print{.s2v{--ink:#000;--muted:#555;--grid:#ddd;--paper:#fff;--one:#0072b2;\
    --two:#d55e00;--three:#007e5c}}\
    .s2v text{fill:var(--ink)}.s2v .s2v-head{font-size:14px;font-weight:600}\
    .s2v .s2v-small{fill:var(--muted);font-size:11px}\
    .s2v .s2v-silent{fill:var(--muted);font-style:italic}\
    .s2v .s2v-paper{fill:var(--paper)}.s2v .s2v-grid{stroke:var(--grid);fill:none}\
    .s2v .s2v-axis{stroke:var(--muted);fill:none}\
    .s2v .s2v-one{stroke:var(--one);fill:none;stroke-width:1.6}\
    .s2v .s2v-two{stroke:var(--two);fill:none;stroke-width:1.6;stroke-dasharray:6 3}\
    .s2v .s2v-three{stroke:var(--three);fill:none;stroke-width:1.6;stroke-dasharray:2 3}\
    .s2v .s2v-dot{fill:var(--one);stroke:none}\
    .s2v .s2v-hollow{fill:var(--paper);stroke:var(--one);stroke-width:1.6}\
    .s2v .s2v-bar{fill:var(--one);fill-opacity:.55;stroke:var(--one)}\
    .s2v .s2v-best{fill:var(--two);fill-opacity:.7;stroke:var(--two)}\
    .s2v .s2v-band{fill:var(--one);fill-opacity:.18;stroke:none}\
    .s2v .s2v-band2{fill:var(--two);fill-opacity:.16;stroke:none}\
    .s2v .s2v-base{fill:var(--three);fill-opacity:.14;stroke:none}\
    .s2v .s2v-alarm{stroke:var(--two);fill:none;stroke-width:1.6}\
    .s2v .s2v-epoch{stroke:var(--ink);fill:none;stroke-dasharray:4 3}\
    .s2v .s2v-event{stroke:var(--three);fill:none;stroke-dasharray:1 3}
    """
}
