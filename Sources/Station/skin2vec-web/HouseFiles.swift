import Dashboard
import FoundationEssentials
import Glibc

/// The files of the house that its page shows: the configuration, and the copies.
enum HouseFiles {
  /// The configuration file; the built-in settings where there is none.
  static func settings(_ path: String?) -> House.SettingsFile {
    guard let path, let data = FileManager.default.contents(atPath: path) else { return (nil, "") }
    return (path, String(decoding: data, as: UTF8.self))
  }

  /// The copies in a folder, newest first.
  static func copies(in folder: String) -> [House.Copy] {
    // A folder that is not there has no copies.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".sqlite") }.compactMap { name in
      var status = stat()
      guard stat(folder + "/" + name, &status) == 0 else { return nil }
      return House.Copy(
        name: name, bytes: Int64(status.st_size), madeAt: Int64(status.st_mtim.tv_sec) * 1_000_000)
    }.sorted { $0.madeAt > $1.madeAt }
  }
}
