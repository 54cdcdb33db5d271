import Settings
import Store

/// Why nothing was analysed: what is wrong, and the exit status of sysexits.h.
struct AnalysisFailure: Error, CustomStringConvertible {
  var status: Int32
  var description: String

  init(_ status: Int32, _ description: String) {
    self.status = status
    self.description = description
  }

  init(_ error: any Error) {
    switch error {
    case let failure as AnalysisFailure: self = failure
    case let error as SettingsError: self.init(78, error.description)
    case let error as StoreError:
      let status: Int32 =
        switch error.kind {
        case .missing: 66
        case .corrupt, .unproved: 65
        case .newer, .foreign, .otherOrigin: 78
        case .inputOutput: 74
        default: 70
        }
      self.init(status, error.description)
    default: self.init(70, "\(error)")
    }
  }
}
