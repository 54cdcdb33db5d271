package import Normalisation
package import Readings
import Synchronization

/// The calibrations and the limits in force, for everybody who turns what was read into values.
package final class CalibrationBook: Sendable {
  private struct Key: Hashable {
    var part: String
    var channel: Channel
  }

  private struct Entry {
    var calibration: Calibration
    var conversion: Conversion
  }

  /// What readings are checked against; new limits come with new settings, and a new book.
  package let limits: Limits
  private let entries = Mutex<[Key: Entry]>([:])

  /// Opens a book.
  ///
  /// - Parameters:
  ///   - limits: What readings are checked against.
  ///   - calibrations: Those in force; one that cannot be is left out, and its part's readings come
  ///     to no value.
  package init(limits: Limits, calibrations: [Calibration] = []) {
    self.limits = limits
    for calibration in calibrations {
      // The diary takes none that cannot be; a file that somebody edited must not stop the station.
      try? note(calibration)
    }
  }

  /// Puts a calibration in force from now on.
  ///
  /// - Parameter calibration: Takes the place of the one before it.
  /// - Throws: `ConversionError` where it cannot be one; then the old one stays.
  package func note(_ calibration: Calibration) throws(ConversionError) {
    let conversion = try Conversion(calibration.channel, calibration.parameters)
    let key = Key(part: calibration.part, channel: calibration.channel)
    entries.withLock { $0[key] = Entry(calibration: calibration, conversion: conversion) }
  }

  /// The calibration of a part's channel; nil where there is none.
  package func calibration(of part: String, _ channel: Channel) -> Calibration? {
    entries.withLock { $0[Key(part: part, channel: channel)]?.calibration }
  }

  /// What a part's raw values of a channel are; nil where nobody has said.
  package func conversion(of part: String, _ channel: Channel) -> Conversion? {
    entries.withLock { $0[Key(part: part, channel: channel)]?.conversion }
  }

  /// Works out touches by what is in force when it is used.
  package var derivation: TouchDerivation {
    TouchDerivation(limits: limits) { self.conversion(of: $0.part, $0.channel) }
  }

  /// Checks what a part says of the air by what is in force now.
  package func checker(of part: String) -> AirChecker {
    let conversions = entries.withLock { entries in
      entries.filter { $0.key.part == part }.map { ($0.key.channel, $0.value.conversion) }
    }
    return AirChecker(
      limits: limits, conversions: Dictionary(uniqueKeysWithValues: conversions))
  }
}
