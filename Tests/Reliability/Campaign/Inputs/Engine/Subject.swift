/// A decoder that is fed, and what must hold of it whatever it is fed.
///
/// One worker feeds one subject, one input after another.
protocol InputSubject {
  /// Examples of what the decoder is made for.
  var examples: [Example] { get }
  /// Pieces that mean something to the decoder.
  var tokens: [[UInt8]] { get }
  /// Whether lines and numbers are written out in letters.
  var isText: Bool { get }
  /// Sets right what would otherwise be found at once, as checksums, so that what is behind it is
  /// reached.
  func mend(_ bytes: inout [UInt8], _ dice: inout Dice)
  /// Feeds an input.
  ///
  /// - Parameter bytes: The input.
  /// - Returns: What the decoder made of it; the same for the same input.
  /// - Throws: `Broken` where it did what it must never do.
  func feed(_ bytes: [UInt8]) async throws -> Answer
}

extension InputSubject {
  var tokens: [[UInt8]] { [] }
  var isText: Bool { false }
  func mend(_ bytes: inout [UInt8], _ dice: inout Dice) {}
}

/// An input that is known.
struct Example {
  var bytes: [UInt8]
  /// Whether the decoder must take it; otherwise it once did something wrong with it.
  var isValid = true

  init(_ bytes: [UInt8], isValid: Bool = true) {
    self.bytes = bytes
    self.isValid = isValid
  }

  init(_ text: String) { bytes = Array(text.utf8) }
}

/// What a decoder made of an input.
struct Answer: Hashable {
  var isTaken: Bool
  /// What it said, or the values, by a number that is the same for the same words.
  var words: Int

  static func taken(_ words: some Hashable) -> Answer {
    Answer(isTaken: true, words: words.hashValue)
  }
  static func refused(_ words: some Hashable) -> Answer {
    Answer(isTaken: false, words: words.hashValue)
  }
}

/// What must never be, and was.
struct Broken: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }

  /// Throws where something is not so.
  static func unless(_ isSo: Bool, _ words: @autoclosure () -> String) throws {
    if !isSo { throw Broken(words()) }
  }
}

/// A subject by its name, before it is made: it may open files and sockets.
struct SubjectPlan: Sendable {
  var name: String
  /// Which line of the page it is counted in.
  var group: String
  /// How many inputs are for it, beside the others: fewer where each takes its time.
  var share: Int
  var make: @Sendable (Corpus) async throws -> any InputSubject
}
