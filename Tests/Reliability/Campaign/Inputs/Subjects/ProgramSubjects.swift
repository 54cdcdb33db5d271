import BoardDecoders
import BrokerDecoders
import Bus

/// What two small programs hear: a broker's packets, and a board's lines and requests.
enum ProgramSubjects {
  static let plans = [
    SubjectPlan(name: "broker", group: "the MQTT broker", share: 9000) {
      BrokerSubject(try $0.examples("broker"))
    },
    SubjectPlan(name: "board-lines", group: "the simulated board", share: 300) {
      BoardLineSubject(examples: try $0.examples("board-lines"))
    },
    SubjectPlan(name: "board-requests", group: "the simulated board", share: 3500) { _ in
      BoardRequestSubject()
    },
  ]
}

/// What a broker sends, in one piece and in several: it must make no difference.
struct BrokerSubject: InputSubject {
  let examples: [Example]
  var tokens: [[UInt8]] {
    [
      [0x20, 2, 0, 0], [0x20, 2, 1, 5], [0x40, 2, 0, 1], [0xD0, 0], [0x30, 0x80, 0x01],
      [0xFF, 0xFF],
    ]
  }

  init(_ examples: [Example]) { self.examples = examples }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let whole = BrokerDecoder.read([bytes])
    let width = 1 + bytes.count % 7
    let pieces = stride(from: 0, to: bytes.count, by: width).map {
      Array(bytes[$0..<min(bytes.count, $0 + width)])
    }
    let split = BrokerDecoder.read(pieces)
    try Broken.unless(
      split.packets == whole.packets && split.fault == whole.fault, "pieces make a difference")
    guard let fault = whole.fault else { return .taken(whole.packets) }
    try Broken.unless(!whole.hint.isEmpty, "\(fault), without a hint")
    return .refused(whole.packets + [fault])
  }
}

/// Lines on the standard input of skin2vec-cuse, and what the parts say afterwards.
struct BoardLineSubject: InputSubject {
  let examples: [Example]
  let isText = true
  var tokens: [[UInt8]] {
    [
      "set ", "fault ", "clear\n", "air.temperature", "skin.moisture_pf", "0x69", "all", "nak",
      "1e300",
    ]
    .map { Array($0.utf8) }
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let board = BoardDecoder()
    var said: [String] = []
    var isTaken = true
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(50) {
      let (isDone, words) = board.follow(String(line))
      try Broken.unless(!words.isEmpty, "nothing is said of `\(line)`")
      isTaken = isTaken && isDone
      said.append(words)
    }
    for (address, command, count) in Self.questions {
      said.append("\(board.ask(address, command, count: count) ?? [])")
    }
    return isTaken ? .taken(said) : .refused(said)
  }

  /// The values of every part, as a driver asks for them.
  private static let questions: [(I2CAddress, [UInt8], Int)] = [
    (0x69, [0x00, 0x21], 0), (0x6B, [0x00, 0x21], 0), (0x69, [0x03, 0xC4], 24),
    (0x69, [0x03, 0xD2], 12), (0x69, [0x04, 0x13], 30), (0x6B, [0x03, 0x00], 27), (0x44, [0xFD], 0),
    (0x44, [], 6), (0x12, [0], 32), (0x76, [0xF2, 1], 0), (0x76, [0xF4, 0x25], 0),
    (0x76, [0xF7], 8),
    (0x50, [0x08, 0x1C, 0], 0), (0x50, [0x0C, 0x05, 0x80], 0), (0x50, [0x00], 2), (0x50, [0x01], 2),
    (0x29, [0xA0, 3], 0), (0x29, [0xB4], 4), (0x48, [0x01, 0xC3, 0x83], 0), (0x48, [0x00], 2),
  ]
}

/// The kernel's requests to the device that skin2vec-cuse serves, one after another.
///
/// Each begins with a byte that says how many times eight bytes it has.
struct BoardRequestSubject: InputSubject {
  let examples: [Example]

  init() {
    let begin = Self.request(4096, [7, 0, 0, 0, 31, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
    let open = Self.request(14, [UInt8](repeating: 0, count: 8))
    let choose = Self.ioctl(0x0703, argument: 0x69)
    let functions = Self.ioctl(0x0705, argument: 0x1000, room: 8)
    let read = Self.request(
      15, [1, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 8) + [24, 0, 0, 0, 0, 0, 0, 0])
    let write = Self.request(
      16,
      [1] + [UInt8](repeating: 0, count: 15) + [2, 0, 0, 0] + [UInt8](repeating: 0, count: 20)
        + [0x00, 0x21, 0, 0, 0, 0, 0, 0])
    let transfer = Self.ioctl(
      0x0707, argument: 0x1000,
      input: [0, 0x20, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
        + [0x69, 0, 0, 0, 2, 0, 0, 0, 0, 0x30, 0, 0, 0, 0, 0, 0] + [0xD0, 0x14, 0, 0, 0, 0, 0, 0])
    let bus = Self.ioctl(
      0x0720, argument: 0x1000, input: [1, 0xD0, 0, 0, 2, 0, 0, 0] + [0, 0x40, 0, 0, 0, 0, 0, 0],
      room: 1)
    examples =
      [Example(begin + open + choose + functions)]
      + [
        // What a part answers that has not measured yet is a failure, and no fault.
        begin + open + choose + write + read, open + choose + transfer,
        open + Self.ioctl(0x0703, argument: 0x76) + bus,
      ].map { Example($0, isValid: false) }
  }

  var tokens: [[UInt8]] {
    [
      [0x07, 0x07, 0, 0], [0x20, 0x07, 0, 0], [0x03, 0x07, 0, 0], [15, 0, 0, 0], [16, 0, 0, 0],
      [39, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0x20, 0, 0], [42, 0, 0, 0], [43, 0, 0, 0],
    ]
  }

  /// Header and body; both are padded to whole eights.
  private static func request(_ operation: UInt32, _ body: [UInt8]) -> [UInt8] {
    let count = 40 + (body.count + 7) / 8 * 8
    var bytes = le(UInt32(count))
    bytes += le(operation)
    bytes += le(7)
    bytes += [UInt8](repeating: 0, count: 28)
    bytes += body
    bytes += [UInt8](repeating: 0, count: count - bytes.count)
    return [UInt8(count / 8)] + bytes
  }

  private static func ioctl(
    _ number: UInt32, argument: UInt32, input: [UInt8] = [], room: UInt32 = 0
  ) -> [UInt8] {
    var body: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0]
    for word in [2, number, argument, 0, UInt32(input.count), room] { body += le(word) }
    return request(39, body + input)
  }

  private static func le(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
  }

  func mend(_ bytes: inout [UInt8], _ dice: inout Dice) {
    guard !dice.isOne(in: 4) else { return }
    var place = 0
    while place < bytes.count {
      let count = min(Int(bytes[place]) * 8, bytes.count - place - 1)
      if count >= 4 { bytes.replaceSubrange(place + 1..<place + 5, with: Self.le(UInt32(count))) }
      place += 1 + count
    }
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let board = BoardDecoder()
    var place = 0
    var replies: [[UInt8]] = []
    while place < bytes.count, replies.count < 40 {
      let count = min(Int(bytes[place]) * 8, bytes.count - place - 1)
      let request = Array(bytes[place + 1..<place + 1 + count])
      place += 1 + count
      guard let reply = board.reply(to: request) else { continue }
      try Self.judge(reply, to: request)
      replies.append(reply)
    }
    let isTaken = !replies.isEmpty && replies.allSatisfy { $0[4..<8].allSatisfy { $0 == 0 } }
    return isTaken ? .taken(replies) : .refused(replies)
  }

  /// A reply says its length and the request it is for (`struct fuse_out_header`).
  private static func judge(_ reply: [UInt8], to request: [UInt8]) throws {
    guard reply.count >= 16, request.count >= 16 else {
      throw Broken("a reply of \(reply.count) bytes")
    }
    let length = (0..<4).reduce(0) { $0 | Int(reply[$1]) << (8 * $1) }
    try Broken.unless(length == reply.count, "a reply of \(reply.count) bytes says \(length)")
    try Broken.unless(reply[8..<16] == request[8..<16], "a reply for another request")
    try Broken.unless(reply.count <= 1 << 20, "a reply of \(reply.count) bytes")
  }
}
