import Control
import Readings
import Testing

@Suite(.timeLimit(.minutes(5))) struct ControlClientTests {
  @Test("without a daemon the client says that none is running")
  func notRunning() async throws {
    try await withSocketPath { path in
      #expect(throws: ControlError.notRunning(path: path)) {
        try ControlClient(path: path).send(.status)
      }
      try RawSocket(listeningAt: path).end()
      #expect(throws: ControlError.notRunning(path: path)) {
        try ControlClient(path: path).send(.status)
      }
    }
  }

  /// What the client makes of a server that takes one connection and says the text, or nothing.
  private func outcome(
    ofServerSaying text: String?, patience: Duration = .seconds(10)
  ) async throws -> Result<ControlResponse, ControlError> {
    try await withSocketPath { path in
      let server = try RawSocket(listeningAt: path)
      defer { server.end() }
      async let client = blocking { () -> Result<ControlResponse, ControlError> in
        Result { () throws(ControlError) in
          try ControlClient(path: path, patience: patience).send(.status)
        }
      }
      let connection = try await blocking { server.accepted() }
      if let text {
        connection.write(text)
        connection.end()
      }
      let outcome = try await client
      if text == nil { connection.end() }
      return outcome
    }
  }

  @Test("an answer is read to its line's end")
  func answer() async throws {
    let text = #"{"version":1,"result":"refused","problem":"a","hint":"b"}"# + "\n"
    #expect(
      try await outcome(ofServerSaying: text) == .success(.refused(problem: "a", hint: "b")))
  }

  @Test("a daemon that does not answer is waited for no longer than asked")
  func silence() async throws {
    #expect(
      try await outcome(ofServerSaying: nil, patience: .milliseconds(50)) == .failure(.timedOut))
  }

  @Test("a daemon that goes away in the middle is said to have")
  func closed() async throws {
    #expect(try await outcome(ofServerSaying: #"{"version""#) == .failure(.closed))
  }

  @Test("a daemon of another version is named as such")
  func version() async throws {
    let text = #"{"version":7,"result":"done","message":"x"}"# + "\n"
    #expect(try await outcome(ofServerSaying: text) == .failure(.version(7)))
  }

  @Test("each error has a hint")
  func hints() {
    #expect(
      ControlError.notRunning(path: "/run/x").hint == "start it with 'systemctl start skin2vecd'")
  }
}
