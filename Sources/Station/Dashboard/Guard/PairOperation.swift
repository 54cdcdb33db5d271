import Readings

/// How a device becomes a paired one.
struct PairOperation: Sendable {
  let pairings: Pairings

  var operation: Operation {
    Operation(
      method: "POST", path: "/api/v1/pairing", group: "pairing",
      summary: "Pair this device by the code that 'skin2vec web pair' printed on the station",
      body: .object([
        .init("code", .text(.name, longest: 20), "eight digits"),
        .init(
          "name", .text(.name, longest: 100), isRequired: false, "what the device calls itself"),
      ]),
      reply: .json(
        "The device has a cookie now", status: 201,
        .object([.init("message", .text(longest: 4096))]))
    ) { question in
      let content = question.content ?? .null
      let token = try await pairings.pair(
        content["code"]?.asText ?? "", name: content["name"]?.asText ?? "a device",
        now: Timestamp.ofBoard.microseconds)
      guard let token else {
        throw Problem(
          .refused, "that is not the code, or it is out of date",
          hint: "run 'skin2vec web pair' on the station for a new one")
      }
      var answer = Answer.json(["message": "paired"], status: 201)
      // Ten years; no Secure, as the page is served without encryption in the house.
      answer.headers.append(
        (
          "set-cookie",
          "\(Pairings.cookie)=\(token); Path=/; Max-Age=315360000; HttpOnly; SameSite=Strict"
        ))
      return answer
    }
  }
}
