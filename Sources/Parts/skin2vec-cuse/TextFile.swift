import Glibc

/// A small text file of the kernel's.
enum TextFile {
  /// Nil where it cannot be read.
  static func firstCharacter(of path: String) -> Character? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var byte: UInt8 = 0
    return read(descriptor, &byte, 1) == 1 ? Character(UnicodeScalar(byte)) : nil
  }
}
