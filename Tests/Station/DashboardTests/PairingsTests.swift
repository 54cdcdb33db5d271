import FoundationEssentials
import Glibc
import Synchronization
import Testing

@testable import Dashboard

@Suite("pairings") struct PairingsTests {
  /// A hash of the tests' own: it must not give the text back.
  @Sendable private static func hash(_ text: String) -> String {
    String(text.utf8.reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) }, radix: 16)
  }

  private func pairings(_ path: String? = nil) throws -> Pairings {
    try Pairings(path: path, hash: Self.hash)
  }

  private func withFile(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "skin2vec-pairs-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.appending(path: "pairings.json").path)
  }

  /// Another code of eight digits.
  private func other(than code: String) -> String {
    (code.first == "0" ? "1" : "0") + code.dropFirst()
  }

  @Test("a code has eight digits, and the next is another")
  func digits() async throws {
    let pairings = try pairings()
    var codes: Set<String> = []
    for _ in 0..<200 {
      let code = await pairings.newCode()
      #expect(code.utf8.count == 8 && code.utf8.allSatisfy { (48...57).contains($0) })
      codes.insert(code)
    }
    #expect(codes.count > 190)
  }

  @Test("without a code nobody is paired")
  func none() async throws {
    let pairings = try pairings()
    #expect(try await pairings.pair("00000000", name: "a", now: 1) == nil)
    #expect(try await pairings.pair("", name: "a", now: 1) == nil)
  }

  @Test("a code pairs one device, and no second")
  func oneUse() async throws {
    let pairings = try pairings()
    let code = await pairings.newCode()
    let token = try #require(try await pairings.pair(code, name: "a", now: 7))
    #expect(await pairings.knows(token))
    #expect(try await pairings.pair(code, name: "b", now: 8) == nil)
    #expect(await pairings.all.map(\.name) == ["a"])
    #expect(await pairings.all.map(\.paired) == [7])
  }

  @Test("a code holds for ten minutes and no longer", arguments: [599, 600])
  func validity(seconds: Int) async throws {
    let begin = ContinuousClock.now
    let passed = Mutex(0)
    let pairings = try Pairings(path: nil, hash: Self.hash) {
      begin + .seconds(passed.withLock { $0 })
    }
    let code = await pairings.newCode()
    passed.withLock { $0 = seconds }
    #expect(try await (pairings.pair(code, name: "a", now: 1) != nil) == (seconds < 600))
  }

  @Test("spaces in what was typed do not matter")
  func spaces() async throws {
    let pairings = try pairings()
    let code = await pairings.newCode()
    #expect(
      try await pairings.pair(" \(code.prefix(4)) \(code.suffix(4)) ", name: "a", now: 1) != nil)
  }

  @Test("a part of the code, or more than it, is wrong")
  func parts() async throws {
    let pairings = try pairings()
    let code = await pairings.newCode()
    for wrong in ["", String(code.dropLast()), code + "0", code + code] {
      #expect(try await pairings.pair(wrong, name: "a", now: 1) == nil)
    }
    #expect(try await pairings.pair(code, name: "a", now: 1) != nil)
  }

  @Test("four wrong tries let the right one pass, five end the code", arguments: [4, 5])
  func tries(count: Int) async throws {
    let pairings = try pairings()
    let code = await pairings.newCode()
    for _ in 0..<count {
      #expect(try await pairings.pair(other(than: code), name: "a", now: 1) == nil)
    }
    #expect(try await (pairings.pair(code, name: "a", now: 1) != nil) == (count < 5))
  }

  @Test("a new code takes the place of the one before, with all its tries")
  func replaced() async throws {
    let pairings = try pairings()
    let first = await pairings.newCode()
    for _ in 0..<4 { _ = try await pairings.pair(other(than: first), name: "a", now: 1) }
    var second = await pairings.newCode()
    while second == first { second = await pairings.newCode() }
    for _ in 0..<4 { #expect(try await pairings.pair(first, name: "a", now: 1) == nil) }
    #expect(try await pairings.pair(second, name: "a", now: 1) != nil)
  }

  @Test("no two tokens are the same, and each is long")
  func tokens() async throws {
    let pairings = try pairings()
    var tokens: Set<String> = []
    for _ in 0..<20 {
      let code = await pairings.newCode()
      let token = try #require(try await pairings.pair(code, name: "a", now: 1))
      #expect(token.utf8.count > 30)
      #expect(
        token.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 })
      tokens.insert(token)
    }
    #expect(tokens.count == 20)
  }

  @Test("no more devices are kept than thirty-two: the oldest goes")
  func most() async throws {
    let pairings = try pairings()
    var tokens: [String] = []
    for number in 0..<33 {
      let code = await pairings.newCode()
      tokens += [try #require(try await pairings.pair(code, name: "\(number)", now: 1))]
    }
    #expect(await pairings.all.map(\.name) == (1...32).map { "\($0)" })
    #expect(await !pairings.knows(tokens[0]))
    #expect(await pairings.knows(tokens[32]))
  }

  @Test("they are kept in a file that only its owner may read, and that has no token in it")
  func file() async throws {
    try await withFile { path in
      let pairings = try pairings(path)
      #expect(!FileManager.default.fileExists(atPath: path))
      let code = await pairings.newCode()
      let token = try #require(try await pairings.pair(code, name: "Ännes Handy", now: 5))
      var status = stat()
      #expect(stat(path, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600)
      let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
      #expect(!text.contains(token) && !text.contains(code))
      let files = try FileManager.default.contentsOfDirectory(
        atPath: URL(filePath: path).deletingLastPathComponent().path)
      #expect(files == ["pairings.json"])

      let again = try self.pairings(path)
      #expect(await again.knows(token))
      #expect(await again.all == pairings.all)
      #expect(await again.all.first?.name == "Ännes Handy")
      try await again.forgetAll()
      #expect(await !again.knows(token))
      #expect(try await self.pairings(path).all.isEmpty)
    }
  }

  @Test(
    "a damaged file is said to be so, and is not taken for an empty one",
    arguments: ["", "{", "[{\"hash\":\"x\"}]", "null", "\u{0}\u{0}\u{0}"])
  func damaged(text: String) async throws {
    try await withFile { path in
      try Data(text.utf8).write(to: URL(filePath: path))
      #expect(throws: (any Error).self) { try pairings(path) }
      #expect(try Data(contentsOf: URL(filePath: path)) == Data(text.utf8))
    }
  }

  @Test("a pairing that cannot be kept is none")
  func unwritable() async throws {
    let pairings = try pairings("/nowhere/at/all/pairings.json")
    let code = await pairings.newCode()
    await #expect(throws: (any Error).self) {
      try await pairings.pair(code, name: "a", now: 1)
    }
    #expect(await pairings.all.isEmpty)
  }
}
