import FoundationEssentials
import Glibc

/// Where the pages are: with the package, or beside a program that was just built.
enum PagesFolder {
  /// The first of the usual places that is there, else the package's.
  static var usual: String {
    let installed = "/usr/share/skin2vec/pages"
    // A program without a path of its own is an installed one.
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return installed }
    let folder = program.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    let beside = folder + "/Skin2Vec_Dashboard.resources/Pages"
    return access(beside, R_OK) == 0 ? beside : installed
  }
}
