import Bus
import Journal
import LinuxBus
import Readings
import Settings

/// Holds the configuration against the board it is to run on.
struct BoardCheck {
  var settings: Settings
  /// What the file is called, or the words for the defaults.
  var file: String
  /// Nil where the defaults serve.
  var positions: KeyPositions?
  var desk: Desk

  /// What is wrong, in the order of the file.
  func findings() -> [Finding] {
    let found = groups() + diary() + time() + buses() + lines() + journal()
    let start = SettingsFault.Position(line: 0, column: 0)
    let sorted = found.enumerated().sorted { a, b in
      (a.element.fault.position ?? start, a.offset) < (b.element.fault.position ?? start, b.offset)
    }
    return sorted.map(\.element)
  }

  private func finding(
    _ key: String, _ problem: String, hint: String, _ weight: Finding.Weight
  ) -> Finding {
    Finding(
      fault: SettingsFault(
        file: file, position: positions?[key], key: key, problem: problem, hint: hint),
      weight: weight)
  }

  private func time() -> [Finding] {
    guard settings.time.zone == nil else { return [] }
    guard let name = desk.systemZone else {
      return [
        finding(
          "time.zone", "the board's own zone is not known, so local times are UTC",
          hint: "'timedatectl set-timezone Europe/Berlin', or name the zone here", .warning)
      ]
    }
    do {
      _ = try ZoneRules(named: name)
      return []
    } catch {
      return [
        finding(
          "time.zone", "the board's own zone `\(name)` cannot be read",
          hint: "install tzdata, or name another zone here", .fault(.configuration))
      ]
    }
  }

  private func diary() -> [Finding] {
    let way = settings.diary.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    let folder = way.isEmpty ? "/" : way
    switch desk.board.folder(folder) {
    case .writable: return []
    case .notWritable:
      return [
        finding(
          "diary", "you may not write \(folder)",
          hint: "check as the station's user: 'sudo -u skin2vec skin2vec check'",
          .fault(.cannotCreate))
      ]
    case .missing:
      return [
        finding(
          "diary", "\(folder) is not there",
          hint: "make it for the user skin2vec; skin2vecd.service makes /var/lib/skin2vec itself",
          .fault(.cannotCreate))
      ]
    }
  }

  private func groups() -> [Finding] {
    ["i2c", "gpio"].filter { !desk.board.hasGroup($0) }.map { group in
      finding(
        "", "there is no group \(group), which skin2vecd runs with",
        hint: "'systemd-sysusers' makes it from /usr/lib/sysusers.d/skin2vec.conf", .warning)
    }
  }

  private func buses() -> [Finding] {
    settings.buses.sorted { $0.key < $1.key }.compactMap { name, path -> Finding? in
      do throws(BusError) {
        _ = try desk.board.openBus(path)
        return nil
      } catch {
        return finding(
          "buses.\(name)", "\(path) \(Self.words(error.kind))",
          hint: Self.busHint(error), .fault(.unavailable))
      }
    }
  }

  private static func busHint(_ error: BusError) -> String {
    switch error.kind {
    case .gone: "is dtparam=i2c_arm=on set, and the module i2c-dev loaded?"
    case .denied: "join the group: 'adduser NAME i2c', then log in again"
    case .unsupported: "it is no I²C adapter: 'i2cdetect -l' lists them"
    default: error.hint
    }
  }

  private static func words(_ kind: BusError.Kind) -> String {
    switch kind {
    case .gone: "is not there"
    case .denied: "may not be opened"
    case .unsupported: "cannot do it"
    default: "cannot be opened"
    }
  }

  private func lines() -> [Finding] {
    uses.compactMap { key, place -> Finding? in
      do throws(BusError) {
        try desk.board.tryLine(place)
        return nil
      } catch {
        return finding(
          key, "\(place.chip) \(place.line.inWords): \(Self.lineProblem(error.kind))",
          hint: Self.lineHint(error), error.kind == .taken ? .warning : .fault(.unavailable))
      }
    }
  }

  private static func lineProblem(_ kind: BusError.Kind) -> String {
    switch kind {
    case .gone: "there is no such chip, or it has no such line"
    case .taken: "another program has it"
    default: words(kind)
    }
  }

  private static func lineHint(_ error: BusError) -> String {
    switch error.kind {
    case .gone: "'gpiodetect' shows the chips by label, 'gpioinfo' their lines"
    case .denied: "join the group: 'adduser NAME gpio', then log in again"
    case .taken: "right if skin2vecd runs; else 'gpioinfo' says who"
    default: error.hint
    }
  }

  /// Every line that is used, by its key.
  private var uses: [(key: String, place: LinuxBus.LinePlace)] {
    let lines = settings.lines
    let named: [(String, Settings.LinePlace?)] = [
      ("contact", lines.contact?.place), ("light", lines.light?.place),
      ("buzzer", lines.buzzer?.place), ("selector", lines.selector?.place),
    ]
    let lamps = settings.parts.enumerated().compactMap { index, part in
      if case .sebum(let options) = part.options {
        ("parts[\(index)].lamp", options.lamp.place)
      } else {
        nil
      }
    }
    return named.compactMap { name, place in place.map { ("lines.\(name)", $0.onBoard) } }
      + lamps.map { ($0, $1.onBoard) }
  }

  private func journal() -> [Finding] {
    guard settings.journal.warnsWhenVolatile, desk.board.journal() == .volatile else { return [] }
    return [
      finding(
        "journal", "the journal is kept in memory only, and forgets at power-off",
        hint: "'mkdir /var/log/journal' keeps it; 'skin2vec log' has the lines in any case",
        .warning)
    ]
  }
}

extension Settings.LinePlace {
  fileprivate var onBoard: LinuxBus.LinePlace {
    switch line {
    case .offset(let offset): LinePlace(chip: chip, line: .offset(UInt32(offset)))
    case .name(let name): LinePlace(chip: chip, line: .named(name))
    }
  }
}

extension LineName {
  fileprivate var inWords: String {
    switch self {
    case .offset(let offset): "line \(offset)"
    case .named(let name): "line `\(name)`"
    }
  }
}
