/// Every decoder of what comes from outside.
enum Subjects {
  /// The lines of the page.
  static let groups = [
    "the parts' answers", "the control socket", "the configuration and scenarios",
    "what is imported", "tapes", "time zones", "the MQTT broker", "the simulated board",
    "diaries and copies",
  ]

  static let all: [SubjectPlan] =
    PartSubject.plans + ControlSubjects.plans + SettingsSubjects.plans + ImportSubject.plans
    + FileSubjects.plans + ProgramSubjects.plans + DiarySubjects.plans
}
