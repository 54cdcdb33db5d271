import Acquisition
import Bus
import Control
import FoundationEssentials
import Journal
import Readings
import ServiceLifecycle
import Settings
import Tape

/// Answers the command line: what is asked, and what it wants written.
struct ControlDesk: Service {
  /// Nil where what was asked is on a tape.
  let server: ControlServer?
  let assembly: Assembly
  /// Stamps what is not on the tape.
  let outside: TimeKeeper
  let deck: any Deck
  let taping: Taping
  let reloader: Reloader
  let lender: Lender
  let doorkeeper: Doorkeeper
  let isSimulated: Bool
  let started: Stamp
  let diary: String
  private let queue = ControlQueue()

  func run() async throws {
    try await untilShutdown {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          await queue.serve(through: deck, on: outside.clock) { await write($0) }
        }
        if let server {
          group.addTask {
            try await server.serve(
              { request, _ in await answer(request) }, station: { tell in await lead(tell) },
              refused: { peer in await doorkeeper.refused(peer) })
          }
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }

  /// Answers what changes nothing that a tape keeps; the rest waits for its turn.
  private func answer(_ request: ControlRequest) async -> ControlResponse {
    switch request {
    case .status: return .status(status(at: outside.stamp()))
    case .follow:
      return .refused(problem: "nobody can be followed here", hint: "ask a daemon of this version")
    case .reload: return await reload()
    case .lend(let borrower): return lent(await lender.lend(to: borrower), "the diary is lent")
    case .takeBack: return lent(await lender.takeBack(), "the diary is back")
    case .tape: return tape()
    case .pair, .devices, .forgetDevices:
      return .refused(problem: "the daemon has no pages", hint: "ask skin2vec-web: 'skin2vec web'")
    case .who, .score, .event, .withdraw, .measure, .endMeasuring, .calibrate, .epoch, .backup,
      .alarm:
      return await queue.answer(to: request)
    }
  }

  /// Does what somebody wants written.
  private func write(_ request: ControlRequest) async -> ControlResponse {
    let stamp = assembly.keeper.stamp()
    do {
      switch request {
      case .who(let person): return await choose(person)
      case .score(let score): return try await save(score, at: stamp)
      case .event(let event): return try await save(event, at: stamp)
      case .withdraw(let withdrawal): return try await withdraw(withdrawal, at: stamp)
      case .measure(let channel): return await assembly.probe.measured(channel)
      case .endMeasuring:
        await assembly.probe.endMeasuring()
        return .done("contacts are taps again")
      case .calibrate(let calibration): return try await calibrate(calibration, at: stamp)
      case .epoch(let order): return .done(try await begin(order, at: stamp).text)
      case .backup(let words, let isMade):
        await assembly.herald.announce(
          Notice(isMade ? .backupMade : .backupFailed, words, priority: isMade ? .info : .error))
        return .done(words)
      case .alarm(let words, let person):
        await assembly.herald.announce(
          Notice(
            .changeNoticed, words, priority: .notice, fields: [.init("PERSON", person.rawValue)]))
        return .done(words)
      case .status, .follow, .reload, .lend, .takeBack, .tape, .pair, .devices, .forgetDevices:
        return await answer(request)
      }
    } catch {
      return .refused(problem: "not saved: \(error)", hint: "'skin2vec status' shows the diary")
    }
  }

  private func choose(_ person: Person) async -> ControlResponse {
    guard assembly.people.choose(person) else {
      let names = assembly.people.entries.map(\.person.rawValue).joined(separator: ", ")
      return .refused(problem: "nobody is called '\(person)'", hint: "the people are: \(names)")
    }
    await assembly.herald.choose(person)
    return .done("the next tap is \(person)'s")
  }

  private func tape() -> ControlResponse {
    guard case .recording(let recording) = taping, let tape = recording.tape else {
      return .refused(
        problem: "nothing is taped", hint: "'skin2vecd --simulate --record FILE' tapes a simulation"
      )
    }
    return .done(Data(tape.bytes).base64EncodedString())
  }

  private func lent(_ problem: String?, _ words: String) -> ControlResponse {
    guard let problem else { return .done(words) }
    return .refused(problem: problem, hint: "try again when the other command is done")
  }

  private func reload() async -> ControlResponse {
    if let problem = await reloader.check() {
      return .refused(problem: problem, hint: "mend the file; the old settings stay")
    }
    reloader.requestReload()
    return .done("the settings are being read again")
  }
}
