import Settings
import Testing

@Suite struct HealthSettingsTests {
  private func faults(_ text: String) -> [String] {
    do {
      _ = try Settings.read(text: text, file: "f")
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  @Test("none lifts the limit of what is written, and off leaves the fan alone")
  func none() throws {
    let settings = try Settings.read(
      text: "health: {written_per_day: none}\nair: {fan_cleaning: off}\ntap: {remind: none}")
    #expect(settings.health.bytesPerDay == nil)
    #expect(settings.air.fanCleaning == nil)
    #expect(settings.tap.remind == Settings.Reminders())
  }

  @Test("a part read every half hour cannot count as stopped after ten minutes")
  func impatience() throws {
    #expect(
      faults("air: {every: 30 min, stale_after: 2 h}\nhealth: {stopped_after: 10 min}") == [
        "f:2:25: health.stopped_after: the air is read every 30 min, and would count as stopped "
          + "after 10 min: make it at least twice as long as `air.every`, and the `every` of "
          + "each part"
      ])
    let patient = try Settings.read(text: "air: {every: 30 min, stale_after: 2 h}")
    #expect(patient.health.stoppedAfter == .seconds(3600))
  }

  @Test("a reminder outside its half of the day is refused; one after midnight is the evening's")
  func reminders() {
    #expect(
      faults("tap: {remind: {morning: 15:00, evening: 09:00}}") == [
        "f:1:25: tap.remind.morning: 15:00 is not in the morning: use 04:00 to 14:00",
        "f:1:41: tap.remind.evening: 09:00 is not in the evening: use 14:00 to 04:00",
      ])
    #expect(faults("tap: {remind: {evening: 01:30}}") == [])
  }

  @Test("one line may switch the supply of two parts, and nothing else")
  func sharedSupply() {
    let parts = """
      parts:
        - {part: sen55, power: {line: 5}}
        - {part: fdc1004, power: {line: 5}}
      """
    #expect(faults(parts) == [])
    #expect(
      faults(parts + "\nlines: {buzzer: {line: 5}}") == [
        "f:2:33: parts[0].power.line: `lines.buzzer` uses the same line of the same chip: "
          + "wire one of them elsewhere"
      ])
  }

  @Test("a bus with options needs its path, and two buses on one device are refused as ever")
  func buses() {
    #expect(
      faults("buses: {main: {rebind: yes}}") == [
        "f:1:15: buses.main: `path` is missing: add `path: /dev/i2c-1`"
      ])
    #expect(
      faults("buses:\n  a: /dev/i2c-1\n  b: {path: /dev/i2c-1}\nparts: [{part: sht4x, bus: a}]")
        .first?.hasPrefix("f:3:6: buses.b: /dev/i2c-1 is called `a` already") == true)
  }
}
