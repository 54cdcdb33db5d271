import Normalisation
import Readings

/// The curves of a person's mornings and evenings, one panel for each channel and site.
struct SlotCurves: Sendable {
  private struct Value: Sendable {
    var date: LocalDate
    var slot: Slot
    var value: Double
    var mean7: Double?
    var quality: String
    var epoch: Int64
  }

  private struct Place: Hashable, Sendable {
    var channel: Channel
    var site: String?
  }

  private let span: Span
  private let bucketDays: Int
  private var values: [Place: [Value]] = [:]
  private let baselines: Baselines

  /// Reads a span.
  ///
  /// - Throws: Whatever the diary throws.
  init(
    _ diary: any DiarySource, _ person: Person, _ span: Span, points: Int,
    _ baselines: Baselines
  ) async throws {
    self.span = span
    self.baselines = baselines
    bucketDays = span.bucketDays(points: points)
    let rows = try await diary.rows(
      """
      SELECT local_date, slot, channel, site, value, ma7, quality, epoch FROM v1_slot
      WHERE person = ? AND channel IN ('skin.moisture', 'skin.sebum')
        AND local_date BETWEEN ? AND ? ORDER BY local_date
      """, [.text(person.rawValue)] + span.cells
    ).rows
    for row in rows {
      guard let date = row[0].text.flatMap({ LocalDate($0) }),
        let slot = row[1].text.flatMap({ Slot(rawValue: $0) }),
        let channel = row[2].text.flatMap({ Channel(rawValue: $0) }), let value = row[4].number
      else { continue }
      values[Place(channel: channel, site: row[3].text), default: []].append(
        Value(
          date: date, slot: slot, value: value, mean7: row[5].number,
          quality: row[6].text ?? "", epoch: row[7].integer ?? 0))
    }
  }

  /// In the order of channels and sites.
  var panels: [JSON] {
    let places = values.keys.sorted {
      ($0.channel.rawValue, $0.site ?? "") < ($1.channel.rawValue, $1.site ?? "")
    }
    return places.map { place in
      let here = values[place] ?? []
      return [
        "channel": .text(place.channel.rawValue), "site": JSON(place.site),
        "unit": .text(place.channel.unit),
        "slots": .object(
          Dictionary(
            uniqueKeysWithValues: Slot.allCases.map { slot in
              (slot.rawValue, curve(of: here.filter { $0.slot == slot }))
            })),
        "baselines": .list(bands(of: here)),
      ]
    }
  }

  /// One entry a bucket; a bucket without a value is a gap.
  private func curve(of values: [Value]) -> JSON {
    let count = (span.days + bucketDays - 1) / bucketDays
    var buckets = [[Value]](repeating: [], count: count)
    for value in values {
      let day = value.date.daysSince1970 - span.from.daysSince1970
      buckets[day / bucketDays].append(value)
    }
    let numbers = { (number: ([Value]) -> Double?) in
      JSON.list(buckets.map { JSON($0.isEmpty ? nil : number($0)) })
    }
    return [
      "date": .list(
        (0..<count).map { .text((span.from + $0 * bucketDays).description) }),
      "value": numbers { RobustStatistics.median(of: $0.map(\.value)) },
      "min": numbers { $0.map(\.value).min() }, "max": numbers { $0.map(\.value).max() },
      "ma7": numbers { $0.last?.mean7 },
      "quality": .list(buckets.map { JSON(Self.worst($0)) }),
      "n": .list(buckets.map { JSON($0.count) }),
    ]
  }

  private static func worst(_ values: [Value]) -> String? {
    ["bad", "suspect", "ok"].first { quality in values.contains { $0.quality == quality } }
  }

  /// The band of each epoch and slot that has values here.
  private func bands(of values: [Value]) -> [JSON] {
    let series = Dictionary(grouping: values) { Baselines.Series(epoch: $0.epoch, slot: $0.slot) }
    let keys = series.keys.sorted { ($0.epoch, $0.slot.rawValue) < ($1.epoch, $1.slot.rawValue) }
    return keys.compactMap { key in
      guard let band = baselines.bands[key], let last = series[key]?.last?.date,
        band.since <= last
      else { return nil }
      return band.json(of: key, from: max(band.since, span.from), to: last)
    }
  }
}

extension Baselines.Band {
  fileprivate func json(of key: Baselines.Series, from: LocalDate, to: LocalDate) -> JSON {
    [
      "slot": .text(key.slot.rawValue), "epoch": .integer(key.epoch),
      "from": .text(from.description), "to": .text(to.description),
      "low": .number(centre - scale), "centre": .number(centre),
      "high": .number(centre + scale), "n": JSON(count),
      "state": count == Baselines.size ? "frozen" : "forming",
    ]
  }
}
