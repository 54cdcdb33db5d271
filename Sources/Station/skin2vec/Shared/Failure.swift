import ArgumentParser
import Bus
import Control
import Readings
import Sensors
import Settings
import Store
import Wording

/// Why a command could not do its work: what is wrong, the mend, and the exit status.
struct Failure: Error, Hashable {
  var status: ExitStatus
  /// One line for each thing that is wrong; a fault of a file begins with `file:line:column:`.
  var problem: String
  /// What a person can do about it; nil where the problem says it already.
  var hint: String?

  init(_ status: ExitStatus, _ problem: String, hint: String? = nil) {
    self.status = status
    self.problem = problem
    self.hint = hint
  }
}

extension Failure {
  /// The failure behind whatever a layer below threw.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as SettingsError: self.init(.configuration, error.description)
    case let error as StoreError:
      // Its description ends with the hint.
      self.init(ExitStatus(error.kind), error.description)
    case let error as ControlError:
      self.init(.unavailable, error.description, hint: error.hint)
    case let error as BusError: self.init(.unavailable, error.description, hint: error.hint)
    case let error as SensorError: self.init(.unavailable, error.description, hint: error.hint)
    case let error as ZoneError: self.init(.configuration, error.description)
    case let error as ValidationError: self.init(.usage, error.message)
    default: self.init(.software, "\(error)")
    }
  }

  /// The lines for standard error.
  func lines(_ paint: Paint) -> [String] {
    [paint.red("skin2vec: ") + problem] + (hint.map { ["  " + $0] } ?? [])
  }
}

extension ExitStatus {
  init(_ kind: StoreError.Kind) {
    self =
      switch kind {
      case .missing: .noDiary
      case .full, .readOnly: .cannotCreate
      case .inputOutput: .inputOutput
      case .busy, .inUse, .lent: .unavailable
      case .corrupt, .unproved: .badData
      case .newer, .foreign, .otherOrigin: .configuration
      case .other: .software
      }
  }
}
