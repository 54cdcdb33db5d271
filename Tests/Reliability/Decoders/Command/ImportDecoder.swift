package import Readings
package import Store

/// The reader of `skin2vec import`, for the campaign that feeds it with what it should never see.
///
/// The sources beside this file are the program's own, by a link: an executable cannot be imported.
package struct ImportDecoder: Sendable {
  /// Why nothing of a file can be imported.
  package struct Refusal: Error, Hashable, Sendable {
    package var problem: String
    package var hint: String?

    init(_ failure: Failure) {
      problem = failure.problem
      hint = failure.hint
    }
  }

  private let form: ImportForm

  /// A reader of one kind of file, as the command's options make it.
  ///
  /// - Parameters:
  ///   - kind: What is imported.
  ///   - isNDJSON: Whether it is JSON a line rather than CSV.
  ///   - map: The text of `--map`.
  ///   - timeFormat: The text of `--time-format`.
  ///   - zone: The clock of times without an offset.
  ///   - now: The latest moment a line may be of.
  /// - Throws: `Refusal`
  package init(
    _ kind: ImportKind, isNDJSON: Bool, map: String = "", timeFormat: String = "iso",
    zone: ZoneRules, now: Timestamp
  ) throws(Refusal) {
    do throws(Failure) {
      form = ImportForm(
        kind: kind, format: isNDJSON ? .ndjson : .csv, map: map,
        timeFormat: try TimeFormat(option: timeFormat), zone: zone, now: now, part: "import",
        person: Person("me"), site: Site("cheek"), plan: DayPlan(zone: zone))
      _ = try FieldMap(map, kind: kind, format: form.timeFormat)
    } catch {
      throw Refusal(error)
    }
  }

  /// Opens a file.
  ///
  /// - Parameter path: Where it is.
  /// - Returns: What gives one batch after another, and nil at the end.
  /// - Throws: `Refusal`; anything else is a fault of the reader.
  package func open(_ path: String) throws -> @Sendable () throws -> ImportBatch? {
    do {
      let file = try ImportFile(path: path, form: form)
      return { () throws in
        do { return try file.next() } catch let failure as Failure { throw Refusal(failure) }
      }
    } catch let failure as Failure {
      throw Refusal(failure)
    }
  }
}
