/// Whose diary a command is about.
enum Chosen {
  /// - Throws: `AnalysisFailure` where it is nobody's, or where several might be meant.
  static func person(_ asked: String?, of names: [String]) throws -> String {
    if let asked {
      guard names.isEmpty || names.contains(asked) else {
        throw AnalysisFailure(
          66,
          "nobody called '\(asked)' is in the diary; there are: "
            + names.joined(separator: ", "))
      }
      return asked
    }
    guard names.count < 2 else {
      throw AnalysisFailure(
        64, "whose? --person takes one of: " + names.joined(separator: ", "))
    }
    return names.first ?? "me"
  }
}
