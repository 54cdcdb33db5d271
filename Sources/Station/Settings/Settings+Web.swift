import Glibc

extension Settings {
  /// Where skin2vec-web serves the pages and the interface, and whom it tells of what happens.
  package struct Web: Hashable, Sendable {
    /// Who can reach it; default this board alone.
    package var listen = Listening.board
    /// Default 8047.
    package var port = 8047
    /// Who is told of what happens; default nil: nobody.
    package var webhook: Webhook?

    package init() {}

    /// The addresses that are listened at.
    package enum Listening: Hashable, Sendable {
      /// Those by which the board reaches itself.
      case board
      /// All: whoever is in the house and was paired.
      case house
      /// One of the board's own.
      case address(String)
    }

    /// A program in the house that takes what is posted to it.
    package struct Webhook: Hashable, Sendable {
      /// A name or an address; an IPv6 address without its brackets.
      package var host: String
      package var port: Int
      /// Begins with `/`; with the query, if there is one.
      package var path: String

      package init(host: String, port: Int, path: String) {
        self.host = host
        self.port = port
        self.path = path
      }
    }
  }
}

extension Settings.Web {
  init(_ section: Section) {
    self.init()
    listen = section.value("listen", as: Listening.format, default: listen)
    port = section.value("port", as: .integer(in: 1...65_535), default: port)
    webhook = section.value("webhook", as: .orNone(Webhook.format), default: webhook)
  }
}

extension Settings.Web.Listening: CustomStringConvertible {
  /// As the file and the command line have it.
  package static let format = Format<Self> { text throws(Complaint) in
    switch text {
    case "board": return .board
    case "house": return .house
    case "0.0.0.0", "::":
      throw Complaint("`\(text)` is every address of the board", hint: "write `house` for that")
    default:
      guard isAddress(text) else {
        throw Complaint(
          "`\(text)` is not where a page can be",
          hint: "write `board`, `house`, or an address of this board as 192.168.1.5")
      }
      return .address(text)
    }
  }

  package var description: String {
    switch self {
    case .board: "board"
    case .house: "house"
    case .address(let address): address
    }
  }
}

extension Settings.Web.Webhook: CustomStringConvertible {
  static let format = Format<Self> { text throws(Complaint) in
    let scheme = "http://"
    if text.hasPrefix("https://") {
      throw Complaint(
        "https is not spoken",
        hint: "give an `http://` address in the house; a proxy there can encrypt what goes on")
    }
    guard text.hasPrefix(scheme), let hook = Self(afterScheme: text.dropFirst(scheme.count)) else {
      throw Complaint(
        "`\(text)` is not the address of a program",
        hint: "write it as `http://192.168.1.2:8123/api/webhook/skin`, or `none`")
    }
    return hook
  }

  /// `HOST[:PORT]/PATH`, in plain characters.
  private init?(afterScheme text: Substring) {
    let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard isPlain, text.utf8.count <= 2000, let slash = text.firstIndex(of: "/") else { return nil }
    var (place, port) = (text[..<slash], 80)
    if let colon = place.lastIndex(of: ":"), place.last != "]" {
      let number = place[place.index(after: colon)...]
      guard number.allSatisfy(\.isNumber), let given = Int(number), (1...65_535).contains(given)
      else { return nil }
      port = given
      place = place[..<colon]
    }
    if place.hasPrefix("["), place.hasSuffix("]") {
      place = place.dropFirst().dropLast()
      guard isAddress(String(place)) else { return nil }
    } else {
      guard !place.isEmpty, place.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) })
      else { return nil }
    }
    self.init(host: String(place), port: port, path: String(text[slash...]))
  }

  package var description: String {
    "http://\(host.contains(":") ? "[\(host)]" : host)\(port == 80 ? "" : ":\(port)")\(path)"
  }
}

/// Whether a text is an address by number, IPv4 or IPv6.
private func isAddress(_ text: String) -> Bool {
  var bytes = in6_addr()
  return inet_pton(AF_INET, text, &bytes) == 1 || inet_pton(AF_INET6, text, &bytes) == 1
}
