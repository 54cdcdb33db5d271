import Figures
import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What an XML parser sees of a figure: the elements in order, each with the text inside it.
final class Drawing: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
  }

  private(set) var elements: [Element] = []
  private(set) var fault: (any Error)?
  private var open: [Int] = []

  init(_ figure: Figure, id: String = "figure", styled: Bool = true) {
    super.init()
    let parser = XMLParser(data: Data(figure.svg(id: id, styled: styled).utf8))
    parser.delegate = self
    if !parser.parse() { fault = parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { _ = open.popLast() }

  func all(_ name: String, style: String? = nil) -> [Element] {
    elements.filter { $0.name == name && (style == nil || $0.attributes["class"] == style) }
  }

  var texts: [String] { all("text").map(\.text) }

  func number(_ element: Element, _ key: String) -> Double {
    element.attributes[key].flatMap { Double($0) } ?? .nan
  }
}
