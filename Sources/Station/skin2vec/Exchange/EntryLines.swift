import Readings
import Store
import Wording

/// Makes events, scores, touches and slots of lines.
struct EntryLines {
  var times: LineTimes
  let form: ImportForm
  /// The moment of the last line.
  private var last = Int64.min

  init(times: LineTimes, form: ImportForm) {
    self.times = times
    self.form = form
  }

  /// What a line is.
  ///
  /// - Parameter line: Its fields.
  /// - Returns: An event, a score or a touch.
  /// - Throws: `LineFault`
  mutating func entry(_ line: LineFields) throws(LineFault) -> ImportEntry.Content {
    switch form.kind {
    case .events: .event(try event(line), id: try line.integer(.eventID))
    case .scores: .score(try score(line))
    case .touches: .touch(try touch(line))
    case .slots, .air: .touch(try slot(line))
    }
  }

  private mutating func event(_ line: LineFields) throws(LineFault) -> SkinEvent {
    let time = try moment(line)
    let kind = try line.required(line.text(.kind), .kind)
    guard kind.contains(where: { $0.isLetter }), kind.printable == kind, kind.count <= 64 else {
      throw LineFault(
        line.columns.name(.kind), "a kind is a word of at most 64 letters", mend: "mend it")
    }
    let weight = try line.number(.weight) ?? 1
    guard (0...1).contains(weight) else {
      throw LineFault(
        line.columns.name(.weight), "\(weight) is no weight", mend: "a weight is 0 to 1")
    }
    return SkinEvent(
      person: try person(line), time: time, kind: kind, weight: weight, note: line.text(.note))
  }

  private func score(_ line: LineFields) throws(LineFault) -> Score {
    let value = try line.required(try line.number(.value), .value)
    guard (0...5).contains(value) else {
      throw LineFault(line.columns.name(.value), "\(value) is no score", mend: "a score is 0 to 5")
    }
    return Score(
      person: try person(line), date: try date(line),
      dimension: try line.required(try line.word(.dimension), .dimension), value: value)
  }

  /// A slot's value as one touch that came as a value, at the slot's beginning: when in the slot it
  /// was, nobody knows, and so the clock is not trusted.
  private func slot(_ line: LineFields) throws(LineFault) -> ImportedTouch {
    let key = SlotKey(
      date: try date(line), slot: try line.required(try line.word(.slot), .slot))
    let channel = try channel(line)
    let value = try line.required(
      try line.number(.value, try conversion(line, channel)), .value)
    let stamp = Stamp.imported(form.plan.start(of: key), .unsynced)
    let measure = Touch.Measure(
      channel: channel, raw: nil, rawUnit: .counts, value: value, spread: try spread(line),
      samples: [], refusal: nil, part: form.part)
    let site = try line.name(.site).map { Site($0) } ?? form.site
    return ImportedTouch(
      sessionID: nil, touchID: nil, person: try person(line), sessionStarted: stamp,
      sessionEnded: stamp, verdict: .saved,
      touch: Touch(number: 1, site: site, started: stamp, contact: nil, measures: [measure]))
  }

  private mutating func touch(_ line: LineFields) throws(LineFault) -> ImportedTouch {
    let trust = try line.word(.clock, ClockTrust.self) ?? .synced
    let started = Stamp.imported(try moment(line), trust)
    let contact = try contact(line)
    let touch = Touch(
      number: 1, site: try line.name(.site).map { Site($0) } ?? form.site, started: started,
      contact: contact, measures: [try measure(line)])
    let end = started.utc + (contact ?? .zero)
    let sessionStarted = try stamp(line, .sessionStarted, trust) ?? started
    let sessionEnded = try stamp(line, .sessionEnded, trust) ?? .imported(end, trust)
    guard sessionStarted.utc <= started.utc, started.utc <= sessionEnded.utc else {
      throw LineFault(
        line.columns.name(.sessionStarted), "the touch is outside its session",
        mend: "mend the session's beginning or end")
    }
    return ImportedTouch(
      sessionID: try line.integer(.sessionID), touchID: try line.integer(.touchID),
      person: try person(line), sessionStarted: sessionStarted, sessionEnded: sessionEnded,
      verdict: try line.word(.verdict), touch: touch)
  }

  /// How long the probe was on the skin; nobody keeps it there for a day.
  private func contact(_ line: LineFields) throws(LineFault) -> Duration? {
    guard let microseconds = try line.integer(.contact) else { return nil }
    guard (0...86_400_000_000).contains(microseconds) else {
      throw LineFault(
        line.columns.name(.contact), "\(microseconds) µs is no contact",
        mend: "mend it, or leave it empty")
    }
    return .microseconds(microseconds)
  }

  private func spread(_ line: LineFields) throws(LineFault) -> Double? {
    guard let spread = try line.number(.spread) else { return nil }
    guard spread >= 0 else {
      throw LineFault(
        line.columns.name(.spread), "a spread is not below zero", mend: "mend it, or leave it empty"
      )
    }
    return spread
  }

  private func measure(_ line: LineFields) throws(LineFault) -> Touch.Measure {
    let channel = try channel(line)
    let conversion = try conversion(line, channel)
    let refusal = line.text(.reason)
    let reason = refusal.flatMap { TouchRefusal(rawValue: $0) }
    guard refusal == nil || reason != nil else {
      throw LineFault(
        line.columns.name(.reason), "`\(refusal?.printable ?? "")` is no reason",
        mend: "write too_short, too_light, too_hard, unsteady or interrupted, or leave it empty")
    }
    let (raw, value) = (try line.number(.raw), try line.number(.value, conversion))
    guard raw != nil || value != nil || reason != nil else {
      throw LineFault(line.columns.name(.value), "there is no value", mend: "leave the line out")
    }
    return Touch.Measure(
      channel: channel, raw: raw, rawUnit: try rawUnit(line),
      value: value, spread: try spread(line), samples: try samples(line),
      fault: try line.word(.fault), refusal: reason, part: try line.name(.part) ?? form.part)
  }

  private func rawUnit(_ line: LineFields) throws(LineFault) -> Touch.RawUnit {
    guard let text = line.text(.rawUnit) else { return .counts }
    guard let unit = Touch.RawUnit(rawValue: text) else {
      throw LineFault(
        line.columns.name(.rawUnit), "`\(text.printable)` is no raw unit",
        mend: "write pF or counts")
    }
    return unit
  }

  private func samples(_ line: LineFields) throws(LineFault) -> [Int32] {
    var samples: [Int32] = []
    for code in line.field(.samples)?.bytes.split(separator: UInt8(ascii: " ")) ?? [] {
      guard let number = NumberReader.integer(Bytes(rebasing: code)),
        let code = Int32(exactly: number)
      else {
        throw LineFault(
          line.columns.name(.samples), "a sample is no code", mend: "write whole numbers and spaces"
        )
      }
      samples.append(code)
    }
    return samples
  }

  private mutating func moment(_ line: LineFields) throws(LineFault) -> Timestamp {
    last = try times.moment(line, after: last)
    return Timestamp(microseconds: last)
  }

  private mutating func stamp(
    _ line: LineFields, _ role: FieldRole, _ trust: ClockTrust
  ) throws(LineFault) -> Stamp? {
    guard let field = line.field(role) else { return nil }
    let time = try times.moment(field, role, line.columns, after: .min)
    return .imported(Timestamp(microseconds: time), trust)
  }

  private func person(_ line: LineFields) throws(LineFault) -> Person {
    try line.name(.person).map { Person($0) } ?? form.person
  }

  private func date(_ line: LineFields) throws(LineFault) -> LocalDate {
    let text = try line.required(line.text(.localDate), .localDate)
    guard let date = LocalDate(text), date.daysSince1970 >= 0,
      date <= form.plan.local(form.now).date
    else {
      throw LineFault(
        line.columns.name(.localDate),
        "`\(String(text.prefix(40)).printable)` is no day since 1970, or has not come yet",
        mend: "write it as 2026-11-20")
    }
    return date
  }

  private func channel(_ line: LineFields) throws(LineFault) -> Channel {
    let name = try line.required(line.text(.channel), .channel)
    guard let channel = Channel(rawValue: name), !channel.isAir else {
      let isAir = Channel(rawValue: name) != nil
      throw LineFault(
        line.columns.name(.channel), "`\(name.printable)` is no channel of the skin",
        mend: isAir
          ? "import the air as air; slots take theirs from it"
          : "write one of: "
            + Channel.allCases.filter { !$0.isAir }.map(\.rawValue).joined(separator: ", "))
    }
    return channel
  }

  private func conversion(
    _ line: LineFields, _ channel: Channel
  ) throws(LineFault) -> UnitConversion {
    guard let unit = line.text(.unit), unit != channel.unit else { return .identity }
    do throws(Failure) {
      return try UnitConversion(from: unit, to: channel)
    } catch {
      throw LineFault(line.columns.name(.unit), error.problem, mend: error.hint ?? "")
    }
  }
}
