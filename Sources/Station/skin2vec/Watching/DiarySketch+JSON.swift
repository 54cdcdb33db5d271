import Readings

extension DiarySketch {
  /// For programs.
  var json: JSON {
    [
      "path": .text(path), "problem": JSON(problem), "sessions": JSON(summary?.sessions),
      "air_samples": JSON(summary?.airSamples),
      "first_local_date": JSON(summary?.firstDate?.description),
      "last_local_date": JSON(summary?.lastDate?.description), "size_bytes": JSON(summary?.bytes),
      "last_session": lastSession?.json(withTouches: false) ?? .null,
      "air": .list(air.map(\.json)),
      "unsynced_sessions": JSON(unsynced.taps),
      "unsynced_air_samples": JSON(unsynced.airSamples),
      "parts": .list(
        parts.map { part in
          [
            "part": .text(part.part), "product": .text(part.product),
            "serial": JSON(part.serial), "firmware": JSON(part.firmware),
            "status": JSON(part.status),
            "channels": .list(part.channels.map { .text($0.rawValue) }),
          ]
        }),
    ]
  }
}
