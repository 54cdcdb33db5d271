import Readings
import Store
import TestSupport

/// Sixty days of two people, planted from a seed: sites, slots, gaps, doubtful values, a swap of a
/// part, a late session and air that comes and goes.
struct Life {
  static let days = 60
  private var random: SeededNumbers

  init(seed: UInt64) { random = SeededNumbers(seed: seed) }

  /// A thing that happens, in the order of time.
  enum Happening {
    case session(TapSession)
    case air([AirSample])
    case identity(PartIdentity, Stamp)
    case close(Timestamp)
  }

  /// Everything that happens in sixty days.
  mutating func happenings() -> [Happening] {
    var all: [Happening] = []
    for day in 0..<Self.days {
      if day == 0 || day == 45 { all.append(swap(day: day)) }
      for (start, end) in [(0, 10), (10, 24)] {
        all.append(.air(air(day: day, from: start, to: end)))
        for person in [Person("ann"), "bo"] { all += sessions(of: person, day, start + 6) }
        all.append(.close(Bench.time(day: day, hour: Double(end))))
      }
    }
    all.append(.air(air(day: Self.days, from: 0, to: 3)))
    all.append(.close(Bench.time(day: Self.days, hour: 4)))
    return all
  }

  private func swap(day: Int) -> Happening {
    .identity(
      PartIdentity(
        part: "fdc1004 0x50", product: "FDC1004", serial: "\(day)", firmware: nil, status: nil,
        channels: [.skinMoisture]), Bench.stamp(Bench.time(day: day, hour: 0)))
  }

  /// A sample every half hour; a third of the days has gaps.
  private mutating func air(day: Int, from: Int, to: Int) -> [AirSample] {
    let isPatchy = random.unit() < 0.3
    return (from * 2..<to * 2).compactMap { half in
      guard !isPatchy || random.unit() < 0.3 else { return nil }
      let luck = random.unit()
      let time = Bench.time(day: day, hour: Double(half) / 2)
      return Bench.air(
        time, luck < 0.1 ? nil : 18 + 8 * random.unit(), humidity: 40 + 20 * random.unit(),
        quality: luck < 0.2 ? .suspect : .ok)
    }
  }

  private mutating func sessions(of person: Person, _ day: Int, _ hour: Int) -> [Happening] {
    guard random.unit() < 0.85 else { return [] }
    let count = random.unit() < 0.2 ? 2 : 1
    return (0..<count).map { index in
      var time = Bench.time(day: day, hour: Double(hour) + 0.4 * Double(index))
      time = time + .seconds(600 * random.unit())
      let (wet, oily) = (45 + 0.1 * Double(day), 60 - 0.1 * Double(day))
      var session = Bench.session(time, touches(around: wet), person: person)
      for (site, channel) in [("forehead", Channel.skinMoisture), ("cheek", .skinSebum)] {
        let value = channel == .skinSebum ? oily : wet - 8
        let more = Bench.session(
          time + .seconds(20), touches(around: value), person: person, site: Site(site),
          channel: channel)
        for var touch in more.touches {
          touch.number = session.touches.count + 1
          session.touches.append(touch)
        }
      }
      return .session(session)
    }
  }

  private mutating func touches(around value: Double) -> [Double?] {
    let isWild = random.unit() < 0.1
    return (0..<3 + Int(3 * random.unit())).map { _ in
      random.unit() < 0.15 ? nil : value + (isWild ? 30 : 4) * (random.unit() - 0.5)
    }
  }
}

extension Store {
  /// Saves what happens.
  func live(_ happening: Life.Happening) throws {
    switch happening {
    case .session(let session): _ = try save(session)
    case .air(let samples): try append(samples)
    case .identity(let identity, let stamp): _ = try record(identity, at: stamp)
    case .close(let time): try closeSlots(before: time)
    }
  }
}
