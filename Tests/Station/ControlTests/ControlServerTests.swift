import Control
import Glibc
import Readings
import Testing
import TestSupport

private let echo: ControlServer.Handler = { request, peer in
  switch request {
  case .who(let person): .done("hello \(person)")
  case .reload: .refused(problem: "no", hint: "try \(peer.process == getpid())")
  default: .done("\(request)")
  }
}

@Suite(.timeLimit(.minutes(5))) struct ControlServerTests {
  @Test("a line of JSON is asked, a line of JSON is answered, and the connection ends")
  func exchange() async throws {
    try await withServer(handler: echo) { path in
      let text = try await answer(
        to: #"{"version":1,"request":"who","person":"anna"}"# + "\n", at: path)
      #expect(text == #"{"message":"hello anna","result":"done","version":1}"# + "\n")
    }
  }

  @Test("the handler is told who asks, as the kernel has it")
  func credentials() async throws {
    try await withServer(
      handler: { _, peer in .done("\(peer.process) \(peer.user) \(peer.group)") }
    ) { path in
      let response = try await blocking {
        try ControlClient(path: path, patience: .seconds(300)).send(.status)
      }
      #expect(response == .done("\(getpid()) \(geteuid()) \(getegid())"))
    }
  }

  @Test(
    "what is not understood is refused with the reason",
    arguments: [
      ("hello\n", "not understood"), ("{}\n", "`version` is missing"),
      (#"{"version":2,"request":"status"}"# + "\n", "version 2"),
      (#"{"version":1,"request":"explode"}"# + "\n", "not understood: request"),
      (#"{"version":1,"request":"who"}"# + "\n", "`person` is missing"),
    ])
  func malformed(line: String, reason: String) async throws {
    try await withServer(handler: echo) { path in
      let text = try await answer(to: line, at: path)
      #expect(text.contains(#""result":"refused""#))
      #expect(text.contains(reason), "\(text)")
    }
  }

  @Test(
    "what is understood and cannot be is refused before anybody does it",
    arguments: [
      (#""request":"who","person":"""#, "a name is empty"),
      (#""request":"who","person":"a\u0007b""#, "control characters"),
      (#""request":"withdraw","withdrawal":{"event":0}"#, "numbered from 1"),
      (
        #""request":"withdraw","withdrawal":{"person":"","date":"2026-11-20","dimension":"oil"}"#,
        "a name is empty"
      ),
      (
        #""request":"score","score":{"person":"me","date":"2026-11-20","dimension":"oil","value":6}"#,
        "a score is 0 to 5"
      ),
      (
        #""request":"score","score":{"person":"me","date":"0001-01-01","dimension":"oil","value":1}"#,
        "of the year 0001"
      ),
      (
        #""request":"event","event":{"person":"me","time":9223372036854775807,"kind":"sun","weight":1}"#,
        "of the year 294247"
      ),
      (
        #""request":"event","event":{"person":"me","time":-9223372036854775808,"kind":"sun","weight":1}"#,
        "nothing to note of the year"
      ),
      (
        #""request":"event","event":{"person":"me","time":1795000000000000,"kind":"sun","weight":-1}"#,
        "a weight is 0 to 1"
      ),
      (
        #""request":"event","event":{"person":"me","time":-1,"kind":"sun","weight":1}"#,
        "of the year 1969"
      ),
      (#""request":"epoch","epoch":{"channels":[],"why":"so"}"#, "no channel is named"),
      (#""request":"backup","made":true,"words":"a\u0000b""#, "a NUL in it"),
      (#""request":"alarm","person":"me","words":"two\nlines""#, "has control characters in it"),
      (#""request":"alarm","person":"me","words":"""#, "a line is empty"),
    ])
  func impossible(request: String, reason: String) async throws {
    try await withServer(handler: { _, _ in .done("done") }) { path in
      let text = try await answer(to: #"{"version":1,"# + request + "}\n", at: path)
      #expect(text.contains(#""result":"refused""#))
      #expect(text.contains(reason), "\(text)")
    }
  }

  @Test("a line without end is cut off at the limit")
  func longLine() async throws {
    var limits = ControlServer.Limits()
    limits.longestLine = 100
    try await withServer(limits: limits, handler: echo) { path in
      let text = try await answer(to: String(repeating: "x", count: 101), at: path)
      #expect(text.contains("longer than 100 bytes"))
    }
  }

  @Test("a client that says nothing is let go, and holds up nobody meanwhile")
  func silentClient() async throws {
    var limits = ControlServer.Limits()
    limits.patience = .milliseconds(200)
    try await withServer(limits: limits, handler: echo) { path in
      let silent = try RawSocket(connectingTo: path)
      defer { silent.end() }
      let response = try await blocking {
        try ControlClient(path: path, patience: .seconds(300)).send(.who(Person("ben")))
      }
      #expect(response == .done("hello ben"))
      let text = try await blocking { silent.readToEnd() }
      #expect(text.contains("no answer in time"))
    }
  }

  @Test("clients past the limit wait their turn and are all served")
  func manyClients() async throws {
    var limits = ControlServer.Limits()
    limits.clients = 2
    try await withServer(limits: limits, handler: echo) { path in
      let answers = try await withThrowingTaskGroup(of: ControlResponse.self) { group in
        for number in 0..<12 {
          group.addTask {
            try await blocking {
              try ControlClient(path: path, patience: .seconds(300)).send(
                .who(Person("p\(number)")))
            }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(answers) == Set((0..<12).map { .done("hello p\($0)") }))
    }
  }

  @Test("a client that leaves in the middle does no harm")
  func leavingClient() async throws {
    try await withServer(handler: echo) { path in
      let leaving = try RawSocket(connectingTo: path)
      leaving.write(#"{"version":1,"#)
      leaving.end()
      let response = try await blocking {
        try ControlClient(path: path, patience: .seconds(300)).send(.who(Person("ben")))
      }
      #expect(response == .done("hello ben"))
    }
  }

  @Test("the socket is for its owner and group only")
  func mode() async throws {
    try await withServer(handler: echo) { path in
      var status = stat()
      #expect(lstat(path, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o660)
      #expect(status.st_mode & S_IFMT == S_IFSOCK)
    }
  }

  @Test("cancellation ends the server at once and removes the socket")
  func cancellation() async throws {
    try await withSocketPath { path in
      let server = try ControlServer(path: path)
      let idle = try RawSocket(connectingTo: path)
      defer { idle.end() }
      let task = Task(executorPreference: OwnThread()) { try await server.serve(echo) }
      _ = try await blocking {
        try ControlClient(path: path, patience: .seconds(300)).send(.status)
      }
      task.cancel()
      try await task.value
      #expect(!exists(path))
    }
  }

  @Test("a request in hand is answered before the server ends")
  func requestInHand() async throws {
    try await withSocketPath { path in
      let server = try ControlServer(path: path)
      let (asked, asking) = AsyncStream<Void>.makeStream()
      let (released, release) = AsyncStream<Void>.makeStream()
      let task = Task(executorPreference: OwnThread()) {
        try await server.serve { _, _ in
          asking.yield()
          // Cancellation ends the wait: the server is stopping.
          for await _ in released {}
          return .done("finished")
        }
      }
      async let response = blocking {
        try ControlClient(path: path, patience: .seconds(300)).send(.status)
      }
      for await _ in asked { break }
      task.cancel()
      #expect(try await response == .done("finished"))
      try await task.value
      release.finish()
    }
  }

  @Test("a socket left by a daemon that was killed is taken over")
  func staleSocket() async throws {
    try await withSocketPath { path in
      try RawSocket(listeningAt: path).end()
      #expect(exists(path))
      let server = try ControlServer(path: path)
      #expect(exists(path))
      withExtendedLifetime(server) {}
    }
  }

  @Test("a second daemon is refused, and the first goes on")
  func secondDaemon() async throws {
    try await withServer(handler: echo) { path in
      #expect(throws: ControlError.alreadyRunning(path: path)) { try ControlServer(path: path) }
      let response = try await blocking {
        try ControlClient(path: path, patience: .seconds(300)).send(.who(Person("ben")))
      }
      #expect(response == .done("hello ben"))
    }
  }

  @Test("a file that is no socket is left alone")
  func foreignFile() async throws {
    try await withSocketPath { path in
      close(creat(path, 0o600))
      #expect(throws: ControlError.unusable(path: path)) { try ControlServer(path: path) }
      #expect(exists(path))
    }
  }

  @Test("a path no socket can have is refused")
  func longPath() {
    let path = "/" + String(repeating: "a", count: 107)
    #expect(throws: ControlError.unusable(path: path)) { try ControlServer(path: path) }
  }
}
