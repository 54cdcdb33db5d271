import Control
import Readings

/// What a calibration needs: the probe's readings as they are now, and the new numbers.
struct CalibrationOperations: Sendable {
  let house: House

  var all: [Operation] { [measure, end, calibrate] }

  private static let channels = Shape.choice(
    [Channel.skinMoisture, .skinSebum, .skinForce].map(\.rawValue))
  private static let message = Shape.object([.init("message", .text(longest: 4096))])

  private var measure: Operation {
    Operation(
      method: "POST", path: "/api/v1/calibration/measure", group: "station",
      summary: "Read the probe for about a second; contacts are no taps until the end is said",
      body: .object([.init("channel", Self.channels)]),
      reply: .json(
        "What the part said",
        .object([
          .init("channel", Self.channels), .init("part", .text()),
          .init("raw_unit", .choice(["pF", "counts"])), .init("median", .number(nil)),
          .init("spread", .number(nil)), .init("drift", .number(nil)),
          .init("count", .integer(0...1_000_000)), .init("is_steady", .boolean),
        ]))
    ) { question in
      let channel = question.content?["channel"]?.asText.flatMap { Channel(rawValue: $0) }
      let response = try await house.response(to: .measure(channel ?? .skinMoisture))
      guard case .measured(let measured) = response else {
        throw Problem(.failed, "the station answered something else")
      }
      return .json([
        "channel": .text(measured.channel.rawValue), "part": .text(measured.part),
        "raw_unit": .text(measured.rawUnit.rawValue), "median": .number(measured.median),
        "spread": .number(measured.spread), "drift": .number(measured.drift),
        "count": JSON(measured.count), "is_steady": .bool(measured.isSteady),
      ])
    }
  }

  private var end: Operation {
    Operation(
      method: "POST", path: "/api/v1/calibration/end", group: "station",
      summary: "Nothing more is measured: contacts are taps again", body: .object([]),
      reply: .json("It is so", Self.message)
    ) { _ in
      .json(["message": .text(try await house.said(.endMeasuring).message)])
    }
  }

  private var calibrate: Operation {
    Operation(
      method: "POST", path: "/api/v1/calibrations", group: "station",
      summary: "Put new numbers in force from now on; a new baseline begins",
      body: .object([
        .init("part", .text(.name), "as in the station's status: `fdc1004 0x50`"),
        .init("channel", Self.channels), .init("who", .text(.name), "who did it"),
        .init("why", .text(.note, longest: 1000), "becomes the cause of the new epoch"),
        .init("parameters", .map(.number(nil)), "the unit in each name: `air_picofarads`"),
      ]), reply: .json("They are in force", status: 201, Self.message)
    ) { question in
      let content = question.content ?? .null
      let calibration = Calibration(
        part: content["part"]?.asText ?? "",
        channel: content["channel"]?.asText.flatMap { Channel(rawValue: $0) } ?? .skinMoisture,
        validFrom: house.now, who: content["who"]?.asText ?? "", why: content["why"]?.asText ?? "",
        parameters: (content["parameters"]?.asObject ?? [:]).compactMapValues(\.asNumber))
      return .json(
        ["message": .text(try await house.said(.calibrate(calibration)).message)], status: 201)
    }
  }
}
