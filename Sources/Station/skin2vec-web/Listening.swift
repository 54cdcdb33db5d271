import Dashboard
import Glibc
import Settings

extension Settings.Web.Listening {
  /// Where a server must listen, and where it does too if it can.
  ///
  /// - Parameter port: 0 for any; then there is one place only, as each would take another port.
  /// - Returns: The places.
  func places(port: Int) -> (first: WebServer.Place, further: WebServer.Place?) {
    let first: String
    switch self {
    case .board: first = "127.0.0.1"
    // What listens at every address of IPv6 does so at those of IPv4 (ipv6(7), IPV6_V6ONLY).
    case .house: first = Self.hasIPv6 ? "::" : "0.0.0.0"
    case .address(let address): first = address
    }
    let further = self == .board && port != 0 ? "::1" : nil
    return (
      WebServer.Place(address: first, port: port),
      further.map { WebServer.Place(address: $0, port: port) }
    )
  }

  /// The address by which this board reaches its own pages.
  var ownAddress: String {
    if case .address(let address) = self { address } else { "127.0.0.1" }
  }

  /// Where the house finds the pages, as a browser takes it; none where only the board does.
  func houseAddresses(port: Int, boards: () -> [String] = BoardAddresses.all) -> [String] {
    switch self {
    case .board: []
    case .house: boards().map { Self.url($0, port) }
    case .address(let address): [Self.url(address, port)]
    }
  }

  /// Whether nobody but the board reaches the pages.
  var isBoardOnly: Bool {
    switch self {
    case .board: true
    case .house: false
    case .address(let address): address == "::1" || address.hasPrefix("127.")
    }
  }

  /// The address of a page, as a browser takes it.
  static func url(_ address: String, _ port: Int) -> String {
    "http://\(address.contains(":") ? "[\(address)]" : address):\(port)"
  }

  private static var hasIPv6: Bool {
    let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
  }
}

/// The addresses of this board's network interfaces.
enum BoardAddresses {
  /// Those by which the house reaches it, IPv4 first.
  static func all() -> [String] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    var addresses: [(isIPv6: Bool, text: String)] = []
    for interface in sequence(first: first, next: { $0?.pointee.ifa_next }) {
      guard let interface, let address = interface.pointee.ifa_addr,
        interface.pointee.ifa_flags & UInt32(IFF_UP) != 0,
        let text = Self.text(of: address), isOfHouse(text)
      else { continue }
      addresses.append((text.contains(":"), text))
    }
    return addresses.filter { !$0.isIPv6 }.map(\.text) + addresses.filter(\.isIPv6).map(\.text)
  }

  /// Whether machines of the house can use it.
  ///
  /// It is a private address (RFC 1918, RFC 4193), as the unit lets in. One that holds on a single
  /// wire browsers do not take.
  static func isOfHouse(_ address: String) -> Bool {
    if address.contains(":") {
      return address.count > 4 && ["fc", "fd"].contains(address.prefix(2).lowercased())
    }
    let numbers = address.split(separator: ".").compactMap { UInt8($0) }
    guard numbers.count == 4 else { return false }
    return numbers[0] == 10 || (numbers[0] == 172 && (16...31).contains(numbers[1]))
      || (numbers[0] == 192 && numbers[1] == 168)
  }

  private static func text(of address: UnsafeMutablePointer<sockaddr>) -> String? {
    let family = Int32(address.pointee.sa_family)
    let length =
      family == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
    guard family == AF_INET || family == AF_INET6 else { return nil }
    var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let code = getnameinfo(
      address, socklen_t(length), &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST)
    guard code == 0 else { return nil }
    return String(
      decoding: buffer.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }
}
