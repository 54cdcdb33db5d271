import Bus
import Readings
import ServiceLifecycle

/// Brings sessions into the diary, and holds on to those it cannot save until it can.
///
/// Whatever is held is saved by `run` alone, oldest first, so that nothing is saved twice.
package final class TapRecorder: Service {
  private let held: HeldTaps
  /// Wakes the service when something is held.
  private let arrivals = Mailbox<Void>()
  private let herald: Herald
  private let health: Health
  private let light: Light
  private let news: TapNews
  private let namesPerson: Bool
  private let retryPeriod: Duration = .seconds(10)

  /// Creates a recorder.
  ///
  /// - Parameters:
  ///   - herald: Whose diary is written, and who tells of it.
  ///   - health: Learns of writes and of what is held.
  ///   - light: Tells the person whether it is saved.
  ///   - held: What is held already, from before the settings were read again or from an earlier run.
  ///   - news: Tells whoever follows whether it is saved.
  ///   - namesPerson: Whether lines say whose tap it was.
  package init(
    herald: Herald, health: Health, light: Light, held: HeldTaps = HeldTaps(),
    news: TapNews = TapNews(), namesPerson: Bool
  ) {
    self.held = held
    self.herald = herald
    self.health = health
    self.light = light
    self.news = news
    self.namesPerson = namesPerson
  }

  /// Tries again every ten seconds while anything is held, and once more at the end.
  package func run() async throws {
    let clock = herald.keeper.clock
    health.setHeldTaps(held.count)
    if held.count > 0 { arrivals.send(()) }
    await untilShutdown {
      while await self.arrivals.next(on: clock) != nil {
        while self.held.count > 0, !Task.isCancelled {
          // Another tap is a reason to try at once.
          _ = await self.arrivals.next(until: clock.now.advanced(by: self.retryPeriod), on: clock)
          await self.saveHeld()
        }
      }
    }
    await saveHeld()
    let end = held.areKept ? "it waits for the next start" : "it is lost"
    for session in held.sessions {
      await herald.announce(
        Notice(
          .tapNotSaved, "stopped with a tap that could not be saved, \(end): \(session.inWords)",
          priority: .error))
    }
  }

  /// Saves a session; the light says *saved* only once it is on the disk.
  func record(_ session: TapSession) async {
    let earlier = held.count
    guard earlier == 0 else {
      return await hold(session, because: "\(earlier) before it must be saved first")
    }
    do {
      try await save(session)
    } catch {
      await hold(session, because: "\(error)")
    }
  }

  private func hold(_ session: TapSession, because reason: String) async {
    light.show(.notSaved)
    say(.notSaved, session)
    held.append(session)
    health.setHeldTaps(held.count)
    await herald.announce(
      Notice(
        .tapNotSaved, "tap NOT saved yet, it is held in memory: \(reason). \(session.inWords)",
        priority: .error))
    arrivals.send(())
  }

  /// Saves what is held, oldest first, as far as it goes.
  private func saveHeld() async {
    while let session = held.first {
      // Still held: the next turn tries again, and the status says how many wait.
      guard (try? await save(session)) != nil else { return }
      held.removeFirst()
      health.setHeldTaps(held.count)
    }
  }

  private func save(_ session: TapSession) async throws {
    let wording = TapWording(namesPerson: namesPerson)
    let (saved, notice) = try await health.whileWriting {
      try await herald.sink.save(session) { saved in wording.notice(for: saved) }
    }
    let isGood = saved.session.acceptedTouches > 0
    light.show(isGood ? .saved : .again)
    say(isGood ? .saved : .again, saved.session, number: saved.id, words: notice.text)
    health.setLastTap(notice.text)
    health.taps.note(saved.session)
    herald.post(notice)
  }

  /// Tells whoever follows what became of a session.
  private func say(
    _ state: TapMoment.State, _ session: TapSession, number: Int64? = nil, words: String? = nil
  ) {
    let refusals = session.touches.last?.measures.lazy.compactMap(\.refusal)
    news.post(
      TapMoment(
        state, person: session.person, touches: session.touches.count,
        accepted: session.acceptedTouches,
        refusal: state == .again ? refusals?.first : nil, session: number, words: words))
  }
}
