import Bus
import Readings
import Settings
import Store

/// A slot's value: its sessions, touches, checks, and what it is compared with.
struct ValuePage: ExplanationPage {
  var value: ValueExplanation
  /// What else the slot has.
  var others: [Name]

  /// Which value of a slot.
  struct Name: Hashable {
    var person: Person
    var channel: Channel
    /// Nil for a channel of the air.
    var site: Site?

    var words: String {
      let site = site.map { " at \($0.rawValue.printable)" } ?? ""
      return "\(channel.rawValue) of \(person.rawValue.printable)\(site)"
    }
  }

  func lines(_ local: LocalClock, _ paint: Paint) -> [String] {
    var lines = title(paint)
    lines += sessionLines(local, paint) + touchLines(local, paint) + airLines(local)
    lines += checkLines(local, paint)
    lines.append(paint.bold("Epoch") + "  " + epochWords(local))
    lines += comparisonLines("Week", value.week, paint)
    lines += comparisonLines("Baseline", value.baseline, paint)
    if !others.isEmpty {
      lines += (["also in this slot:"] + others.map(\.words)).wrapped(indentedBy: 0)
        .map(paint.dim)
    }
    return lines
  }

  private func title(_ paint: Paint) -> [String] {
    let name =
      "\(value.key)  \(Name(person: value.person, channel: value.channel, site: value.site).words)"
    let words = value.derived.map { derived in
      value.channel.words(derived.value, spread: derived.spread) + "  "
        + qualityWords(derived.quality, reason: derived.reason)
    }
    let kept = value.stored.map { stored in
      value.channel.words(stored.value, spread: stored.spread) + "  "
        + qualityWords(stored.quality, reason: stored.reason)
    }
    var lines = [paint.bold("\(name)  \(words ?? kept ?? "no value")")]
    if value.differs {
      lines.append(paint.red("  " + differenceWords))
    } else if value.derived != nil {
      lines.append("  worked out anew from what was read: the same as stored")
    }
    return lines
  }

  /// What is stored and what is worked out anew, as far as they are not the same.
  var differenceWords: String {
    guard let stored = value.stored else {
      return
        "not stored, derived \(decimal(value.derived?.value ?? 0, 3)): run 'skin2vec recompute'"
    }
    guard let derived = value.derived else {
      return "stored \(decimal(stored.value, 3)), and nothing it can be derived from is there"
    }
    if stored.value != derived.value || stored.spread != derived.spread {
      return "stored \(exact(stored.value, stored.spread)), "
        + "derived \(exact(derived.value, derived.spread)): run 'skin2vec recompute'"
    }
    if stored.quality != derived.quality || stored.reason != derived.reason {
      return "stored \(qualityWords(stored.quality, reason: stored.reason)), derived "
        + "\(qualityWords(derived.quality, reason: derived.reason)): run 'skin2vec recompute'"
    }
    return "stored and derived compare differently with the week or the baseline: "
      + "run 'skin2vec recompute'"
  }

  private func exact(_ value: Double, _ spread: Double?) -> String {
    decimal(value, 3) + (spread.map { " ±" + decimal($0, 3) } ?? "")
  }

  private func epochWords(_ local: LocalClock) -> String {
    value.epoch.map {
      "\($0.number), since \(local.dateTime($0.began)): \($0.cause.printable)"
    } ?? "none yet"
  }

  var json: JSON { value.json }
}
