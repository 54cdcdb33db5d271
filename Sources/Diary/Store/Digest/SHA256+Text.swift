import Readings

extension Store {
  /// What text hashes to by SHA-256, in hexadecimal digits: for tokens that are random already.
  package static func sha256(_ text: String) -> String {
    var hash = SHA256()
    Array(text.utf8).withUnsafeBytes { hash.update($0) }
    return hash.finish().map { $0.hexadecimal(digits: 2) }.joined()
  }
}
