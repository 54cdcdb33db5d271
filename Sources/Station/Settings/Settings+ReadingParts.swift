import Bus
import Quantities

/// A part with the section it was read from, so that a clash with another can say where.
struct PlacedPart {
  var part: Settings.Part
  var section: Section
}

extension Section {
  /// The parts of the file, or nil where it gives none.
  func parts(buses: [String: String]) -> [PlacedPart]? {
    sections("parts") { section in
      section.part(buses: buses).map { PlacedPart(part: $0, section: section) }
    }
  }

  private func part(buses: [String: String]) -> Settings.Part? {
    let known = Format<SupportedPart>.choice("a part the station knows")
    let kind = required("part", as: known, example: "sen55")
    let names = buses.keys.sorted()
    let bus = value(
      "bus", as: .word(of: names, what: "one of the buses"),
      default: names.count == 1 ? names[0] : "")
    if bus.isEmpty, !has("bus") {
      refuse(nil, "`bus` is missing", hint: "there are several: \(Spelling.alternatives(names))")
    }
    guard let kind else {
      expect([
        "address", "channels", "input", "offset", "gain", "integration", "lamp", "force_input",
        "temperature_input", "range", "rate", "power", "every", "offset",
      ])
      return nil
    }
    var part = Settings.Part(
      kind, bus: bus, address: address(of: kind), options: options(of: kind))
    part.power = section("power") { Settings.OutputLine($0) }
    return part
  }

  private func address(of part: SupportedPart) -> I2CAddress {
    let address = value("address", as: .address, default: part.addresses[0])
    if !part.addresses.contains(address) {
      let possible = part.addresses.map(\.description)
      refuse(
        "address", "\(part.makersName) cannot be at \(address)",
        hint: "use \(Spelling.alternatives(possible))")
    }
    return address
  }

  private func options(of part: SupportedPart) -> Settings.Part.Options {
    switch part.role {
    case .air:
      let possible = part.airChannels
      let channels = values("channels", as: .choice("a channel") as Format<Settings.ChannelName>)
      for channel in channels ?? [] where !possible.contains(channel) {
        refuse(
          "channels", "\(part.makersName) has no \(channel.rawValue)",
          hint: "use \(Spelling.alternatives(possible.map(\.rawValue)))")
      }
      return .air(channels: channels ?? possible, schedule: Settings.AirSchedule(self))
    case .moisture: return .moisture(Settings.Moisture(self))
    case .sebum: return .sebum(Settings.Sebum(self))
    case .touch: return .touch(Settings.Touch(self))
    }
  }
}

extension Settings.Moisture {
  fileprivate init(_ section: Section) {
    self.init()
    input = section.value("input", as: .integer(in: 1...4), default: input)
    offsetCode = section.value("offset", as: Self.offsetFormat, default: offsetCode)
  }

  /// `off`, or a capacitance the offset converter can take away.
  private static let offsetFormat = Format<Int?> { text throws(Complaint) in
    if text == "off" { return nil }
    let step = offsetStep.picofarads
    let offset = try Format.capacitance(in: 0...(31 * step)).read(text)
    let code = Int((offset.picofarads / step).rounded())
    guard abs(Double(code) * step - offset.picofarads) < 0.001 else {
      throw Complaint(
        "\(text) is not a step of the offset converter",
        hint: "write `\(plain(Double(code) * step)) pF`; a step is 3.125 pF")
    }
    return code
  }
}

extension Settings.Sebum {
  fileprivate init(_ section: Section) {
    self.init()
    gain = section.value("gain", as: .choice("a gain"), default: gain)
    let steps = Format<Int> { text throws(Complaint) in
      let time = try Format.duration(in: .milliseconds(100)...(.milliseconds(600))).read(text)
      guard time.microseconds.isMultiple(of: 100_000) else {
        throw Complaint("\(text) is not a step", hint: "use 100, 200, 300, 400, 500 or 600 ms")
      }
      return Int(time.microseconds / 100_000)
    }
    integrationSteps = section.value("integration", as: steps, default: integrationSteps)
    lamp = section.section("lamp") { Settings.OutputLine($0) } ?? lamp
  }
}

extension Settings.Touch {
  fileprivate init(_ section: Section) {
    self.init()
    forceInput = section.value("force_input", as: Self.inputFormat, default: forceInput)
    temperatureInput = section.value(
      "temperature_input", as: Self.inputFormat, default: temperatureInput)
    range = section.value("range", as: .choice("a full scale of the part"), default: range)
    rate = section.value("rate", as: .choice("a rate of the part"), default: rate)
    if forceInput == nil, temperatureInput == nil {
      section.refuse(
        "force_input", "there is nothing to read at either input",
        hint: "give an input from 0 to 3, or take the part out")
    } else if forceInput == temperatureInput {
      section.refuse(
        section.has("temperature_input") ? "temperature_input" : "force_input",
        "the force and the temperature cannot be read at the same input",
        hint: "use two inputs, or `none` for one of them")
    }
  }

  /// `none`, or the number of an input.
  private static let inputFormat = Format<Int?> { text throws(Complaint) in
    text == "none" ? nil : try Format.integer(in: 0...3).read(text)
  }
}

extension Settings.Lines {
  init(_ section: Section) {
    self.init()
    contact = section.section("contact", orNone: contact) { Settings.InputLine($0) }
    light = section.section("light", orNone: light) { Settings.OutputLine($0) }
    buzzer = section.section("buzzer", orNone: buzzer) { Settings.OutputLine($0) }
    selector = section.section("selector", orNone: selector) { Settings.InputLine($0) }
  }
}

extension Settings.InputLine {
  fileprivate init?(_ section: Section) {
    let place = Settings.LinePlace(section)
    self.init(chip: place?.chip ?? Settings.defaultChip, line: place?.line ?? .offset(0))
    isActiveLow = section.value("active", as: .level, default: true)
    pull = section.value("pull", as: .choice("a pull"), default: pull)
    debounce = section.value(
      "debounce", as: .duration(in: .zero...(.milliseconds(500))), default: debounce)
    if place == nil { return nil }
  }
}

extension Settings.OutputLine {
  fileprivate init?(_ section: Section) {
    let place = Settings.LinePlace(section)
    self.init(chip: place?.chip ?? Settings.defaultChip, line: place?.line ?? .offset(0))
    isActiveLow = section.value("active", as: .level, default: false)
    if place == nil { return nil }
  }
}

extension Settings.LinePlace {
  fileprivate init?(_ section: Section) {
    let chip = section.value("chip", as: .text, default: Settings.defaultChip)
    let format = Format<Line> { text throws(Complaint) in
      guard let number = Int(text) else { return .name(try Format.text.read(text)) }
      return .offset(try Format.integer(in: 0...1023).read(String(number)))
    }
    guard let line = section.required("line", as: format, example: "17") else { return nil }
    self.init(chip: chip, line: line)
  }
}

extension Format where Value == Bool {
  /// Whether a line is active low.
  fileprivate static var level: Format { .either("low", true, "high", false) }
}
