import FoundationEssentials
import Glibc
import Readings

/// The devices that may read the page from elsewhere, and the code by which one more becomes one.
///
/// A code is of eight digits, holds for ten minutes and for one device. What a device keeps is a random
/// token; the file has what it hashes to by the store's SHA-256.
package actor Pairings {
  /// The cookie's name.
  static let cookie = "skin2vec"

  /// A device that was paired.
  package struct Device: Hashable, Sendable, Codable {
    /// What its token hashes to.
    package var hash: String
    /// What it calls itself: `Firefox on Android`.
    package var name: String
    /// When it was paired, microseconds since 1970.
    package var paired: Int64
  }

  private struct Code {
    var digits: String
    var until: ContinuousClock.Instant
    /// Wrong answers that are still let pass.
    var tries: Int
  }

  private let path: String?
  private let hash: @Sendable (String) -> String
  private let clock: @Sendable () -> ContinuousClock.Instant
  private var devices: [Device]
  private var code: Code?

  /// How long a code holds.
  package static let validity = Duration.seconds(600)
  private static let tries = 5
  private static let most = 32

  /// The devices of a file.
  ///
  /// - Parameters:
  ///   - path: The file; nil keeps them in memory only.
  ///   - hash: A cryptographic hash of text, in hexadecimal digits.
  ///   - clock: By which a code grows old.
  /// - Throws: Where the file is there and cannot be read.
  package init(
    path: String?, hash: @escaping @Sendable (String) -> String,
    clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) throws {
    self.path = path
    self.hash = hash
    self.clock = clock
    if let path, access(path, F_OK) == 0 {
      devices = try JSONDecoder().decode([Device].self, from: Data(contentsOf: URL(filePath: path)))
    } else {
      devices = []
    }
  }

  /// A new code, in the place of the one before.
  package func newCode() -> String {
    let code = Int.random(in: 0..<100_000_000).padded(to: 8)
    self.code = Code(digits: code, until: clock() + Self.validity, tries: Self.tries)
    return code
  }

  /// Pairs a device that knows the code.
  ///
  /// - Parameters:
  ///   - digits: What it was told; spaces do not matter.
  ///   - name: What it calls itself.
  ///   - now: Microseconds since 1970.
  /// - Returns: Its token, which nobody else has; nil where the code is another, or none is out.
  /// - Throws: Where it cannot be kept.
  func pair(_ digits: String, name: String, now: Int64) throws -> String? {
    guard var code, code.until > clock() else { return nil }
    guard Self.isSame(digits.filter { $0 != " " }, code.digits) else {
      code.tries -= 1
      self.code = code.tries > 0 ? code : nil
      return nil
    }
    self.code = nil
    let token = (0..<4).map { _ in
      String(UInt64.random(in: .min ... .max), radix: 36)
    }.joined(separator: "-")
    let device = Device(hash: hash(token), name: String(name.prefix(100)), paired: now)
    try keep(devices.suffix(Self.most - 1) + [device])
    return token
  }

  /// Whether a token is a paired device's.
  func knows(_ token: String) -> Bool {
    let hash = hash(token)
    return devices.contains { Self.isSame($0.hash, hash) }
  }

  /// Who is paired.
  package var all: [Device] { devices }

  /// Takes every pairing back.
  package func forgetAll() throws { try keep([]) }

  private func keep(_ devices: [Device]) throws {
    if let path {
      let part = path + ".part"
      try JSONEncoder().encode(devices).write(to: URL(filePath: part))
      guard chmod(part, 0o600) == 0, rename(part, path) == 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    }
    self.devices = devices
  }

  /// Compares in a time that does not tell how far two texts agree.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    let (left, right) = (Array(a.utf8), Array(b.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
