import Acquisition
import Control
import FoundationEssentials
import Readings
import Settings
import Store
import Wording

/// Brings a change into the diary: through the daemon, or as its writer where no daemon runs.
struct Errand: Sendable {
  var setup: Setup

  /// How it went.
  struct Outcome: Hashable {
    /// One line for the person.
    var message: String
    /// Whether the daemon wrote it, rather than this program.
    var isByDaemon: Bool

    var json: JSON { ["message": .text(message), "written_by_daemon": JSON(isByDaemon)] }
  }

  /// Sends the request; where nobody listens, becomes the writer for this moment.
  ///
  /// - Parameters:
  ///   - request: What the daemon is asked to write.
  ///   - write: Writes the same, and words it.
  /// - Returns: How it went.
  /// - Throws: `Failure` where the daemon refused, or the diary is held by a writer that does not
  ///   listen; otherwise why it could not be written.
  func run(
    _ request: ControlRequest, orWrite write: (Store, Stamp) async throws -> Notice
  ) async throws -> Outcome {
    // The daemon would write into its own diary.
    if setup.isOtherDiary { return try await writeHere(write) }
    do {
      switch try setup.client.send(request) {
      case .done(let message), .saved(_, let message):
        return Outcome(message: message, isByDaemon: true)
      case .refused(let problem, let hint): throw Failure(.unavailable, problem, hint: hint)
      case .status, .tap, .measured: throw ControlError.malformed("another answer than asked for")
      }
    } catch ControlError.notRunning {
      return try await writeHere(write)
    }
  }

  private func writeHere(
    _ write: (Store, Stamp) async throws -> Notice
  ) async throws -> Outcome {
    // Nobody runs who could lend it.
    let borrowing = Borrowing(setup: setup, borrower: "skin2vec")
    return try await borrowing.asWriter(origin: .real) { store, stamp in
      var notice = try await write(store, stamp)
      notice.stamp = stamp
      try await store.append(notice)
      return Outcome(message: notice.text, isByDaemon: false)
    }
  }
}

extension Setup {
  /// Opens the diary as its writer, waiting a little for one that is just letting go of it.
  func writer(_ keeper: TimeKeeper, origin: Store.Origin = .asFound) async throws -> Store {
    let floors = settings.floors.compactMap { name, floor in
      Channel(rawValue: name.rawValue).map { ($0, floor) }
    }
    let options = Store.Options(
      origin: origin, plan: local.plan, floors: Dictionary(uniqueKeysWithValues: floors),
      now: { keeper.stamp() })
    var patience = 20
    while true {
      do {
        return try Store(path: diary, options: options)
      } catch {
        guard case .inUse(let process) = error.kind else { throw error }
        patience -= 1
        guard patience > 0 else { throw inUse(by: process) }
        try await desk.clock.sleep(for: .milliseconds(50))
      }
    }
  }

  private func inUse(by process: Int32?) -> Failure {
    let writer = process.map { "process \($0)" } ?? "another process"
    return Failure(
      .unavailable,
      "\(diary): \(writer) writes this diary, and nobody listens at \(settings.control)",
      hint: isOtherDiary
        ? "leave --database out, so that the running station writes it"
        : "'systemctl restart skin2vecd', or name its configuration with --config")
  }
}

extension Desk {
  /// Says how an errand went.
  func report(_ outcome: Errand.Outcome, asJSON: Bool) throws {
    if asJSON {
      say(try outcome.json.indented())
    } else {
      say(outcome.message.printable)
      if !outcome.isByDaemon {
        say(paint.dim("(skin2vecd was not asked: written by this command)"))
      }
    }
  }

  /// Says what would be written, and that it was not.
  func report(wouldWrite words: String, _ details: [String: JSON], asJSON: Bool) throws {
    if asJSON {
      say(try JSON.object(details.merging(["dry_run": true]) { a, _ in a }).indented())
    } else {
      say("would write: \(words.printable)")
    }
  }
}
