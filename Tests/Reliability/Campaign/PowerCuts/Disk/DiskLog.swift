import CRecordingVFS

/// What was done to the files of a folder, in order; names are relative to the folder.
struct DiskLog: Sendable {
  enum Event: Hashable, Sendable {
    /// The name was there before: it is this file from now on.
    case exists(file: Int, name: String)
    case create(file: Int, name: String)
    case write(file: Int, offset: Int, bytes: Range<Int>)
    case truncate(file: Int, size: Int)
    case sync(file: Int)
    case syncFolder(String)
    case unlink(String)
    case rename(file: Int, from: String, to: String)
    case link(file: Int, from: String, to: String)
    /// Put there by whoever wrote, between two acts.
    case mark(Int)
    case checkpointBegan, checkpointEnded
  }

  var events: [Event]
  /// What the writes wrote.
  var bytes: [UInt8]
  /// What was there before the first event.
  var start: [String: [UInt8]]

  /// Runs a body, and keeps what it does to a folder.
  ///
  /// - Parameters:
  ///   - folder: Its absolute path, without links in it; nobody else records meanwhile.
  ///   - body: Its marks are set by `recording_mark`.
  /// - Returns: The log, and what the body came to.
  /// - Throws: What the body throws; a `DiskFault` where nothing can be recorded.
  static func record<T>(
    _ folder: String, _ body: () async throws -> T
  ) async throws -> (log: DiskLog, result: T) {
    let start = try FolderFiles.read(folder)
    guard recording_begin(folder) == 0 else { throw DiskFault("somebody else is recording") }
    let result: T
    do { result = try await body() } catch {
      recording_end()
      throw error
    }
    recording_end()
    return (try DiskLog(folder: folder, start: start), result)
  }

  /// Takes the recorder's log over.
  private init(folder: String, start: [String: [UInt8]]) throws {
    self.start = start
    bytes = [UInt8](
      UnsafeBufferPointer(start: recording_bytes(), count: Int(recording_bytes_count())))
    var names: [Int32: String] = [:]
    func name(_ index: Int32) -> String {
      if let known = names[index] { return known }
      let path = String(cString: recording_name(index))
      let name = path == folder ? "" : String(path.dropFirst(folder.utf8.count + 1))
      names[index] = name
      return name
    }
    let raw = UnsafeBufferPointer(start: recording_events(), count: Int(recording_count()))
    events = try raw.map { event in
      let (file, from, to) = (Int(event.node), name(event.name), name(event.other))
      let (length, data) = (Int(event.length), Int(event.data))
      switch recording_kind(UInt32(event.kind)) {
      case RECORDING_EXISTS: return .exists(file: file, name: from)
      case RECORDING_CREATE: return .create(file: file, name: from)
      case RECORDING_WRITE:
        return .write(file: file, offset: Int(event.offset), bytes: data..<data + length)
      case RECORDING_TRUNCATE: return .truncate(file: file, size: length)
      case RECORDING_SYNC: return .sync(file: file)
      case RECORDING_SYNC_FOLDER: return .syncFolder(from)
      case RECORDING_UNLINK: return .unlink(from)
      case RECORDING_RENAME: return .rename(file: file, from: from, to: to)
      case RECORDING_LINK: return .link(file: file, from: from, to: to)
      case RECORDING_MARK: return .mark(Int(event.offset))
      case RECORDING_CHECKPOINT_BEGAN: return .checkpointBegan
      case RECORDING_CHECKPOINT_ENDED: return .checkpointEnded
      default: throw DiskFault("an event of kind \(event.kind)")
      }
    }
  }

  /// A log made by hand.
  init(events: [Event], bytes: [UInt8], start: [String: [UInt8]] = [:]) {
    self.events = events
    self.bytes = bytes
    self.start = start
  }
}

/// The simulated disk itself went wrong: nothing was shown.
struct DiskFault: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = "the simulated disk: \(description)" }
}
