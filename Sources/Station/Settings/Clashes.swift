import Bus

/// What is right line by line and cannot be together.
struct Clashes {
  var settings: Settings
  var file: Section
  /// The parts that stand in the file; empty where the defaults serve.
  var placed: [PlacedPart]

  func refuse() {
    refuseSharedAddresses()
    refuseSharedChannels()
    refuseSecondTouchPart()
    refuseSharedLines()
    refuseUnwired()
  }

  /// Two parts at one address of one bus answer at once, and neither can be read.
  private func refuseSharedAddresses() {
    for (index, placed) in placed.enumerated() {
      let part = placed.part
      let other = self.placed[..<index].first {
        $0.part.bus == part.bus && $0.part.address == part.address
      }
      guard let other = other?.section.path else { continue }
      placed.section.refuse(
        placed.section.has("address") ? "address" : "part",
        "\(other) is at \(part.address) of bus `\(part.bus)` already",
        hint: "give one of them another address or another bus")
    }
  }

  /// Each channel comes from one part: nothing is averaged across parts.
  private func refuseSharedChannels() {
    var givers: [Settings.ChannelName: String] = [:]
    for placed in placed {
      let shared = placed.part.channels.filter { givers[$0] != nil }
      for channel in placed.part.channels where givers[channel] == nil {
        givers[channel] = placed.section.path
      }
      guard let first = shared.first, let other = givers[first] else { continue }
      let names = shared.map(\.rawValue).joined(separator: ", ")
      placed.section.refuse(
        placed.section.has("channels") ? "channels" : "part",
        "\(other) gives \(names) already", hint: hint(for: placed.part))
    }
  }

  private func hint(for part: Settings.Part) -> String {
    switch part.part.role {
    case .air: "choose with `channels: […]` in each of the two parts"
    case .moisture, .sebum, .touch:
      "the probe has one \(part.part.role.rawValue) part: take one out"
    }
  }

  /// The force and the temperature come from one converter, also where each has but one input.
  private func refuseSecondTouchPart() {
    let parts = placed.filter { $0.part.part.role == .touch }
    guard let first = parts.first else { return }
    let channels = Set(first.part.channels)
    for second in parts.dropFirst() where channels.isDisjoint(with: second.part.channels) {
      second.section.refuse(
        "part", "\(first.section.path) reads the touch already", hint: hint(for: second.part))
    }
  }

  private func refuseSharedLines() {
    var users: [Settings.LinePlace: LineUse] = [:]
    for use in lineUses {
      if let other = users[use.place] {
        // One of the two may be a default, which stands nowhere.
        let (place, rival) = use.section == nil ? (other, use) : (use, other)
        (place.section ?? file).refuse(
          place.section == nil ? nil : "line",
          "`\(rival.name)` uses the same line of the same chip", hint: "wire one of them elsewhere")
      }
      users[use.place] = use
    }
  }

  /// Somebody who uses a line, and the section it was read from.
  private struct LineUse {
    var name: String
    var place: Settings.LinePlace
    var section: Section?
  }

  private var lineUses: [LineUse] {
    let lines = settings.lines
    let section = file.existing("lines")
    var uses: [LineUse] = []
    func note(_ name: String, _ place: Settings.LinePlace?) {
      guard let place else { return }
      uses.append(
        LineUse(name: "lines." + name, place: place, section: section?.existing(name)))
    }
    note("contact", lines.contact?.place)
    note("light", lines.light?.place)
    note("buzzer", lines.buzzer?.place)
    note("selector", lines.selector?.place)
    for (index, part) in settings.parts.enumerated() {
      guard case .sebum(let sebum) = part.options else { continue }
      let part = placed.isEmpty ? nil : placed[index].section
      uses.append(
        LineUse(
          name: (part?.path ?? "parts[\(index)]") + ".lamp", place: sebum.lamp.place,
          section: part?.existing("lamp")))
    }
    return uses + supplyUses
  }

  /// One line may switch the supply of several parts, and nothing else.
  private var supplyUses: [LineUse] {
    var places: Set<Settings.LinePlace> = []
    return settings.parts.enumerated().compactMap { index, part in
      guard let place = part.power?.place, places.insert(place).inserted else { return nil }
      let section = placed.isEmpty ? nil : placed[index].section
      return LineUse(
        name: (section?.path ?? "parts[\(index)]") + ".power", place: place,
        section: section?.existing("power"))
    }
  }

  /// A probe without its contact switch would never open a session.
  private func refuseUnwired() {
    guard settings.lines.contact == nil,
      let index = settings.parts.firstIndex(where: { $0.part.role != .air })
    else { return }
    file.refuse(
      "lines", "parts[\(index)] measures skin, and there is no contact switch",
      hint: "give `lines.contact`, or take the part out")
  }
}

extension Settings.Part {
  /// What the diary takes from the part.
  package var channels: [Settings.ChannelName] {
    switch options {
    case .air(let channels, _): channels
    case .moisture: [.skinMoisture]
    case .sebum: [.skinSebum]
    case .touch(let touch):
      (touch.forceInput == nil ? [] : [.skinForce])
        + (touch.temperatureInput == nil ? [] : [.skinTemperature])
    }
  }
}
