import Bus
package import Readings
import ServiceLifecycle

/// A button that moves on to the next person of the house.
package final class PersonSelector: Service {
  private let button: Contact
  private let people: People
  private let herald: Herald
  private let light: Light

  /// Creates a selector.
  ///
  /// - Parameters:
  ///   - button: The line, closed while the button is pressed.
  ///   - people: Whom it chooses among.
  ///   - herald: Tells who was chosen.
  ///   - light: Blinks the person's number.
  package init(button: Contact, people: People, herald: Herald, light: Light) {
    self.button = button
    self.people = people
    self.herald = herald
    self.light = light
  }

  package func run() async throws {
    await untilShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await self.button.watch() }
        group.addTask { await self.serve() }
      }
    }
  }

  private func serve() async {
    while !Task.isCancelled {
      guard let press = await button.next(), press.isActive else { continue }
      let person = people.chooseNext()
      let number = people.entries.firstIndex { $0.person == person } ?? 0
      light.show(.site(number + 1))
      await herald.choose(person)
    }
  }
}

extension Herald {
  /// Keeps whose the next sessions are, and says so.
  package func choose(_ person: Person) async {
    do {
      try await sink.choose(person, at: keeper.stamp())
      await announce(
        Notice(
          .personChosen, "the next tap is \(person)'s", fields: [.init("PERSON", person.rawValue)]))
    } catch {
      await announce(
        Notice(
          .failure, "the next tap is \(person)'s, but a restart will forget it: \(error)",
          priority: .warning))
    }
  }
}
