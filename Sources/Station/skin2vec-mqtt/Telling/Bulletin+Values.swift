import Bus
import Readings
import Settings

// A value that is absent is null with its reason, never the last good one.
extension Bulletin {
  /// What the air is like: channel by channel, with the time of the sample.
  func air(_ snapshot: Snapshot, now: ClockReading) -> JSON {
    var channels: [String: JSON] = [:]
    for channel in airChannels {
      let newest = snapshot.air.filter { $0.readings.contains { $0.channel == channel } }
        .max { $0.stamp.utc < $1.stamp.utc }
      let reading = newest?.readings.first { $0.channel == channel }
      let isStale = newest.map { $0.stamp.age(at: now) > staleAfter } ?? false
      let state = isStale ? .absent(.stale) : reading?.state ?? .absent(.notPresent)
      channels[channel.shortKey] = value(of: channel, state, at: newest?.stamp.utc)
    }
    return .object(channels)
  }

  private func value(of channel: Channel, _ state: AirReading.State, at time: Timestamp?) -> JSON {
    let (value, quality, reason): (Double?, String, String?) =
      switch state {
      case .value(let value, .ok, let reason): (value, Quality.ok.rawValue, reason)
      // It was measured and is not to be used.
      case .value(_, let quality, let reason): (nil, quality.rawValue, reason)
      case .absent(let absence): (nil, "absent", absence.rawValue)
      }
    return [
      channel.unitKey: JSON(value), "quality": .text(quality), "reason": JSON(reason),
      "time_utc_us": time.map { .integer($0.microseconds) } ?? .null,
    ]
  }

  /// What a person's slot came to, site by site.
  func slot(_ key: SlotKey, of person: Settings.Resident, _ values: [SlotValue]) -> JSON {
    let own = values.filter { $0.person.rawValue == person.name && $0.key == key }
    var sites: [String: JSON] = [:]
    for site in person.sites {
      var channels: [String: JSON] = [:]
      for channel in skinChannels {
        let value = own.first { $0.site?.rawValue == site && $0.channel == channel }
        channels[channel.shortKey] = self.value(value, of: channel)
      }
      sites[site] = .object(channels)
    }
    var air: [String: JSON] = [:]
    for channel in airChannels {
      air[channel.shortKey] = value(own.first { $0.channel == channel }, of: channel)
    }
    return [
      "local_date": .text(key.date.description), "sites": .object(sites), "air": .object(air),
    ]
  }

  private func value(_ value: SlotValue?, of channel: Channel) -> JSON {
    guard let value else {
      return [channel.unitKey: .null, "quality": "absent", "reason": "no_value"]
    }
    let normalised = value.normalised
    return [
      channel.unitKey: .number(value.value), "spread_\(channel.unitKey)": JSON(value.spread),
      "count": JSON(value.count), "quality": .text(value.quality.rawValue),
      "reason": JSON(value.reason), "ma7_\(channel.unitKey)": JSON(normalised.mean7),
      "z7": JSON(normalised.z7), "n7": JSON(normalised.n7), "z30": JSON(normalised.z30),
      "n30": JSON(normalised.n30), "baseline_state": .text(normalised.baseline.rawValue),
    ]
  }

  /// Whether the station reads the air, and who its parts are.
  func status(_ snapshot: Snapshot, now: ClockReading) -> JSON {
    let newest = snapshot.air.max { $0.stamp.utc < $1.stamp.utc }
    let isFresh = newest.map { $0.stamp.age(at: now) <= staleAfter } ?? false
    return [
      "state": isFresh ? "sampling" : "silent",
      "time_utc_us": newest.map { .integer($0.stamp.utc.microseconds) } ?? .null,
      "clock": JSON(newest?.stamp.trust.rawValue),
      "parts": .list(
        snapshot.parts.map { part in
          [
            "part": .text(part.part), "product": JSON(part.product),
            "firmware": JSON(part.firmware), "status": JSON(part.status),
          ]
        }),
    ]
  }
}

extension Stamp {
  /// How long ago it was: within one boot by the clock that nobody sets.
  func age(at now: ClockReading) -> Duration {
    bootID == now.bootID
      ? .microseconds(now.boot.microseconds - bootMicroseconds)
      : .microseconds(now.utcMicroseconds - utc.microseconds)
  }
}
