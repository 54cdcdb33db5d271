import FoundationEssentials
import Readings
import Store
import Testing

/// What a test puts into a diary.
enum Planted {
  /// A session at the cheek: for each value a touch; nil for one that was too short.
  static func session(
    _ time: Timestamp, moisture: [Double?], sebum: Double? = nil, person: Person = Person("me"),
    site: Site = Site("cheek")
  ) -> TapSession {
    let touches = moisture.enumerated().map { index, value in
      var measures = [
        Touch.Measure(
          channel: .skinMoisture, raw: 6.5, rawUnit: .picofarads, value: value ?? 3, spread: 0.4,
          samples: [1, 2, 3], refusal: value == nil ? .tooShort : nil, part: "fdc1004 0x50")
      ]
      if let sebum, value != nil {
        measures.append(
          Touch.Measure(
            channel: .skinSebum, raw: 9000, rawUnit: .counts, value: sebum, spread: 1,
            samples: [9000], refusal: nil, part: "tsl2591 0x29"))
      }
      return Touch(
        number: index + 1, site: site, started: Bench.stamp(time + .seconds(2 * index)),
        contact: .milliseconds(1200), measures: measures)
    }
    return TapSession(
      person: person, started: Bench.stamp(time), ended: Bench.stamp(time + .seconds(30)),
      touches: touches, air: [.airTemperature: AirReading(.airTemperature, .value(22.1))],
      verdict: moisture.contains { $0 != nil } ? .saved : .refused)
  }

  static func air(_ time: Timestamp) -> AirSample {
    AirSample(
      stamp: Bench.stamp(time), part: "sen55 0x69",
      readings: [
        AirReading(.airTemperature, .value(22.14)), AirReading(.airHumidity, .value(48.2)),
        AirReading(.airPM2_5, .absent(.warming)),
      ])
  }

  static func notice(
    _ kind: Notice.Kind, _ text: String, _ priority: Notice.Priority, at time: Timestamp
  ) -> Notice {
    Notice(
      kind, text, priority: priority, fields: [.init("SLOT", "evening")], stamp: Bench.stamp(time))
  }
}

extension Store {
  /// Saves a session whose notice does not matter.
  func save(_ session: TapSession) throws { _ = try save(session) { _ in Notice(.tapSaved, "") } }
}

/// JSON as dictionaries, lists and plain values.
func decode(_ text: String) throws -> Any? {
  try JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8)).value
}

/// Any JSON, for tests that look for a few keys.
private struct AnyJSON: Decodable {
  var value: Any?

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      value = flag
    } else if let number = try? container.decode(Double.self) {
      value = number
    } else if let text = try? container.decode(String.self) {
      value = text
    } else if let list = try? container.decode([AnyJSON].self) {
      value = list.map(\.value)
    } else if let object = try? container.decode([String: AnyJSON].self) {
      value = object.mapValues(\.value)
    }
  }
}

/// A value inside JSON by its keys and indices.
func at(_ json: Any?, _ way: Any...) -> Any? {
  way.reduce(json) { json, step in
    switch (json, step) {
    case (let list as [Any?], let index as Int): index < list.count ? list[index] : nil
    case (let object as [String: Any?], let key as String): object[key] ?? nil
    default: nil
    }
  }
}
