/// A line for the people of the house: to the journal now, in the diary for ever.
package struct Notice: Hashable, Sendable {
  package var kind: Kind
  package var priority: Priority
  /// One line in plain words.
  package var text: String
  /// Structured fields, upper case as journald has them: `("SLOT", "evening")`.
  package var fields: [Field]
  package var stamp: Stamp?

  package struct Field: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    _ kind: Kind, _ text: String, priority: Priority = .info, fields: [Field] = [],
    stamp: Stamp? = nil
  ) {
    self.kind = kind
    self.priority = priority
    self.text = text
    self.fields = fields
    self.stamp = stamp
  }

  /// Syslog's levels, as far as the station uses them.
  package enum Priority: Int, Hashable, Sendable, CaseIterable {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
    case debug = 7
  }

  /// What happened.
  ///
  /// Each kind has a MESSAGE_ID and an entry in the catalogue.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case stationStarted, stationStopped
    case runHung, runOutOfMemory, runKilled, runCrashed, powerLost
    case tapSaved, tapRefused, tapInterrupted, tapNotSaved
    case personChosen, scoreSaved, eventSaved, entryWithdrawn
    case partFound, partMissing, partLost, partBack, partRestarted, partWrong, partReplaced
    case partStatus
    case lineMissing, lineBack
    case airNotSaved
    case dataStopped, dataBack, slotMissed, changeNoticed, fanCleaned
    case calibrated, epochBegun, recomputed, probeAtRest, probeDirty
    case diaryLent, diaryBack, backupMade, backupFailed, diaryRestored, erased, imported
    case writingTooMuch
    case clockStepped, clockSet, clockNotSet, zoneChanged, stationSlept
    case settingsRead, settingsRefused
    case strangerRefused
    case journalVolatile, diaryMovedAside, failure
  }
}
