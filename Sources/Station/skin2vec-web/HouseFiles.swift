import Dashboard
import FoundationEssentials
import Readings
import Store

/// The files of the house that its page shows: the configuration, and the copies.
enum HouseFiles {
  /// The configuration file; the built-in settings where there is none, or nothing in it.
  static func settings(_ path: String?) -> House.SettingsFile {
    guard let path, let data = FileManager.default.contents(atPath: path), !data.isEmpty else {
      return (nil, "")
    }
    return (path, String(decoding: data, as: UTF8.self))
  }

  /// The proved copies in a folder, newest first.
  static func copies(in folder: String) -> [House.Copy] {
    Backups(folder: folder).verified.reversed().map { copy in
      House.Copy(
        name: copy.manifest.file, bytes: copy.manifest.bytes,
        madeAt: copy.manifest.madeUTC.microseconds)
    }
  }
}
