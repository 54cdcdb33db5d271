package import Figures

extension Finding {
  /// Whether a figure shows what this is about.
  package func isShown(by figure: KeptFigure) -> Bool {
    guard figure.analysis == analysis, figure.person == person else { return false }
    switch figure.heading {
    case .lags(let outcome, let event):
      return detail("outcome") == outcome && detail("event") == event
    case .humidity(let outcome), .forecast(let outcome): return detail("outcome") == outcome
    case .alarm(let outcome, let noticed):
      return detail("outcome") == outcome && detail("noticed_on") == "\(noticed)"
    case .trial(let event, _): return detail("event") == event
    case .products, .whatIf, .whatIfNothing, .noTrial: return true
    // All events together: each has a figure of its own once it shows something.
    case .effects: return false
    }
  }

  private func detail(_ name: String) -> String? { details.first { $0.name == name }?.text }
}
