import ArgumentParser
import FoundationEssentials
import Glibc

/// Feeds every decoder with what it should never see.
struct InputsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inputs", abstract: "Feeds every decoder with what it should never see.",
    discussion: """
      Inputs are made of examples: bits flipped, lengths and numbers at their edges, lines \
      repeated, nesting, bytes that are no text. Each worker feeds one decoder; one that dies or \
      hangs is replaced, and the input is kept. An input comes again from its seed and number.
      """)

  @Option(help: "How many inputs in all.")
  var inputs = 300_000
  @Option(help: "What the inputs are drawn from.")
  var seed: UInt64 = 1
  @Option(help: "How many workers at a time.")
  var workers = 2
  @Option(help: "Only this decoder; more than once for more.")
  var only: [String] = []
  @Option(help: "Where the examples are.")
  var corpora = "Tests/Reliability/Corpora"
  @Option(help: "Where inputs go that did something wrong.")
  var keep = "/tmp/skin2vec-inputs"
  @Option(help: "Seconds after which an input hangs.")
  var patience: UInt64 = 15
  @OptionGroup(visibility: .hidden) var work: WorkerOptions

  func run() async throws {
    if let name = work.worker { return try await work.run(name, seed: seed, corpora: corpora) }
    let plans = try chosen()
    let planted = try plant()
    progress("planted: \(planted.words)")
    let counts = plans.map { ($0, max(20, inputs * $0.share / total(plans))) }
    let tallies = try Overseer(options: options).run(counts, tell: progress)
    var lost = planted.isNoticed ? 0 : 1
    for group in Subjects.groups {
      let own = zip(plans, tallies).filter { $0.0.group == group }.map(\.1)
      guard !own.isEmpty else { continue }
      let tally = own.reduce(Tally(), +)
      lost += tally.lost
      for finding in tally.findings { progress(finding) }
      try outcome(group, tally, planted.words).report()
    }
    if lost > 0 { throw ExitCode(1) }
  }

  private func total(_ plans: [SubjectPlan]) -> Int { plans.map(\.share).reduce(0, +) }

  private func chosen() throws -> [SubjectPlan] {
    let unknown = only.filter { name in !Subjects.all.contains { $0.name == name } }
    guard unknown.isEmpty else {
      let names = Subjects.all.map(\.name).joined(separator: ", ")
      throw ValidationError("no decoder \(unknown.joined(separator: ", ")); there are \(names)")
    }
    return only.isEmpty ? Subjects.all : Subjects.all.filter { only.contains($0.name) }
  }

  private var options: CampaignOptions {
    CampaignOptions(
      inputs: inputs, seed: seed, workers: workers, corpora: corpora, keep: keep,
      patience: patience)
  }

  /// Feeds decoders with a defect each; every one must be noticed.
  private func plant() throws -> (isNoticed: Bool, words: String) {
    var options = options
    options.patience = 5
    options.keep += "/planted"
    let plans = PlantedDefect.tried.map { (plan: $0.plan, count: $0.inputs) }
    let tallies = try Overseer(options: options).run(plans, tell: { progress($0) })
    let missed = zip(PlantedDefect.tried, tallies).filter { !$0.isNoticed(in: $1) }.map(\.0)
    let all = PlantedDefect.tried.map(\.rawValue).joined(separator: ", ")
    return missed.isEmpty
      ? (true, "\(all): all noticed")
      : (false, "NOT noticed: " + missed.map(\.rawValue).joined(separator: ", "))
  }

  private func outcome(_ group: String, _ tally: Tally, _ planted: String) -> Outcome {
    Outcome(
      promise: "No bad input stops the station, hangs it, fills its memory or is taken as good: "
        + group,
      how: "examples with bits flipped, numbers at their edges, lengths, nesting and bytes that "
        + "are no text",
      tried: tally.done, unit: "inputs", lost: tally.lost, seconds: tally.seconds,
      command: "reliability inputs --inputs \(inputs) --seed \(seed)", planted: planted,
      details: [tally.words] + tally.findings.prefix(5))
  }

  private func progress(_ words: String) {
    let line = words + "\n"
    // Whoever has closed standard error does not want to know.
    _ = write(STDERR_FILENO, line, line.utf8.count)
  }
}

/// What a worker is told; nobody else needs it.
struct WorkerOptions: ParsableArguments {
  @Option var worker: String?
  @Option var from: UInt64 = 0
  @Option var to: UInt64 = 0
  @Option var scratch = "/tmp"
  @Option var dump: String?
  @Option var feed: String?

  func run(_ name: String, seed: UInt64, corpora: String) async throws {
    let plans = Subjects.all + PlantedDefect.allCases.map(\.plan)
    guard let plan = plans.first(where: { $0.name == name }) else {
      throw ValidationError("no decoder \(name)")
    }
    Self.limitMemory()
    let own = "\(scratch)/work-\(getpid())"
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    defer { Scratch.remove(own) }
    let subject = try await plan.make(Corpus(folder: corpora, scratch: own))
    if let dump {
      let bytes = Worker.input(from, of: subject, Mutator(subject), plan, seed: seed)
      try Data(bytes).write(to: URL(filePath: dump))
    } else if let feed {
      let bytes = [UInt8](FileManager.default.contents(atPath: feed) ?? Data())
      print(try await subject.feed(bytes))
    } else {
      let ledger = try Ledger(path: scratch + "/ledger")
      let worker = Worker(
        plan: plan, seed: seed, ledger: ledger, findings: scratch + "/findings")
      await worker.run(subject, from..<to)
    }
  }

  /// An input that asks for gigabytes ends its worker instead of the machine; no core is left.
  private static func limitMemory() {
    var memory = rlimit(rlim_cur: 2 << 30, rlim_max: 2 << 30)
    setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &memory)
    var core = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
  }
}
