import Readings
import Testing
import TestSupport

@testable import Store

@Suite("digest", .takingTurns)
struct DigestTests {
  /// FIPS 180-4's worked examples, and the lengths around a block's end by Python's hashlib.
  @Test(
    "SHA-256 is what FIPS 180-4 and Python say",
    arguments: [
      ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
      ("a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
      ("a", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
      ("a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
      ("a", 119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"),
    ])
  func vectors(text: String, times: Int, digest: String) {
    let bytes = [UInt8](String(repeating: text, count: times).utf8)
    for piece in [1, 63, 64, 65, 1000] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: piece) {
        bytes[start..<min(start + piece, bytes.count)].withUnsafeBytes { hash.update($0) }
        // A million single bytes take a while in a build without optimisation.
        if piece == 1, bytes.count > 1000 { return }
      }
      #expect(DiaryDigest(bytes: hash.finish()).description == digest)
    }
  }

  @Test("a digest is 64 hexadecimal digits, and is read back")
  func words() {
    let digest = DiaryDigest(bytes: (0..<32).map { 7 * $0 })
    #expect(DiaryDigest(digest.description) == digest)
    #expect(DiaryDigest("00") == nil)
    #expect(DiaryDigest(String(repeating: "g", count: 64)) == nil)
  }

  @Test("the same readings give the same digest, and one other reading another")
  func sameAndOther() async throws {
    let digests = try await [40.0, 40.0, 40.000_000_000_000_01].asyncMap { value in
      try await Bench.with { bench in
        let store = try bench.store()
        _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [value]))
        let archive = try Archive(path: bench.path)
        return [try await archive.digest(), try await archive.digestOfDerived()]
      }
    }
    #expect(digests[0] == digests[1])
    #expect(digests[0][0] != digests[2][0])
    #expect(digests[0][1] != digests[2][1])
  }

  @Test("what is not worked out is in the digest of everything only")
  func derivedOnly() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let archive = try Archive(path: bench.path)
      let before = (try await archive.digest(), try await archive.digestOfDerived())
      try await store.append(Notice(.failure, "something", stamp: Bench.stamp(Bench.monday)))
      #expect(try await archive.digest() != before.0)
      #expect(try await archive.digestOfDerived() == before.1)
    }
  }
}

extension Array {
  fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var results: [T] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
