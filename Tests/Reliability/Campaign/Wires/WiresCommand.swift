import ArgumentParser
import Bus

/// Spoils transfers on a simulated bus.
struct WiresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wires", abstract: "Spoils transfers on a simulated bus.",
    discussion: """
      Whole stations with every part they support live through noise, stuck wires, dips of the \
      supply, parts that are pulled out and others that are plugged in, with a hand on the probe; \
      an oracle that knows what was true holds their diaries against it.
      """)

  @Option(help: "How many transfers go over the buses, in all.")
  var transfers = 1_000_000

  @Option(help: "What the faults and the touches follow from.")
  var seed: UInt64 = 1

  @Option(help: "How many transfers each planted defect is given to be noticed in.")
  var plantedTransfers = 100_000

  @Option(help: "Plants one defect and shows what is found: belief, shift, slip, late, hand.")
  var plant: String?

  func run() async throws {
    if let plant {
      guard let defect = WiresDefect(rawValue: plant) else {
        throw ValidationError("there is no defect '\(plant)'")
      }
      let figures = try await WiresCampaign(seed: seed).run(transfers: transfers, defect: defect)
      for finding in figures.findings { print(finding) }
      return
    }
    let began = ContinuousClock.now
    let figures = try await WiresCampaign(seed: seed).run(transfers: transfers, defect: nil)
    var planted: [WiresDefect: WiresFigures] = [:]
    for defect in WiresDefect.allCases {
      planted[defect] = try await WiresCampaign(seed: seed + 1).run(
        transfers: plantedTransfers, defect: defect)
    }
    let report = WiresReport(
      figures: figures, planted: planted, seconds: (ContinuousClock.now - began).inSeconds,
      command: "swift run -c release reliability wires --transfers \(transfers) --seed \(seed)")
    for finding in figures.findings { WiresCampaign.tell(finding) }
    try report.print()
    if !report.isGood { throw ExitCode(1) }
  }
}
