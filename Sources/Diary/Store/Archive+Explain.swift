package import Readings

extension Archive {
  /// One slot value's whole way.
  ///
  /// - Parameters:
  ///   - channel: What is measured.
  ///   - person: Whose.
  ///   - site: Where; nil for a channel of the air.
  ///   - key: Which slot.
  /// - Returns: How it came to be; nil where the diary knows nothing of it.
  /// - Throws: `StoreError`
  package func explain(
    _ channel: Channel, of person: Person, at site: Site?, in key: SlotKey
  ) async throws -> ValueExplanation? {
    try await read { reader in
      try reader.explain(.init(person: person, key: key, channel: channel, site: site))
    }
  }

  /// A session by its number, its touches worked out anew.
  package func explainSession(_ id: Int64) async throws -> SessionExplanation? {
    try await read { try $0.explainSession(id) }
  }

  /// A touch by its number, worked out anew.
  package func explainTouch(_ id: Int64) async throws -> TouchExplanation? {
    try await read { try $0.explainTouch(id) }
  }

  /// The sample of a channel of the air at a moment, or the last one of the day before it.
  package func explainAir(_ channel: Channel, at time: Timestamp) async throws -> AirExplanation? {
    try await read { try $0.explainAir(channel, at: time) }
  }

  /// Which values a slot has: whose, of what and where.
  package func valueNames(
    of person: Person?, in key: SlotKey
  ) async throws -> [(person: Person, channel: Channel, site: Site?)] {
    try await read { reader in
      try reader.valueNames(of: person, key).map { ($0.person, $0.channel, $0.site) }
    }
  }
}
