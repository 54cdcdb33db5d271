import FoundationEssentials
import Readings
import Store
import Testing
import TestSupport

@testable import skin2vec

@Suite(.timeLimit(.minutes(5))) struct ImportTests {
  @Test("air of another program comes in by a map, with its units, zone and gaps")
  func mapped() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let ending = try await bench.importing(
        "air",
        """
        No,year,month,day,hour,pm2.5,TEMP,PRES,wd
        1,2020,1,1,0,NA,-4,1020.5,NW
        2,2020,1,1,1,12.5,-4.5,1020,NW
        3,2020,1,1,2,,-5,NA,NW
        """, "--part", "beijing", "--zone", "Asia/Shanghai", "--map",
        "year=year,month=month,day=day,hour=hour,pm2.5=air.pm2_5[µg/m³],TEMP=air.temperature[°C],"
          + "PRES=air.pressure[hPa]")
      #expect(ending == .done)
      // 2020-01-01 00:00 in Shanghai is 2019-12-31 16:00 UTC.
      let rows = try await bench.rows(
        """
        SELECT (time_utc_us - 1577808000000000) / 3600000000, channel, value, quality, reason, clock
        FROM v1_air ORDER BY time_utc_us, channel
        """)
      #expect(
        rows == [
          "0 air.pm2_5 – absent notPresent synced", "0 air.pressure 102050.0 ok – synced",
          "0 air.temperature -4.0 ok – synced", "1 air.pm2_5 12.5 ok – synced",
          "1 air.pressure 102000.0 ok – synced", "1 air.temperature -4.5 ok – synced",
          "2 air.pressure – absent notPresent synced", "2 air.temperature -5.0 ok – synced",
        ])
      #expect(bench.complaints.lines == ["not imported: No, wd"])
      #expect(bench.spoken.lines.first == "took 3 lines of air, 0 known, 0 refused, from file.csv")
    }
  }

  @Test("an import is in the diary's own account, and in the log")
  func account() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      _ = try await bench.importing(
        "air", "time_utc,temperature_celsius\n2020-01-01T00:00:00Z,20\n2020-01-01T00:01:00Z,x\n")
      #expect(
        try await bench.rows("SELECT source, what, taken, known, refused FROM import")
          == ["file.csv air 1 0 1"])
      let notice = try await bench.rows("SELECT kind, fields ->> '$.TAKEN' FROM notice")
      #expect(notice == ["imported 1"])
    }
  }

  @Test("a refused line is told with place, reason and mend, and nothing of it is stored")
  func refused() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let report = bench.folder.appending(path: "report.csv").path
      let ending = try await bench.importing(
        "air",
        """
        time_utc,part,temperature_celsius,humidity_percent
        2020-01-01T00:00:00Z,a,20.5,45
        2020-01-01T00:01:00Z,a,twenty,45
        2020-01-01T00:02:00Z,a,20.5
        2020-02-30T00:03:00Z,a,20.5,45
        2020-01-01T00:04:00,a,20.5,45
        2099-01-01T00:00:00Z,a,20.5,45
        2020-01-01T00:06:00Z,a,inf,45
        2020-01-01T00:07:00Z,a,20.5,45
        """, "--report", report)
      #expect(ending == .badData)
      let told = bench.complaints.lines
      #expect(told.count == 6)
      #expect(told[0].contains("file.csv:3: temperature_celsius: `twenty` is not a number; leave"))
      #expect(told[1].contains("file.csv:4: 3 fields where the header has 4"))
      #expect(told[2].contains("file.csv:5: time_utc: `2020-02-30T00:03:00Z` is in no calendar"))
      #expect(told[3].contains("file.csv:6: time_utc: the time does not say its offset"))
      #expect(told[3].contains("--zone"))
      #expect(told[4].contains("file.csv:7: time_utc: the time has not come yet"))
      #expect(told[5].contains("file.csv:8: temperature_celsius: `inf` is not a number"))
      let lines = try bench.text("report.csv").split(separator: "\n")
      #expect(lines.count == 7)
      #expect(lines[1].hasPrefix("3,temperature_celsius,"))
      #expect(try await bench.rows("SELECT count(*), sum(humidity_percent) FROM air") == ["2 90.0"])
    }
  }

  @Test("only the first twenty refused lines are shown")
  func manyRefused() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let lines = (0..<50).map { "2020-01-01T00:\($0.padded(to: 2)):00Z,x\n" }.joined()
      _ = try await bench.importing("air", "time_utc,temperature_celsius\n" + lines)
      #expect(bench.complaints.lines.count == 21)
      #expect(bench.complaints.lines.last == "… and 30 more; --report FILE has them all")
    }
  }

  @Test(
    "with --all-or-nothing, or in a dry run, nothing is stored",
    arguments: ["--all-or-nothing", "--dry-run"])
  func nothing(option: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let ending = try await bench.importing(
        "air", "time_utc,temperature_celsius\n2020-01-01T00:00:00Z,20\n2020-01-01T00:01:00Z,x\n",
        option)
      #expect(ending == .badData)
      for table in ["air", "air_hour", "import", "notice", "part"] {
        #expect(try await bench.rows("SELECT count(*) FROM \(table)") == ["0"])
      }
      #expect(bench.spoken.lines.first?.hasPrefix("took 1") == false)
    }
  }

  @Test("what is there already is known, and what contradicts it is refused, kept or replaced")
  func duplicates() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let header = "time_utc,part,temperature_celsius,humidity_percent\n"
      let line = "2020-01-01T00:00:00Z,a,20.5,45\n"
      let other = "2020-01-01T00:00:00Z,a,21.5,45\n"
      _ = try await bench.importing("air", header + line + line)
      _ = try await bench.importing("air", header + line)
      #expect(try await bench.importing("air", header + other) == .badData)
      #expect(bench.complaints.lines.last?.contains("the diary has 20.5 at this time") == true)
      #expect(try await bench.importing("air", header + other, "--duplicates", "keep") == .done)
      #expect(try await bench.rows("SELECT temperature_celsius FROM air") == ["20.5"])
      #expect(try await bench.importing("air", header + other, "--duplicates", "replace") == .done)
      #expect(
        try await bench.rows("SELECT temperature_celsius, humidity_percent FROM air")
          == ["21.5 45.0"])
      #expect(
        try await bench.rows("SELECT taken, known, refused FROM import")
          == ["1 1 0", "0 1 0", "0 0 1", "0 1 0", "1 0 0"])
    }
  }

  @Test("another part's sample at the same microsecond is filed beside it, once")
  func sameMoment() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let lines =
        "time_utc,part,temperature_celsius\n2020-01-01T00:00:00Z,a,20\n2020-01-01T00:00:00Z,b,10\n"
      for _ in 0..<2 { #expect(try await bench.importing("air", lines) == .done) }
      #expect(
        try await bench.rows(
          "SELECT p.name, nudged_us, temperature_celsius FROM air JOIN part AS p USING (part)")
          == ["a 0 20.0", "b 1 10.0"])
    }
  }

  @Test("channels of one sample may come one after the other, in files sorted by channel")
  func longByChannel() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let ending = try await bench.importing(
        "air",
        """
        time_utc,channel,value,unit
        2020-01-01T00:00:00Z,air.temperature,68,°F
        2020-01-01T00:01:00Z,air.temperature,69.8,°F
        2020-01-01T00:00:00Z,air.humidity,45,%RH
        2020-01-01T00:01:00Z,air.humidity,46,%RH
        2020-01-01T00:01:00Z,air.humidity,46,%RH
        2020-01-01T00:01:00Z,air.humidity,46,furlong
        2020-01-01T00:01:00Z,air.noise,46,dB
        """)
      #expect(ending == .badData)
      #expect(bench.complaints.lines.count == 2)
      #expect(
        try await bench.rows(
          "SELECT temperature_celsius, humidity_percent FROM air ORDER BY time_utc_us")
          == ["20.0 45.0", "21.0 46.0"])
      #expect(try await bench.rows("SELECT taken, known, refused FROM import") == ["4 1 2"])
    }
  }

  @Test("hours and days are derived, and values outside the limits are flagged")
  func derived() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      var lines = "time_utc,temperature_celsius,humidity_percent\n"
      for minute in 0..<120 {
        let time =
          "2020-01-01T\(((minute / 60) + 10).padded(to: 2)):\((minute % 60).padded(to: 2)):00Z"
        lines += "\(time),\(minute == 5 ? 99 : 20 + minute / 60),\(40 + minute % 7)\n"
      }
      #expect(try await bench.importing("air", lines) == .done)
      #expect(
        try await bench.rows(
          "SELECT mean, n FROM v1_air_hour WHERE channel = 'air.temperature' ORDER BY hour_utc_us")
          == ["20.0 59", "21.0 60"])
      #expect(
        try await bench.rows(
          "SELECT local_date, n FROM v1_air_day WHERE channel = 'air.humidity'")
          == ["2020-01-01 120"])
      #expect(
        try await bench.rows("SELECT quality, reason FROM v1_air WHERE value = 99") == ["bad range"]
      )
    }
  }

  @Test("hours of another period are whole, and those of the station stay as they were")
  func otherPeriod() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.append([Planted.air(Bench.midnight)]) }
      let lines = (0..<5).map { "2020-01-01T0\($0):00:00Z,2\($0)\n" }.joined()
      let ending = try await bench.importing(
        "air", "time_utc,temperature_celsius\n" + lines, "--every", "1 h")
      #expect(ending == .done)
      let coverage = try await bench.rows(
        """
        SELECT coverage FROM v1_air_hour WHERE channel = 'air.temperature' ORDER BY hour_utc_us
        """)
      #expect(coverage == ["1.0", "1.0", "1.0", "1.0", "1.0", "\(1.0 / 60)"])
      let store = try bench.store()
      let result = try await store.recompute(since: nil, at: Bench.stamp(Bench.midnight)) { _ in }
      #expect(result.changes.isEmpty)
      try await store.close()
    }
  }

  @Test("a recomputation after an import changes nothing")
  func recomputed() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        for day in -3..<0 {
          try await store.save(Planted.session(Bench.evening(day), moisture: [50, 51, 52]))
        }
      }
      var numbers = SeededNumbers(seed: 7)
      var lines = "time_utc,part,temperature_celsius,humidity_percent\n"
      for minute in 0..<6000 {
        let time = Bench.midnight - .seconds(4 * 86_400) + .seconds(minute * 60)
        let celsius = 20 + Double(numbers.next() % 100) / 10
        lines += "\(MomentText.iso(time.microseconds, offset: nil)),a,\(celsius),45.5\n"
      }
      #expect(try await bench.importing("air", lines) == .done)
      #expect(
        try await bench.rows("SELECT count(*) > 0 FROM v1_slot WHERE channel = 'air.temperature'")
          == ["1"])
      let store = try bench.store()
      let stamp = Bench.stamp(Bench.midnight)
      let result = try await store.recompute(since: nil, at: stamp) { _ in }
      #expect(result.changes.isEmpty, "\(result.examples)")
      try await store.close()
    }
  }

  @Test("columns that are nothing we know end with a map that may fit")
  func suggestion() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let ending = try await bench.importing("air", "Date,PM2.5,TEMP,humidity\n2020-01-01,1,2,3\n")
      #expect(ending == .usage)
      #expect(
        bench.complaints.lines.last
          == "  perhaps --map 'Date=time,PM2.5=air.pm2_5[µg/m³],TEMP=air.temperature[°C],"
          + "humidity=air.humidity[%RH]'")
    }
  }

  @Test(
    "a map that cannot be is refused before the diary is opened",
    arguments: [
      "nothere=time", "time_utc", "time_utc=air.noise", "temperature_celsius=air.pm1[°C]",
      "temperature_celsius=time,temperature_celsius=part", "time_utc=air.temperature",
    ])
  func badMap(map: String) async throws {
    try await Bench.with { bench in
      let text = "time_utc,temperature_celsius\n2020-01-01T00:00:00Z,20\n"
      let ending = try await bench.importing("air", text, "--map", map)
      #expect(ending == .usage)
    }
  }

  @Test("without a file or without a diary it ends with status 66")
  func missing() async throws {
    try await Bench.with { bench in
      let ending = try await bench.run("import", "air", "/no/such/file.csv")
      #expect(ending == .noDiary)
      #expect(try await bench.importing("scores", "local_date,dimension,value\n") == .noDiary)
    }
  }

  @Test("what becomes of the lines is told as JSON")
  func json() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let path = try bench.file(
        "s.csv", "local_date,dimension,value\n2026-11-01,oil,3\n2026-11-01,oil,9\n")
      let told = try await bench.json("import", "scores", path)
      #expect(at(told, "taken") as? Double == 1)
      #expect(at(told, "refusals", 0, "line") as? Double == 3)
      #expect(at(told, "refusals", 0, "column") as? String == "value")
    }
  }
}
