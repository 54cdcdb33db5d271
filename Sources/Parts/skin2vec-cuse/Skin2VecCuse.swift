import ArgumentParser
import Bus
import LinuxBus
import SimulatedParts

/// Serves simulated parts as a character device /dev/i2c-N, for any program that speaks i2c-dev.
@main
struct Skin2VecCuse: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skin2vec-cuse",
    abstract: "Serve simulated parts as /dev/i2c-N (needs root and the module cuse).",
    discussion: """
      Lines on standard input change the world while it is served:
        set air.temperature 21.5
        fault nak 0x69 5
        hang                    no call on the bus returns
        swallow                 the same, and whoever waits cannot be killed
        clear
      """)

  @Option(help: "The number of the bus: 9 makes /dev/i2c-9.")
  var bus = 9

  @Option(
    name: .customLong("part"), parsing: .upToNextOption,
    help: "Which parts are on it; each at its usual address, the last named where two share one.")
  var parts: [String] = SupportedPart.allCases.map(\.rawValue)
    .filter { $0 != "sen54" && $0 != "sps30" }

  @Option(help: "A file that shows the level of the lamp's line: the light falls when it is 0.")
  var lampFile: String?

  @Option(
    help: "A file that shows the level of the contact's line: the probe is open when it is 1.")
  var contactFile: String?

  @Option(
    help: """
      How many times longer the FDC1004 converts, up to 5: a machine that is emulated is too slow to \
      read a code twice while it stands.
      """)
  var stretch = 1

  @OptionGroup var start: WorldOptions

  func validate() throws {
    guard (0...255).contains(bus) else { throw ValidationError("a bus has a number from 0 to 255") }
    guard (1...5).contains(stretch) else { throw ValidationError("a stretch is 1 to 5 times") }
    for part in parts where SupportedPart(rawValue: part) == nil {
      let names = SupportedPart.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("no part '\(part)'; there are \(names)")
    }
  }

  func run() throws {
    let clock = LinuxClock()
    let lamp = LevelHistory(path: lampFile)
    let contact = LevelHistory(path: contactFile, isActiveLow: true)
    let world = World(start.values, lamp: lamp, contact: contact, stretch: stretch)
    let wires = SimulatedI2CBus(name: "/dev/i2c-\(bus)", clock: clock)
    for part in parts.compactMap({ SupportedPart(rawValue: $0) }) {
      wires.attach(world.part(part), at: part.addresses[0])
    }
    var server = Server(
      try CuseChannel(), device: I2CDevice(name: "i2c-\(bus)", bus: wires), bus: wires,
      world: world, lines: [lamp, contact], clock: clock)
    try server.run()
  }
}
