import Control
import Curves
import Findings
import Readings
import Settings

/// Alarms that nobody was told of yet, for the station to tell.
struct AlarmNews {
  private let control: String
  /// What an earlier run had found.
  private let known: Set<String>

  /// An alarm noticed longer ago than this is history, not news.
  private static let fresh = 14

  init(_ settings: Settings, earlier file: AnalysisFile) {
    control = settings.control
    // Where there is no earlier file, or none that can be read, all that is fresh is new.
    let earlier = (try? file.findings()) ?? []
    known = Set(earlier.compactMap { Self.key($0.finding) })
  }

  /// Names an alarm, over runs: who, what, and the evening on which it was noticed.
  private static func key(_ finding: Finding) -> String? {
    guard finding.analysis == "watch", finding.isClaim else { return nil }
    return noticed(finding).map { "\(finding.person)\t\(finding.subject)\t\($0)" }
  }

  private static func noticed(_ finding: Finding) -> LocalDate? {
    finding.details.first { $0.name == "noticed_on" }.flatMap { LocalDate($0.text) }
  }

  /// What is new: noticed in the last days of a person's diary, and not known.
  func fresh(_ findings: [Finding], lastDates: [String: LocalDate]) -> [Finding] {
    findings.filter { finding in
      guard let key = Self.key(finding), let noticed = Self.noticed(finding),
        let last = lastDates[finding.person]
      else { return false }
      return last - Self.fresh <= noticed && !known.contains(key)
    }
  }

  /// Tells the station, which tells its journal and the diary; without one, prints for the own journal.
  ///
  /// - Throws: `AnalysisFailure` where the station is there and refuses.
  func tell(_ findings: [Finding], of people: [DiaryPerson]) throws {
    let lastDates = Dictionary(
      people.map { ($0.history.person, $0.history.date($0.history.places - 1)) },
      uniquingKeysWith: { first, _ in first })
    let news = fresh(findings, lastDates: lastDates)
    let client = ControlClient(path: control)
    for finding in news {
      let request = ControlRequest.alarm(words: finding.sentence, of: Person(finding.person))
      switch try? client.send(request) {
      case .refused(let problem, let hint): throw AnalysisFailure(70, "\(problem): \(hint)")
      // systemd takes the number for the line's priority: notice.
      case nil: print("<5>\(finding.person): \(finding.sentence)")
      default: break
      }
    }
    let claims = findings.count { $0.isClaim }
    let alarms = news.count == 1 ? "1 new alarm" : "\(news.count) new alarms"
    print("\(findings.count) findings, \(claims) of them claims; \(alarms)")
  }
}
