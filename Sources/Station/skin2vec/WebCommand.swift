import ArgumentParser
import Control
import Glibc
import Readings
import Settings
import Wording

/// `skin2vec web`.
struct WebCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "web",
    abstract: "Lets a device in to the pages, or says which are let in.",
    discussion: """
      'pair' gives a code of eight digits that holds for ten minutes and for one device; on a \
      terminal also as a QR code, where qrencode is installed. 'devices' lists who is let in, \
      'forget' lets none of them in any more. The pages are served by skin2vec-web, and to the house \
      only where the configuration says `web: {listen: house}`.

      Examples:
        skin2vec web pair
        skin2vec web devices --json
        skin2vec web forget
      """)

  enum Action: String, CaseIterable, ExpressibleByArgument {
    case pair, devices, forget
  }

  static let usualSocket = "/run/skin2vec-web/pair.sock"

  @Argument(help: "What is to be done.")
  var action: Action
  @Option(
    help: ArgumentHelp("The socket of skin2vec-web.", valueName: "path"), completion: .file())
  var socket = Self.usualSocket
  @OptionGroup var output: OutputOptions
  @Option(
    help: ArgumentHelp(
      "The configuration file (default: \(PlaceOptions.defaultConfiguration); without it the "
        + "defaults).", valueName: "path"), completion: .file())
  var config: String?

  func perform(at desk: Desk) async throws -> ExitStatus {
    switch action {
    case .pair: try pair(at: desk)
    case .devices: try list(at: desk)
    case .forget:
      guard case .done(let words) = try ask(.forgetDevices) else { throw Self.otherAnswer }
      desk.say(output.json ? try JSON.object(["message": .text(words)]).indented() : words)
    }
    return .done
  }

  private static let otherAnswer = ControlError.malformed("another answer than asked for")

  private func ask(_ request: ControlRequest) throws -> ControlResponse {
    let answer: ControlResponse
    do throws(ControlError) {
      answer = try ControlClient(path: socket).send(request)
    } catch .notRunning {
      throw Failure(
        .unavailable, "skin2vec-web does not run (nobody listens at \(socket))", hint: try mend())
    }
    guard case .refused(let problem, let hint) = answer else { return answer }
    throw Failure(.unavailable, problem, hint: hint)
  }

  /// How the pages are brought to the house from here.
  private func mend() throws(SettingsError) -> String {
    let file = config ?? PlaceOptions.defaultConfiguration
    let start = "start it with 'systemctl enable --now skin2vec-web'"
    let isThere = access(file, F_OK) == 0
    let listening = isThere ? try Settings.read(path: file).web.listen : .board
    guard listening == .board else { return start }
    return "write `web: {listen: house}` in \(file), then \(start)"
  }
}

extension WebCommand {
  private func pair(at desk: Desk) throws {
    let offer = try ask(.pair).content(PairingOffer.self)
    if output.json { return desk.say(try JSON.indented(offer)) }
    let half = offer.code.index(offer.code.startIndex, offsetBy: offer.code.count / 2)
    let code = desk.paint.bold(offer.code[..<half] + " " + offer.code[half...])
    desk.say("code \(code), for one device, until \(try clock(of: desk).time(offer.until))")
    let pages = offer.addresses.map { "\($0)/pair#\(offer.code)" }
    guard let first = pages.first else {
      desk.say("this board has no address in the house now: join it to the network, and ask again")
      return
    }
    for page in pages { desk.say("  " + page) }
    // Null where no terminal could show it.
    guard let draw = desk.drawQRCode else { return }
    if !draw(first) {
      desk.say("as a QR code: 'apt install qrencode', and ask again")
    }
  }

  /// The clock on the wall: the board's own, as the code is of the board.
  private func clock(of desk: Desk) throws(ZoneError) -> LocalClock {
    let zone = try desk.systemZone.map { name throws(ZoneError) in try ZoneRules(named: name) }
    return LocalClock(plan: DayPlan(zone: zone ?? .utc), now: desk.now)
  }

  private func list(at desk: Desk) throws {
    let devices = try ask(.devices).content([PairedDevice].self)
    if output.json { return desk.say(try JSON.indented(devices)) }
    guard !devices.isEmpty else {
      return desk.say("no device is let in; 'skin2vec web pair' gives a code")
    }
    let clock = try clock(of: desk)
    var table = TextTable()
    for device in devices {
      table.add(device.name.printable, "since \(clock.dateTime(device.paired))")
    }
    for line in table.lines() { desk.say(line) }
  }
}
