package import Bus
import CHardware
import Dispatch
import Synchronization

/// An input line of a GPIO chip: the probe's contact.
///
/// With libgpiod 2.x the kernel debounces it; with 1.6 nobody does, and `isDebounced` says so. The
/// kernel stamps each edge, so that a late reader still learns when it was; a debounced one is
/// stamped when its level has held, so both ends of a touch are late by the same time.
package final class LinuxEdgeInput: EdgeInput {
  /// The chip and the line, as they were given.
  package let name: String
  package let isDebounced: Bool

  /// The line once it is taken, and who waits for its edges until then.
  private struct State {
    var line: OpenLine?
    var waiting: AsyncStream<Edge>.Continuation?
  }

  private let place: LinePlace
  private let use: LineUse
  private let state = Mutex(State())
  private let lane: Lane
  private let queue: DispatchQueue

  /// A line that is taken by `take`, so that its chip may come later than the station; until then its
  /// level cannot be read, and it has no edges.
  ///
  /// - Parameters:
  ///   - place: Which line, and how it is wired.
  ///   - pull: What the chip does while nobody drives the line.
  ///   - debounce: How long a level must hold before it counts; zero for none.
  ///   - deadline: How long reading the level may take.
  package init(
    whenPresent place: LinePlace, pull: LinePull = .none, debounce: Duration = .zero,
    deadline: Duration = .milliseconds(500)
  ) {
    self.place = place
    use = .input(pull: pull, debounce: debounce)
    name = place.words
    isDebounced = hw_line_can_debounce() && debounce > .zero
    lane = Lane("gpio " + name, deadline: deadline)
    queue = DispatchQueue(label: "edges " + name)
  }

  /// Takes the line as an input.
  ///
  /// - Parameters:
  ///   - place: Which line, and how it is wired.
  ///   - pull: What the chip does while nobody drives the line.
  ///   - debounce: How long a level must hold before it counts; zero for none.
  ///   - deadline: How long reading the level may take.
  /// - Throws: `.gone`, `.taken`, `.denied` or `.unsupported`.
  package convenience init(
    _ place: LinePlace, pull: LinePull = .none, debounce: Duration = .zero,
    deadline: Duration = .milliseconds(500)
  ) throws(BusError) {
    self.init(whenPresent: place, pull: pull, debounce: debounce, deadline: deadline)
    try take()
  }

  /// Takes the line, if it has not been taken; its edges are reported from now on.
  ///
  /// - Throws: `.gone`, `.taken`, `.denied` or `.unsupported`.
  package func take() throws(BusError) {
    guard state.withLock({ $0.line == nil }) else { return }
    let line = try OpenLine(place, as: use, consumer: "skin2vec")
    let waiting = state.withLock { state in
      state.line = line
      defer { state.waiting = nil }
      return state.waiting
    }
    if let waiting { watch(line, for: waiting) }
  }

  package func isActive() async throws(BusError) -> Bool {
    let attempt = Attempt(path: name, operation: "read the level")
    guard let line = state.withLock({ $0.line }) else { throw attempt.failure(.gone) }
    return try await lane.run(attempt) { () throws(BusError) in try line.level() }
  }

  package func edges() -> AsyncStream<Edge> {
    let (stream, continuation) = AsyncStream.makeStream(of: Edge.self)
    let line = state.withLock { state in
      if state.line == nil { state.waiting = continuation }
      return state.line
    }
    if let line { watch(line, for: continuation) }
    return stream
  }

  private func watch(_ line: OpenLine, for edges: AsyncStream<Edge>.Continuation) {
    // What waited before anybody asked is not a change from now on; a line that fails here fails
    // again in the watch, which ends the stream.
    while (try? line.nextEdge()) != nil {}
    let watch = EdgeWatch(line, on: queue, reporting: edges)
    edges.onTermination = { _ in watch.end() }
  }
}

/// Reads a line's edges as they come, until it is ended.
private final class EdgeWatch: Sendable {
  /// Debian 12's kernel wakes nobody where a chip goes: so often it is looked whether it is there.
  private static let look = DispatchTimeInterval.seconds(30)
  private let source: Mutex<any DispatchSourceRead>
  private let timer: Mutex<any DispatchSourceTimer>

  init(
    _ line: OpenLine, on queue: DispatchQueue, reporting edges: AsyncStream<Edge>.Continuation
  ) {
    let source = DispatchSource.makeReadSource(fileDescriptor: line.descriptor, queue: queue)
    source.setEventHandler {
      do {
        while let edge = try line.nextEdge() { edges.yield(edge) }
      } catch {
        // The chip is gone: the end of the stream says so, and whoever reads the level learns why.
        edges.finish()
      }
    }
    // Holds the descriptor open for as long as the source watches it.
    source.setCancelHandler { withExtendedLifetime(line) {} }
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + Self.look, repeating: Self.look, leeway: .seconds(5))
    timer.setEventHandler {
      do throws(BusError) { _ = try line.level() } catch {
        if error.kind == .gone { edges.finish() }
      }
    }
    source.activate()
    timer.activate()
    self.source = Mutex(source)
    self.timer = Mutex(timer)
  }

  func end() {
    source.withLock { $0.cancel() }
    timer.withLock { $0.cancel() }
  }
}
