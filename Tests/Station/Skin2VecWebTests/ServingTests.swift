import Control
import Foundation
import Journal
import Logging
import Settings
import Synchronization
import Testing
import TestSupport

@testable import skin2vec_web

/// The program as it runs, at a port that is free, without diary and daemon.
@Suite("serving", .takingTurns) struct ServingTests {
  private static let pages = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources/Station/Dashboard/Pages").standardizedFileURL.path

  private func order(
    in folder: URL, _ listening: Settings.Web.Listening = .board, port: Int = 0
  ) -> Serving.Order {
    let path = { (name: String) in folder.appending(path: name).path }
    return Serving.Order(
      settings: Settings(), diary: path("diary.sqlite"), controlSocket: path("control.sock"),
      listening: listening, port: port, pages: Self.pages, pairings: path("paired.json"),
      pairSocket: path("pair.sock"))
  }

  private func serving(
    _ order: Serving.Order, tell: @escaping @Sendable (String) -> Void = { _ in }
  ) -> Serving {
    Serving(
      order: order, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      notifier: SystemdNotifier(environment: { _ in nil }), tell: tell)
  }

  /// Runs a body beside the program that serves, with the port it took.
  private func whileServing(
    _ listening: Settings.Web.Listening = .board,
    _ body: @Sendable (_ folder: URL, _ port: Int) async throws -> Void
  ) async throws {
    // A socket's path has room for 107 bytes.
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "web-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let (lines, said) = AsyncStream.makeStream(of: String.self)
    let serving = serving(order(in: folder, listening)) { said.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        // It ends by being cancelled.
        try? await serving.run()
        said.finish()
      }
      var first: String?
      for await line in lines where first == nil {
        first = line
        break
      }
      let line = try #require(first)
      let url = try #require(URL(string: String(line.dropFirst("the page is ".count))))
      try await body(folder, try #require(url.port))
      group.cancelAll()
    }
  }

  /// Asks at the socket, on a thread of its own: the client blocks.
  private func ask(_ request: ControlRequest, in folder: URL) async throws -> ControlResponse {
    let path = folder.appending(path: "pair.sock").path
    return try await withTaskExecutorPreference(OwnThread()) {
      try ControlClient(path: path, patience: .seconds(300)).send(request)
    }
  }

  @Test("it answers a question of its own, without a diary and a daemon")
  func answers() async throws {
    try await whileServing { _, port in
      #expect(await OwnQuestion(address: "127.0.0.1", port: port).isAnswered())
    }
  }

  @Test("a port that is taken ends it with 69 and names the setting")
  func taken() async throws {
    try await whileServing { folder, port in
      var order = order(in: folder, port: port)
      order.pairSocket = nil
      let failure = await #expect(throws: Failure.self) {
        try await Failure.wording { try await serving(order).run() }
      }
      #expect(failure?.status == 69)
      #expect(failure?.text.contains("web.port") == true)
    }
  }

  @Test("pages that are the board's alone need no code, and the mend is told")
  func boardOnly() async throws {
    try await whileServing { folder, _ in
      guard case .refused(_, let hint) = try await ask(.pair, in: folder) else {
        Issue.record("a code was given")
        return
      }
      #expect(hint.contains("web: {listen: house}"))
    }
  }

  @Test("a code is eight digits, with the port it is told at; nobody is let in by it yet")
  func code() async throws {
    try await whileServing(.address("0.0.0.0")) { folder, port in
      let offer = try await ask(.pair, in: folder).content(PairingOffer.self)
      #expect(offer.code.count == 8)
      #expect(offer.code.allSatisfy { $0.isASCII && $0.isNumber })
      #expect(offer.addresses == ["http://0.0.0.0:\(port)"])
      let devices = try await ask(.devices, in: folder).content([PairedDevice].self)
      #expect(devices == [])
    }
  }

  @Test("devices are those of the file, and forgetting takes them out of it")
  func devices() async throws {
    try await whileServing { folder, _ in
      #expect(
        try await ask(.forgetDevices, in: folder) == .done("0 devices are not let in any more"))
      let kept = try Data(contentsOf: folder.appending(path: "paired.json"))
      #expect(String(decoding: kept, as: UTF8.self) == "[]")
    }
  }

  @Test("what is the daemon's is refused")
  func daemons() async throws {
    try await whileServing { folder, _ in
      guard case .refused = try await ask(.status, in: folder) else {
        Issue.record("it took itself for the daemon")
        return
      }
    }
  }

  @Test("a file of devices that cannot be read ends it with 74")
  func spoilt() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "web-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("nonsense".utf8).write(to: folder.appending(path: "paired.json"))
    let failure = await #expect(throws: Failure.self) {
      try await Failure.wording { try await serving(order(in: folder)).run() }
    }
    #expect(failure?.status == 74)
  }

  @Test("a folder without pages ends it with 66")
  func noPages() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "web-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    var order = order(in: folder)
    order.pages = folder.appending(path: "nothing").path
    let failure = await #expect(throws: Failure.self) {
      try await Failure.wording { try await serving(order).run() }
    }
    #expect(failure?.status == 66)
  }
}
