import Readings
import Settings

// Home Assistant finds sensors by retained messages of their own
// (home-assistant.io/integrations/mqtt, "MQTT Discovery").
extension Bulletin {
  /// One topic and content for each sensor; none where discovery is off.
  func discovery() -> [(topic: String, content: JSON)] {
    guard let prefix = mqtt.discovery else { return [] }
    var sensors = airChannels.map { sensor($0, in: .init(topic: airTopic, path: [])) }
    for person in people {
      for slot in Slot.allCases {
        for site in person.sites {
          let place = Place(
            topic: topic(of: person.name, slot), path: ["sites", site],
            names: [person.name, slot.rawValue, site])
          sensors += skinChannels.map { sensor($0, in: place) }
        }
      }
    }
    sensors.append(statusSensor)
    return sensors.map { id, content in ("\(prefix)/sensor/\(id)/config", .object(content)) }
  }

  /// Where in which topic a sensor's channels stand.
  private struct Place {
    var topic: String
    var path: [String]
    /// Whose, when and where; empty for the air.
    var names: [String] = []
  }

  private typealias Sensor = (id: String, content: [String: JSON])

  private func sensor(_ channel: Channel, in place: Place) -> Sensor {
    let id = id(of: place.names + [channel.rawValue])
    let way = (place.path + [channel.shortKey]).map { "['\($0)']" }.joined()
    var content = common(
      id, name: (place.names + [channel.title]).joined(separator: " "), topic: place.topic)
    // An absent value is null, which the template words `None`: not known.
    content["value_template"] = .text("{{ value_json\(way)['\(channel.unitKey)'] }}")
    content["json_attributes_topic"] = .text(place.topic)
    content["json_attributes_template"] = .text("{{ value_json\(way) | tojson }}")
    content["state_class"] = "measurement"
    content["suggested_display_precision"] = JSON(channel.places)
    content["device_class"] = channel.deviceClass.map { .text($0) }
    content["unit_of_measurement"] = channel.homeUnit.map { .text($0) }
    return (id, content)
  }

  private var statusSensor: Sensor {
    let id = id(of: ["status"])
    var content = common(id, name: "Station", topic: statusTopic)
    content["value_template"] = "{{ value_json.state }}"
    content["json_attributes_topic"] = .text(statusTopic)
    content["device_class"] = "enum"
    content["options"] = .list(["sampling", "silent"])
    content["entity_category"] = "diagnostic"
    return (id, content)
  }

  /// What every sensor says.
  private func common(_ id: String, name: String, topic: String) -> [String: JSON] {
    [
      "name": .text(name), "unique_id": .text(id),
      "default_entity_id": .text("sensor." + id),
      "state_topic": .text(topic), "availability_topic": .text(availabilityTopic),
      "device": [
        "identifiers": .list([.text(self.id(of: []))]), "name": "Skin2Vec",
        "manufacturer": "Skin2Vec", "model": "bedside station",
      ],
      "origin": ["name": "skin2vec-mqtt"],
    ]
  }

  /// A sensor's name among all of the house: letters, digits, `_` and `-`, as discovery wants it.
  private func id(of words: [String]) -> String {
    ([mqtt.topic] + words).map(\.asIdentifier).joined(separator: "_")
  }
}

extension String {
  /// With whatever else than ASCII letters, digits and `-` as `_`, and other letters by their number.
  fileprivate var asIdentifier: String {
    unicodeScalars.map { scalar in
      if scalar.isASCII {
        let character = Character(scalar)
        return character.isLetter || character.isNumber || character == "-"
          ? String(character) : "_"
      }
      return "u" + String(scalar.value, radix: 16)
    }.joined()
  }
}
