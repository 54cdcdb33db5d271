import Readings
import Testing

@testable import Acquisition

@Suite("a touch judged as one") struct TouchJudgeTests {
  private func measure(_ channel: Channel, _ refusal: TouchRefusal?) -> Touch.Measure {
    Touch.Measure(
      channel: channel, raw: 1, rawUnit: .counts, value: 50, spread: 1, samples: [1],
      refusal: refusal, part: "part")
  }

  private func together(
    moisture: TouchRefusal?, sebum: TouchRefusal?
  ) -> [TouchRefusal?] {
    TouchJudge(rules: TapRules()).together([
      measure(.skinMoisture, moisture), measure(.skinSebum, sebum),
    ]).map(\.refusal)
  }

  @Test(
    "what is wrong with the touch is wrong with every channel of it",
    arguments: [TouchRefusal.tooShort, .tooLight, .tooHard, .unsteady])
  func ofTheTouch(refusal: TouchRefusal) {
    #expect(together(moisture: refusal, sebum: nil) == [refusal, refusal])
  }

  @Test("a part that could not be read takes nothing from the other")
  func ofOnePart() {
    #expect(together(moisture: .absent(.timedOut), sebum: nil) == [.absent(.timedOut), nil])
    #expect(together(moisture: nil, sebum: .absent(.outOfRange)) == [nil, .absent(.outOfRange)])
  }

  @Test("a channel keeps its own reason")
  func ownReason() {
    #expect(
      together(moisture: .unsteady, sebum: .absent(.notPresent))
        == [.unsteady, .absent(.notPresent)])
  }
}
