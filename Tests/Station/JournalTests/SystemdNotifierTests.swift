import Glibc
import Journal
import Testing

@Suite struct SystemdNotifierTests {
  @Test("each state arrives in sd_notify's words")
  func states() throws {
    let receiver = try Receiver()
    let notifier = SystemdNotifier { ["NOTIFY_SOCKET": receiver.path][$0] }
    #expect(notifier.isHeard)
    notifier.ready(status: "measuring")
    notifier.status("one tap saved")
    notifier.watchdog()
    notifier.stopping(status: "writing")
    #expect(receiver.nextText() == "READY=1\nSTATUS=measuring")
    #expect(receiver.nextText() == "STATUS=one tap saved")
    #expect(receiver.nextText() == "WATCHDOG=1")
    #expect(receiver.nextText() == "STOPPING=1\nSTATUS=writing")
  }

  @Test("a socket in the abstract space is found")
  func abstract() throws {
    let name = "@skin2vec-test-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let receiver = try Receiver(abstract: name)
    SystemdNotifier { ["NOTIFY_SOCKET": name][$0] }.watchdog()
    #expect(receiver.nextText() == "WATCHDOG=1")
  }

  @Test("a reload carries the monotonic time, in microseconds")
  func reloading() throws {
    let receiver = try Receiver()
    let before = ContinuousMicroseconds.now
    SystemdNotifier { ["NOTIFY_SOCKET": receiver.path][$0] }.reloading()
    let lines = try #require(receiver.nextText()).split(separator: "\n")
    #expect(lines.first == "RELOADING=1")
    let time = try #require(lines.last.flatMap { Int64($0.dropFirst("MONOTONIC_USEC=".count)) })
    #expect((before...ContinuousMicroseconds.now).contains(time))
  }

  @Test("a line break in a status cannot become another variable")
  func lineBreak() throws {
    let receiver = try Receiver()
    SystemdNotifier { ["NOTIFY_SOCKET": receiver.path][$0] }.status("a\nREADY=1")
    #expect(receiver.nextText() == "STATUS=a READY=1")
  }

  @Test("without systemd nothing is said and nothing is watched")
  func nobody() {
    let notifier = SystemdNotifier { _ in nil }
    notifier.ready(status: "x")
    #expect(!notifier.isHeard)
    #expect(notifier.watchdogInterval == nil)
  }

  @Test("the watchdog's interval is read, where it is meant for this process")
  func watchdog() {
    let mine = ["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "\(getpid())"]
    let another = ["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"]
    #expect(SystemdNotifier { mine[$0] }.watchdogInterval == .seconds(60))
    #expect(SystemdNotifier { another[$0] }.watchdogInterval == nil)
    #expect(
      SystemdNotifier { ["WATCHDOG_USEC": "1000"][$0] }.watchdogInterval == .milliseconds(1))
    #expect(SystemdNotifier { ["WATCHDOG_USEC": "0"][$0] }.watchdogInterval == nil)
    #expect(SystemdNotifier { ["WATCHDOG_USEC": "soon"][$0] }.watchdogInterval == nil)
  }
}

/// CLOCK_MONOTONIC in microseconds.
private enum ContinuousMicroseconds {
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
