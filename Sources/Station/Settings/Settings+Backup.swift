extension Settings {
  /// Where copies of the diary are kept, and how many.
  package struct Backup: Hashable, Sendable {
    /// The copies' folder.
    ///
    /// Default `/var/lib/skin2vec/backups`. Better on another disk than the diary's.
    package var folder = "/var/lib/skin2vec/backups"
    /// Copies that stay when a new one was proved; default 7.
    package var keep = 7

    package init() {}
  }
}

extension Settings.Backup {
  /// Reads the section; `diary` is the file that must not lie where its copies go.
  init(_ section: Section, diary: String) {
    self.init()
    folder = section.value("folder", as: .path, default: folder)
    keep = section.value("keep", as: .integer(in: 1...1000), default: keep)
    if folder == diary || folder.hasPrefix(diary + "/") {
      section.refuse(
        "folder", "`\(folder)` is the diary itself",
        hint: "name a folder, such as /var/lib/skin2vec/backups")
    }
  }
}
