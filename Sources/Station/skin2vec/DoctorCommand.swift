import ArgumentParser
import Control
import FoundationEssentials
import Glibc
import Readings
import Settings
import Store
import Tape

/// `skin2vec doctor`.
struct DoctorCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Makes one text file for a bug report, without names and without values.",
    discussion: """
      The file says what the programs, the board, the parts, the settings and the diary are like. \
      People and sites are numbered, serial numbers cut to their last four digits, home folders \
      left out. Nothing you measured, scored or noted is in it, and nothing is sent anywhere: read \
      it, and attach it yourself.

      --tape adds the last hours of what passed over the wires, so that others can live them again \
      ('skin2vecd --replay FILE --database NEW'). Raw readings of the skin are on it.

      Examples:
        skin2vec doctor
        skin2vec doctor --output report.txt
        sudo -u skin2vec skin2vec doctor --tape --output /tmp/report.txt
      """)

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The file to make (default: skin2vec-doctor-DATE.txt here; - prints it).", valueName: "file"),
    completion: .file())
  var output: String?
  @Flag(help: "Add the tape of the last hours, from the running daemon.")
  var tape = false
  @OptionGroup var places: PlaceOptions

  func perform(at desk: Desk) async throws -> ExitStatus {
    var report = await DoctorReport(file: places.file, places: places, at: desk)
    if tape { try report.add(try fetchTape(from: report.settings ?? Settings())) }
    let text = report.text
    if output == "-" {
      desk.say(text)
      return .done
    }
    let date = report.date.description
    let path = output ?? "skin2vec-doctor-\(date).txt"
    try write(text, to: path)
    for line in report.farewell(path: path) { desk.say(line) }
    return .done
  }

  private func fetchTape(from settings: Settings) throws -> Tape {
    let client = ControlClient(path: places.control ?? settings.control, patience: .seconds(30))
    switch try client.send(.tape) {
    case .done(let text):
      guard let data = Data(base64Encoded: text) else {
        throw ControlError.malformed("the tape is not base64")
      }
      do throws(TapeError) {
        return try Tape(file: [UInt8](data))
      } catch {
        throw Failure(.badData, "\(error)")
      }
    case .refused(let problem, let hint): throw Failure(.unavailable, problem, hint: hint)
    default: throw ControlError.malformed("another answer than asked for")
    }
  }

  /// Makes the file for its owner only; what is there is not overwritten.
  private func write(_ text: String, to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let isThere = errno == EEXIST
      throw Failure(
        .cannotCreate, isThere ? "\(path) is there already" : "cannot make \(path): errno \(errno)",
        hint: "name another file with --output")
    }
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        throw Failure(
          .inputOutput, "cannot write \(path): errno \(errno)", hint: "is the disk full?")
      }
      rest = rest.dropFirst(count)
    }
  }
}
