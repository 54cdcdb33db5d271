import Readings

/// The air of a span: by the hour, or where that is too much by one day or several.
struct AirCurves: Sendable {
  private struct Piece: Sendable {
    var mean: Double
    var low: Double
    var high: Double
    var count: Int64
  }

  private(set) var curves: [JSON] = []
  private let span: Span
  /// Hours an entry stands for.
  private let bucketHours: Int
  private let offset: Int

  /// Reads a span.
  ///
  /// - Parameters:
  ///   - diary: Where it is.
  ///   - span: Which dates.
  ///   - points: How many entries there may be.
  ///   - offset: The person's clock less UTC, in seconds.
  /// - Throws: Whatever the diary throws.
  init(_ diary: any DiarySource, _ span: Span, points: Int, offset: Int) async throws {
    self.span = span
    self.offset = offset
    bucketHours =
      span.days * 24 <= points ? 1 : 24 * span.bucketDays(points: points)
    for channel in TimelineOperation.air {
      let buckets =
        bucketHours == 1
        ? try await hours(diary, channel) : try await days(diary, channel)
      if !buckets.isEmpty { curves.append(curve(of: channel, buckets)) }
    }
  }

  private func hours(
    _ diary: any DiarySource, _ channel: Channel
  ) async throws -> [Int: [Piece]] {
    let start = hourStart
    let rows = try await diary.rows(
      """
      SELECT hour_utc_us, mean, min, max, n FROM v1_air_hour
      WHERE channel = ? AND hour_utc_us BETWEEN ? AND ? ORDER BY hour_utc_us
      """,
      [
        .text(channel.rawValue), .integer(start),
        .integer(start + Int64(span.days) * 24 * 3_600_000_000 - 1),
      ]
    ).rows
    return Dictionary(
      grouping: rows.compactMap { row in
        row[0].integer.map { (Int(($0 - start) / 3_600_000_000), Self.piece(row)) }
      }, by: \.0
    ).mapValues { $0.compactMap(\.1) }
  }

  private func days(
    _ diary: any DiarySource, _ channel: Channel
  ) async throws -> [Int: [Piece]] {
    let rows = try await diary.rows(
      """
      SELECT local_date, mean, min, max, n FROM v1_air_day
      WHERE channel = ? AND local_date BETWEEN ? AND ? ORDER BY local_date
      """, [.text(channel.rawValue)] + span.cells
    ).rows
    let days = bucketHours / 24
    return Dictionary(
      grouping: rows.compactMap { row in
        row[0].text.flatMap { LocalDate($0) }
          .map { (($0.daysSince1970 - span.from.daysSince1970) / days, Self.piece(row)) }
      }, by: \.0
    ).mapValues { $0.compactMap(\.1) }
  }

  private static func piece(_ row: [DiaryCell]) -> Piece? {
    guard let mean = row[1].number, let low = row[2].number, let high = row[3].number else {
      return nil
    }
    return Piece(mean: mean, low: low, high: high, count: row[4].integer ?? 1)
  }

  /// The hour in which the span begins, in microseconds; where midnight is within an hour, all of it.
  private var hourStart: Int64 {
    let midnight = (Int64(span.from.daysSince1970) * 86_400 - Int64(offset))
    return midnight.flooringDivision(by: 3600) * 3_600_000_000
  }

  private func curve(of channel: Channel, _ buckets: [Int: [Piece]]) -> JSON {
    let count = (span.days * 24 + bucketHours - 1) / bucketHours
    let step = Int64(bucketHours) * 3_600_000_000
    let numbers = { (number: ([Piece]) -> Double?) in
      JSON.list((0..<count).map { index in JSON(buckets[index].flatMap(number)) })
    }
    return [
      "channel": .text(channel.rawValue), "unit": .text(channel.unit),
      "time_utc_us": .list(
        (0..<count).map { .integer(hourStart + Int64($0) * step + step / 2) }),
      "mean": numbers(Self.mean), "min": numbers { $0.map(\.low).min() },
      "max": numbers { $0.map(\.high).max() },
    ]
  }

  /// By how many samples each piece has.
  private static func mean(of pieces: [Piece]) -> Double? {
    let count = pieces.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    return pieces.reduce(0) { $0 + $1.mean * Double($1.count) } / Double(count)
  }
}
