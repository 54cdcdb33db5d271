import Control
import Dashboard
import Glibc
import Journal
import Logging
import Readings
import ServiceLifecycle
import Settings
import Store
import Synchronization
import UnixSignals

/// The pages from start to stop.
struct Serving {
  /// What the command line and the settings ask for, resolved.
  struct Order: Sendable {
    var settings: Settings
    /// Where they are from; nil for the built-in ones.
    var settingsFile: String?
    var diary: String
    var controlSocket: String
    var listening: Settings.Web.Listening
    /// 0 for any.
    var port: Int
    /// The folder of the pages.
    var pages: String
    var writesPerSecond = 20.0
    /// The file of the paired devices; nil keeps them in memory.
    var pairings: String?
    /// The socket at which codes are asked for; nil for none.
    var pairSocket: String?
  }

  let order: Order
  let logger: Logger
  let notifier: SystemdNotifier
  /// Says where the pages are.
  let tell: @Sendable (String) -> Void
  private let port = Port()

  /// Serves until told to stop.
  func run() async throws {
    let pairings = try keptPairings()
    let feed = try StationFeed(controlSocket: order.controlSocket)
    let days = try Days(order.settings.time)
    let shelf = DiaryShelf(path: order.diary, days: days)
    await days.follow(shelf)
    let house = House(
      order.settings, file: order.settingsFile, diary: order.diary, shelf: shelf, feed: feed,
      days: days)
    let site = WebSite(
      house: house,
      assets: try Assets(folder: order.pages, library: "/usr/share/javascript/dygraphs"),
      pairings: pairings, writesPerSecond: order.writesPerSecond, logger: logger)
    let turns = Turns()
    var services: [any Service] = [
      feed, DiaryLookout(shelf: shelf, feed: feed, days: days, turns: turns),
    ]
    if let hook = order.settings.web.webhook {
      services.append(WebhookCaller(hook: hook, feed: feed, shelf: shelf, logger: logger))
    }
    services += try desk(pairings).map { [$0] } ?? []
    if notifier.isHeard { services.append(watch(turns, feed, pairings)) }
    services += servers(of: site)
    try await group(of: services).run()
    notifier.stopping(status: "stopped")
  }

  private func group(of services: [any Service]) -> ServiceGroup {
    ServiceGroup(
      configuration: .init(
        services: services.map {
          // Who only hears of a shutdown would not hear of a cancellation.
          .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup)
        },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
  }

  /// What libraries say, but for what is wrong, is of no use to anybody here.
  private var quiet: Logger {
    var quiet = logger
    quiet.logLevel = .warning
    return quiet
  }

  private func keptPairings() throws(Failure) -> Pairings {
    if order.pairings == nil, !order.listening.isBoardOnly {
      logger.notice("paired devices are kept in memory only: there is no STATE_DIRECTORY")
    }
    do {
      return try Pairings(path: order.pairings, hash: { Store.sha256($0) })
    } catch {
      let file = order.pairings ?? ""
      throw Failure(
        EX_IOERR, "the paired devices cannot be read from \(file)",
        hint: "take the file away, and pair them anew by 'skin2vec web pair'")
    }
  }

  private func desk(_ pairings: Pairings) throws(Failure) -> PairingDesk? {
    guard let path = order.pairSocket else { return nil }
    do throws(ControlError) {
      return PairingDesk(
        server: try ControlServer(path: path), pairings: pairings, listening: order.listening,
        port: { port.number },
        settingsFile: order.settingsFile ?? Skin2VecWeb.usualConfiguration)
    } catch .alreadyRunning {
      throw Failure(EX_UNAVAILABLE, "another skin2vec-web listens at \(path)", hint: "stop it")
    } catch {
      throw Failure(EX_UNAVAILABLE, "\(path): \(error)")
    }
  }

  private func watch(_ turns: Turns, _ feed: StationFeed, _ pairings: Pairings) -> Watch {
    Watch(
      notifier: notifier, turns: turns,
      isAnswering: {
        await OwnQuestion(address: order.listening.ownAddress, port: port.number).isAnswered()
      },
      sentence: {
        let count = await pairings.all.count
        return "serves \(place); \(count == 1 ? "1 device is" : "\(count) devices are") paired; "
          + (feed.status == nil ? "skin2vecd does not answer" : "skin2vecd answers")
      }, period: notifier.watchdogInterval.map { min($0 / 3, .seconds(30)) } ?? .seconds(30))
  }

  private func servers(of site: WebSite) -> [any Service] {
    let places = order.listening.places(port: order.port)
    let further = places.further.map { place -> any Service in
      FurtherServer(
        server: WebServer(site: site, place: place, logger: quiet) { _ in }, logger: logger)
    }
    let first = WebServer(site: site, place: places.first, logger: quiet) { number in
      port.number = number
      tell("the page is \(place)/")
      for address in order.listening.houseAddresses(port: number) where address != place {
        tell("  and \(address)/ for the house")
      }
      notifier.ready(status: "serves \(place)")
    }
    return [further, first].compactMap(\.self)
  }

  /// Where this board has the pages.
  private var place: String {
    Settings.Web.Listening.url(order.listening.ownAddress, port.number)
  }
}

/// The port that is listened at, once it is known.
private final class Port: Sendable {
  private let present = Atomic<Int>(0)

  var number: Int {
    get { present.load(ordering: .relaxed) }
    set { present.store(newValue, ordering: .relaxed) }
  }
}
