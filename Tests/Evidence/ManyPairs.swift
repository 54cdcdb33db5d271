import SyntheticSubject

extension SubjectPlan {
  private static let kinds = [
    "late_night", "alcohol", "spicy_food", "stress", "sun", "travel", "new_product", "moisturised",
    "sport", "sauna",
  ]

  /// Nine outcomes and ten kinds of event, of which every second acts on all outcomes: 45 of 90 pairs.
  static func manyPairs(days: Int) -> SubjectPlan {
    let scores = ["oil", "hydration", "elasticity", "gloss", "sensitivity"].map {
      PlantedChannel(
        channel: "score.\($0)", unit: "", site: nil, mean: 3, deviation: 0.8, floor: 0.5)
    }
    var forehead = PlantedChannel.moisture
    forehead.site = "forehead"
    let events = kinds.enumerated().map { index, kind in
      PlantedEvent(kind: kind, peak: index.isMultiple(of: 2) ? 0.5 : 0)
    }
    return SubjectPlan(
      days: days, channels: [.moisture, .sebum, .temperature, forehead] + scores, events: events,
      bell: PlantedBell())
  }
}
