internal import Figures

/// An element of the page with text inside it, escaped.
func element(_ name: String, _ attributes: [(String, String)] = [], text: String) -> String {
  element(name, attributes, inside: escaped(text))
}

/// An element of the page with elements inside it, written out with its end: well-formed as XML too.
func element(_ name: String, _ attributes: [(String, String)] = [], inside: String) -> String {
  let written = attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
  return "<\(name)\(written)>\(inside)</\(name)>"
}

/// A list, an item a text.
func list(_ texts: [String]) -> String {
  element("ul", inside: "\n" + texts.map { element("li", text: $0) + "\n" }.joined())
}

/// A table that scrolls by itself where the page is narrow; each row's first cell is its name.
func table(caption: String, columns: [String], rows: [[String]]) -> String {
  let heads = columns.map { element("th", [("scope", "col")], text: $0) }.joined()
  let lines = rows.map { row in
    let cells = row.enumerated().map { index, cell in
      index == 0 ? element("th", [("scope", "row")], text: cell) : element("td", text: cell)
    }
    return element("tr", inside: cells.joined()) + "\n"
  }
  return wide(
    caption,
    element(
      "table",
      inside: element("caption", text: caption) + "\n"
        + element("thead", inside: element("tr", inside: heads)) + "\n"
        + element("tbody", inside: "\n" + lines.joined())))
}

/// A drawing with words below it.
func drawing(_ figure: Figure, id: String, caption: String) -> String {
  element(
    "figure",
    inside: wide(figure.title, figure.svg(id: id, styled: false)) + "\n"
      + element("figcaption", text: caption)) + "\n"
}

/// A box that scrolls sideways, by keyboard too.
private func wide(_ name: String, _ inside: String) -> String {
  element(
    "div", [("class", "wide"), ("role", "group"), ("aria-label", name), ("tabindex", "0")],
    inside: inside) + "\n"
}

/// A part of the page under a heading of the second rank.
struct Section {
  /// Letters and hyphens; unique on the page.
  var id: String
  var title: String
  /// Elements.
  var body: String

  var html: String {
    element(
      "section", [("aria-labelledby", id)],
      inside: "\n" + element("h2", [("id", id)], text: title) + "\n" + body) + "\n"
  }
}

/// A heading of the third rank.
func subheading(_ text: String) -> String { element("h3", text: text) + "\n" }

func paragraph(_ text: String, style: String? = nil) -> String {
  element("p", style.map { [("class", $0)] } ?? [], text: text) + "\n"
}
