import Settings
import Readings
import Wording

/// One thing that `skin2vec check` found.
struct Finding: Hashable {
  var fault: SettingsFault
  var weight: Weight

  enum Weight: Hashable {
    /// The station cannot run so; with the exit status.
    case fault(ExitStatus)
    /// It runs, and somebody should know.
    case warning
  }

  var isFault: Bool { weight != .warning }

  var status: ExitStatus? {
    if case .fault(let status) = weight { status } else { nil }
  }

  /// As compilers print it: `skin2vec.yaml:34:9: buses.main: … : …`.
  func line(_ paint: Paint) -> String {
    isFault ? fault.description : paint.yellow("warning: ") + fault.description
  }

  var json: JSON {
    [
      "file": .text(fault.file), "line": JSON(fault.position?.line),
      "column": JSON(fault.position?.column), "key": .text(fault.key),
      "problem": .text(fault.problem), "hint": .text(fault.hint),
    ]
  }
}

/// Everything that was found.
struct CheckReport: Hashable {
  /// The file, or nil where the defaults serve.
  var file: String?
  var findings: [Finding]
  /// Whether the board was looked at too.
  var includesBoard: Bool

  var faults: [Finding] { findings.filter(\.isFault) }
  var warnings: [Finding] { findings.filter { !$0.isFault } }
  /// The gravest: the file's, then the board's, then the diary's folder.
  var status: ExitStatus {
    let found = faults.compactMap(\.status)
    return [.configuration, .unavailable, .cannotCreate].first { found.contains($0) } ?? .done
  }

  func lines(_ paint: Paint) -> [String] {
    let subject = file ?? "the defaults (there is no configuration file)"
    let counts = [
      faults.isEmpty ? nil : counted(faults.count, "fault"),
      warnings.isEmpty ? nil : counted(warnings.count, "warning"),
    ].compactMap(\.self).joined(separator: ", ")
    let scope = includesBoard ? " and the board" : ""
    let summary =
      faults.isEmpty
      ? paint.green("ok: ") + subject + scope + (counts.isEmpty ? "" : " (\(counts))")
      : paint.red("not ok: ") + subject + scope + " (\(counts))"
    return findings.map { $0.line(paint) } + [summary]
  }

  var json: JSON {
    [
      "file": JSON(file), "ok": JSON(faults.isEmpty), "board_checked": JSON(includesBoard),
      "faults": .list(faults.map(\.json)), "warnings": .list(warnings.map(\.json)),
    ]
  }
}
