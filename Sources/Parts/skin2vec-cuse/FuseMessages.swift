/// A request from the kernel to a device that is served from user space.
///
/// Layout: `struct fuse_in_header` in linux/fuse.h, 40 bytes, then what the operation needs.
struct FuseRequest: Hashable {
  /// What is asked (enum fuse_opcode in linux/fuse.h); the rest does not concern a character device.
  enum Operation: UInt32 {
    case open = 14
    case read = 15
    case write = 16
    case release = 18
    case flush = 25
    case interrupt = 36
    case ioctl = 39
    case poll = 40
    /// CUSE_INIT: the first request of all.
    case begin = 4096
  }

  var operation: Operation?
  /// Which request a reply answers.
  var ticket: UInt64
  var body: [UInt8]

  static let headerSize = 40

  /// The request, or nil where the bytes do not hold one.
  init?(_ bytes: [UInt8]) {
    guard let length = bytes.number(UInt32.self, at: 0), Int(length) == bytes.count,
      let operation = bytes.number(UInt32.self, at: 4),
      let ticket = bytes.number(UInt64.self, at: 8),
      let body = bytes.bytes(bytes.count - Self.headerSize, at: Self.headerSize)
    else { return nil }
    self.operation = Operation(rawValue: operation)
    self.ticket = ticket
    self.body = body
  }
}

/// What is answered to a request.
enum FuseReply: Hashable {
  case done([UInt8])
  /// The errno the caller of the system call shall see.
  case failed(Int32)
  /// Nothing: the kernel waits for no answer.
  case silent

  /// As `struct fuse_out_header` has it, 16 bytes and then the body; nil for no answer at all.
  func bytes(ticket: UInt64) -> [UInt8]? {
    let (error, body): (Int32, [UInt8])
    switch self {
    case .done(let bytes): (error, body) = (0, bytes)
    case .failed(let code): (error, body) = (-code, [])
    case .silent: return nil
    }
    var bytes: [UInt8] = []
    bytes.append(number: UInt32(16 + body.count))
    bytes.append(number: error)
    bytes.append(number: ticket)
    return bytes + body
  }
}

/// A stretch of the calling program's memory.
struct CallerMemory: Hashable {
  var base: UInt64
  var count: Int
}

/// What an ioctl comes to.
///
/// The kernel cannot know which memory an ioctl of ours reads and writes, so it asks first and
/// carries afterwards: `needs` names the memory, and the same ioctl comes again with it
/// (FUSE_IOCTL_RETRY, only for devices with CUSE_UNRESTRICTED_IOCTL).
enum IoctlAnswer: Hashable {
  case needs(reading: [CallerMemory], writing: [CallerMemory])
  /// The ioctl's result, and the bytes for the memory it writes, one stretch after the other.
  case done(Int32, [UInt8] = [])
  case failed(Int32)

  /// As `struct fuse_ioctl_out` has it, with `struct fuse_ioctl_iovec` or the bytes behind it.
  var reply: FuseReply {
    switch self {
    case .failed(let code): return .failed(code)
    case .done(let result, let bytes):
      return .done(Self.head(result, flags: 0, reading: 0, writing: 0) + bytes)
    case .needs(let reading, let writing):
      // FUSE_IOCTL_RETRY is bit 2.
      var body = Self.head(0, flags: 1 << 2, reading: reading.count, writing: writing.count)
      for memory in reading + writing {
        body.append(number: memory.base)
        body.append(number: UInt64(memory.count))
      }
      return .done(body)
    }
  }

  private static func head(_ result: Int32, flags: UInt32, reading: Int, writing: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(number: result)
    bytes.append(number: flags)
    bytes.append(number: UInt32(reading))
    bytes.append(number: UInt32(writing))
    return bytes
  }
}
