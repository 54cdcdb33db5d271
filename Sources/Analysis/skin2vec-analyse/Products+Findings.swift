import Curves
import Findings
import Products
import Readings
import Store

/// The trials of products that a diary holds, one person's, one channel's.
struct DiaryTrials {
  var person: Person
  var readings: [SiteReading]
  var applied: [AppliedEvent]
  var cleansed: [Double]

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

  var findings: [Finding] {
    guard !applied.isEmpty else {
      return [
        silent(
          "no trial yet: tag each application with 'skin2vec event applied --note \"PRODUCT at left_cheek\"'"
        )
      ]
    }
    let (applications, refused) = TrialPlan().applications(
      readings: readings, events: applied, cleansed: cleansed)
    let products = Set(applications.map(\.product)).sorted()
    guard products.count > 1 else {
      let reasons =
        refused.isEmpty ? "" : "; left out: " + refused.map(\.reason).joined(separator: "; ")
      return [
        silent(
          "\(applications.count) applications, of \(products.count) products; a comparison needs two\(reasons)"
        )
      ]
    }
    return products.indices.flatMap { one in
      products.indices.dropFirst(one + 1).map { other in
        compare(products[one], products[other], applications)
      }
    }
  }

  private func silent(_ reason: String) -> Finding {
    Finding(
      analysis: "products", person: person.rawValue, subject: "hydration uplift",
      sentence: "products: \(reason)", silence: reason)
  }

  private func compare(
    _ first: String, _ second: String, _ applications: [Application]
  ) -> Finding {
    let subject = "hydration uplift of \(first) and \(second)"
    do throws(Silence) {
      let found = try Comparison(first, with: second, in: applications)
      let sentences = found.sentences(unit: "index h")
      return Finding(
        analysis: "products", person: person.rawValue, subject: subject,
        sentence: sentences.first ?? subject, isClaim: found.difference.excludesZero,
        value: found.difference.value, low: found.difference.low, high: found.difference.high,
        level: found.difference.level, unit: "index h", readings: found.applications,
        adjustedFor: found.adjustedFor,
        details: [
          Finding.Detail("outcome", "skin.moisture"), Finding.Detail("first", first),
          Finding.Detail("second", second),
          Finding.Detail("still_needed", found.need.more.map { "\($0)" } ?? "unknown"),
          Finding.Detail("more", sentences.dropFirst().joined(separator: " ")),
        ])
    } catch {
      return Finding(
        analysis: "products", person: person.rawValue, subject: subject,
        sentence: "\(subject): \(error.reason)", silence: error.reason)
    }
  }
}
