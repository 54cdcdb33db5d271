import ArgumentParser
import Foundation
import Testing

@testable import skin2vecd

/// One after another: a child of one test would hold the script that another writes.
@Suite("the page beside a simulation", .serialized) struct PageProcessTests {
  private static let order = PageProcess.Order(
    diary: "/tmp/diary.sqlite", controlSocket: nil, configuration: nil, port: 0)

  @Test("--page asks for any free port, and --page 8123 for that one")
  func parsing() throws {
    #expect(try Skin2VecD.parse(["--simulate", "--page"]).page == 0)
    #expect(try Skin2VecD.parse(["--simulate", "year", "--page", "8123"]).page == 8123)
    #expect(try Skin2VecD.parse(["--simulate"]).page == nil)
  }

  @Test(
    "a page of no simulation, and a port that is none, are refused",
    arguments: [["--page"], ["--simulate", "--page", "65536"]])
  func refusals(words: [String]) {
    #expect(throws: (any Error).self) { try Skin2VecD.parse(words) }
  }

  @Test("a program that is not there is told of with its mend, and nothing else is begun")
  func missing() async throws {
    let problem = try await #require(throws: PageProcess.Problem.self) {
      try await PageProcess.beside(Self.order, program: "/nowhere/skin2vec-web") {
        Issue.record("the station was begun")
      }
    }
    #expect(problem.description.contains("/nowhere/skin2vec-web"))
    #expect(problem.description.contains("swift build --product skin2vec-web"))
  }

  /// A program that writes its arguments to a pipe, `begun`, and lives until it is told to stop.
  private func withProgram(_ body: (_ program: String, _ folder: URL) async throws -> Void)
    async throws
  {
    let folder = try StationBench.newFolder()
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appending(path: "page").path
    let script = """
      #!/bin/sh
      cd \(folder.path)
      sleep 600 &
      trap 'kill $!; echo stopped > end; exit 0' TERM
      echo "$@" > begun
      wait
      """
    try Data(script.utf8).write(to: URL(filePath: program))
    #expect(chmod(program, 0o755) == 0)
    #expect(mkfifo(folder.appending(path: "begun").path, 0o600) == 0)
    try await body(program, folder)
  }

  /// What it has written to the pipe, once it has.
  private func begun(in folder: URL) throws -> String {
    let file = try #require(fopen(folder.appending(path: "begun").path, "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// What it has written at its end.
  private func end(in folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: "end"), encoding: .utf8)
  }

  @Test("the program runs beside the station, knows diary, socket and port, and is gone after it")
  func living() async throws {
    try await withProgram { program, folder in
      try await PageProcess.beside(Self.order, program: program) {
        let words = try begun(in: folder)
        #expect(
          words == "--config /dev/null --database /tmp/diary.sqlite "
            + "--control /tmp/diary.sqlite.control --listen board --port 0\n")
      }
      let end = try end(in: folder)
      #expect(end == "stopped\n")
    }
  }

  @Test("it is stopped too where the station fails")
  func failing() async throws {
    struct Fault: Error {}
    try await withProgram { program, folder in
      await #expect(throws: Fault.self) {
        try await PageProcess.beside(Self.order, program: program) {
          _ = try begun(in: folder)
          throw Fault()
        }
      }
      let end = try end(in: folder)
      #expect(end == "stopped\n")
    }
  }
}
