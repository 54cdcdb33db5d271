import ArgumentParser
import Foundation
import Settings
import Testing

@testable import skin2vec_web

@Suite struct OrderTests {
  private func order(
    _ words: [String], settings: String = "", environment: [String: String] = [:]
  ) throws -> Serving.Order {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "skin2vec-web-\(UUID().uuidString).yaml")
    try Data(settings.utf8).write(to: file)
    // A file left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: file) }
    return try Skin2VecWeb.parse(["--config", file.path] + words)
      .order(environment: { environment[$0] })
  }

  @Test("without a word of it the pages are the board's own, at the usual port")
  func usual() throws {
    let order = try order([])
    #expect(order.listening == .board)
    #expect(order.port == 8047)
    #expect(order.diary == "/var/lib/skin2vec/diary.sqlite")
    #expect(order.controlSocket == "/run/skin2vec/control.sock")
  }

  @Test("the settings say where, and the command line has the last word")
  func precedence() throws {
    let settings = "diary: /d\ncontrol: /c\nweb: {listen: house, port: 81}\n"
    let told = try order([], settings: settings)
    #expect(told.listening == .house)
    #expect(told.port == 81)
    #expect(told.diary == "/d")
    #expect(told.controlSocket == "/c")
    let chosen = try order(
      ["--listen", "192.168.1.5", "--port", "0", "--database", "/e", "--control", "/f"],
      settings: settings)
    #expect(chosen.listening == .address("192.168.1.5"))
    #expect(chosen.port == 0)
    #expect(chosen.diary == "/e")
    #expect(chosen.controlSocket == "/f")
  }

  @Test("what is kept, and where codes are asked for, is in the unit's folders")
  func folders() throws {
    let order = try order(
      [],
      environment: [
        "STATE_DIRECTORY": "/var/lib/skin2vec-web", "RUNTIME_DIRECTORY": "/run/skin2vec-web",
      ])
    #expect(order.pairings == "/var/lib/skin2vec-web/paired.json")
    #expect(order.pairSocket == "/run/skin2vec-web/pair.sock")
  }

  @Test("outside of a unit nothing is kept, and no codes are given but at a socket that is named")
  func noFolders() throws {
    #expect(try order([]).pairings == nil)
    #expect(try order([]).pairSocket == nil)
    #expect(try order(["--socket", "/tmp/pair.sock"]).pairSocket == "/tmp/pair.sock")
  }

  @Test(
    "places and ports that are none are refused",
    arguments: [["--listen", "everywhere"], ["--port", "65536"], ["--port", "-1"]])
  func refusals(words: [String]) {
    #expect(throws: (any Error).self) { try Skin2VecWeb.parse(words) }
  }
}
