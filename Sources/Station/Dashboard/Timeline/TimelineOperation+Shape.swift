import Readings

extension TimelineOperation {
  private static let numbers = Shape.list(.nullable(.number(nil)))
  private static let dates = Shape.list(.text(.date))

  private static let curve = Shape.object([
    .init("date", dates, "the first date of each entry"), .init("value", numbers),
    .init("min", numbers), .init("max", numbers), .init("ma7", numbers),
    .init("quality", .list(.nullable(.text()))), .init("n", .list(.integer(0...10_000))),
  ])

  private static let baseline = Shape.object([
    .init("slot", .choice(Slot.allCases.map(\.rawValue))), .init("epoch", .integer(0...(1 << 53))),
    .init("from", .text(.date)), .init("to", .text(.date)), .init("low", .number(nil)),
    .init("centre", .number(nil)), .init("high", .number(nil)), .init("n", .integer(0...30)),
    .init("state", .choice(["forming", "frozen"])),
  ])

  static let shape = Shape.object([
    .init("person", .text()), .init("from", .text(.date)), .init("to", .text(.date)),
    .init("first", .nullable(.text(.date)), "first date with a value"),
    .init("last", .nullable(.text(.date))), .init("bucket_days", .integer(1...4_000_000)),
    .init("utc_offset_s", .integer(-86_400...86_400)),
    .init(
      "panels",
      .list(
        .object([
          .init("channel", .text()), .init("site", .nullable(.text())), .init("unit", .text()),
          .init("slots", .object([.init("morning", curve), .init("evening", curve)])),
          .init("baselines", .list(baseline), "median of the first 30 ± their scale"),
        ]))),
    .init(
      "air",
      .list(
        .object([
          .init("channel", .text()), .init("unit", .text()),
          .init("time_utc_us", .list(.moment)), .init("mean", numbers),
          .init("min", numbers), .init("max", numbers),
        ])), "by the hour, or by days where that is too much"),
    .init("events", .list(DiaryTable.events.row)), .init("epochs", .list(DiaryTable.epochs.row)),
  ])
}
