import Glibc

/// Numbers that a worker keeps where they outlive it: a file that two processes have in memory.
///
/// One writes, the other looks now and then.
final class Ledger: @unchecked Sendable {
  /// What stands where.
  enum Line: Int, CaseIterable {
    /// The input in hand, and when it was taken up, in nanoseconds of the monotonic clock.
    case index, since
    case done, taken, refused, broken, slow
    /// Kilobytes of memory and open files after the first tenth, and at the end.
    case warmMemory, endMemory, warmFiles, endFiles
    case longest, bytes, isFinished
  }

  private let numbers: UnsafeMutablePointer<UInt64>
  private static let size = 4096

  /// Opens the file, and makes it where there is none.
  init(path: String) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0, ftruncate(descriptor, off_t(Self.size)) == 0 else {
      throw SystemFault("open \(path)")
    }
    defer { close(descriptor) }
    let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let memory, memory != MAP_FAILED else { throw SystemFault("map \(path)") }
    numbers = memory.bindMemory(to: UInt64.self, capacity: Self.size / 8)
  }

  deinit { munmap(numbers, Self.size) }

  subscript(_ line: Line) -> UInt64 {
    get { numbers[line.rawValue] }
    set { numbers[line.rawValue] = newValue }
  }
}

/// A system call that failed.
struct SystemFault: Error, CustomStringConvertible {
  var description: String

  /// Takes the code from `errno`: to be made right after the call.
  init(_ operation: String) { description = "\(operation): \(String(cString: strerror(errno)))" }
}
