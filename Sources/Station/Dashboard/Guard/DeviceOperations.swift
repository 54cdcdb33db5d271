import Readings

/// The devices that are paired, and how all of them are let go.
struct DeviceOperations: Sendable {
  let pairings: Pairings

  var all: [Operation] { [list, forget] }

  private var list: Operation {
    Operation(
      method: "GET", path: "/api/v1/devices", group: "pairing",
      summary: "The devices that may read the pages from elsewhere",
      reply: .json(
        "In the order they were paired",
        .object([
          .init(
            "devices",
            .list(
              .object([
                .init("name", .text(), "as it calls itself"),
                .init("paired_utc_us", .moment),
              ])))
        ]))
    ) { _ in
      let devices = await pairings.all
      return .json([
        "devices": .list(
          devices.map { ["name": .text($0.name), "paired_utc_us": .integer($0.paired)] })
      ])
    }
  }

  private var forget: Operation {
    Operation(
      method: "DELETE", path: "/api/v1/devices", group: "pairing",
      summary: "Take every pairing back",
      reply: .json("It is done", .object([.init("message", .text(longest: 4096))]))
    ) { _ in
      try await pairings.forgetAll()
      return .json(["message": "every pairing is taken back"])
    }
  }
}
