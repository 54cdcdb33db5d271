/// What a station must be told, beside its inputs, to live the taped time again.
package struct TapeHeader: Hashable, Sendable {
  /// Somebody of the house, with the sites in the order of tapping.
  package struct Resident: Hashable, Sendable {
    package var name: String
    package var sites: [String]

    package init(name: String, sites: [String]) {
      self.name = name
      self.sites = sites
    }
  }

  /// The diary's schema version of the program that made the tape.
  package var schemaVersion: Int
  /// What the diary of the taped station was called: a path, or a scenario.
  package var source: String
  /// The configuration file's text; empty for the built-in settings.
  package var settings: String
  /// Take the place of the settings' people.
  package var people: [Resident]
  /// Whose the next session was.
  package var chosen: String
  /// The zone that cut the days, by its IANA name.
  package var zone: String
  /// What the diary was asked at the start, in order, as its answers were written down.
  package var memories: [String] = []
  /// The calibrations in force at the start, as they were written down; empty for the settings' own.
  package var calibrations = ""
  package var bootID: String
  /// When the tape begins, in microseconds since boot.
  package var startMicroseconds: Int64
  package var wall: WallClock

  package init(
    schemaVersion: Int, source: String, settings: String, people: [Resident], chosen: String,
    zone: String, bootID: String, startMicroseconds: Int64, wall: WallClock
  ) {
    self.schemaVersion = schemaVersion
    self.source = source
    self.settings = settings
    self.people = people
    self.chosen = chosen
    self.zone = zone
    self.bootID = bootID
    self.startMicroseconds = startMicroseconds
    self.wall = wall
  }
}

extension TapeHeader {
  var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.number(schemaVersion)
    for text in [source, settings, chosen, zone, bootID] { writer.text(text) }
    writer.number(people.count)
    for resident in people {
      writer.text(resident.name)
      writer.number(resident.sites.count)
      for site in resident.sites { writer.text(site) }
    }
    writer.number(memories.count)
    for text in memories + [calibrations] { writer.text(text) }
    writer.signed(startMicroseconds)
    writer.signed(wall.offset)
    writer.optional(wall.synchronisation)
    return writer.bytes
  }

  init(encoded: [UInt8]) throws(ByteReader.Malformed) {
    var reader = ByteReader(encoded)
    schemaVersion = try reader.count()
    source = try reader.text()
    settings = try reader.text()
    chosen = try reader.text()
    zone = try reader.text()
    bootID = try reader.text()
    people = []
    for _ in 0..<(try reader.count()) {
      var resident = Resident(name: try reader.text(), sites: [])
      for _ in 0..<(try reader.count()) { resident.sites.append(try reader.text()) }
      people.append(resident)
    }
    for _ in 0..<(try reader.count()) { memories.append(try reader.text()) }
    calibrations = try reader.text()
    startMicroseconds = try reader.moment()
    wall = WallClock(offset: try reader.moment(), synchronisation: try reader.optional())
  }
}
