import GRDB
import Normalisation
import Readings

/// Every calibration of the diary, and which is in force when.
struct ConversionBook: Sendable {
  private struct Series: Hashable {
    var part: String
    var channel: Channel
  }

  /// One calibration, ready to be used.
  private struct Entry {
    var id: Int64
    var from: Int64
    var to: Int64
    /// Nil where its numbers make no conversion: a value then comes from none of them.
    var conversion: Conversion?
  }

  /// The latest first.
  private var entries: [Series: [Entry]] = [:]

  /// A book without a calibration.
  init() {}

  /// Reads every calibration.
  init(_ db: Database) throws {
    for calibration in try DiaryReader(db: db).calibrations() {
      let entry = Entry(
        id: calibration.id ?? 0, from: calibration.validFrom.microseconds,
        to: calibration.validTo?.microseconds ?? .max,
        // One that cannot be is refused when it is made; an older station's may be kept here.
        conversion: try? Conversion(calibration.channel, calibration.parameters))
      entries[Series(part: calibration.part, channel: calibration.channel), default: []]
        .insert(entry, at: 0)
    }
  }

  /// The number of the calibration of a part's channel that was in force at a moment.
  func id(of part: String, _ channel: Channel, at time: Timestamp) -> Int64? {
    entry(of: Series(part: part, channel: channel), at: time.microseconds)?.id
  }

  /// What a raw value of a part's channel meant at a moment; nil where nobody had said.
  func conversion(of part: String, _ channel: Channel, at time: Timestamp) -> Conversion? {
    entry(of: Series(part: part, channel: channel), at: time.microseconds)?.conversion
  }

  /// The corrections of a part's channels of the air at a moment.
  func corrections(of part: String, at time: Timestamp) -> [Channel: Conversion] {
    var corrections: [Channel: Conversion] = [:]
    for series in entries.keys where series.part == part && series.channel.isAir {
      corrections[series.channel] = entry(of: series, at: time.microseconds)?.conversion
    }
    return corrections
  }

  /// The moments at which a part's corrections may change.
  func changes(of part: String) -> [Int64] {
    entries.filter { $0.key.part == part }.values.flatMap { $0.flatMap { [$0.from, $0.to] } }
  }

  private func entry(of series: Series, at time: Int64) -> Entry? {
    guard let own = entries[series] else { return nil }
    if let entry = own.first(where: { $0.from <= time && time < $0.to }) { return entry }
    // A probe is calibrated before it is used, whatever a clock that is behind says of a touch; the
    // air may be read for years before somebody corrects it.
    guard !series.channel.isAir, let earliest = own.last else { return nil }
    return time < earliest.from ? earliest : nil
  }
}
