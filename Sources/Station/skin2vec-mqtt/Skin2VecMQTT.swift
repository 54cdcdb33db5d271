import ArgumentParser
import Bus
import Glibc
import Journal
import LinuxBus
import Readings
import Settings
import Store
import UnixSignals

/// The publisher's command line.
@main
struct Skin2VecMQTT: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skin2vec-mqtt",
    abstract: "Publishes what the diary says to a broker of MQTT.",
    discussion: """
      Off unless the configuration has a section 'mqtt'. Reads the diary and never writes it; \
      publishes the air, and the slots of those people only whom 'mqtt.people' names. A value that \
      is absent is published as null, with its reason. Nothing is published twice unless the \
      connection was lost.

      Topics, all retained: skin2vec/availability (online or offline), skin2vec/air, \
      skin2vec/status, skin2vec/PERSON/morning and …/evening, and for Home Assistant \
      homeassistant/sensor/skin2vec_…/config.

      EXAMPLES
        skin2vec-mqtt --dry-run               what would be published; no network
        skin2vec-mqtt --once                  publish the present state, and end
        systemctl enable --now skin2vec-mqtt  publish from now on
        mosquitto_sub -h 192.168.1.2 -v -t 'skin2vec/#'

      SIGTERM and SIGINT stop. Exit status: 0 done, 66 no diary, 69 no broker, 70 any other \
      failure, 78 configuration at fault.
      """)

  static let usualConfiguration = "/etc/skin2vec/skin2vec.yaml"

  @Option(
    help: ArgumentHelp(
      "The configuration file (default: \(usualConfiguration)).", valueName: "path"),
    completion: .file())
  var config: String?

  @Option(
    help: ArgumentHelp("The diary (default: as the configuration says).", valueName: "path"),
    completion: .file())
  var database: String?

  @Flag(help: "Publish the present state, and end.")
  var once = false

  @Flag(help: "Print topics and what they would hold; nothing is sent.")
  var dryRun = false

  func run() async throws {
    let notifier = SystemdNotifier()
    let reporter = Reporter.standardError(notifier)
    do {
      try await perform(reporter, notifier)
    } catch let failure as Failure {
      for line in failure.text.split(separator: "\n") { reporter.say(.error, String(line)) }
      throw ExitCode(failure.status)
    }
  }

  private func perform(_ reporter: Reporter, _ notifier: SystemdNotifier) async throws {
    let order = try Failure.wording { try Order(file: config ?? Self.usualConfiguration) }
    let stop = StopSignal()
    var house = try Failure.wording { try order.house(reporter, stop, clock: LinuxClock()) }
    // Who speaks once has nobody to say that it is gone.
    if once { house.introduction.will = nil }
    let publisher = Publisher(diary: database ?? order.settings.diary, house: house)
    if dryRun {
      for message in try await Failure.wording({ try await publisher.messages() }) {
        print(message.topic, message.payload)
      }
      return
    }
    let isOnce = once
    if !isOnce { notifier.ready(status: "starts") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) { stop.raise() }
      }
      try await Failure.wording {
        if isOnce { try await publisher.publishOnce() } else { try await publisher.run() }
      }
      group.cancelAll()
    }
    if !isOnce { notifier.stopping(status: "stopped") }
  }
}
