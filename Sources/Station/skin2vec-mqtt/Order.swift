import Bus
import FoundationEssentials
import Glibc
import Readings
import Settings
import Store

/// What the configuration wants.
struct Order: Sendable {
  let settings: Settings
  private let bulletin: Bulletin

  /// Reads a configuration.
  ///
  /// - Parameter file: Its path.
  /// - Throws: `SettingsError`, or `Failure` where it names no broker.
  init(file: String) throws {
    settings = try Settings.read(path: file)
    guard let bulletin = Bulletin(settings) else {
      throw Failure(
        EX_CONFIG, "\(file): there is no broker to publish to",
        hint: "add `mqtt: {broker: 192.168.1.2}`; the file that comes with it shows the other keys")
    }
    self.bulletin = bulletin
  }

  /// What the publisher works with.
  func house(
    _ reporter: Reporter, _ stop: StopSignal, clock: any StationClock
  ) throws -> Publisher.House {
    Publisher.House(
      bulletin: bulletin, plan: { zone in try dayPlan(diaryZone: zone) },
      introduction: try introduction(), clock: clock, stop: stop, reporter: reporter)
  }

  /// The zone is the settings', or else the one that the daemon took the board's to be.
  private func dayPlan(diaryZone: String?) throws -> DayPlan {
    let name = settings.time.zone ?? diaryZone ?? ZoneRules.systemName()
    return DayPlan(
      zone: try name.map { name throws(ZoneError) in try ZoneRules(named: name) } ?? .utc,
      morningStart: settings.time.morning.minutes, eveningStart: settings.time.evening.minutes)
  }

  private func introduction() throws -> Introduction {
    Introduction(
      clientID: Self.clientID(host: Self.hostName), keepAliveSeconds: 60,
      will: bulletin.availability(false), user: bulletin.mqtt.user,
      password: try bulletin.mqtt.passwordFile.map { try Self.firstLine(of: $0) })
  }

  /// A name that no other station of the house has: 23 letters and digits at most (3.1.3.1).
  static func clientID(host: String) -> String {
    let plain = host.unicodeScalars.filter {
      $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0))
    }
    return String(("skin2vec" + String(String.UnicodeScalarView(plain))).prefix(23))
  }

  private static var hostName: String {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "" }
    return String(
      decoding: bytes.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }

  private static func firstLine(of path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        EX_CONFIG, "the file of mqtt.password_file cannot be read: \(path)",
        hint: "make it, and let the user skin2vec read it: chgrp skin2vec, chmod 640")
    }
    let line = data.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    // Bytes that are no text would grow while they are made one, beyond what a packet can say.
    guard !line.isEmpty, line.count <= 0xFFFF,
      let password = String(validating: line, as: UTF8.self)
    else {
      throw Failure(
        EX_CONFIG, "there is no password in the first line of \(path)",
        hint: "write it there, as UTF-8")
    }
    return password
  }
}
