import FoundationEssentials
import Readings
import Testing

@testable import Dashboard

@Suite("the light of the day") struct LightTests {
  /// Sunrise and sunset as almanacs have them, to the minute in UTC.
  private static let almanac: [(place: Sun.Place, date: String, rise: Int?, set: Int?)] = [
    // London, 2026-06-21 and 2026-12-21: 04:43 and 21:21 BST, 08:04 and 15:53 GMT.
    (.init(latitude: 51.5, longitude: -0.13), "2026-06-21", 3 * 60 + 43, 20 * 60 + 21),
    (.init(latitude: 51.5, longitude: -0.13), "2026-12-21", 8 * 60 + 4, 15 * 60 + 53),
    // Quito, 2026-03-20: 06:19 and 18:26 there.
    (.init(latitude: -0.22, longitude: -78.5), "2026-03-20", 11 * 60 + 19, 23 * 60 + 26),
    // Sydney, 2026-06-21: 16:54 there; its sunrise is on the UTC date before.
    (.init(latitude: -33.87, longitude: 151.21), "2026-06-21", nil, 6 * 60 + 54),
  ]

  private func time(_ date: String, _ minute: Int) throws -> Timestamp {
    let days = try #require(LocalDate(date)).daysSince1970
    return .seconds(Int64(days) * 86_400 + Int64(minute) * 60)
  }

  @Test("the sun is up from the almanac's sunrise to its sunset, to within five minutes")
  func almanac() throws {
    for (place, date, rise, set) in Self.almanac {
      if let rise {
        #expect(Sun.isDown(at: try time(date, rise - 5), over: place), "\(date) \(place)")
        #expect(!Sun.isDown(at: try time(date, rise + 5), over: place), "\(date) \(place)")
      }
      if let set {
        #expect(!Sun.isDown(at: try time(date, set - 5), over: place), "\(date) \(place)")
        #expect(Sun.isDown(at: try time(date, set + 5), over: place), "\(date) \(place)")
      }
    }
  }

  @Test("beyond the polar circle the sun is up all of a summer's day, and down all of a winter's")
  func polar() throws {
    let tromso = Sun.Place(latitude: 69.65, longitude: 18.96)
    for minute in stride(from: 0, to: 1440, by: 20) {
      #expect(!Sun.isDown(at: try time("2026-06-21", minute), over: tromso))
      #expect(Sun.isDown(at: try time("2026-12-21", minute), over: tromso))
    }
  }

  @Test(
    "a place is read as the time zone database writes it",
    arguments: [
      ("+5230+01322", 52.5, 13.366_667), ("-3352+15113", -33.866_667, 151.216_667),
      ("+404251-0740023", 40.714_167, -74.006_389), ("-0210-07950", -2.166_667, -79.833_333),
    ])
  func places(text: String, latitude: Double, longitude: Double) throws {
    let place = try #require(Sun.Place(iso6709: text[...]))
    #expect(abs(place.latitude - latitude) < 1e-5)
    #expect(abs(place.longitude - longitude) < 1e-5)
  }

  @Test(
    "what is no place is none",
    arguments: ["", "+5230", "5230+01322", "+5230+1322", "+52x0+01322", "+5230+01322+1"])
  func noPlace(text: String) {
    #expect(Sun.Place(iso6709: text[...]) == nil)
  }

  @Test("a zone whose city is not known has its night from six to six")
  func unknown() throws {
    let places = ZonePlaces(folder: "/nowhere")
    let plan = DayPlan(zone: .utc)
    for (minute, isNight) in [(0, true), (359, true), (360, false), (1079, false), (1080, true)] {
      #expect(places.isNight(at: try time("2026-06-21", minute), plan) == isNight)
    }
  }

  @Test("a zone's city has its own night")
  func known() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "skin2vec-zones-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = "# a remark\nDE\t+5230+01322\tEurope/Berlin\tmost of Germany\nbroken\n"
    try Data(table.utf8).write(to: folder.appending(path: "zone.tab"))
    let places = ZonePlaces(folder: folder.path)
    let plan = DayPlan(zone: try ZoneRules(named: "Europe/Berlin"))
    // 2026-06-21: up at 04:43, down at 21:33 there, two hours before UTC.
    for (minute, isNight) in [(150, true), (180, false), (19 * 60, false), (20 * 60, true)] {
      #expect(places.isNight(at: try time("2026-06-21", minute), plan) == isNight)
    }
  }
}
