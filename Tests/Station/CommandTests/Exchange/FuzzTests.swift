import FoundationEssentials
import Readings
import Store
import Testing
import TestSupport

@testable import skin2vec

@Suite(.timeLimit(.minutes(5))) struct FuzzTests {
  private static let good: [(kind: ImportKind, name: String, text: String)] = [
    (
      .air, "wide.csv",
      "time_utc,part,temperature_celsius,humidity_percent\n"
        + (0..<40).map {
          "2020-01-01T00:\($0.padded(to: 2)):00Z,\"a \"\"b\"\"\",20.\($0),4\($0 % 10)\n"
        }
        .joined()
    ),
    (
      .air, "long.ndjson",
      (0..<40).map {
        #"{"time_utc":"2020-01-01T00:\#($0.padded(to: 2)):00Z","channel":"air.pm1","value":\#($0)}"#
          + "\n"
      }.joined()
    ),
    (
      .events, "events.csv",
      "time_utc,kind,weight,note\r\n"
        + (0..<40).map { "2020-01-01T00:\($0.padded(to: 2)):00Z,sun,0.5,\"a, b\nµ\"\r\n" }.joined()
    ),
    (
      .touches, "touches.csv",
      "time_utc,channel,value,samples,reason\n"
        + (0..<40).map { "2020-01-01T\($0 / 2):00:00Z,skin.moisture,4\($0),1 2 3,\n" }.joined()
    ),
  ]

  /// Bytes that mean something to a parser.
  private static let meaningful = Array(",\"\n\r;:{}[]\\-+.eE0NAu \0".utf8) + [0xC3, 0xFF, 0xEF]

  @Test("whatever becomes of a good file, every line is taken, known or refused", arguments: 0..<4)
  func mutated(index: Int) async throws {
    let (kind, name, text) = Self.good[index]
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let store = try bench.store()
      var numbers = SeededNumbers(seed: UInt64(index) + 1)
      for round in 0..<300 {
        let path = bench.folder.appending(path: name).path
        try Data(Self.mutate(Array(text.utf8), &numbers)).write(to: URL(filePath: path))
        guard let file = try? ImportFile(path: path, form: Self.form(kind, path)) else { continue }
        var options = ImportOptions(kind, source: name)
        options.isDryRun = round % 2 == 0
        let counts = try await store.importLines(
          options, at: Bench.stamp(Bench.midnight), next: { try file.next() },
          hear: { refusals, _ in
            let isTold = refusals.allSatisfy {
              $0.line > 0 && !$0.reason.isEmpty && !$0.mend.isEmpty
            }
            #expect(isTold)
          }, announcing: { _ in Notice(.imported, "") })
        #expect(counts.taken + counts.known + counts.refused == counts.lines)
      }
      try await store.close()
    }
  }

  private static func form(_ kind: ImportKind, _ path: String) -> ImportForm {
    ImportForm(
      kind: kind, format: FileFormat(path: path), map: "", timeFormat: .iso, zone: .utc,
      now: Bench.midnight, part: "a", person: Person("me"), site: Site("cheek"),
      plan: DayPlan(zone: .utc))
  }

  /// Changes, cuts, doubles or adds a few bytes.
  private static func mutate(_ bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &numbers) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &numbers)
      let byte = meaningful.randomElement(using: &numbers) ?? 0
      switch numbers.next() % 6 {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes[place] ^= 1 << UInt8(numbers.next() % 8)
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + 30))
      default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 60)], at: place)
      }
    }
    return bytes
  }
}
