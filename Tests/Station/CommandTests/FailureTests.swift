import Bus
import Control
import Glibc
import Store
import Testing
import Wording

@testable import skin2vec

@Suite struct FailureTests {
  @Test("exit statuses are those of sysexits.h")
  func numbers() {
    let pairs: [(skin2vec.ExitStatus, Int32)] = [
      (.done, EX_OK), (.usage, EX_USAGE), (.badData, EX_DATAERR), (.noDiary, EX_NOINPUT),
      (.unavailable, EX_UNAVAILABLE), (.software, EX_SOFTWARE), (.cannotCreate, EX_CANTCREAT),
      (.inputOutput, EX_IOERR), (.configuration, EX_CONFIG),
    ]
    for (status, number) in pairs { #expect(status.rawValue == number) }
  }

  @Test(
    "what is wrong with the diary decides the exit status",
    arguments: [
      (StoreError.Kind.missing, skin2vec.ExitStatus.noDiary), (.full, .cannotCreate),
      (.readOnly, .cannotCreate), (.inputOutput, .inputOutput),
      (.inUse(process: 7), .unavailable), (.corrupt, .badData),
      (.otherOrigin(found: "a", wanted: "b"), .configuration),
    ])
  func store(kind: StoreError.Kind, status: skin2vec.ExitStatus) {
    let failure = Failure(StoreError(kind, path: "/diary", operation: "read the diary"))
    #expect(failure.status == status)
    #expect(failure.problem.contains("/diary"))
  }

  @Test("a failure is a line with the program's name, and its mend below")
  func lines() {
    let failure = Failure(ControlError.denied(path: "/run/x.sock"))
    #expect(failure.status == .unavailable)
    let lines = failure.lines(Paint(isOn: false))
    #expect(lines.first == "skin2vec: no permission to use /run/x.sock")
    #expect(lines.last == "  join the group: 'adduser NAME skin2vec', then log in again")
  }
}
