import CRecordingVFS
import Foundation
import GRDBSQLite
import Testing

@testable import reliability

#if canImport(Glibc)
  import Glibc
#endif

/// The recorder, and a taste of the campaign: `reliability power-cuts` does the same by the thousand.
@Suite("power cuts", .serialized)
struct CutTests {
  /// A folder in memory, removed afterwards.
  private func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = "/dev/shm/skin2vec-cut-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/backups", withIntermediateDirectories: true)
    // What is left in memory spoils no test.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  @Test("the log holds what the kernel was asked, by whom ever")
  func recorded() async throws {
    try await withFolder { folder in
      let (log, _) = try await DiskLog.record(folder) {
        let descriptor = open(folder + "/a", O_RDWR | O_CREAT, 0o600)
        #expect(write(descriptor, [UInt8]("hello".utf8), 5) == 5)
        #expect(pwrite(descriptor, [UInt8]("J".utf8), 1, 0) == 1)
        fsync(descriptor)
        ftruncate(descriptor, 4)
        close(descriptor)
        rename(folder + "/a", folder + "/b")
        link(folder + "/b", folder + "/backups/c")
        try FileManager.default.removeItem(atPath: folder + "/b")
      }
      #expect(
        log.events == [
          .create(file: 0, name: "a"), .write(file: 0, offset: 0, bytes: 0..<5),
          .write(file: 0, offset: 0, bytes: 5..<6), .sync(file: 0), .truncate(file: 0, size: 4),
          .rename(file: 0, from: "a", to: "b"), .link(file: 0, from: "b", to: "backups/c"),
          .unlink("b"),
        ])
      var disk = Disk(log)
      disk.advance(to: log.events.count)
      let image = Cut(kind: .kept, seed: 1).image(of: disk)
      #expect(image.names == ["backups/c": 0])
      #expect(image.contents[0] == [UInt8]("Jell".utf8))
    }
  }

  @Test("what SQLite asks of its files is in the log, byte for byte")
  func complete() async throws {
    #expect(recording_vfs_register() == 0)
    try await withFolder { folder in
      let (log, _) = try await DiskLog.record(folder) {
        var connection: OpaquePointer?
        defer { sqlite3_close_v2(connection) }
        #expect(sqlite3_open(folder + "/diary.sqlite", &connection) == SQLITE_OK)
        let sql = """
          PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(9000));
          PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO t VALUES (1); VACUUM;
          """
        #expect(sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK)
      }
      #expect(log.events.contains(.checkpointBegan) && log.events.contains(.checkpointEnded))
      #expect(log.events.contains { if case .sync = $0 { true } else { false } })
      var disk = Disk(log)
      disk.advance(to: log.events.count)
      let image = Cut(kind: .kept, seed: 1).image(of: disk)
      for (name, bytes) in try FolderFiles.read(folder) where !name.hasSuffix("-shm") {
        #expect(image.names[name].flatMap { image.contents[$0] } == bytes, "\(name)")
      }
    }
  }

  @Test(
    "the station's diary is whole after a cut", arguments: [Scene.beginning, .copies, .damaged])
  func survives(scene: Scene) async throws {
    #expect(recording_vfs_register() == 0)
    try await withFolder { folder in
      let tally = try await CutTrial(scene, folder: folder, seed: 7).run(points: 8)
      #expect(tally.points == 8)
      #expect(tally.problems == [])
    }
  }

  @Test("a disk that ignores syncs is noticed, and so is an answer before the commit")
  func planted() async throws {
    #expect(recording_vfs_register() == 0)
    try await withFolder { folder in
      for defect in [CutTrial.Planted.ignoredSyncs, .earlyAnswer] {
        let trial = CutTrial(.beginning, folder: folder, seed: 7, planted: defect)
        let tally = try await trial.run(points: 20)
        #expect(tally.lost > 0, "\(defect)")
      }
    }
  }
}
