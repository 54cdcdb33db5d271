/// One contact of the probe with the skin, and what each channel made of it.
package struct Touch: Hashable, Sendable, Codable {
  /// 1 for the session's first.
  package var number: Int
  package var site: Site
  package var started: Stamp
  /// How long the contact was closed; nil where its end was not seen.
  package var contact: Duration?
  package var measures: [Measure]

  package init(
    number: Int, site: Site, started: Stamp, contact: Duration?, measures: [Measure]
  ) {
    self.number = number
    self.site = site
    self.started = started
    self.contact = contact
    self.measures = measures
  }

  /// One channel's part of a touch.
  ///
  /// What was read is always kept, counted or not.
  package struct Measure: Hashable, Sendable, Codable {
    package var channel: Channel
    /// What the part said, in `rawUnit`; the median of the samples.
    ///
    /// Nil where nothing was read.
    package var raw: Double?
    package var rawUnit: RawUnit
    /// `raw` through the calibration, in the channel's unit.
    package var value: Double?
    /// 1.4826 times the median absolute deviation of the calibrated samples, in the channel's unit.
    package var spread: Double?
    /// Every sample as the part's own code, in the order it was read.
    package var samples: [Int32]
    /// What a code is in `rawUnit`; nil where values came without their codes, as from elsewhere.
    package var scale: RawScale?
    /// What failed while it was read, whether or not enough was read all the same.
    package var fault: Absence?
    /// Nil where it counts; otherwise why it does not.
    package var refusal: TouchRefusal?
    /// The part that read it: `fdc1004 0x50`.
    package var part: String

    package init(
      channel: Channel, raw: Double?, rawUnit: RawUnit, value: Double?, spread: Double?,
      samples: [Int32], scale: RawScale? = nil, fault: Absence? = nil, refusal: TouchRefusal?,
      part: String
    ) {
      self.channel = channel
      self.raw = raw
      self.rawUnit = rawUnit
      self.value = value
      self.spread = spread
      self.samples = samples
      self.scale = scale
      self.fault = fault
      self.refusal = refusal
      self.part = part
    }

    package var isAccepted: Bool { refusal == nil }
  }

  /// What a part's codes are in its raw unit: unit · code + offset.
  package struct RawScale: Hashable, Sendable, Codable {
    /// Raw units a step of the code.
    package var unitsPerCode: Double
    /// Raw units at code 0.
    package var offset: Double
    /// The greatest magnitude of a code that can be believed; beyond it the part was over its range.
    package var greatestCode: Int32

    package init(unitsPerCode: Double, offset: Double, greatestCode: Int32) {
      self.unitsPerCode = unitsPerCode
      self.offset = offset
      self.greatestCode = greatestCode
    }

    /// The raw value of a code; nil where the part was over its range.
    package func raw(of code: Int32) -> Double? {
      code.magnitude > greatestCode.magnitude ? nil : Double(code) * unitsPerCode + offset
    }
  }

  /// The unit of a raw value.
  package enum RawUnit: String, Hashable, Sendable, Codable {
    case picofarads = "pF"
    case counts
  }

  /// Whether the touch counts, in one channel at least.
  package var isAccepted: Bool { measures.contains { $0.isAccepted } }
}

/// Why a touch, or a channel of it, does not count.
///
/// Kept with the touch.
package enum TouchRefusal: Hashable, Sendable {
  /// Lifted before enough samples were in.
  case tooShort
  /// The electrode saw next to nothing: hardly on the skin.
  case tooLight
  case tooHard
  /// The samples disagree with each other, or drift.
  case unsteady
  /// The part could not be read.
  case absent(Absence)
  /// The station was stopped, or the session ended, in the middle of it.
  case interrupted
}

extension TouchRefusal: RawRepresentable, Codable {
  /// As the diary keeps it: `too_short`, `absent:timedOut`.
  package var rawValue: String {
    switch self {
    case .tooShort: "too_short"
    case .tooLight: "too_light"
    case .tooHard: "too_hard"
    case .unsteady: "unsteady"
    case .absent(let absence): "absent:" + absence.rawValue
    case .interrupted: "interrupted"
    }
  }

  package init?(rawValue: String) {
    switch rawValue {
    case "too_short": self = .tooShort
    case "too_light": self = .tooLight
    case "too_hard": self = .tooHard
    case "unsteady": self = .unsteady
    case "interrupted": self = .interrupted
    default:
      guard rawValue.hasPrefix("absent:"),
        let absence = Absence(rawValue: String(rawValue.dropFirst(7)))
      else { return nil }
      self = .absent(absence)
    }
  }

  /// Whether the touch itself is at fault, and so every channel of it.
  package var isOfTouch: Bool {
    switch self {
    case .tooShort, .tooLight, .tooHard, .unsteady, .interrupted: true
    case .absent: false
    }
  }

  /// What the light and the journal tell the person.
  package var words: String {
    switch self {
    case .tooShort: "too short: hold until the light goes out"
    case .tooLight: "too light: press a little more"
    case .tooHard: "too hard: press a little less"
    case .unsteady: "not steady: press again"
    case .absent(let absence): "the probe could not be read (\(absence.rawValue))"
    case .interrupted: "interrupted"
    }
  }
}
