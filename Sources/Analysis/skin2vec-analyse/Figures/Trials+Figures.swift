import Curves
import Drawings
import Figures
import Products
import Readings
import Trials
import WhatIf

extension KeptFigure {
  /// All products that can be compared.
  init(_ result: Result<[DiaryTrials.Pair], Silence>, of person: String) {
    self.init(
      name: Self.name("products", person), analysis: "products", person: person,
      heading: .products([]))
    switch result {
    case .success(let pairs):
      let figure = IntervalFigure(products: pairs.map { ($0.first, $0.second, $0.result) })
      readings = pairs.compactMap { try? $0.result.get() }.reduce(0) { $0 + $1.applications }
      silence = figure.silence
      drawing = .intervals(figure)
    case .failure(let reason): silence = reason
    }
  }

  /// What becomes of all outcomes if the air stays so.
  init(_ answer: WhatIfAnswer, in history: History) {
    self.init(
      name: Self.name("what-if", history.person), analysis: "what-if", person: history.person,
      heading: answer.question.map { FigureHeading($0, in: history) } ?? .whatIfNothing)
    guard let question = answer.question else {
      silence = WhatIfAnswer.unmeasured
      return
    }
    let figure = IntervalFigure(question, answer.paths, in: history)
    readings = answer.paths.compactMap { try? $0.result.get().readings }.max() ?? 0
    silence = figure.silence
    drawing = .intervals(figure)
  }

  /// A figure a trial; where there is none, one that says so.
  static func trials(_ answers: [TrialAnswer], of person: String) -> [KeptFigure] {
    guard !answers.isEmpty else {
      return [
        KeptFigure(
          name: name("trials", person), analysis: "trials", person: person, heading: .noTrial,
          silence: TrialAnswer.noTrial)
      ]
    }
    return answers.map { KeptFigure($0, of: person) }
  }

  private init(_ answer: TrialAnswer, of person: String) {
    let plan = answer.plan
    self.init(
      name: Self.name("trials", person, plan.event, "\(plan.start)"), analysis: "trials",
      person: person, heading: .trial(event: plan.event, start: plan.start))
    switch answer.result {
    case .success(let result):
      let figure = IntervalFigure(result)
      readings = result.answers.compactMap { try? $0.result.get().readings }.max() ?? 0
      silence = figure.silence
      drawing = .intervals(figure)
    case .failure(let reason): silence = reason
    }
  }
}
