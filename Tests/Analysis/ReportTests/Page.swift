import Foundation
import Report

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What an XML parser sees of a page: the elements in order, each with all text inside it.
final class Page: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    /// Of those around it, and of its own.
    var path: [Int]
    var text = ""
  }

  private(set) var elements: [Element] = []
  private(set) var fault: (any Error)?
  private var open: [Int] = []

  convenience init(_ report: MonthReport) { self.init(report.html) }

  init(_ html: String) {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    if !parser.parse() { fault = parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes, path: open))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    for index in open { elements[index].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { _ = open.popLast() }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// Elements inside the part under that heading's id.
  func all(_ name: String, in id: String) -> [Element] {
    guard
      let part = elements.firstIndex(where: {
        $0.name == "section" && $0.attributes["aria-labelledby"] == id
      })
    else { return [] }
    return elements.filter { $0.name == name && $0.path.contains(part) }
  }

  /// All text of a part; nil where there is none.
  func text(of id: String) -> String? {
    all("section", in: id).first?.text
  }

  /// The cells of each table's rows, headings too.
  func rows(in id: String) -> [[String]] {
    let rows = elements.indices.filter { elements[$0].name == "tr" }
    let inside = Set(all("tr", in: id).compactMap(\.path.last))
    return rows.filter(inside.contains).map { row in
      elements.filter { ["th", "td"].contains($0.name) && $0.path.contains(row) }.map {
        $0.text.replacing("\u{A0}", with: " ")
      }
    }
  }

  /// Titles of the drawings.
  var figures: [String] {
    elements.filter { element in
      element.name == "title" && element.path.contains { elements[$0].name == "svg" }
        && element.attributes["id"] != nil
    }.map(\.text)
  }
}
