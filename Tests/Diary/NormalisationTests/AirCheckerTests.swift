import Normalisation
import Readings
import Testing
import TestSupport

/// A channel that is asked once a minute, and what became of what it said.
private struct Minutes {
  var checker: AirChecker
  var channel = Channel.airTemperature
  var minute: Int64 = 0

  init(_ channel: Channel = .airTemperature, _ conversions: [Channel: Conversion] = [:]) {
    self.channel = channel
    checker = AirChecker(limits: Limits(), conversions: conversions)
  }

  /// What is said of the next minute's value, `ok` for nothing.
  mutating func say(_ raw: Double) -> String {
    defer { minute += 1 }
    let (_, quality, reason) = checker.check(raw, of: channel, at: .seconds(minute * 60))
    return quality == .ok ? "ok" : "\(quality.rawValue) \(reason ?? "")"
  }

  mutating func say(_ raws: [Double]) -> [String] {
    var words: [String] = []
    for raw in raws { words.append(say(raw)) }
    return words
  }
}

@Suite("the four faults of other filters")
struct FilterFaultTests {
  @Test("a first value that is an outlier does not poison the window")
  func firstOutlier() {
    var minutes = Minutes()
    #expect(
      minutes.say([58, 21.0, 21.1, 21.0, 21.1, 21.2]) == [String](repeating: "ok", count: 6))
    // And the next outlier is seen.
    #expect(minutes.say(40) == "suspect step")
  }

  @Test("a genuine step is not held up for ever")
  func genuineStep() {
    var minutes = Minutes()
    _ = minutes.say([20, 20, 20, 20, 20])
    let words = minutes.say([30, 30, 30, 30, 30, 30])
    #expect(words == ["suspect step", "suspect step", "suspect step", "ok", "ok", "ok"])
  }

  @Test("a window too short to have a middle says nothing, and hands no glitch back")
  func windowOfOne() {
    var minutes = Minutes()
    // One and two values before it: a glitch is no measure of what follows it, nor is one value.
    #expect(minutes.say([20, 45, 20]) == ["ok", "ok", "ok"])
    // With three there is a middle, which no single glitch moves.
    #expect(minutes.say([20, 45, 20]) == ["ok", "suspect step", "ok"])
  }

  @Test("a restart that is given the past says the same as a station that never stopped")
  func restart() throws {
    var generator = SeededNumbers(seed: 7)
    var raws: [Double] = []
    for minute in 0..<2000 {
      // Calm air with glitches, a night of a part that hangs, and a real step.
      let base = minute > 1200 ? 27.0 : 20
      let value = base + Double.random(in: -0.3...0.3, using: &generator)
      raws.append((500..<900).contains(minute) ? 20.5 : minute % 97 == 3 ? value + 20 : value)
    }
    var whole = Minutes()
    let words = whole.say(raws)
    #expect(words.contains("suspect step") && words.contains("suspect flat"))
    let memory = Int(AirChecker.memory(of: Limits()) / .seconds(60))
    for restart in stride(from: 1, to: raws.count, by: 61) {
      var checker = AirChecker(limits: Limits())
      let position = try #require(AirChecker.position(of: .airTemperature))
      for minute in max(0, restart - memory)..<restart {
        checker.remember(raws[minute], at: position, time: .seconds(Int64(minute) * 60))
      }
      for minute in restart..<min(raws.count, restart + 10) {
        let said = checker.check(
          raws[minute], of: .airTemperature, at: .seconds(Int64(minute) * 60))
        let word = said.quality == .ok ? "ok" : "\(said.quality.rawValue) \(said.reason ?? "")"
        #expect(word == words[minute], "minute \(minute) after a restart at \(restart)")
      }
    }
  }
}

@Suite("checks of the air")
struct AirCheckerTests {
  @Test(
    "a value outside what a channel can be is bad, at its ends it is not",
    arguments: [
      (.airHumidity, 100, "ok"), (.airHumidity, 100.1, "bad range"), (.airHumidity, 0, "ok"),
      (.airHumidity, -0.1, "bad range"), (.airPM2_5, 6553.4, "bad range"),
      (.airCO2, 65_535, "bad range"),
      (.airTemperature, -20.1, "bad range"), (.airPressure, 101_325, "ok"),
      (.airVOCIndex, 0, "bad range"), (.airVOCIndex, 500, "ok"),
    ] as [(Channel, Double, String)])
  func range(channel: Channel, value: Double, word: String) {
    var minutes = Minutes(channel)
    #expect(minutes.say(value) == word)
  }

  @Test("a number that is none is bad and leaves no trace")
  func notANumber() {
    var minutes = Minutes()
    _ = minutes.say([20, 20, 20])
    #expect(minutes.say(.nan) == "bad range")
    #expect(minutes.say(20) == "ok")
  }

  @Test("a step just within the limit passes")
  func smallStep() {
    var minutes = Minutes()
    #expect(minutes.say([20, 20, 20, 25]).last == "ok")
    #expect(minutes.say(25.1) == "suspect step")
  }

  @Test("what is older than a quarter of an hour is no measure of a step")
  func oldWindow() {
    var minutes = Minutes()
    _ = minutes.say([20, 20, 20, 20, 20])
    minutes.minute += 14
    // The last of the five is 15 minutes old, the others are older: too few to say.
    #expect(minutes.say(40) == "ok")
  }

  @Test("a particle count may rise from nothing at once: it has no limit on steps")
  func noStep() {
    var minutes = Minutes(.airPM2_5)
    #expect(minutes.say([3, 3, 3, 400]).last == "ok")
  }

  @Test("a part that says exactly the same for six hours is suspect from then on")
  func flat() {
    var minutes = Minutes(.airHumidity)
    let words = minutes.say([Double](repeating: 45.5, count: 363))
    #expect(words[..<360].allSatisfy { $0 == "ok" })
    #expect(words[360...].allSatisfy { $0 == "suspect flat" })
    #expect(minutes.say(45.51) == "ok")
  }

  @Test("a silence in between ends a flat line: nobody knows what it would have said")
  func flatAfterSilence() {
    var minutes = Minutes(.airHumidity)
    _ = minutes.say([Double](repeating: 45.5, count: 200))
    minutes.minute += 200
    #expect(minutes.say([Double](repeating: 45.5, count: 3)) == ["ok", "ok", "ok"])
  }

  @Test("checks go by what the part said, values by the correction")
  func corrected() throws {
    let warmer = try Conversion(.airTemperature, ["c0": -0.5, "c1": 2])
    var checker = AirChecker(limits: Limits(), conversions: [.airTemperature: warmer])
    for minute in 0..<3 { _ = checker.check(20, of: .airTemperature, at: .seconds(Int64(minute))) }
    let said = checker.check(24, of: .airTemperature, at: .seconds(3))
    #expect(said.value == 47.5)
    // 8 degrees by the value, 4 by what was said.
    #expect(said.quality == .ok)
    // The range is that of the value.
    let hot = checker.check(30.3, of: .airTemperature, at: .seconds(4))
    #expect(hot.value.map { ($0 - 60.1).magnitude < 1e-9 } ?? false)
    #expect(hot.quality == .bad)
  }

  @Test("limits and corrections that change leave the memory as it is")
  func changedLimits() throws {
    var minutes = Minutes()
    _ = minutes.say([20, 20, 20])
    var strict = Limits()
    strict.air[.airTemperature]?.step = 1
    minutes.checker.use(
      strict, [.airTemperature: try Conversion(.airTemperature, ["c0": 9, "c1": 1])])
    #expect(minutes.say(20.9) == "ok")
    #expect(minutes.say(21.1) == "suspect step")
  }

  @Test("every channel of the air has its position")
  func positions() {
    for (index, channel) in AirChecker.channels.enumerated() {
      #expect(AirChecker.position(of: channel) == index)
    }
    #expect(AirChecker.position(of: .skinMoisture) == nil)
  }
}
