import Readings
import TestSupport

@testable import Dashboard

/// Shapes, and values that are of them or nearly so.
struct ValueMaker {
  private var random: SeededNumbers

  init(seed: UInt64) { random = SeededNumbers(seed: seed) }

  private mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int(random.unit() * Double(choices.count))]
  }

  mutating func shape(depth: Int) -> Shape {
    let leaves: [Shape] = [
      .text(longest: 2), .choice(["a", "bc"]), .integer(-2...2), .number(-1...1), .number(nil),
      .boolean, .nullable(.integer(0...1)), .text(.name, longest: 3), .text(.note, longest: 2),
    ]
    guard depth > 0, random.unit() < 0.6 else { return pick(leaves) }
    switch Int(random.unit() * 4) {
    case 0: return .list(shape(depth: depth - 1), most: pick([nil, 1, 2]))
    case 1: return .map(shape(depth: depth - 1))
    case 2: return .nullable(shape(depth: depth - 1))
    default:
      return .object([
        .init("a", shape(depth: depth - 1)), .init("b", shape(depth: depth - 1), isRequired: false),
      ])
    }
  }

  mutating func value(near shape: Shape) -> JSON {
    if random.unit() < 0.1 { return pick([.null, true, 0, "a", .list([]), .object([:])]) }
    switch shape {
    case .text: return .text(pick(["", "a", "bc", "def", "defg", "a\u{0}", "水", "\u{200B}"]))
    case .choice(let words): return .text(pick(words + ["b"]))
    case .integer: return pick([.integer(-3), -2, 0, 1, 2, 3, .number(1), .number(0.5)])
    case .number: return .number(pick([-1.1, -1, 0, 0.5, 1, 1.1]))
    case .boolean: return .bool(random.unit() < 0.5)
    case .nullable(let shape): return random.unit() < 0.3 ? .null : value(near: shape)
    case .list(let shape, _):
      return .list((0..<pick([0, 1, 2, 3])).map { _ in value(near: shape) })
    case .map(let shape): return .object(["x": value(near: shape)])
    case .object(let fields):
      var values: [String: JSON] = [:]
      for field in fields where random.unit() < 0.9 {
        values[field.name] = value(near: field.shape)
      }
      if random.unit() < 0.1 { values["z"] = 1 }
      return .object(values)
    }
  }
}
