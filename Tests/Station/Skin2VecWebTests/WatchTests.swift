import Journal
import Testing

@testable import skin2vec_web

@Suite struct WatchTests {
  private func watch(_ turns: Turns, answers: Bool) -> Watch {
    Watch(
      notifier: SystemdNotifier(environment: { _ in nil }), turns: turns,
      isAnswering: { answers }, sentence: { "" }, period: .seconds(1))
  }

  @Test("all is well where the diary was looked at, and the server answers")
  func well() async {
    let turns = Turns()
    turns.add()
    #expect(await watch(turns, answers: true).look(since: 0) == 1)
  }

  @Test("a diary that is not looked at any more is seen")
  func stuck() async {
    let turns = Turns()
    turns.add()
    #expect(await watch(turns, answers: true).look(since: 1) == 1)
    let asked = Watch(
      notifier: SystemdNotifier(environment: { _ in nil }), turns: turns,
      isAnswering: {
        Issue.record("who is stuck needs no question")
        return true
      }, sentence: { "" }, period: .seconds(1))
    #expect(await asked.look(since: 1) == 1)
  }

  @Test("a server that does not answer is seen")
  func silent() async {
    let turns = Turns()
    turns.add()
    #expect(await watch(turns, answers: false).look(since: 0) == 0)
  }

  @Test("nobody answers where nobody listens")
  func nobody() async {
    // Port 1 is the kernel's to give, and nobody's here.
    #expect(await !OwnQuestion(address: "127.0.0.1", port: 1).isAnswered())
  }
}
