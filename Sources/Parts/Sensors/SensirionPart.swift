/// A command of one of Sensirion's parts.
protocol SensirionCommand {
  var word: UInt16 { get }
  /// The time the part needs before the next transfer.
  var wait: Duration { get }
}

extension SensirionCommand {
  /// The bytes on the wire.
  func frame(_ parameters: [UInt16] = []) -> [UInt8] {
    SensirionFrames.command(word, parameters)
  }
}

/// A part that takes two-byte commands and answers in a transfer of its own.
protocol SensirionPart {
  associatedtype Command: SensirionCommand
  var wire: Wire { get }
}

extension SensirionPart {
  /// Sends a command and gives the part its time.
  func tell(_ command: Command, _ parameters: [UInt16] = []) async throws(SensorError) {
    try await wire.write(command.frame(parameters))
    try await wire.pause(command.wait)
  }

  /// Sends a command, gives the part its time, and fetches the answer.
  func ask(_ command: Command, words count: Int) async throws(SensorError) -> [UInt16] {
    try await tell(command)
    return try SensirionFrames.words(in: try await wire.read(count * 3))
  }

  /// A yes or a no: a byte that is always 0, and then 1 or 0.
  ///
  /// Anything else is the answer to another question: a command carries no checksum.
  func askFlag(_ command: Command) async throws(SensorError) -> Bool {
    let word = try await ask(command, words: 1)[0]
    guard word <= 1 else { throw .corrupted("a flag holds \(word.hex)") }
    return word == 1
  }
}

extension OptionSet where RawValue == UInt32 {
  /// What is set, in words; the lowest bit first, bits without a meaning by their number.
  func words(_ meaning: (Int) -> String?) -> [String] {
    (0..<32).filter { rawValue & 1 << $0 != 0 }.map { meaning($0) ?? "bit \($0) is set" }
  }
}
