import Readings
import Store

/// What of the diary can be published, as it was when last read.
struct Snapshot: Hashable, Sendable {
  /// The latest sample of each part.
  var air: [AirSample] = []
  /// The values of the last dates.
  var values: [SlotValue] = []
  var parts: [PartIdentity] = []
}

extension Snapshot {
  /// Reads the diary.
  ///
  /// - Parameters:
  ///   - archive: The diary.
  ///   - date: The local date now.
  /// - Throws: `StoreError`
  init(_ archive: Archive, on date: LocalDate) async throws {
    self.init(
      air: try await archive.latestAir(),
      // The evening before this morning's, and travel across the date line.
      values: try await archive.slotValues(from: date - 2, to: date + 1),
      parts: try await archive.parts())
  }
}

/// Follows a diary, and goes on with what was last read where it cannot be read now.
final class DiaryView {
  private let path: String
  private var watch: DiaryWatch?
  private(set) var snapshot: Snapshot?
  /// The zone in force in the diary, where it has one.
  private(set) var zone: String?

  init(path: String) { self.path = path }

  /// Reads what is new; the snapshot stays as it was where this fails.
  func look(on date: (String?) throws -> LocalDate) async throws {
    if watch == nil {
      watch = try await DiaryWatch(path: path)
      snapshot = nil
    }
    do {
      guard try await watch?.look() != nil || snapshot == nil, let archive = watch?.archive else {
        return
      }
      zone = try await Self.zone(of: archive)
      snapshot = try await Snapshot(archive, on: try date(zone))
    } catch {
      // Opened anew at the next look: what is wrong may have been put right by then.
      watch = nil
      throw error
    }
  }

  private static func zone(of archive: Archive) async throws -> String? {
    let table = try await archive.query(
      "SELECT zone FROM day_plan ORDER BY day_plan DESC LIMIT 1")
    guard case .text(let zone) = table.rows.first?.first else { return nil }
    return zone
  }
}
