package import Readings

extension Store {
  package func save(
    _ session: TapSession, announcing announce: @Sendable (SavedSession) -> Notice
  ) throws -> (SavedSession, Notice) {
    try transact(durably: true, "save a session") { writer in
      try writer.save(session, announcing: announce)
    }
  }

  package func append(_ samples: [AirSample]) throws {
    guard !samples.isEmpty else { return }
    try transact(durably: false, "save samples of the air") { try $0.append(samples) }
  }

  package func append(_ notice: Notice) throws {
    try transact(durably: false, "keep a notice") { try $0.append(notice) }
  }

  package func record(_ identity: PartIdentity, at stamp: Stamp) throws -> Bool {
    try transact(durably: false, "note a part") { try $0.record(identity, at: stamp) }
  }

  package func calibrationsInForce() throws -> [Calibration] {
    try transact(durably: false, "read the calibrations") { writer in
      try DiaryReader(db: writer.db).calibrations().filter { $0.validTo == nil }
    }
  }

  package func adopt(_ limits: Limits, from stamp: Stamp) throws -> Bool {
    try transact(durably: true, "note the limits") { try $0.adopt(limits, from: stamp) }
  }

  package func append(_ health: [PartHealth]) throws {
    try transact(durably: false, "keep the parts' health") { try $0.append(health) }
  }

  package func noteBytesWritten(_ bytes: Int64, on date: LocalDate) throws {
    try transact(durably: false, "note the bytes written") { writer in
      try writer.noteBytesWritten(bytes, on: date)
    }
  }

  package func save(_ event: SkinEvent, at stamp: Stamp) throws -> Int64 {
    try transact(durably: true, "save an event") { try $0.save(event, at: stamp) }
  }

  package func save(_ score: Score, at stamp: Stamp) throws {
    try transact(durably: true, "save a score") { try $0.save(score, at: stamp) }
  }

  package func withdraw(_ withdrawal: Withdrawal, at stamp: Stamp) throws -> WithdrawalAnswer {
    try transact(durably: true, "withdraw an entry") { try $0.withdraw(withdrawal, at: stamp) }
  }

  package func choose(_ person: Person, at stamp: Stamp) throws {
    try transact(durably: true, "note the person") { try $0.choose(person, at: stamp) }
  }

  package func adopt(_ plan: DayPlan, from stamp: Stamp) throws -> Bool {
    try transact(durably: true, "note the day plan") { try $0.adopt(plan, from: stamp) }
  }

  package func restamp(
    bootID: String, bootTimeZero: Timestamp, at stamp: Stamp
  ) throws -> RestampReport {
    try transact(durably: true, "re-stamp readings") { writer in
      try writer.restamp(bootID: bootID, bootTimeZero: bootTimeZero, at: stamp)
    }
  }

  package func closeSlots(before now: Timestamp) throws {
    try transact(durably: false, "close the slots") { try $0.closeSlots(before: now) }
  }
}
