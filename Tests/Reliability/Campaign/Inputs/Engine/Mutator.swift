/// Makes inputs of examples: a few changes each, of the kinds that decoders get wrong.
struct Mutator {
  let examples: [[UInt8]]
  let tokens: [[UInt8]]
  let isText: Bool
  /// What an input may grow to.
  private static let most = 160 * 1024

  init(_ subject: any InputSubject) {
    examples = subject.examples.map(\.bytes)
    tokens = subject.tokens
    isText = subject.isText
  }

  /// Another input.
  func input(_ dice: inout Dice) -> [UInt8] {
    var bytes = dice.pick(examples)
    var changes = 1
    while changes < 12, !dice.isOne(in: 3) { changes += 1 }
    for _ in 0..<changes {
      if isText, dice.isOne(in: 2) { alterText(&bytes, &dice) } else { alter(&bytes, &dice) }
    }
    // A copy, as what is cut off would keep its room.
    return bytes.count > Self.most ? Array(bytes[..<Self.most]) : bytes
  }

  private func alter(_ bytes: inout [UInt8], _ dice: inout Dice) {
    let place = dice.below(bytes.count + 1)
    switch dice.below(11) {
    case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8(dice.below(8)) }
    case 1: if place < bytes.count { bytes[place] = UInt8(dice.below(256)) }
    case 2: bytes.insert(UInt8(dice.below(256)), at: place)
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + dice.below(32)))
    case 4:
      let end = min(bytes.count, place + 1 + dice.below(64))
      bytes.insert(contentsOf: Array(bytes[place..<end]), at: dice.below(bytes.count + 1))
    case 5:
      let other = dice.pick(examples)
      let from = dice.below(other.count + 1)
      let piece = other[from..<min(other.count, from + 1 + dice.below(200))]
      bytes.replaceSubrange(
        place..<min(bytes.count, place + dice.below(piece.count + 1)), with: piece)
    case 6: if dice.isOne(in: 3) { bytes.removeSubrange(place...) }
    case 7 where !tokens.isEmpty: bytes.insert(contentsOf: dice.pick(tokens), at: place)
    case 8 where !tokens.isEmpty: overwrite(&bytes, at: place, with: dice.pick(tokens))
    case 9: overwrite(&bytes, at: place, with: edge(&dice))
    default: swap(&bytes, &dice)
    }
  }

  private func overwrite(_ bytes: inout [UInt8], at place: Int, with piece: [UInt8]) {
    bytes.replaceSubrange(place..<min(bytes.count, place + piece.count), with: piece)
  }

  /// A whole number at an edge of its range, in some width and order of bytes.
  private func edge(_ dice: inout Dice) -> [UInt8] {
    let width = [1, 2, 4, 8][dice.below(4)]
    let top = UInt64.max >> UInt64(64 - 8 * width)
    let number = [0, 1, top, top - 1, top >> 1, (top >> 1) + 1, 0x80, 0x7FFF][dice.below(8)]
    let bytes = (0..<width).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    return dice.isOne(in: 2) ? bytes : bytes.reversed()
  }

  private func swap(_ bytes: inout [UInt8], _ dice: inout Dice) {
    guard bytes.count > 1 else { return }
    let (a, b) = (dice.below(bytes.count), dice.below(bytes.count))
    let piece = Array(bytes[a..<min(bytes.count, a + 1 + dice.below(16))])
    overwrite(&bytes, at: b, with: piece)
  }
}

// Letters.
extension Mutator {
  private func alterText(_ bytes: inout [UInt8], _ dice: inout Dice) {
    switch dice.below(16) {
    case 0...4: replaceNumber(&bytes, &dice)
    case 5, 6: moveLine(&bytes, &dice, isRepeated: true)
    case 7: moveLine(&bytes, &dice, isRepeated: false)
    case 8: bytes.insert(contentsOf: dice.pick(Self.unusual), at: dice.below(bytes.count + 1))
    case 9: bytes.insert(contentsOf: dice.pick(Self.meaningful), at: dice.below(bytes.count + 1))
    case 10: if dice.isOne(in: 4) { endLinesAsWindows(&bytes) }
    case 11: if dice.isOne(in: 4) { bytes.insert(contentsOf: [0xEF, 0xBB, 0xBF], at: 0) }
    case 12: if dice.isOne(in: 6) { nest(&bytes, &dice) }
    case 13: if dice.isOne(in: 40) { lengthen(&bytes, &dice) }
    default: alter(&bytes, &dice)
    }
  }

  /// NUL, bytes that are not UTF-8, letters that look like others or turn the line round.
  private static let unusual: [[UInt8]] = [
    [0], [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0x80],
    [0xE2, 0x80, 0xAE], [0xE2, 0x80, 0xA8], [0xC2, 0x85], [0x1B, 0x5B, 0x32, 0x4A], [0x7F], [0x0B],
    Array("e\u{301}\u{301}\u{301}".utf8), Array("٣".utf8), Array("½".utf8), Array("−".utf8),
  ]

  private static let meaningful = [
    ",", ";", ":", "\"", "'", "\n", "\r\n", "\r", "\t", " ", "{", "}", "[", "]", "\\", "\\u0000",
    "\\ud800", "-", "+", ".", "#", "&a ", "*a", "<<: ", "!!int ", "|\n", ">\n", "? ", "%", "=", "/",
    "../", "null", "true", "NaN", "nan", "inf", "NA", "0x", "~", "---\n", "...\n",
  ].map { Array($0.utf8) }

  private static let numbers = [
    "0", "-0", "1", "-1", "255", "256", "65535", "65536", "2147483647", "2147483648", "-2147483649",
    "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "18446744073709551615", "99999999999999999999999", "1e308", "-1e308",
    "1e309", "1e-400", "4.9e-324", "0.1", "00012", "1e18", "253402300800000000",
    "999999999999999999", "1000000000000000000", "3600000000000000000", "2562047788015216", "24",
    "60", "-62135596800",
  ].map { Array($0.utf8) }

  private func replaceNumber(_ bytes: inout [UInt8], _ dice: inout Dice) {
    let start = dice.below(bytes.count + 1)
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    guard let first = bytes[start...].firstIndex(where: isDigit) else { return }
    let end = bytes[first...].firstIndex { !isDigit($0) && $0 != 0x2E } ?? bytes.count
    bytes.replaceSubrange(first..<end, with: dice.pick(Self.numbers))
  }

  private func moveLine(_ bytes: inout [UInt8], _ dice: inout Dice, isRepeated: Bool) {
    guard !bytes.isEmpty else { return }
    let place = dice.below(bytes.count)
    let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = bytes[place...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    let line = Array(bytes[start..<end])
    if !isRepeated { bytes.removeSubrange(start..<end) }
    let other = dice.below(bytes.count + 1)
    let target = isRepeated ? end : bytes[..<other].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let wanted = isRepeated && dice.isOne(in: 20) ? 1 + dice.below(300) : 1
    // What would be cut off again must not be the campaign's own growth.
    let times = min(wanted, max(1, Self.most / line.count))
    for _ in 0..<times { bytes.insert(contentsOf: line, at: min(target, bytes.count)) }
  }

  private func endLinesAsWindows(_ bytes: inout [UInt8]) {
    bytes = bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
  }

  private func nest(_ bytes: inout [UInt8], _ dice: inout Dice) {
    let piece = dice.pick(["[", "{", "{\"a\":", "[[", "- ", "- - ", "(", "{a: ", "\"", "&a [*a, "])
    let depth = [3, 50, 600, 1100, 20_000][dice.below(5)]
    let pieces = Array(String(repeating: piece, count: depth).utf8)
    bytes.insert(contentsOf: pieces, at: dice.below(bytes.count + 1))
  }

  private func lengthen(_ bytes: inout [UInt8], _ dice: inout Dice) {
    let letter = dice.pick(Array("a0 ,\"\n-:#".utf8))
    let count = [300, 5000, 70_000][dice.below(3)]
    bytes.insert(
      contentsOf: [UInt8](repeating: letter, count: count), at: dice.below(bytes.count + 1))
  }
}
