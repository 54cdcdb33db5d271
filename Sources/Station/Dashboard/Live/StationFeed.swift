package import Control
import Dispatch
package import Readings
import ServiceLifecycle
import Synchronization

/// Follows the daemon, and asks it what somebody wants written.
package final class StationFeed: Service {
  /// What pages are told as it happens.
  package enum News: Hashable, Sendable {
    case tap(TapMoment)
    /// How the station is; nil once it does not answer any more.
    case status(StationStatus?)
    /// Something was committed to the diary.
    case diary
  }

  private struct Follower {
    var address: String?
    var continuation: AsyncStream<News>.Continuation
  }

  private struct State {
    var status: StationStatus?
    var tap: TapMoment?
    var followers: [UInt64: Follower] = [:]
    var number: UInt64 = 0
    var isFinished = false
  }

  private let path: String
  private let patience: Duration
  private let state = Mutex(State())
  private let stop: StopSignal
  private let queue = DispatchQueue(label: "station")
  private let asking = DispatchQueue(label: "asking", attributes: .concurrent)

  /// A feed of the daemon at a control socket.
  ///
  /// - Parameters:
  ///   - path: The socket.
  ///   - patience: How long an answer may take.
  /// - Throws: `ControlError` where the system has no room for it.
  package init(controlSocket path: String, patience: Duration = .seconds(10)) throws {
    self.path = path
    self.patience = patience
    stop = try StopSignal()
  }

  /// How the station is; nil where it does not answer.
  package var status: StationStatus? { state.withLock(\.status) }

  /// Where a tap stands; nil where the station does not answer.
  package var tap: TapMoment? { state.withLock(\.tap) }

  /// Follows until shutdown, and comes back when the daemon does.
  package func run() async throws {
    await withTaskCancellationOrGracefulShutdownHandler {
      await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
        queue.async {
          self.follow()
          done.resume()
        }
      }
    } onCancelOrGracefulShutdown: {
      self.stop.raise()
    }
    finish()
  }

  private func follow() {
    let client = ControlClient(path: path)
    var told: ContinuousClock.Instant?
    while !stop.isRaised {
      do throws(ControlError) {
        try client.follow(until: stop) { response in
          switch response {
          case .tap(let moment): post(.tap(moment))
          case .status(let status): post(.status(status))
          case .refused, .done, .saved, .measured: return false
          }
          return true
        }
      } catch {
        // It is off, or another is put in its place: pages say so until it is back.
      }
      // Said again while it is off: a page that has gone is found out by what is written to it.
      if status != nil || told.map({ $0.duration(to: .now) > Self.reminder }) ?? true {
        post(.status(nil))
        told = .now
      }
      stop.wait(for: .milliseconds(500))
    }
  }

  /// Tells every page.
  package func post(_ news: News) {
    let followers = state.withLock { state in
      switch news {
      case .tap(let moment): state.tap = moment
      case .status(let status):
        state.status = status
        if status == nil { state.tap = nil }
      case .diary: break
      }
      return state.followers.values.map(\.continuation)
    }
    for follower in followers { follower.yield(news) }
  }

  /// What happens from now on; how the station is comes first.
  ///
  /// - Parameter address: Who follows; nil for nobody in particular.
  /// - Returns: The news; nil where too many follow already, from there or in all.
  package func news(to address: String? = nil) -> AsyncStream<News>? {
    let (stream, continuation) = AsyncStream.makeStream(
      of: News.self, bufferingPolicy: .bufferingNewest(32))
    let number = state.withLock { state -> UInt64? in
      let there = state.followers.values.count { $0.address == address }
      guard state.followers.count < Self.most, there < Self.mostOfOne else { return nil }
      state.number += 1
      state.followers[state.number] = Follower(address: address, continuation: continuation)
      continuation.yield(.status(state.status))
      if let tap = state.tap { continuation.yield(.tap(tap)) }
      return state.number
    }
    guard let number else { return nil }
    if state.withLock(\.isFinished) { continuation.finish() }
    continuation.onTermination = { [weak self] _ in
      _ = self?.state.withLock { $0.followers.removeValue(forKey: number) }
    }
    return stream
  }

  /// How often pages hear that the station is off.
  private static let reminder = Duration.seconds(5)
  /// How many pages may follow, and how many of one address.
  private static let most = 160
  private static let mostOfOne = 80

  /// Ends every page's news: the server is to stop, and none of them would end by itself.
  func finish() {
    let followers = state.withLock { state in
      defer { state.followers = [:] }
      state.isFinished = true
      return state.followers.values.map(\.continuation)
    }
    for follower in followers { follower.finish() }
  }

  /// Asks the daemon, off the shared pool's threads.
  ///
  /// - Throws: `ControlError` where it does not answer.
  package func ask(_ request: ControlRequest) async throws -> ControlResponse {
    let client = ControlClient(path: path, patience: patience)
    return try await withCheckedThrowingContinuation { continuation in
      asking.async {
        do throws(ControlError) {
          continuation.resume(returning: try client.send(request))
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }
}
