package import Readings

/// One value of a series, which is one person, channel, site, slot and epoch.
package struct SeriesPoint: Hashable, Sendable {
  package var date: LocalDate
  package var value: Double
  package var quality: Quality

  package init(date: LocalDate, value: Double, quality: Quality) {
    self.date = date
    self.value = value
    self.quality = quality
  }
}
