import Bus
import CHardware
import Synchronization

/// Which line of a chip.
package enum LineName: Hashable, Sendable {
  /// By number; equal to the BCM number on a Raspberry Pi's header.
  case offset(UInt32)
  /// By the name the board gives it: `GPIO17`.
  case named(String)
}

/// Where a line is and how it is wired.
package struct LinePlace: Hashable, Sendable {
  /// The chip's label, device path or kernel name.
  ///
  /// Labels stay; the numbers in the other two have changed with the kernel.
  package var chip: String
  package var line: LineName
  /// Whether a low level means active: a contact to ground, a light that sinks.
  package var isActiveLow: Bool

  package init(chip: String, line: LineName, isActiveLow: Bool = false) {
    self.chip = chip
    self.line = line
    self.isActiveLow = isActiveLow
  }
}

extension LinePlace {
  /// As it was given: `pinctrl-bcm2711 line 17`.
  var words: String { "\(chip) \(line.words)" }
}

/// What the chip does about an input that nobody drives.
package enum LinePull: String, Hashable, Sendable, CaseIterable {
  /// As a contact to ground needs it.
  case up
  case down
  /// Something outside pulls it.
  case none
}

/// What a line is asked to be.
enum LineUse: Hashable, Sendable {
  case input(pull: LinePull, debounce: Duration)
  case output
}

/// A line that is ours until this is let go.
final class OpenLine: Sendable {
  private struct Handle: ~Copyable {
    let pointer: OpaquePointer
    var lastSequence: UInt32 = 0
    deinit { hw_line_close(pointer) }

    /// How many edges lie between the last one and this; the kernel drops the oldest when it must.
    mutating func missed(before sequence: UInt32) -> Int {
      guard sequence != 0 else { return 0 }
      defer { lastSequence = sequence }
      return Int(sequence &- lastSequence &- 1)
    }
  }

  /// As people call it: `gpiochip0 17 "contact"`.
  let name: String
  private let handle: Mutex<Handle>

  init(_ place: LinePlace, as use: LineUse, consumer: String) throws(BusError) {
    let attempt = Attempt(path: place.words, operation: "ask for the line")
    var pointer: OpaquePointer?
    try attempt.check(Self.open(place, as: use, consumer, &pointer), during: .claim)
    guard let pointer else { throw attempt.failure(.other) }
    var identity = hw_line_identity()
    hw_line_identify(pointer, &identity)
    name = identity.words
    handle = Mutex(Handle(pointer: pointer))
  }

  private static func open(
    _ place: LinePlace, as use: LineUse, _ consumer: String, _ pointer: inout OpaquePointer?
  ) -> Int32 {
    place.chip.withCString { chip in
      consumer.withCString { consumer in
        place.line.withName { name, offset in
          var request = hw_line_request()
          request.chip = chip
          request.name = name
          request.offset = offset
          request.consumer = consumer
          request.is_active_low = place.isActiveLow
          guard case .input(let pull, let debounce) = use else {
            return hw_line_open_output(&request, &pointer)
          }
          request.pull = pull.request
          request.debounce_us = UInt32(clamping: debounce.microseconds)
          request.kept_edges = keptEdges
          return hw_line_open_input(&request, &pointer)
        }
      }
    }
  }

  /// A bouncing contact makes tens of edges; libgpiod's default, 16, overflows while nobody reads.
  private static let keptEdges: UInt32 = 256

  /// Readable while an edge waits; valid as long as this is kept.
  var descriptor: Int32 { handle.withLock { hw_line_descriptor($0.pointer) } }

  func level() throws(BusError) -> Bool {
    let attempt = Attempt(path: name, operation: "read the level")
    let answer = handle.withLock { hw_line_level($0.pointer) }
    return try attempt.check(answer, during: .transfer) == 1
  }

  func drive(_ isActive: Bool) throws(BusError) {
    let attempt = Attempt(path: name, operation: isActive ? "switch on" : "switch off")
    let answer = handle.withLock { hw_line_drive($0.pointer, isActive) }
    try attempt.check(answer, during: .transfer)
  }

  /// Takes the oldest edge that waits, or nil.
  func nextEdge() throws(BusError) -> Edge? {
    let attempt = Attempt(path: name, operation: "read an edge")
    var edge = hw_edge()
    var missed = 0
    let answer = handle.withLock { handle in
      let answer = hw_line_next_edge(handle.pointer, &edge)
      if answer == 1 { missed = handle.missed(before: edge.sequence) }
      return answer
    }
    guard try attempt.check(answer, during: .transfer) == 1 else { return nil }
    let time = LinuxClock.boot(monotonicNanoseconds: edge.monotonic_ns)
    return Edge(isActive: edge.is_active, time: time, missed: missed)
  }
}

extension LinePull {
  fileprivate var request: hw_pull {
    switch self {
    case .up: hw_pull_up
    case .down: hw_pull_down
    case .none: hw_pull_none
    }
  }
}

extension LineName {
  var words: String {
    switch self {
    case .offset(let offset): "line \(offset)"
    case .named(let name): "line \"\(name)\""
    }
  }

  fileprivate func withName<Answer>(
    _ body: (UnsafePointer<CChar>?, UInt32) -> Answer
  ) -> Answer {
    switch self {
    case .offset(let offset): body(nil, offset)
    case .named(let name): name.withCString { body($0, 0) }
    }
  }
}

extension hw_line_identity {
  fileprivate var words: String {
    let chip = withUnsafeBytes(of: chip) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    let name = withUnsafeBytes(of: name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return name.isEmpty ? "\(chip) \(offset)" : "\(chip) \(offset) \"\(name)\""
  }
}
