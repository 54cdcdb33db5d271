import Dashboard
import Glibc
import Readings
import Settings
import Store

/// Why the program ends: what is wrong, the mend, and the exit status as sysexits.h numbers it.
struct Failure: Error, Hashable {
  var status: Int32
  var text: String

  init(_ status: Int32, _ problem: String, hint: String? = nil) {
    self.status = status
    text = problem + (hint.map { ": " + $0 } ?? "")
  }

  /// The failure behind whatever was thrown below.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as SettingsError: self.init(EX_CONFIG, error.description)
    case let error as ZoneError: self.init(EX_CONFIG, error.description)
    case let error as StoreError:
      // Its description ends with the hint.
      self.init(error.kind == .missing ? EX_NOINPUT : EX_SOFTWARE, error.description)
    case let error as Assets.Missing: self.init(EX_NOINPUT, error.description)
    default: self.init(EX_SOFTWARE, "\(error)")
    }
  }

  /// Runs a body; what it throws becomes a failure.
  static func wording<Result>(_ body: () async throws -> Result) async throws(Failure) -> Result {
    do { return try await body() } catch { throw Failure(error) }
  }

  /// The same, without waiting.
  static func wording<Result>(_ body: () throws -> Result) throws(Failure) -> Result {
    do { return try body() } catch { throw Failure(error) }
  }
}
