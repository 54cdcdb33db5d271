import Settings
import Testing

/// What a text is refused for, one printed line for each fault; empty where it is accepted.
func faults(_ text: String) -> [String] {
  do {
    _ = try Settings.read(text: text, file: "f")
    return []
  } catch {
    return error.faults.map(\.description)
  }
}

@Suite struct FaultTests {
  @Test("a fault names file, line, column, key, what is wrong and the mend")
  func faultIsPrintedInFull() {
    let text = """
      parts:
        - part: pmsa003i
        - part: bme280
          address: 0x88
      """
    #expect(
      faults(text).first
        == "f:4:14: parts[1].address: 0x88 is not an I²C address: use 0x03 to 0x77")
  }

  @Test(
    "each wrong line is refused with its mend",
    arguments: [
      ("air:\n  evry: 60 s", "f:2:3: air.evry: unknown key: did you mean `every`?"),
      ("tiem: 1", "f:1:1: tiem: unknown key: did you mean `time`?"),
      ("air:\n  every: 60", "f:2:10: air.every: `60` has no unit: write `60 s`"),
      (
        "air:\n  every: 60 x",
        "f:2:10: air.every: `x` is not a unit of time: use µs, ms, s, min, h or d"
      ),
      ("air:\n  every: 0 s", "f:2:10: air.every: 0 s is out of range: use 1 s to 1 h"),
      ("air:\n  every: 2,5 s", "f:2:10: air.every: `2,5 s` has a decimal comma: write `2.5 s`"),
      (
        "air:\n  every: soon",
        "f:2:10: air.every: `soon` is not a number: write a number and its unit"
      ),
      (
        "air:\n  every: [1 s]",
        "f:2:10: air.every: one value is wanted here: write it behind the colon"
      ),
      (
        "air:\n  every:",
        "f:2:9: air.every: there is no value: give one, or leave the key out for the default"
      ),
      (
        "backup: {folder: backups}",
        "f:1:18: backup.folder: `backups` is not an absolute path: begin it with `/`"
      ),
      ("backup: {keep: 0}", "f:1:16: backup.keep: 0 is out of range: use 1 to 1000"),
      (
        "diary: /d\nbackup: {folder: /d}",
        "f:2:18: backup.folder: `/d` is the diary itself: name a folder, such as "
          + "/var/lib/skin2vec/backups"
      ),
      ("air: 60 s", "f:1:6: air: keys are wanted here: write `key: value` lines, indented"),
      (
        "time:\n  morning: 25:00",
        "f:2:12: time.morning: `25:00` is not a time of day: write hours and minutes: `04:00`"
      ),
      (
        "time:\n  evening: 03:00",
        "f:2:12: time.evening: the evening (03:00) must begin after the morning (04:00): "
          + "give two times of one day; the evening then lasts until the next morning"
      ),
      (
        "diary: diary.sqlite",
        "f:1:8: diary: `diary.sqlite` is not an absolute path: begin it with `/`"
      ),
      (
        "tap:\n  steady_spread: 5 pF",
        "f:2:18: tap.steady_spread: `pF` is not the unit here: give it in %"
      ),
      (
        "tap:\n  maximum_touches: 2.5",
        "f:2:20: tap.maximum_touches: `2.5` is not a whole number: write a number from 1 to 20"
      ),
      (
        "journal:\n  warn_when_volatile: true",
        "f:2:23: journal.warn_when_volatile: `true` is neither `yes` nor `no`: write `yes` or `no`"
      ),
      (
        "people: []",
        "f:1:9: people: the list is empty: fill it, or leave the key out for the default"
      ),
      (
        "parts: sen55",
        "f:1:8: parts: a list is wanted here: write `[…]` or lines that begin with `- `"
      ),
      ("people:\n  - sites: [chin]", "f:2:5: people[0]: `name` is missing: add `name: me`"),
      (
        "people:\n  - name: a b",
        "f:2:11: people[0].name: `a b` is not a name: use 1 to 32 letters, digits, `_` and `-`"
      ),
      (
        "people:\n  - name: anna\n    sites: [chin, chin]",
        "f:3:19: people[0].sites[1]: `chin` is in the list already: take it out"
      ),
      (
        "people:\n  - name: anna\n  - name: anna",
        "f:3:11: people[1].name: `anna` is in the list already: give each their own name"
      ),
      (
        "people:\n  - name: anna\ndefault_person: ana",
        "f:3:17: default_person: `ana` is not one of the people: did you mean `anna`?"
      ),
      (
        "floors:\n  skin.moisture: 0 index",
        "f:2:18: floors.skin.moisture: 0 index is out of range: use 0.001 to 100000 index"
      ),
      (
        "floors:\n  skin.moistur: 2 index",
        "f:2:3: floors.skin.moistur: unknown key: did you mean `skin.moisture`?"
      ),
      (
        "lines:\n  contact: {chip: a, lin: 3}",
        "f:2:12: lines.contact: `line` is missing: add `line: 17`"
      ),
      (
        "calibration:\n  moisture: {air: 12.05 pF}",
        "f:2:19: calibration.moisture.air: air and the reference are less than 0.1 pF apart: "
          + "measure both again: 'skin2vec calibrate moisture'"
      ),
      (
        "calibration:\n  moisture: {reference: 1 pF}",
        "f:2:25: calibration.moisture.reference: the reference is below air, so that wet skin "
          + "would read as dry: measure both again: 'skin2vec calibrate moisture'"
      ),
      (
        "calibration:\n  force: {zero: 26400 counts}",
        "f:2:17: calibration.force.zero: at rest the probe would read the whole supply or more: "
          + "make `zero` smaller than `supply`"
      ),
      (
        "calibration:\n  air:\n    air.temperature: {polynomial: [0, 1, -0.01]}",
        "f:3:35: calibration.air.air.temperature.polynomial: the correction must rise everywhere, "
          + "and does not at 50 °C: give c0, c1, c2 of c0 + c1·x + c2·x²"
      ),
      (
        "calibration:\n  air:\n    air.temperature: {offset: -0.4, factor: 1}",
        "f:3:31: calibration.air.air.temperature.offset: `-0.4` has no unit: write `-0.4 °C`"
      ),
      (
        "calibration:\n  air:\n    air.humidity: {offset: 1 %RH, polynomial: [0, 1]}",
        "f:3:47: calibration.air.air.humidity.polynomial: the correction is given twice: keep the "
          + "polynomial, or `offset` and `factor`"
      ),
      (
        "calibration:\n  air:\n    skin.moisture: {offset: 1 index}",
        "f:3:5: calibration.air.skin.moisture: unknown key: use air.temperature, air.humidity, air.pm1, "
          + "air.pm2_5, air.pm4, air.pm10, air.voc_index, air.nox_index, air.co2 or air.pressure"
      ),
      (
        "checks:\n  air.temperature: {range: 18 to 26}",
        "f:2:28: checks.air.temperature.range: `26` has no unit: write `26 °C`"
      ),
      (
        "checks:\n  air.temperature: {range: 26 to 18 °C}",
        "f:2:28: checks.air.temperature.range: 26 to 18 °C is empty: put the smaller number first, "
          + "and two different ones"
      ),
      (
        "checks:\n  air.temperature: {step: 5 K}",
        "f:2:27: checks.air.temperature.step: `K` is not the unit here: give it in °C"
      ),
      (
        "checks:\n  air.temperature: {step: 0 °C}",
        "f:2:27: checks.air.temperature.step: 0 °C is out of range: use 0.001 to 100000 °C"
      ),
      (
        "checks:\n  force: 2 N",
        "f:2:10: checks.force: `2 N` is not from one number to another: write `18 to 26 N`"
      ),
      (
        "checks:\n  since_cleansing: {air.humidity: 40 min}",
        "f:2:21: checks.since_cleansing.air.humidity: unknown key: use skin.moisture, skin.sebum, "
          + "skin.force or skin.temperature"
      ),
      (
        "air:\n  stale_after: 30 s",
        "f:2:16: air.stale_after: values would be stale (30 s) before the next comes (1 min): "
          + "make `stale_after` longer than `every`"
      ),
    ])
  func wrongLine(text: String, expected: String) {
    #expect(faults(text).contains(expected), "got \(faults(text))")
  }

  @Test("every fault of a file is found, in the order of its lines")
  func allFaultsAreFound() {
    let text = """
      diary: x
      colour: red
      air:
        every: 60
        warm_up: never
      tap:
        sebum_touches: 99
      """
    let lines = faults(text).map { $0.split(separator: ":")[1] }
    #expect(lines == ["1", "2", "4", "5", "7"])
  }

  @Test("an empty file, and one of comments only, are the defaults")
  func emptyFileIsTheDefaults() throws {
    #expect(try Settings.read(text: "") == Settings())
    #expect(try Settings.read(text: "# nothing\n---\n") == Settings())
  }

  @Test("a section with all its lines commented out is a section of defaults")
  func emptySectionIsTheDefaults() throws {
    #expect(try Settings.read(text: "air:\n  # every: 60 s\n") == Settings())
  }

  @Test("a key given twice is refused at its line")
  func duplicateKey() {
    #expect(
      faults("air:\n  every: 60 s\n  every: 30 s")
        == ["f:2:3: `every` is given twice in one place: keep one of them"])
  }

  @Test("a tab is refused with the line it stands in")
  func tab() throws {
    let fault = try #require(faults("air:\n\tevery: 60 s").first)
    #expect(fault.hasPrefix("f:2:1: "))
    #expect(
      fault.hasSuffix("indent with spaces, not tabs, and quote a value that begins with a sign"))
  }

  @Test("a bracket that is never closed is refused", arguments: ["people: [", "a: {b", "\"x"])
  func unclosed(text: String) {
    #expect(faults(text).count == 1)
  }

  @Test("a file that is a list is refused")
  func list() {
    #expect(
      faults("- air") == ["f:1:1: the file is not made of keys: write `key: value` lines"])
  }

  @Test("a second document is refused rather than ignored")
  func secondDocument() {
    #expect(faults("diary: /a\n---\ndiary: /b").count == 1)
  }

  @Test("a file that is not there is said to be so, without a line")
  func missingFile() {
    #expect {
      try Settings.read(path: "/nowhere/skin2vec.yaml")
    } throws: { error in
      "\(error)".hasPrefix("/nowhere/skin2vec.yaml: cannot be read: No such file or directory: ")
    }
  }
}
