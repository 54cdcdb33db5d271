extension SimulatedSEN5x {
  /// The command words, Sensirion embedded-i2c-sen5x.
  enum Command: UInt16 {
    case start = 0x0021
    case startWithoutParticles = 0x0037
    case stop = 0x0104
    case readDataReady = 0x0202
    case readValues = 0x03C4
    case readRawValues = 0x03D2
    case readParticles = 0x0413
    case startCleaning = 0x5607
    case temperatureOffset = 0x60B2
    case warmStart = 0x60C6
    case vocTuning = 0x60D0
    case noxTuning = 0x60E1
    case acceleration = 0x60F7
    case vocState = 0x6181
    case cleaningInterval = 0x8004
    case productName = 0xD014
    case serialNumber = 0xD033
    case version = 0xD100
    case readStatus = 0xD206
    case readAndClearStatus = 0xD210
    case reset = 0xD304

    /// How long it takes, in microseconds.
    var time: Int64 {
      switch self {
      case .start, .startWithoutParticles: 50_000
      case .stop: 160_000
      case .reset: 100_000
      default: 20_000
      }
    }
  }

  mutating func carryOut(
    _ command: Command, _ parameters: [UInt16], at now: Int64
  ) throws(PartRefusal) {
    if !parameters.isEmpty {
      return try settings.set(command, to: parameters, isIdle: mode == .idle)
    }
    if let words = settings.words(command) { return answer(words) }
    switch command {
    case .start: start(particles: true, at: now)
    case .startWithoutParticles: start(particles: false, at: now)
    case .stop: stop()
    case .reset: reset(at: now)
    case .startCleaning: cleanIfMeasuring(at: now)
    case .readDataReady: answer([isFresh ? 1 : 0])
    case .readValues: answerOnce(measuredWords(at: now))
    case .readRawValues: answerOnce(rawWords())
    case .readParticles: answerOnce(particleWords())
    case .productName: answer(SensirionWords.text(model.rawValue))
    case .serialNumber: answer(SensirionWords.text(serial))
    // Firmware 2.0, debug 0, hardware 4.0, protocol 1.0, padding.
    case .version: answer([0x0200, 0x0004, 0x0001, 0x0000])
    case .readStatus, .readAndClearStatus: answerStatus(command, at: now)
    default: throw .unknownCommand
    }
  }

  private mutating func answer(_ words: [UInt16]) {
    response = SensirionWords.bytes(words)
  }

  /// Any 0x03xx or 0x04xx read clears the data-ready flag.
  private mutating func answerOnce(_ words: [UInt16]) {
    isFresh = false
    answer(words)
  }

  private mutating func answerStatus(_ command: Command, at now: Int64) {
    stickyErrors |= errors(.microseconds(now))
    // Bit 19, not kept: the fan is being cleaned.
    let cleaning: UInt32 = now < cleaningUntil ? 1 << 19 : 0
    let status = stickyErrors | cleaning
    answer([UInt16(status >> 16), UInt16(truncatingIfNeeded: status)])
    if command == .readAndClearStatus { stickyErrors = 0 }
  }

  /// Starts, or changes mode; the same mode again changes nothing.
  private mutating func start(particles: Bool, at now: Int64) {
    if case .measuring(particles, _) = mode { return }
    mode = .measuring(particles: particles, since: now)
    lastTick = 0
    isFresh = false
    if !particles { cleaningUntil = 0 }
  }

  private mutating func stop() {
    mode = .idle
    cleaningUntil = 0
    isFresh = false
  }

  /// Silently ignored unless the fan runs.
  private mutating func cleanIfMeasuring(at now: Int64) {
    guard case .measuring(particles: true, _) = mode else { return }
    startCleaning(at: now)
  }

  /// What can be set and is lost with the supply.
  struct Settings: Hashable {
    /// Offset ×200 °C, slope ×10000, time constant in s.
    private var temperature: [UInt16] = [0, 0, 0]
    private var warmStart: [UInt16] = [0]
    /// Defaults of the SEN5x datasheet, sections 6.1.16 and 6.1.17.
    private var vocTuning: [UInt16] = [100, 12, 12, 180, 50, 230]
    private var noxTuning: [UInt16] = [1, 12, 12, 720, 50, 230]
    private var acceleration: [UInt16] = [0]
    private var vocState: [UInt16] = [0, 0, 0, 0]
    /// 604800 s: once a week.
    private var cleaning: [UInt16] = [0x0009, 0x3A80]

    var cleaningInterval: UInt32 { UInt32(cleaning[0]) << 16 | UInt32(cleaning[1]) }

    /// The temperature with the set offset and slope, the time constant taken as over.
    func compensated(_ celsius: Double) -> Double {
      let offset = Double(Int16(bitPattern: temperature[0])) / 200
      let slope = Double(Int16(bitPattern: temperature[1])) / 10_000
      return celsius + slope * celsius + offset
    }

    func words(_ command: Command) -> [UInt16]? {
      switch command {
      case .temperatureOffset: temperature
      case .warmStart: warmStart
      case .vocTuning: vocTuning
      case .noxTuning: noxTuning
      case .acceleration: acceleration
      case .vocState: vocState
      case .cleaningInterval: cleaning
      default: nil
      }
    }

    /// Takes a setting; those that need the idle mode are ignored outside it.
    mutating func set(
      _ command: Command, to words: [UInt16], isIdle: Bool
    ) throws(PartRefusal) {
      guard self.words(command)?.count == words.count else { throw .unknownCommand }
      switch command {
      case .temperatureOffset: temperature = words
      case .warmStart: warmStart = words
      case .vocTuning where isIdle: vocTuning = words
      case .noxTuning where isIdle: noxTuning = words
      case .acceleration: acceleration = words
      case .vocState where isIdle: vocState = words
      case .cleaningInterval: cleaning = words
      default: break
      }
    }
  }
}
