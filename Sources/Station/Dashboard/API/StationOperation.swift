import Control
import Readings

/// How the station is, and for whom.
struct StationOperation: Sendable {
  let house: House

  var operation: Operation {
    Operation(
      method: "GET", path: "/api/v1/station", group: "live",
      summary: "How the station is, whom it is for, and what the light of the day is",
      reply: .json(
        "How it is",
        .object([
          .init("now_utc_us", .moment), .init("zone", .text()),
          .init("utc_offset_s", .integer(-86_400...86_400)),
          .init(
            "people",
            .list(.object([.init("name", .text()), .init("sites", .list(.text()))]))),
          .init("default_person", .text()),
          .init("kinds", .list(.text()), "of events that are known"),
          .init("is_night", .boolean, "whether the sun is down where the zone's city is"),
          .init("status", .nullable(StationStatus.shape), "null where it does not answer"),
          .init("tap", .nullable(TapMoment.shape)),
        ]))
    ) { _ in .json(json) }
  }

  private var json: JSON {
    let (plan, now) = (house.plan(), house.now)
    return [
      "now_utc_us": .integer(now.microseconds), "zone": .text(plan.zone.name),
      "utc_offset_s": JSON(plan.zone.offsetSeconds(at: now.seconds)),
      "people": .list(
        house.people.map { person in
          ["name": .text(person.name), "sites": .list(person.sites.map { .text($0) })]
        }),
      "default_person": .text(house.defaultPerson),
      "kinds": .list(SkinEvent.knownKinds.map { .text($0) }),
      "is_night": .bool(house.places.isNight(at: now, plan)),
      "status": house.feed.status?.json ?? .null, "tap": house.feed.tap?.json ?? .null,
    ]
  }
}
