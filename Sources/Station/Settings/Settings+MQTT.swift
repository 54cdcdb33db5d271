extension Settings {
  /// Where skin2vec-mqtt publishes, and what.
  package struct MQTT: Hashable, Sendable {
    /// The broker's address or name.
    package var broker: String
    /// Default 1883, the port without encryption.
    package var port = 1883
    /// Default none: the broker lets everybody in.
    package var user: String?
    /// A file that holds the user's password in its first line; default none.
    package var passwordFile: String?
    /// What every topic begins with; default `skin2vec`.
    package var topic = "skin2vec"
    /// What Home Assistant's discovery topics begin with, or nil for none; default `homeassistant`.
    package var discovery: String? = "homeassistant"
    /// Whose values are published; default nobody's: the air only.
    package var people: [String] = []

    package init(broker: String) { self.broker = broker }
  }
}

extension Settings.MQTT {
  /// Reads the section; `people` are those whose values there are.
  init?(_ section: Section, people known: [String]) {
    let broker = section.required("broker", as: Self.host, example: "192.168.1.2")
    self.init(broker: broker ?? "")
    port = section.value("port", as: .integer(in: 1...65_535), default: port)
    user = section.optional("user", as: Self.userFormat)
    passwordFile = section.optional("password_file", as: .path)
    topic = section.value("topic", as: Self.topicFormat, default: topic)
    discovery = section.value("discovery", as: Self.discoveryFormat, default: discovery)
    people =
      section.values("people", as: .word(of: known, what: "one of the people")) ?? people
    if passwordFile != nil, user == nil {
      // MQTT 3.1.1, 3.1.2.9: without a user name there is no password.
      section.refuse(
        "password_file", "there is a password and no user", hint: "add `user: NAME`")
    }
    if let discovery, discovery == topic {
      section.refuse(
        "discovery", "discovery and values would share a topic",
        hint: "leave it at homeassistant, or write `discovery: none`")
    }
    if broker == nil { return nil }
  }

  /// A name or an address alone.
  private static let host = Format<String> { text throws(Complaint) in
    let isPlain = text.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "@")
    }
    guard isPlain, (1...253).contains(text.utf8.count) else {
      throw Complaint(
        "`\(text)` is not the name or the address of a broker",
        hint: "write it alone, as 192.168.1.2; the port and the user have keys of their own")
    }
    guard text.count(where: { $0 == ":" }) != 1 else {
      throw Complaint("`\(text)` has a port in it", hint: "give the port with `port:`")
    }
    return text
  }

  /// A name as brokers have them; the standard's longest is 65,535 bytes (MQTT 3.1.1, 1.5.3).
  private static let userFormat = Format<String> { text throws(Complaint) in
    guard (1...256).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else {
      throw Complaint(
        "the user is empty, longer than 256 bytes, or has control characters in it",
        hint: "give the name that the broker knows")
    }
    return text
  }

  /// Words of letters, digits, `_` and `-` with `/` between: no wildcard, and no empty level.
  private static let topicFormat = Format<String> { text throws(Complaint) in
    let levels = text.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = levels.allSatisfy { level in
      !level.isEmpty
        && level.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
    }
    guard isPlain, text.utf8.count <= 64 else {
      throw Complaint(
        "`\(text)` is not a topic",
        hint: "use up to 64 letters, digits, `_` and `-`, with `/` between, as `home/skin2vec`")
    }
    return text
  }

  private static let discoveryFormat = Format<String?> { text throws(Complaint) in
    text == "none" ? nil : try topicFormat.read(text)
  }
}
