import Readings

extension DiaryTable {
  /// Every list, as README's table of the views describes it.
  static let all = [
    channels, sessions, touches, slots, air, airHours, airDays, events, scores, epochs,
    calibrations, health,
  ]

  static let channels = DiaryTable(
    name: "channels", view: "v1_channel", summary: "What is measured, and in which unit",
    columns: [
      channel, Column("unit", .text()), Column("description", .text()),
      Column("floor", .number(nil), "least scale of a deviation"),
    ], order: ["channel"], isByDate: false, isPaged: false)

  static let sessions = DiaryTable(
    name: "sessions", view: "v1_session", summary: "Tap sessions",
    columns: [
      id("session_id"), person, date, slot, time("started_utc_us"), time("ended_utc_us"),
      Column("clock", .text(), "synced, unsynced or restamped"),
      Column("verdict", .choice(["saved", "refused", "interrupted"])), count("touches"),
      count("accepted"),
    ], order: ["session_id"], isByDate: false, time: "local_date", filters: [.person, .slot])

  static let touches = DiaryTable(
    name: "touches", view: "v1_touch", summary: "Touches of sessions, by channel",
    columns: [
      id("touch_id"), id("session_id"), person, Column("site", .text()), channel,
      time("started_utc_us"), number("raw", "median, pF or counts"),
      number("value", "in the channel's unit"), number("spread", "1.4826·MAD of the samples"),
      count("samples"), count("accepted", "0 or 1"), maybe("reason", "why it does not count"),
    ], order: ["touch_id", "channel"], isByDate: false, time: "started_utc_us",
    filters: [.person, .channel, .site, .session])

  static let slots = DiaryTable(
    name: "slots", view: "v1_slot", summary: "Values of mornings and evenings, normalised",
    columns: [
      person, date, slot, channel, maybe("site", "null for the air"),
      Column("value", .number(nil), "in the channel's unit"), number("spread"),
      count("n_touches", "touches that count, or samples"),
      Column("quality", .choice(["ok", "suspect", "bad"])),
      Column("session_id", .nullable(.integer(0...(1 << 53)))), id("epoch"),
      number("ma7", "mean of 7 days"), number("z7", "against 7 days; null below n7 = 4"),
      count("n7"), number("z30", "against the own baseline; null below n30 = 10"), count("n30"),
      Column("baseline_state", .choice(["forming", "frozen"])), maybe("reason", "by commas"),
    ], order: ["local_date", "slot DESC", "person", "channel", "ifnull(site, '')"], isByDate: true,
    filters: [.person, .channel, .site, .slot])

  static let air = DiaryTable(
    name: "air", view: "v1_air", summary: "Samples of the air",
    columns: [
      time("time_utc_us"), channel, number("value", "null where absent"),
      Column("quality", .choice(["ok", "suspect", "bad", "absent"])), maybe("reason"),
      Column("clock", .text()), number("raw", "as the part said it"),
    ], order: ["time_utc_us", "channel"], isByDate: false, filters: [.channel],
    hours: "v1_air_hour")

  static let airHours = DiaryTable(
    name: "air/hours", view: "v1_air_hour", summary: "The air by the hour",
    columns: [
      time("hour_utc_us"), channel, Column("mean", .number(nil)), Column("min", .number(nil)),
      Column("max", .number(nil)), count("n"), number("coverage", "0 to 1, null if unknown"),
    ], order: ["hour_utc_us", "channel"], isByDate: false, filters: [.channel])

  static let airDays = DiaryTable(
    name: "air/days", view: "v1_air_day", summary: "The air by the local date",
    columns: [
      date, channel, Column("mean", .number(nil)), Column("min", .number(nil)),
      Column("max", .number(nil)), count("n"), number("coverage", "0 to 1, null if unknown"),
    ], order: ["local_date", "channel"], isByDate: true, filters: [.channel])

  static let events = DiaryTable(
    name: "events", view: "v1_event", summary: "What may bear on the skin",
    columns: [
      id("event_id"), person, time("time_utc_us"), date, Column("kind", .text()),
      Column("weight", .number(0...1), "a dose, not an effect"), maybe("note"),
    ], order: ["event_id"], isByDate: false, time: "local_date", filters: [.person, .kind])

  static let scores = DiaryTable(
    name: "scores", view: "v1_score", summary: "How the skin felt, 0 to 5",
    columns: [
      person, date, Column("dimension", .choice(Score.Dimension.allCases.map(\.rawValue))),
      Column("value", .number(0...5)),
    ], order: ["local_date", "person", "dimension"], isByDate: true, filters: [.person])

  static let epochs = DiaryTable(
    name: "epochs", view: "v1_epoch", summary: "From when on values are comparable",
    columns: [
      id("epoch"), maybe("person", "null for the air"), channel, maybe("site"),
      time("began_utc_us"), Column("cause", .text(longest: 4096)),
    ], order: ["epoch"], isByDate: false, time: "began_utc_us", filters: [.person, .channel, .site])

  static let calibrations = DiaryTable(
    name: "calibrations", view: "v1_calibration", summary: "What raw readings mean, and from when",
    columns: [
      id("calibration_id"), Column("part", .text()), channel, time("valid_from_utc_us"),
      Column(
        "valid_to_utc_us", .nullable(.moment), "null while in force"),
      Column("who", .text()), Column("why", .text(longest: 16_384)),
      Column("parameters", .text(longest: 65_536), "JSON, units in the names"),
    ], order: ["calibration_id"], isByDate: false, time: "valid_from_utc_us", filters: [.channel])

  static let health = DiaryTable(
    name: "parts/health", view: "v1_health", summary: "What each part did, by the hour",
    columns: [
      time("hour_utc_us"), Column("part", .text()), count("samples"), count("corrupted"),
      count("not_acknowledged"), count("other_failures"), count("recoveries"), count("restarts"),
      Column("warm_up_seconds", .number(nil)), Column("uptime_seconds", .number(nil)),
      maybe("status"),
    ], order: ["hour_utc_us", "part"], isByDate: false)
}
