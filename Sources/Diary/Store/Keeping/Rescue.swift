import FoundationEssentials

/// The moving aside of a damaged diary, until everything that can be read of it is in the next one.
///
/// What is under way is noted beside the diary, in `<diary>.rescue`, before anything is moved: whoever
/// is cut off in between finds the note at the next start and goes on.
struct Rescue {
  /// The diary whose place is to be filled.
  let diary: String
  /// Where damaged ones went, the last one last.
  let asides: [String]
  /// Those that have something to read.
  ///
  /// SQLite removes the log of an empty file when it opens it.
  var readable: [String] { asides.filter { FileCalls.size($0) > 0 } }
  /// The name of the copy that takes their place; nil for none yet.
  private var copy: String?

  /// Whether it was begun before, and cut off.
  let isAgain: Bool

  private static let copyMark = "copy: "
  private static func note(_ diary: String) -> String { diary + ".rescue" }
  /// The log and its index first: once the file has its new name, so have they.
  private static let order = ["-wal", "-shm", ""]

  /// A rescue that was cut off; nil where there was none.
  ///
  /// - Throws: `StoreError` where it cannot be told.
  init?(unfinishedOf diary: String) throws(StoreError) {
    let path = Self.note(diary)
    guard FileCalls.exists(path) else { return nil }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw StoreError(.inputOutput, path: path, operation: "read the note of a rescue")
    }
    let folder = FileCalls.folder(of: diary)
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let isCopy: (Substring) -> Bool = { $0.hasPrefix(Self.copyMark) }
    self.diary = diary
    isAgain = true
    asides = lines.filter { !isCopy($0) }.map { "\(folder)/\($0)" }
    copy = lines.last(where: isCopy).map { String($0.dropFirst(Self.copyMark.count)) }
  }

  /// Notes that a diary is going to be moved aside.
  ///
  /// - Throws: `StoreError`; then nothing was moved.
  init(of diary: String, after other: Rescue?) throws(StoreError) {
    self.diary = diary
    isAgain = other != nil
    asides = (other?.asides ?? []) + [Self.freeName(diary)]
    // A log that has lost its file is kept with an empty one, by which it is known to be moved.
    if !FileCalls.exists(diary) { try FileCalls.write([], to: diary) }
    try note()
  }

  private func note() throws(StoreError) {
    let lines = asides.map { FileCalls.name(of: $0) } + (copy.map { [Self.copyMark + $0] } ?? [])
    try FileCalls.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: Self.note(diary))
  }

  /// Moves the file, its log and the log's index, or what of them was not moved yet.
  ///
  /// - Throws: `StoreError`
  func moveAside() throws(StoreError) {
    guard let aside = asides.last, !FileCalls.exists(aside) else { return }
    for suffix in Self.order where FileCalls.exists(diary + suffix) {
      try FileCalls.move(diary + suffix, to: aside + suffix)
    }
  }

  /// Puts the newest copy that proves good where the diary was, if nothing is there.
  ///
  /// - Returns: What the copy is; nil where none could be used, and a new diary begins.
  mutating func putCopy(_ options: Store.Options) -> BackupManifest? {
    guard let folder = options.backups else { return nil }
    if FileCalls.exists(diary) {
      // What was put there before the rescue was cut off; its manifest may be gone by now.
      return copy.flatMap { try? BackupManifest(of: "\(folder)/\($0)") }
    }
    let erasures = readable.map { Restoration.erasures(in: $0) }.max() ?? 0
    var noted = self
    let manifest = Backups(folder: folder).putLatest(
      at: diary, origin: options.origin.word, erasures: erasures
    ) { manifest throws(StoreError) in
      noted.copy = manifest.file
      try noted.note()
    }
    self = noted
    return manifest
  }

  /// Notes that all that could be read is in the next diary.
  ///
  /// - Throws: `StoreError`
  func finish() throws(StoreError) {
    try FileCalls.remove(Self.note(diary))
    try FileCalls.sync(FileCalls.folder(of: diary))
  }

  private static func freeName(_ diary: String) -> String {
    var number = 1
    while order.contains(where: { FileCalls.exists("\(diary).corrupt-\(number)\($0)") }) {
      number += 1
    }
    return "\(diary).corrupt-\(number)"
  }
}
