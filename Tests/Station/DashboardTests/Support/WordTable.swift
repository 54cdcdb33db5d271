/// The keys of the tables of words in a script, by language, found by strings and braces alone.
struct WordTable {
  /// The keys of each object that is a language's.
  private(set) var keys: [String: Set<String>] = [:]

  /// The words that stand there as they are, by language and key.
  private(set) var words: [String: [String: String]] = [:]

  private enum Token: Equatable {
    case text(String)
    case mark(Character)
    case word(String)
  }

  init(_ script: String) {
    var way: [String] = []
    var depth = 0
    let tokens = Self.tokens(of: script)
    for (index, token) in tokens.enumerated() {
      let last = index > 0 ? tokens[index - 1] : .mark("{")
      let next = index + 1 < tokens.count ? tokens[index + 1] : .mark("}")
      switch token {
      case .mark("("), .mark("["): depth += 1
      case .mark(")"), .mark("]"): depth -= 1
      case .mark("{") where depth == 0: way.append(Self.name(before: index, tokens))
      case .mark("}") where depth == 0: _ = way.popLast()
      case .text(let key), .word(let key):
        let isKey = next == .mark(":") && (last == .mark("{") || last == .mark(","))
        guard depth == 0, isKey, let language = way.last, ["en", "zh-Hans"].contains(language)
        else { continue }
        keys[language, default: []].insert(key)
        if index + 2 < tokens.count, case .text(let word) = tokens[index + 2] {
          words[language, default: [:]][key] = word
        }
      case .mark: continue
      }
    }
  }

  /// What an object is the value of.
  private static func name(before index: Int, _ tokens: [Token]) -> String {
    guard index > 1, tokens[index - 1] == .mark(":") || tokens[index - 1] == .mark("=") else {
      return ""
    }
    switch tokens[index - 2] {
    case .text(let name), .word(let name): return name
    case .mark: return ""
    }
  }

  private static func tokens(of script: String) -> [Token] {
    var tokens: [Token] = []
    var rest = Substring(script)
    while let first = rest.popFirst() {
      if first == "/", rest.first == "/" {
        rest = rest.drop { $0 != "\n" }
      } else if first == "/", rest.first == "*" {
        while !rest.isEmpty, !rest.hasPrefix("*/") { rest.removeFirst() }
        rest = rest.dropFirst(2)
      } else if "\"'`".contains(first) {
        tokens.append(.text(quoted(&rest, by: first)))
      } else if first.isLetter || first == "_" || first == "$" {
        let more = rest.prefix { $0.isLetter || $0.isNumber || "_$".contains($0) }
        rest = rest.dropFirst(more.count)
        tokens.append(.word(String(first) + more))
      } else if !first.isWhitespace {
        tokens.append(.mark(first))
      }
    }
    return tokens
  }

  private static func quoted(_ rest: inout Substring, by quote: Character) -> String {
    var text = ""
    while let next = rest.popFirst(), next != quote {
      if next == "\\", let escaped = rest.popFirst() {
        text.append(escaped)
      } else if quote == "`", next == "$", rest.first == "{" {
        var depth = 0
        repeat {
          guard let inner = rest.popFirst() else { return text }
          if inner == "{" { depth += 1 } else if inner == "}" { depth -= 1 }
          if "\"'`".contains(inner) { _ = quoted(&rest, by: inner) }
        } while depth > 0
      } else {
        text.append(next)
      }
    }
    return text
  }
}
