import Curves
import Effects
import Figures
import Findings
import Forecast
import Humidity
import Watch

/// What is asked of everybody's days.
struct Query: Sendable {
  var people: [DiaryPerson]
  var asked = Analysis.allCases
  /// False alarms that are put up with, a year of one person.
  var alarmsPerYear = 0.5
  /// PM2.5 that is asked about, in µg/m³; nil for as high as on one day in ten.
  var particles: Double?
  /// For how many days.
  var days = 3

  /// Written down before the answers.
  var plan: AnalysisPlan {
    let options = [
      "\(alarmsPerYear) alarms a year", "\(particles.map { "\($0)" } ?? "usual") for \(days) d",
    ]
    return AnalysisPlan(
      text: (asked.map(\.rawValue) + options + people.map(\.history.plan)).joined(separator: "\n"))
  }

  /// All answers, in the order of the people and of what is asked, whichever is there first.
  func answers() async -> [(person: String, answer: Answer)] {
    await withTaskGroup(of: (Int, String, Answer).self) { group in
      for (index, person) in people.enumerated() {
        for (order, analysis) in asked.enumerated() {
          group.addTask {
            let answer = await answer(analysis, person)
            return (index * asked.count + order, person.history.person, answer)
          }
        }
      }
      var parts: [(Int, String, Answer)] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
    }
  }

  /// What can be drawn of the answers, each under a name of its own.
  func figures(of answers: [(person: String, answer: Answer)]) -> [KeptFigure] {
    KeptFigure.distinct(
      answers.flatMap { person, answer in
        people.first { $0.history.person == person }.map { answer.figures(in: $0.history) } ?? []
      })
  }

  private func answer(_ analysis: Analysis, _ person: DiaryPerson) async -> Answer {
    let history = person.history
    switch analysis {
    case .effects: return .effects(await EffectAnalysis().effects(history))
    case .humidity: return .humidity(HumidityAnalysis().optima(history))
    case .watch:
      // Of one diary and one budget always the same is said.
      let watcher = Watcher(budgetPerYear: alarmsPerYear, seed: 1)
      return .watch(Result { () throws(Silence) in try watcher.watch(history) })
    case .products:
      return .products(Result { () throws(Silence) in try person.trials.pairs() })
    case .trials:
      return .trials(
        person.plans.plans.map { TrialAnswer($0, in: history) }, person.plans.faults)
    case .forecast: return .forecast(history.curves.map { CurveForecast($0, in: history) })
    case .whatIf: return .whatIf(WhatIfAnswer(history, value: particles, days: days))
    }
  }
}

extension History {
  /// What can be asked of it, for the plan's hash.
  fileprivate var plan: String {
    "\(person) \(firstDate) \(days) "
      + (curves.map(\.name) + air.map(\.channel) + events.map(\.kind)).joined(separator: " ")
  }
}
