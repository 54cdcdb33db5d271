import Settings
import Testing

@Suite struct AirScheduleTests {
  private func faults(_ text: String) -> [String] {
    do {
      _ = try Settings.read(text: text, file: "f")
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  private func options(_ text: String) throws -> [Settings.Part.Options] {
    try Settings.read(text: text).parts.map(\.options)
  }

  @Test("a part may be read at times of its own; without them as `air.every` says")
  func schedules() throws {
    let options = try options(
      """
      parts:
        - {part: bme280, channels: [air.pressure]}
        - {part: sps30, every: 10 s}
        - {part: sht4x, channels: [air.temperature], offset: 20 s}
      """)
    #expect(
      options == [
        .air(channels: [.airPressure], schedule: .init()),
        .air(
          channels: [.airPM1, .airPM2_5, .airPM4, .airPM10], schedule: .init(every: .seconds(10))),
        .air(channels: [.airTemperature], schedule: .init(offset: .seconds(20))),
      ])
  }

  @Test("an offset is below the period, the part's own or that of `air`")
  func offsets() {
    #expect(
      faults("parts: [{part: sen55, every: 10 s, offset: 10 s}]") == [
        "f:1:44: parts[0].offset: the offset (10 s) is not below the period (10 s): "
          + "make it shorter than `every`"
      ])
    #expect(
      faults("parts:\n  - part: sen55\n    offset: 45 s\nair:\n  every: 30 s") == [
        "f:3:13: parts[0].offset: the offset (45 s) is not below the period (30 s): "
          + "make it shorter than `air.every`"
      ])
    #expect(faults("parts: [{part: sen55, offset: 59 s}]") == [])
  }

  @Test("the parts of the probe have no schedule: they are read when somebody taps")
  func probe() {
    #expect(
      faults("parts: [{part: fdc1004, every: 10 s}]").map { $0.prefix(35) }
        == ["f:1:25: parts[0].every: unknown key"])
  }

  @Test("values are not stale before the next come, also of the part that is read most seldom")
  func staleness() throws {
    let seldom = "parts: [{part: sen55, every: 20 min}]"
    #expect(
      faults(seldom + "\nair: {stale_after: 10 min}") == [
        "f:2:20: air.stale_after: values of parts[0] would be stale (10 min) before the next comes "
          + "(20 min): make `stale_after` longer than the `every` of each part"
      ])
    #expect(try Settings.read(text: seldom).air.staleAfter == .seconds(6000))
    #expect(try Settings.read(text: seldom).health.stoppedAfter == .seconds(2400))
    let often = "parts: [{part: sen55, every: 10 s}]\nair: {every: 30 s}"
    #expect(try Settings.read(text: often).air.staleAfter == .seconds(150))
  }
}
