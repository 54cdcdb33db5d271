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
    case let refused as WebServer.Refused: self.init(refused)
    default: self.init(EX_SOFTWARE, "\(error)")
    }
  }

  private init(_ refused: WebServer.Refused) {
    let place = "port \(refused.place.port) at \(refused.place.address)"
    switch refused.code {
    case EADDRINUSE:
      self.init(
        EX_UNAVAILABLE, "\(place) is taken",
        hint: "stop what listens there ('ss -ltnp' names it), or choose another `web.port`")
    case EADDRNOTAVAIL:
      self.init(
        EX_UNAVAILABLE, "\(refused.place.address) is no address of this board",
        hint: "'ip address' shows which are; mend `web.listen`")
    case EACCES, EPERM:
      self.init(
        EX_UNAVAILABLE, "\(place) is not allowed",
        hint: "the unit lets this program take port 8047 alone: see `web.port` in the settings")
    case let code:
      self.init(EX_UNAVAILABLE, "\(place) cannot be had: \(String(cString: strerror(code)))")
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
