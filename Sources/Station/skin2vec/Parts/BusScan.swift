import Bus
import Readings
import Sensors
import Settings
import Wording

/// Who answers where on one bus.
struct BusScan: Hashable {
  var path: String
  /// Its name in the configuration, where it has one.
  var name: String?
  var answers: [Answer] = []
  /// Why the bus could not be scanned to the end.
  var problem: String?
  var hint: String?

  /// Somebody at an address.
  struct Answer: Hashable {
    var address: I2CAddress
    /// The parts of the station that can be there.
    var candidates: [SupportedPart]
    /// Whether a driver of the kernel has it.
    var isTaken = false
    /// Who it says it is.
    var identity: PartInfo?
    /// What was not as the station needs it.
    var problem: String?
  }
}

/// Looks for parts.
struct Scanner {
  var clock: any StationClock
  /// The parts the configuration puts on this bus.
  var configured: [Settings.Part]
  /// Whether parts are asked who they are; not beside a daemon that is in the middle of asking.
  var asks: Bool

  /// Tries every address of a bus.
  func scan(_ bus: any I2CBus, path: String, name: String?) async -> BusScan {
    var scan = BusScan(path: path, name: name)
    for address in I2CAddress.all {
      do {
        guard try await bus.answers(at: address) else { continue }
        scan.answers.append(await answer(at: address, on: bus))
      } catch {
        if error.kind == .taken {
          scan.answers.append(
            BusScan.Answer(address: address, candidates: parts(at: address), isTaken: true))
          continue
        }
        scan.problem = error.description
        scan.hint = error.hint
        break
      }
    }
    return scan
  }

  private func parts(at address: I2CAddress) -> [SupportedPart] {
    SupportedPart.allCases.filter { $0.addresses.contains(address) }
  }

  private func answer(at address: I2CAddress, on bus: any I2CBus) async -> BusScan.Answer {
    var answer = BusScan.Answer(address: address, candidates: parts(at: address))
    guard asks else { return answer }
    let named = configured.first { $0.address == address }?.part
    // The configuration vouches for a part of Sensirion's here, and its rivals for the address speak
    // the same language: a SEN55 and an SPS30 are told apart.
    let isVouchedFor = named.map { !$0.isSafeToAsk } ?? false
    let rivals = answer.candidates.filter { $0 != named }
    for part in (named.map { [$0] } ?? []) + rivals where part.isSafeToAsk || isVouchedFor {
      do {
        answer.identity = try await part.identify(on: bus, at: address, clock: clock)
        answer.problem = nil
        return answer
      } catch {
        answer.problem = error.description
      }
    }
    return answer
  }
}

extension BusScan.Answer {
  /// The line: address, who can be there, who it says it is.
  func add(to table: inout TextTable) {
    let names = candidates.map(\.makersName)
    let possible = names.isEmpty ? "no part of the station" : names.joined(separator: " or ")
    let said =
      if isTaken {
        "a kernel driver has it"
      } else if let identity {
        "says: \(identity.words)"
      } else {
        problem ?? ""
      }
    table.add(address.description, possible, said)
  }

  var json: JSON {
    [
      "address": .text(address.description), "address_value": JSON(Int(address.value)),
      "candidates": .list(candidates.map { .text($0.rawValue) }), "taken": JSON(isTaken),
      "product": JSON(identity?.product), "serial": JSON(identity?.serial),
      "firmware": JSON(identity?.firmware), "problem": JSON(problem),
    ]
  }
}

extension BusScan {
  func lines(_ paint: Paint) -> [String] {
    let title = paint.bold(path) + (name.map { " (\($0))" } ?? "")
    var table = TextTable()
    for answer in answers { answer.add(to: &table) }
    var lines = [title] + table.lines(indentedBy: 2)
    if let problem { lines.append("  " + paint.red(problem) + (hint.map { ": " + $0 } ?? "")) }
    if answers.isEmpty, problem == nil {
      lines.append("  nobody answers: are the parts wired and powered?")
    }
    return lines
  }

  var json: JSON {
    [
      "bus": .text(path), "name": JSON(name), "answers": .list(answers.map(\.json)),
      "problem": JSON(problem), "hint": JSON(hint),
    ]
  }
}

extension PartInfo {
  /// Product, serial number and firmware, as far as there are any.
  var words: String {
    [product, serial.map { "serial " + $0 }, firmware.map { "firmware " + $0 }]
      .compactMap(\.self).joined(separator: ", ").printable
  }
}
