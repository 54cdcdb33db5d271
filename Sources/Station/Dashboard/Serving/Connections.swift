import NIOCore
import NIOHTTPTypes
import Synchronization

/// The connections there are.
///
/// Where they become too many, the one that has kept the server waiting longest goes: whoever is slow, or
/// says nothing, holds up nobody.
final class Connections: Sendable {
  private struct State {
    var open: Set<ObjectIdentifier> = []
    /// Those from which a whole request has not come yet, by when the waiting began.
    var waiting: [ObjectIdentifier: (channel: any Channel, turn: Int)] = [:]
    var turn = 0

    mutating func wait(for channel: any Channel) {
      turn += 1
      waiting[ObjectIdentifier(channel)] = (channel, turn)
    }
  }

  private let most: Int
  private let state = Mutex(State())

  /// None yet.
  ///
  /// - Parameter most: How many there may be, beside those that are being answered.
  init(most: Int) { self.most = most }

  fileprivate func opened(_ channel: any Channel) {
    let late: (any Channel)? = state.withLock { state in
      state.open.insert(ObjectIdentifier(channel))
      state.wait(for: channel)
      guard state.open.count > most,
        let (id, late) = state.waiting.min(by: { $0.value.turn < $1.value.turn })
      else { return nil }
      state.waiting[id] = nil
      return late.channel
    }
    late?.close(promise: nil)
  }

  /// Its request has come whole.
  fileprivate func heard(_ channel: any Channel) {
    state.withLock { $0.waiting[ObjectIdentifier(channel)] = nil }
  }

  /// It was answered, and may send the next.
  fileprivate func answered(_ channel: any Channel) {
    state.withLock { $0.wait(for: channel) }
  }

  fileprivate func closed(_ channel: any Channel) {
    state.withLock { state in
      state.open.remove(ObjectIdentifier(channel))
      state.waiting[ObjectIdentifier(channel)] = nil
    }
  }
}

/// Tells of one connection.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let connections: Connections

  init(_ connections: Connections) { self.connections = connections }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { connections.opened(context.channel) }
  }

  func channelActive(context: ChannelHandlerContext) {
    connections.opened(context.channel)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    connections.closed(context.channel)
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .end = unwrapInboundIn(data) { connections.heard(context.channel) }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data), context.channel.isActive {
      connections.answered(context.channel)
    }
    context.write(data, promise: promise)
  }
}
