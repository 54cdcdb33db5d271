extension Settings {
  /// For how long raw samples of the air stay; touches, hours and days stay for ever.
  package struct Keep: Hashable, Sendable {
    /// By channel; one that is not there stays for ever, as all do by default.
    package var channels: [ChannelName: Duration] = [:]

    package init() {}
  }
}

extension Settings.Keep {
  /// Reads `air: 400 d`, for all of the air, and `air.pm2_5: for ever`, for one channel.
  init(_ section: Section) {
    self.init()
    let air = Settings.ChannelName.allCases.filter { $0.rawValue.hasPrefix("air.") }
    if let all = section.optional("air", as: .keeping) ?? nil {
      for channel in air { channels[channel] = all }
    }
    for channel in air {
      // Not given, or for ever: the two are told apart, as the group may say otherwise.
      guard let own = section.optional(channel.rawValue, as: .keeping) else { continue }
      channels[channel] = own
    }
  }
}

extension Format where Value == Duration? {
  /// `400 d`, or `for ever`; never less than two days, of which slots and checks are made.
  fileprivate static var keeping: Format {
    Format { text throws(Complaint) in
      if text == "for ever" || text == "forever" { return nil }
      return try Format<Duration>.duration(
        in: .seconds(2 * 86_400)...(.seconds(36_500 * 86_400))
      ).read(text)
    }
  }
}
