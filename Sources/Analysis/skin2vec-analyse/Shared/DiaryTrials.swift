import Curves
import Products
import Readings
import Store

/// The trials of products that a diary holds, one person's, one channel's.
struct DiaryTrials: Sendable {
  var person: Person
  var readings: [SiteReading]
  var applied: [AppliedEvent]
  var cleansed: [Double]
}

extension DiaryTrials {
  /// - Throws: `StoreError`.
  init(_ archive: Archive, person: Person, events: [SkinEvent], plan: DayPlan) async throws {
    let own = events.filter { $0.person == person }
    self.person = person
    applied = own.filter { $0.kind == TrialPlan.eventKind }.map {
      AppliedEvent(
        minute: Self.minute($0.time), date: plan.local($0.time).date, note: $0.note)
    }
    cleansed = own.filter { $0.kind == "cleansed" }.map { Self.minute($0.time) }
    readings = []
    // Two products of one trial are put on within minutes: their sessions are read once.
    var until = Timestamp(microseconds: .min)
    for event in own.filter({ $0.kind == TrialPlan.eventKind }).sorted(by: { $0.time < $1.time }) {
      let end = event.time + .seconds(36_000)
      let from = max(event.time + .seconds(-3600), until)
      guard from < end else { continue }
      let sessions = try await archive.sessions(from: from, to: end, limit: 1000)
      for saved in sessions where saved.session.person == person {
        readings += Self.readings(saved.session)
      }
      until = end
    }
  }

  /// Without what was applied after a date.
  func upTo(_ date: LocalDate) -> DiaryTrials {
    var earlier = self
    earlier.applied = applied.filter { $0.date <= date }
    return earlier
  }

  private static func minute(_ time: Timestamp) -> Double {
    Double(time.microseconds) / 60_000_000
  }

  /// Each site's median of accepted moisture.
  private static func readings(_ session: TapSession) -> [SiteReading] {
    let bySite = Dictionary(grouping: session.touches, by: \.site)
    return bySite.compactMap { site, touches -> SiteReading? in
      let values = touches.flatMap(\.measures).filter {
        $0.channel == .skinMoisture && $0.isAccepted
      }
      .compactMap(\.value).sorted()
      guard !values.isEmpty else { return nil }
      return SiteReading(
        minute: minute(session.started.utc),
        site: site.rawValue, value: values[values.count / 2])
    }
  }

  /// Two products with what can be said of them.
  struct Pair: Sendable {
    var first: String
    var second: String
    var result: Result<Products.Comparison, Silence>
  }

  /// Every two products of the diary.
  ///
  /// - Throws: `Silence` where there are no two.
  func pairs() throws(Silence) -> [Pair] {
    guard !applied.isEmpty else {
      throw Silence(
        "no trial yet: tag each application with "
          + "'skin2vec event applied --note \"PRODUCT at left_cheek\"'",
        "尚无产品试验：每次涂抹请用 'skin2vec event applied --note \"产品 at left_cheek\"' 记录")
    }
    let (applications, refused) = TrialPlan().applications(
      readings: readings, events: applied, cleansed: cleansed)
    let products = Set(applications.map(\.product)).sorted()
    guard products.count > 1 else {
      let reasons =
        refused.isEmpty ? "" : "; left out: " + refused.map(\.reason).joined(separator: "; ")
      throw Silence(
        "\(applications.count) applications, of \(products.count) products; "
          + "a comparison needs two\(reasons)",
        "共 \(applications.count) 次涂抹、\(products.count) 种产品；比较需要两种产品")
    }
    return products.indices.flatMap { one in
      products.indices.dropFirst(one + 1).map { other in
        Pair(
          first: products[one], second: products[other],
          result: Result { () throws(Silence) in
            try Products.Comparison(products[one], with: products[other], in: applications)
          })
      }
    }
  }
}
