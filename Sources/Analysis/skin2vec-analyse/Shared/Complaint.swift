import Glibc

/// A line to standard error.
struct Complaint {
  private var text: String

  init(_ text: String) { self.text = text }

  func print() {
    let line = "skin2vec: \(text)\n"
    // Standard error may be gone; there is nobody left to tell.
    _ = write(STDERR_FILENO, line, line.utf8.count)
  }
}
