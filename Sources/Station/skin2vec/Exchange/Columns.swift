import Readings
import Store
import Wording

/// The columns of a file by what they are; more may come as NDJSON goes on.
///
/// One object for all lines: each of millions is read with it in hand.
final class Columns {
  private var map: FieldMap
  /// What each column of the file is, in its order; nil where it is not imported.
  private(set) var targets: [FieldTarget?] = []
  /// Where each role's column is, by the role's place in `FieldRole.allCases`.
  private(set) var places: [FieldRole: Int] = [:]
  private(set) var formats: [FieldRole: TimeFormat] = [:]
  /// Those that every sample of the air is asked for.
  private(set) var time: (place: Int, format: TimeFormat)?
  private(set) var part: Int?
  private(set) var clock: Int?
  /// The channels' columns of the wide form: place, bit and conversion.
  private(set) var channels: [(place: Int, bit: Int, conversion: UnitConversion)] = []
  /// Whether a line may name a channel of its own, as in the long form.
  private(set) var mayBeLong = false
  private(set) var names: [String] = []

  init(_ map: FieldMap) { self.map = map }

  /// Columns that are not imported.
  var unused: [String] { zip(names, targets).filter { $1 == nil }.map(\.0) }

  /// Takes up columns that are new.
  ///
  /// - Parameter columns: All the file's columns so far.
  /// - Throws: `Failure` where two columns are the same thing.
  func read(_ columns: [String]) throws(Failure) {
    for place in names.count..<max(names.count, columns.count) {
      let column = columns[place]
      names.append(column)
      guard let (target, format) = map.target(of: column) else {
        targets.append(nil)
        continue
      }
      if targets.contains(where: { $0?.key == target.key }) {
        throw Failure(
          .usage, "column `\(column.printable)` is the second that is \(target.key)",
          hint: "say with --map which one is meant, by another name for the other column")
      }
      targets.append(target)
      switch target {
      case .role(let role):
        places[role] = place
        formats[role] = format
        switch role {
        case .time: time = (place, format)
        case .part: part = place
        case .clock: clock = place
        case .channel, .value: mayBeLong = true
        default: break
        }
      case .channel(let channel, let conversion):
        guard let bit = AirRows.channels.firstIndex(of: channel) else { continue }
        channels.append((place, bit, conversion))
      }
    }
  }

  /// The column's name of a role, as refusals name it.
  func name(_ role: FieldRole) -> String {
    places[role].map { names[$0] } ?? role.rawValue
  }

  /// Whether a time can be made of the columns.
  var hasTime: Bool {
    places[.time] != nil || places[.date] != nil
      || [.year, .month, .day].allSatisfy { places[$0] != nil }
  }

  /// Refuses columns of which nothing can be imported, with a map that may fit.
  func check(path: String) throws(Failure) {
    if let column = map.missing.sorted().first {
      throw Failure(
        .usage, "--map: \(path) has no column `\(column.printable)`",
        hint: "its columns are " + names.map(\.printable).joined(separator: ", "))
    }
    var wanted: [String] = []
    if map.kind == .air || map.kind == .events || map.kind == .touches, !hasTime {
      wanted.append("a time")
    }
    let needed: [FieldRole] =
      switch map.kind {
      case .air: channels.isEmpty ? [.channel, .value] : []
      case .events: [.kind]
      case .scores: [.localDate, .dimension, .value]
      case .slots: [.localDate, .slot, .channel, .value]
      case .touches: [.channel]
      }
    wanted += needed.filter { places[$0] == nil }.map { "`\($0.rawValue)`" }
    guard !wanted.isEmpty else { return }
    let what = map.kind == .air && channels.isEmpty ? wanted + ["or any channel"] : wanted
    let guess = FieldGuess.map(of: names, kind: map.kind)
    throw Failure(
      .usage, "\(path): no column is \(what.joined(separator: ", "))",
      hint: guess.map { "perhaps \($0)" }
        ?? "its columns are " + names.map(\.printable).joined(separator: ", "))
  }
}

extension FieldTarget {
  /// What it is, whatever the unit.
  var key: String {
    switch self {
    case .role(let role): role.rawValue
    case .channel(let channel, _): channel.rawValue
    }
  }
}
