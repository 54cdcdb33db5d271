package import Readings

/// What can be asked of the daemon: one request, one answer, one connection.
package enum ControlRequest: Hashable, Sendable {
  /// How the station is.
  case status
  /// How the station is and where a tap stands, line after line until the asker goes.
  case follow
  /// Sessions from now on belong to the person.
  case who(Person)
  /// Save a score.
  case score(Score)
  /// Save an event.
  case event(SkinEvent)
  /// Take back an event or a score.
  case withdraw(Withdrawal)
  /// Read the configuration file again.
  case reload
  /// Read a channel of the probe for a second; contacts are no taps meanwhile.
  case measure(Channel)
  /// Nothing more is measured: contacts are taps again.
  case endMeasuring
  /// Put a calibration in force from now on.
  case calibrate(Calibration)
  /// Begin new epochs.
  case epoch(EpochOrder)
  /// Let go of the diary, so that the command named can write it itself.
  case lend(to: String)
  /// The command is done with the diary.
  case takeBack
  /// A backup was made beside the station, or could not be made: keep and tell what is said of it.
  case backup(words: String, isMade: Bool)
  /// A person's readings have changed, as the analyses say: tell of it in one line.
  case alarm(words: String, of: Person)
  /// Give the last hours of what the station has heard: the answer's text is the tape in base64.
  case tape
  /// Give a code by which one more device is let in, asked of skin2vec-web: the answer's text is a
  /// `PairingOffer` as JSON.
  case pair
  /// Name the devices that are let in, asked of skin2vec-web: the answer's text is a list of
  /// `PairedDevice` as JSON.
  case devices
  /// Let none of them in any more, asked of skin2vec-web.
  case forgetDevices
}

extension ControlRequest: Codable {
  private enum Key: String, CodingKey {
    case request, person, score, event, borrower, channel, calibration, epoch
    case words, made, withdrawal
  }

  private enum Verb: String, Codable {
    case status, follow, who, score, event, reload, lend, takeBack, measure, endMeasuring,
      calibrate, epoch
    case tape, backup, alarm, withdraw
    case pair, devices, forgetDevices
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(Verb.self, forKey: .request) {
    case .status: self = .status
    case .follow: self = .follow
    case .who: self = .who(try container.decode(Person.self, forKey: .person))
    case .score: self = .score(try container.decode(Score.self, forKey: .score))
    case .event: self = .event(try container.decode(SkinEvent.self, forKey: .event))
    case .withdraw:
      self = .withdraw(try container.decode(Withdrawal.self, forKey: .withdrawal))
    case .reload: self = .reload
    case .lend: self = .lend(to: try container.decode(String.self, forKey: .borrower))
    case .takeBack: self = .takeBack
    case .tape: self = .tape
    case .pair: self = .pair
    case .devices: self = .devices
    case .forgetDevices: self = .forgetDevices
    case .backup:
      self = .backup(
        words: try container.decode(String.self, forKey: .words),
        isMade: try container.decode(Bool.self, forKey: .made))
    case .alarm:
      self = .alarm(
        words: try container.decode(String.self, forKey: .words),
        of: try container.decode(Person.self, forKey: .person))
    case .measure: self = .measure(try container.decode(Channel.self, forKey: .channel))
    case .endMeasuring: self = .endMeasuring
    case .calibrate:
      self = .calibrate(try container.decode(Calibration.self, forKey: .calibration))
    case .epoch: self = .epoch(try container.decode(EpochOrder.self, forKey: .epoch))
    }
  }

  private var verb: Verb {
    switch self {
    case .status: .status
    case .follow: .follow
    case .who: .who
    case .score: .score
    case .event: .event
    case .withdraw: .withdraw
    case .reload: .reload
    case .lend: .lend
    case .takeBack: .takeBack
    case .backup: .backup
    case .alarm: .alarm
    case .tape: .tape
    case .pair: .pair
    case .devices: .devices
    case .forgetDevices: .forgetDevices
    case .measure: .measure
    case .endMeasuring: .endMeasuring
    case .calibrate: .calibrate
    case .epoch: .epoch
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(verb, forKey: .request)
    switch self {
    case .status, .follow, .reload, .takeBack, .tape, .endMeasuring, .pair, .devices,
      .forgetDevices:
      break
    case .who(let person): try container.encode(person, forKey: .person)
    case .score(let score): try container.encode(score, forKey: .score)
    case .event(let event): try container.encode(event, forKey: .event)
    case .withdraw(let withdrawal): try container.encode(withdrawal, forKey: .withdrawal)
    case .lend(let borrower): try container.encode(borrower, forKey: .borrower)
    case .backup(let words, let isMade):
      try container.encode(words, forKey: .words)
      try container.encode(isMade, forKey: .made)
    case .alarm(let words, let person):
      try container.encode(words, forKey: .words)
      try container.encode(person, forKey: .person)
    case .measure(let channel): try container.encode(channel, forKey: .channel)
    case .calibrate(let calibration): try container.encode(calibration, forKey: .calibration)
    case .epoch(let order): try container.encode(order, forKey: .epoch)
    }
  }
}
