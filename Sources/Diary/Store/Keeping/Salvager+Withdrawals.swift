import GRDB

extension Salvager {
  /// Whether the entry that a withdrawal is of was read itself.
  ///
  /// Where it could not be, its number may be another entry's in the other diary.
  func isOfKnownEntry(_ row: Row, _ table: SalvagedTable) -> Bool {
    ["event", "score"].allSatisfy { entry in
      guard table.references[entry] != nil, let old = row[entry] as Int64? else { return true }
      return numbers[entry]?[old] != nil
    }
  }

  /// Since when what was worked out may be other for a row that was added.
  func time(
    of row: Row, _ values: [String: DatabaseValue], _ table: SalvagedTable
  ) throws -> Int64? {
    if table.name == "withdrawal", let event = values["event"], !event.isNull {
      return try writer.row("SELECT event_utc_us FROM event WHERE event_id = ?", [event])?[0]
    }
    return table.time.flatMap { row[$0] as Int64? }
  }
}
