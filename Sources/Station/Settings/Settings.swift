/// What the station is told to do: the configuration file, wholly checked.
///
/// Every property has the default that a file without its key gives; `Settings()` is an empty file.
package struct Settings: Hashable, Sendable {
  /// The diary; default `/var/lib/skin2vec/diary.sqlite`.
  package var diary = "/var/lib/skin2vec/diary.sqlite"
  /// The socket the command line talks to; default `/run/skin2vec/control.sock`.
  package var control = "/run/skin2vec/control.sock"
  package var time = Time()
  /// Who uses the station, never empty; default one person, `me`.
  package var people = [Resident()]
  /// Whose the sessions are until somebody is chosen; default the first of `people`.
  package var defaultPerson = "me"
  /// I²C buses by the name that `parts` use; default `main`, `/dev/i2c-1`.
  package var buses = ["main": "/dev/i2c-1"]
  /// Those whose adapter may be taken from its driver and given back; default none.
  package var reboundBuses: Set<String> = []
  /// What is wired, in the order of the file; default SEN55, FDC1004 and TSL2591 on `main`.
  package var parts = [Part.defaultAir, .defaultMoisture, .defaultSebum]
  package var lines = Lines()
  package var air = Air()
  package var tap = Tap()
  package var calibration = Calibration()
  package var checks = Checks()
  /// The least scale a deviation is measured against, in each channel's own unit.
  package var floors = Dictionary(
    uniqueKeysWithValues: ChannelName.allCases.map { ($0, $0.defaultFloor) })
  package var journal = Journal()
  package var health = Health()
  package var backup = Backup()
  package var keep = Keep()
  /// Where values are published, by a program of its own; default nil: nowhere.
  package var mqtt: MQTT?
  /// Where the pages are served, by a program of its own.
  package var web = Web()

  package init() {}

  /// Where the person's days begin.
  package struct Time: Hashable, Sendable {
    /// An IANA zone, or nil for the system's (`system` in the file, the default).
    package var zone: String?
    /// Default 04:00.
    package var morning = TimeOfDay.at(4)
    /// Default 14:00; always after `morning`.
    package var evening = TimeOfDay.at(14)

    package init() {}
  }

  /// Somebody of the house, and the places that person taps, in order.
  package struct Resident: Hashable, Sendable {
    package var name: String
    /// Never empty, no two alike; default `cheek`.
    package var sites: [String]

    package init(name: String = "me", sites: [String] = ["cheek"]) {
      self.name = name
      self.sites = sites
    }
  }

  /// How the air is sampled and kept.
  package struct Air: Hashable, Sendable {
    /// From one sample to the next; default 60 s.
    package var every = Duration.seconds(60)
    /// From one commit of samples to the next; default 5 min.
    package var commitEvery = Duration.seconds(5 * 60)
    /// How long after its start a part's values do not count yet; default 60 s.
    package var warmUp = Duration.seconds(60)
    /// The age from which a value is no longer the air of a tap; default five times the
    /// longest period of a part.
    package var staleAfter = Duration.seconds(5 * 60)
    /// From one cleaning of a particle sensor's fan to the next, or nil for never; default 7 d.
    package var fanCleaning: Duration? = .seconds(7 * 86_400)

    package init() {}
  }

  /// When a touch counts, and when a session ends.
  package struct Tap: Hashable, Sendable {
    /// Samples count from here after contact; default 200 ms.
    package var sampleFrom = Duration.milliseconds(200)
    /// Samples count until here after contact; default 1 s.
    package var sampleUntil = Duration.seconds(1)
    /// The shortest contact that counts; default 800 ms.
    package var minimumContact = Duration.milliseconds(800)
    /// The share of the samples expected in the window that must be there; default 50 %.
    package var minimumSamplesPercent = 50.0
    /// The spread of a touch's samples, of their median, from which it is not steady; default 10 %.
    package var steadySpreadPercent = 10.0
    /// The change of a touch from its first to its last third, of its median, from which it is not
    /// steady; default 10 %.
    package var steadyDriftPercent = 10.0
    /// The moisture index below which the electrode is hardly on the skin; default 5.
    package var lightThresholdIndex = 5.0
    /// Accepted touches of a site after which it is done; default 5.
    package var maximumTouches = 5
    /// Touches of a site that also measure sebum; default 3.
    package var sebumTouches = 3
    /// The quiet after which the session ends; default 10 s.
    package var endAfter = Duration.seconds(10)
    /// When a slot without a tap is told of; default never.
    package var remind = Reminders()

    package init() {}
  }

  /// What is said where.
  package struct Journal: Hashable, Sendable {
    /// Colour on a terminal; default `auto`.
    package var colour = Colour.auto
    /// The least important line that is written; default `info`.
    package var level = Level.info
    /// Whether start-up says that the journal forgets at power-off; default yes.
    package var warnsWhenVolatile = true

    package init() {}

    package enum Colour: String, Hashable, Sendable, CaseIterable {
      /// Where the output is a terminal and NO_COLOR is not set.
      case auto
      case always, never
    }

    package enum Level: String, Hashable, Sendable, CaseIterable {
      case error, warning, notice, info, debug
    }
  }
}
