import ArgumentParser

/// The station's command line: reads the diary, asks the daemon, tries the parts.
@main
struct Skin2Vec: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skin2vec",
    abstract: "What the Skin2Vec station knows, and what it should be told.",
    discussion: """
      Reading blocks nobody and needs no daemon. What is to be written goes to skin2vecd; where it \
      does not run, this program writes for that moment.

      Exit status: 0 done, 3 skin2vecd does not run (status), 64 usage, 65 damaged diary or refused lines, \
      66 no diary, 69 part, bus or daemon not available, 70 any other failure, 73 or 74 cannot \
      write, 78 configuration at fault.
      """,
    subcommands: [
      StatusCommand.self, TodayCommand.self, TapsCommand.self, LogCommand.self, WatchCommand.self,
      ExplainCommand.self, WhoCommand.self, ScoreCommand.self, EventCommand.self, ScanCommand.self,
      ReadCommand.self, CheckCommand.self, CalibrateCommand.self, EpochCommand.self,
      RecomputeCommand.self, BackupCommand.self, RestoreCommand.self, ExportCommand.self,
      ImportCommand.self, EraseCommand.self, DoctorCommand.self, WebCommand.self,
      AnalyseCommand.self, PlanCommand.self, ReportCommand.self,
    ])
}
