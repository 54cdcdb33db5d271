import Dispatch
import Glibc

/// One request over plain HTTP, and the status of its answer; its calls block on a thread of their own.
struct PlainExchange: Sendable {
  let host: String
  let port: Int
  /// Whether the host is an address, which nobody is asked for.
  var isAddress = false

  private static let queue = DispatchQueue(label: "exchange", attributes: .concurrent)
  /// Seconds that each step may take.
  private static let patience = 5

  /// The status of the answer; nil where there is none.
  ///
  /// - Parameters:
  ///   - start: The request's first line, without its version: `HEAD /pair`.
  ///   - body: JSON, where something is sent.
  /// - Returns: As HTTP numbers it.
  func status(of start: String, body: String? = nil) async -> Int? {
    await withCheckedContinuation { continuation in
      Self.queue.async { continuation.resume(returning: ask(start, body)) }
    }
  }

  private func ask(_ start: String, _ body: String?) -> Int? {
    guard let descriptor = connected() else { return nil }
    defer { close(descriptor) }
    let name = host.contains(":") ? "[\(host)]" : host
    var request = "\(start) HTTP/1.1\r\nhost: \(name):\(port)\r\nconnection: close\r\n"
    if let body {
      request += "content-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n"
    }
    request += "\r\n" + (body ?? "")
    // It is short: what a socket does not take at once, nobody reads.
    let sent = send(descriptor, request, request.utf8.count, Int32(MSG_NOSIGNAL))
    guard sent == request.utf8.count else { return nil }
    var answer = [UInt8](repeating: 0, count: 12)
    guard recv(descriptor, &answer, answer.count, Int32(MSG_WAITALL)) == answer.count else {
      return nil
    }
    let text = String(decoding: answer, as: UTF8.self)
    return text.hasPrefix("HTTP/1.") ? Int(text.suffix(3)) : nil
  }

  /// A connection to the first of the host's addresses; nil where it takes none.
  private func connected() -> Int32? {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICSERV | (isAddress ? AI_NUMERICHOST : 0)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0, let place = found?.pointee
    else { return nil }
    defer { freeaddrinfo(found) }
    let kind = place.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(place.ai_family, kind, 0)
    guard descriptor >= 0 else { return nil }
    var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    guard connect(descriptor, place.ai_addr, place.ai_addrlen) == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }
}
