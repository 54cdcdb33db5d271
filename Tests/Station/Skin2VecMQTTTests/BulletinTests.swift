import Normalisation
import Readings
import Settings
import Testing

@testable import skin2vec_mqtt

@Suite("what is published") struct BulletinTests {
  private let plan = DayPlan(zone: .utc)
  private let climate = "parts: [{part: sht4x}, {part: fdc1004}]\n"

  /// The payload of a topic, of a snapshot at the bench's moment.
  private func payload(
    _ topic: String, _ snapshot: Snapshot, _ bulletin: Bulletin, ahead: Duration = .zero
  ) throws -> String? {
    bulletin.messages(
      snapshot, plan: plan, now: StandingClock.reading(wallClockAhead: ahead)
    ).first { $0.topic == topic }?.payload
  }

  private func air(
    _ temperature: AirReading.State, _ humidity: AirReading.State, ago: Duration = .seconds(60)
  ) -> Snapshot {
    Snapshot(
      air: [
        AirSample(
          stamp: StandingClock.stamp(ago), part: "sht4x 0x44",
          readings: [
            AirReading(.airTemperature, temperature), AirReading(.airHumidity, humidity),
          ])
      ])
  }

  @Test("a usable value is given with its unit and its time; an absent one is null with the reason")
  func airValues() throws {
    let snapshot = air(.value(21.25), .absent(.warming))
    #expect(
      try payload("skin2vec/air", snapshot, Bench.bulletin("", climate)) == """
        {"humidity":{"percent":null,"quality":"absent","reason":"warming",\
        "time_utc_us":1772611140000000},"temperature":{"celsius":21.25,"quality":"ok",\
        "reason":null,"time_utc_us":1772611140000000}}
        """)
  }

  @Test("a value that is not to be used is null with its check, never the last good one")
  func suspect() throws {
    let snapshot = air(.value(35, .suspect, reason: "step"), .value(45, .bad, reason: "range"))
    let text = try payload("skin2vec/air", snapshot, Bench.bulletin("", climate))
    #expect(text?.contains(#""celsius":null,"quality":"suspect","reason":"step""#) == true)
    #expect(text?.contains(#""percent":null,"quality":"bad","reason":"range""#) == true)
  }

  @Test("a sample that is too old is stale by the board's clock, however the wall clock was set")
  func stale() throws {
    // 5 min until a value is stale, and 5 min in which samples are gathered.
    let bulletin = try Bench.bulletin("", climate)
    for ahead in [Duration.zero, .seconds(-7200), .seconds(86_400)] {
      let fresh = air(.value(21), .value(45), ago: .seconds(600))
      let old = air(.value(21), .value(45), ago: .seconds(601))
      #expect(
        try payload("skin2vec/air", fresh, bulletin, ahead: ahead)?.contains("stale") == false)
      let text = try payload("skin2vec/air", old, bulletin, ahead: ahead)
      #expect(text?.contains(#""celsius":null,"quality":"absent","reason":"stale""#) == true)
      let status = try payload("skin2vec/status", old, bulletin, ahead: ahead)
      #expect(status?.contains(#""state":"silent""#) == true)
    }
  }

  @Test("where two parts have given a channel the later sample counts; none is not present")
  func severalParts() throws {
    let snapshot = Snapshot(air: [
      Bench.sample(20, ago: .seconds(30), part: "sht4x 0x44"),
      Bench.sample(30, ago: .seconds(90), part: "bme280 0x76"),
    ])
    let text = try payload("skin2vec/air", snapshot, Bench.bulletin("", climate))
    #expect(text?.contains(#""celsius":20,"#) == true)
    #expect(text?.contains(#""percent":null,"quality":"absent","reason":"notPresent""#) == true)
  }

  private func moisture(
    _ value: Double, of person: String = "me", _ key: SlotKey, z30: Double? = nil
  ) -> SlotValue {
    SlotValue(
      person: Person(person), key: key, channel: .skinMoisture, site: Site("cheek"), value: value,
      spread: 0.5, count: 5, quality: .suspect, reason: "climate", sessionID: 7, epoch: 1,
      normalised: NormalisedValue(
        mean7: 47.5, z7: -0.25, n7: 6, z30: z30, n30: 9, baseline: .forming))
  }

  private var today: SlotKey {
    SlotKey(date: LocalDate(daysSince1970: 20_516), slot: .morning)
  }

  @Test("a slot's values have what they were compared with, their quality and its reason")
  func slot() throws {
    let snapshot = Snapshot(values: [moisture(46.5, today)])
    let text = try payload(
      "skin2vec/me/morning", snapshot, Bench.bulletin(", people: [me]", climate))
    #expect(today.description == "2026-03-04 morning")
    #expect(
      text?.hasSuffix(
        """
        "local_date":"2026-03-04","sites":{"cheek":{"moisture":{"baseline_state":"forming",\
        "count":5,"index":46.5,"ma7_index":47.5,"n30":9,"n7":6,"quality":"suspect",\
        "reason":"climate","spread_index":0.5,"z30":null,"z7":-0.25}}}}
        """) == true)
  }

  @Test("a morning that has begun without a tap is null: yesterday's is not this one's")
  func noTap() throws {
    let yesterday = SlotKey(date: today.date - 1, slot: .morning)
    let evening = SlotKey(date: today.date - 1, slot: .evening)
    let snapshot = Snapshot(values: [moisture(40, yesterday), moisture(50, evening)])
    let bulletin = try Bench.bulletin(", people: [me]", climate)
    let morning = try payload("skin2vec/me/morning", snapshot, bulletin)
    #expect(
      morning?.contains(#""moisture":{"index":null,"quality":"absent","reason":"no_value"}"#)
        == true)
    let last = try payload("skin2vec/me/evening", snapshot, bulletin)
    #expect(last?.contains(#""index":50,"#) == true)
    #expect(last?.contains(#""local_date":"2026-03-03""#) == true)
  }

  @Test("wish 20: nobody's values are published unless the person is named, and then nobody else's")
  func privacy() throws {
    let people = "people: [{name: me}, {name: anna}]\n" + climate
    var values = [moisture(46.5, today), moisture(61.5, of: "anna", today)]
    var evening = moisture(71.5, of: "anna", today)
    evening.key.slot = .evening
    values.append(evening)
    let snapshot = Snapshot(values: values)
    for (named, expected) in [("", []), (", people: [anna]", ["anna"])] {
      let messages = try Bench.bulletin(named, people).messages(
        snapshot, plan: plan, now: StandingClock.reading())
      let topics = messages.map(\.topic).filter { !$0.hasPrefix("homeassistant/") }
      #expect(
        topics == ["skin2vec/air"]
          + expected.flatMap { ["skin2vec/\($0)/morning", "skin2vec/\($0)/evening"] }
          + ["skin2vec/status"])
      let all = messages.map { $0.topic + $0.payload }.joined()
      #expect(!all.contains("46.5"))
      #expect(!all.contains("me_morning"))
      #expect(all.contains("61.5") == !expected.isEmpty)
    }
  }

  @Test("Home Assistant is told of every channel, with class, unit, state class and availability")
  func discovery() throws {
    let bulletin = try Bench.bulletin(", people: [me]", climate)
    let topics = bulletin.messages(Snapshot(), plan: plan, now: StandingClock.reading())
      .map(\.topic).filter { $0.hasPrefix("homeassistant/") }
    #expect(
      topics == [
        "homeassistant/sensor/skin2vec_air_temperature/config",
        "homeassistant/sensor/skin2vec_air_humidity/config",
        "homeassistant/sensor/skin2vec_me_morning_cheek_skin_moisture/config",
        "homeassistant/sensor/skin2vec_me_evening_cheek_skin_moisture/config",
        "homeassistant/sensor/skin2vec_status/config",
      ])
    #expect(
      try payload(topics[0], Snapshot(), bulletin) == """
        {"availability_topic":"skin2vec/availability",\
        "default_entity_id":"sensor.skin2vec_air_temperature","device":{"identifiers":["skin2vec"],\
        "manufacturer":"Skin2Vec","model":"bedside station","name":"Skin2Vec"},\
        "device_class":"temperature","json_attributes_template":"{{ value_json['temperature'] | \
        tojson }}","json_attributes_topic":"skin2vec/air","name":"Air temperature",\
        "origin":{"name":"skin2vec-mqtt"},\
        "state_class":"measurement","state_topic":"skin2vec/air","suggested_display_precision":1,\
        "unique_id":"skin2vec_air_temperature","unit_of_measurement":"°C",\
        "value_template":"{{ value_json['temperature']['celsius'] }}"}
        """)
    let skin = try payload(topics[2], Snapshot(), bulletin)
    #expect(
      skin?.contains("value_json['sites']['cheek']['moisture']['index']") == true)
    #expect(try payload(topics[1], Snapshot(), bulletin)?.contains(#"measurement":"%""#) == true)
  }

  @Test("no discovery, and a topic of one's own")
  func ownTopic() throws {
    let bulletin = try Bench.bulletin(", topic: house/bed, discovery: none", climate)
    let topics = bulletin.messages(Snapshot(), plan: plan, now: StandingClock.reading())
      .map(\.topic)
    #expect(topics == ["house/bed/air", "house/bed/status"])
  }

  @Test("no two sensors of a full house share a name, and each is of letters a topic may have")
  func identifiers() throws {
    let everything = """
      people: [{name: anna, sites: [cheek, chin]}, {name: ärger}, {name: eve_1}]
      parts: [{part: sen66}, {part: bme280, channels: [air.pressure]}, {part: fdc1004},
        {part: tsl2591}, {part: ads1115}]
      """
    let bulletin = try Bench.bulletin(", people: [anna, ärger, eve_1]", everything)
    let ids = bulletin.discovery().map(\.topic)
    #expect(Set(ids).count == 10 + 2 * 4 * (2 + 1 + 1) + 1)
    #expect(ids.count == Set(ids).count)
    #expect(ids.allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9_\/-]+/) != nil })
  }

  @Test("a client's name has letters and digits, and 23 of them at most (3.1.3.1)")
  func clientID() {
    #expect(Order.clientID(host: "rasp-berry.local") == "skin2vecraspberrylocal")
    #expect(Order.clientID(host: "a-very-long-name-of-a-board") == "skin2vecaverylongnameof")
    #expect(Order.clientID(host: "ö") == "skin2vec")
  }
}
