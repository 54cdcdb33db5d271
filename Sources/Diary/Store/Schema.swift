import GRDB

/// The diary's schema: its identity, its version, and the steps from one version to the next.
///
/// Tables are history and change only by a new step. Views are made anew after any step.
enum Schema {
  /// "Sk2V" in ASCII: says in the file's header whose database this is.
  static let applicationID: Int32 = 0x536B_3256
  /// The version this program writes, kept in `user_version`.
  static let version = steps.count

  /// What takes a diary from version n to n + 1; never edited once released.
  static let steps: [[String]] = [tablesOfVersion1, stepToVersion2, stepToVersion3]

  /// Brings a diary to this program's version, in one transaction.
  ///
  /// - Parameters:
  ///   - db: An open connection that may write.
  ///   - path: Named in errors.
  /// - Returns: Whether the diary is a new one.
  /// - Throws: `StoreError` for a later version's diary or for somebody else's database; GRDB's
  ///   errors.
  static func migrate(_ db: Database, path: String) throws -> Bool {
    let (found, isEmpty) = try check(db, path: path)
    guard found < version else { return false }
    try db.inTransaction(.immediate) {
      for statement in steps[found...].joined() { try db.execute(sql: statement) }
      for view in views { try db.execute(sql: view) }
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: "PRAGMA user_version = \(version)")
      return .commit
    }
    return isEmpty
  }

  /// Refuses a file that this program must not touch, or cannot understand.
  ///
  /// - Parameters:
  ///   - db: An open connection.
  ///   - path: Named in errors.
  /// - Returns: The file's version, and whether it holds nothing at all yet.
  /// - Throws: `StoreError`; GRDB's errors.
  @discardableResult
  static func check(_ db: Database, path: String) throws -> (version: Int, isEmpty: Bool) {
    let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let objects = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    let isEmpty = objects == 0 && found == 0 && id == 0
    guard isEmpty || id == applicationID else {
      throw StoreError(.foreign, path: path, operation: "open the diary")
    }
    guard found <= version else {
      throw StoreError(.newer(version: found), path: path, operation: "open the diary")
    }
    return (found, isEmpty)
  }
}

extension Store {
  /// The schema's version that this program writes.
  package static var schemaVersion: Int { Schema.version }
}
