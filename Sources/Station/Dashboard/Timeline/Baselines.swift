import Normalisation
import Readings

/// A person's baselines: median and scale of the first thirty good values of each series (design, 5).
struct Baselines: Sendable {
  struct Series: Hashable, Sendable {
    var epoch: Int64
    var slot: Slot
  }

  struct Band: Hashable, Sendable {
    var centre: Double
    /// 1.4826·MAD, and no less than the channel's floor.
    var scale: Double
    var count: Int
    /// The date from which it is given.
    var since: LocalDate
  }

  /// How many values make one, and from how many on it is given.
  static let size = 30
  private static let least = 10

  private(set) var bands: [Series: Band] = [:]

  /// Reads the first values of each series of moisture and sebum.
  ///
  /// - Throws: Whatever the diary throws.
  init(_ diary: any DiarySource, _ person: Person) async throws {
    let rows = try await diary.rows(
      """
      SELECT epoch, slot, local_date, value, floor FROM (
        SELECT epoch, slot, local_date, value, channel,
          row_number() OVER (PARTITION BY epoch, slot ORDER BY local_date) AS place
        FROM v1_slot WHERE person = ? AND channel IN ('skin.moisture', 'skin.sebum')
          AND quality = 'ok')
      JOIN v1_channel USING (channel) WHERE place <= \(Self.size) ORDER BY local_date
      """, [.text(person.rawValue)]
    ).rows
    var series: [Series: (values: [Double], dates: [LocalDate], floor: Double)] = [:]
    for row in rows {
      guard let epoch = row[0].integer, let slot = row[1].text.flatMap({ Slot(rawValue: $0) }),
        let date = row[2].text.flatMap({ LocalDate($0) }), let value = row[3].number
      else { continue }
      let key = Series(epoch: epoch, slot: slot)
      series[key, default: ([], [], row[4].number ?? 0)].values.append(value)
      series[key]?.dates.append(date)
    }
    for (key, known) in series where known.values.count >= Self.least {
      guard let own = RobustStatistics.centreAndSpread(of: known.values) else { continue }
      bands[key] = Band(
        centre: own.centre, scale: max(own.spread, known.floor), count: known.values.count,
        since: known.dates[Self.least - 1] + 1)
    }
  }
}
