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
  package let name: String
  package let isDebounced: Bool

  private let line: OpenLine
  private let lane: Lane
  private let queue: DispatchQueue

  /// Takes the line as an input.
  ///
  /// - Parameters:
  ///   - place: Which line, and how it is wired.
  ///   - pull: What the chip does while nobody drives the line.
  ///   - debounce: How long a level must hold before it counts; zero for none.
  ///   - deadline: How long reading the level may take.
  /// - Throws: `.gone`, `.taken`, `.denied` or `.unsupported`.
  package init(
    _ place: LinePlace, pull: LinePull = .none, debounce: Duration = .zero,
    deadline: Duration = .milliseconds(500)
  ) throws(BusError) {
    let use = LineUse.input(pull: pull, debounce: debounce)
    line = try OpenLine(place, as: use, consumer: "skin2vec")
    name = line.name
    isDebounced = hw_line_can_debounce() && debounce > .zero
    lane = Lane("gpio " + line.name, deadline: deadline)
    queue = DispatchQueue(label: "edges " + line.name)
  }

  package func isActive() async throws(BusError) -> Bool {
    let attempt = Attempt(path: name, operation: "read the level")
    return try await lane.run(attempt) { [line] () throws(BusError) in try line.level() }
  }

  package func edges() -> AsyncStream<Edge> {
    // What waited before anybody asked is not a change from now on; a line that fails here fails
    // again in the watch, which ends the stream.
    while (try? line.nextEdge()) != nil {}
    let (stream, continuation) = AsyncStream.makeStream(of: Edge.self)
    let watch = EdgeWatch(line, on: queue, reporting: continuation)
    continuation.onTermination = { _ in watch.end() }
    return stream
  }
}

/// Reads a line's edges as they come, until it is ended.
private final class EdgeWatch: Sendable {
  private let source: Mutex<any DispatchSourceRead>

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
    source.activate()
    self.source = Mutex(source)
  }

  func end() { source.withLock { $0.cancel() } }
}
