package import Readings
package import Store

/// A slot's value: its sessions, touches, checks, and what it is compared with.
package struct ValuePage: ExplanationPage, Hashable {
  package var value: ValueExplanation
  /// What else the slot has.
  package var others: [Name]

  package init(value: ValueExplanation, others: [Name]) {
    self.value = value
    self.others = others
  }

  /// Which value of a slot.
  package struct Name: Hashable, Sendable {
    package var person: Person
    package var channel: Channel
    /// Nil for a channel of the air.
    package var site: Site?

    package init(person: Person, channel: Channel, site: Site?) {
      self.person = person
      self.channel = channel
      self.site = site
    }

    /// `skin.moisture of me at cheek`, `me 的水分（cheek）`.
    package func words(in language: Language = .english) -> String {
      let (who, what) = (person.rawValue.printable, channel.name(in: language))
      let site = site.map(\.rawValue.printable)
      return language.text(
        "\(what) of \(who)" + (site.map { " at \($0)" } ?? ""),
        Language.beside("\(who) 的", what) + (site.map { "（\($0)）" } ?? ""))
    }
  }

  package func lines(_ speech: Speech) -> [String] {
    let paint = speech.paint
    var lines = title(speech)
    lines += sessionLines(speech) + touchLines(speech) + airLines(speech)
    lines += checkLines(speech)
    lines.append(paint.bold(speech.text("Epoch", "基线期")) + "  " + epochWords(speech))
    lines += comparisonLines(speech.text("Week", "7 日"), value.week, speech)
    lines += comparisonLines(speech.text("Baseline", "基线"), value.baseline, speech)
    if !others.isEmpty {
      let names = others.map { $0.words(in: speech.language) }
      lines += ([speech.text("also in this slot:", "该时段还有：")] + names)
        .wrapped(indentedBy: 0).map(paint.dim)
    }
    return lines
  }

  private func title(_ speech: Speech) -> [String] {
    let name = Name(person: value.person, channel: value.channel, site: value.site)
    let derived = value.derived.map { derived in
      value.channel.words(derived.value, spread: derived.spread) + "  "
        + qualityWords(derived.quality, reason: derived.reason, in: speech.language)
    }
    let kept = value.stored.map { stored in
      value.channel.words(stored.value, spread: stored.spread) + "  "
        + qualityWords(stored.quality, reason: stored.reason, in: speech.language)
    }
    let words = derived ?? kept ?? speech.text("no value", "无数值")
    let slot = value.key.words(in: speech.language)
    var lines = [speech.paint.bold("\(slot)  \(name.words(in: speech.language))  \(words)")]
    if value.differs {
      lines.append(speech.paint.red("  " + differenceWords(speech)))
    } else if value.derived != nil {
      lines.append(
        speech.text(
          "  worked out anew from what was read: the same as stored",
          "  由原始读数重新算出：与所存一致"))
    }
    return lines
  }

  /// What is stored and what is worked out anew, as far as they are not the same.
  private func differenceWords(_ speech: Speech) -> String {
    guard let stored = value.stored else {
      let derived = decimal(value.derived?.value ?? 0, 3)
      return speech.text(
        "not stored, derived \(derived): run 'skin2vec recompute'",
        "未存，重算 \(derived)：请运行 'skin2vec recompute'")
    }
    guard let derived = value.derived else {
      let kept = decimal(stored.value, 3)
      return speech.text(
        "stored \(kept), and nothing it can be derived from is there",
        "已存 \(kept)，但已没有可据以重算的读数")
    }
    if stored.value != derived.value || stored.spread != derived.spread {
      return speech.difference(
        exact(stored.value, stored.spread), exact(derived.value, derived.spread))
    }
    if stored.quality != derived.quality || stored.reason != derived.reason {
      return speech.difference(
        qualityWords(stored.quality, reason: stored.reason, in: speech.language),
        qualityWords(derived.quality, reason: derived.reason, in: speech.language))
    }
    return speech.text(
      "stored and derived compare differently with the week or the baseline: "
        + "run 'skin2vec recompute'",
      "已存与重算的数值同 7 日或基线的比较结果不同：请运行 'skin2vec recompute'")
  }

  private func exact(_ value: Double, _ spread: Double?) -> String {
    decimal(value, 3) + (spread.map { " ±" + decimal($0, 3) } ?? "")
  }

  private func epochWords(_ speech: Speech) -> String {
    guard let epoch = value.epoch else { return speech.text("none yet", "尚无") }
    let began = speech.local.dateTime(epoch.began)
    return speech.text(
      "\(epoch.number), since \(began): \(epoch.cause.printable)",
      "\(epoch.number)，自 \(began) 起：\(epoch.causeInChinese)")
  }
}

extension EpochThen {
  /// The cause as the diary holds it; the one that the diary itself gives is translated.
  fileprivate var causeInChinese: String {
    cause == "first reading" ? "首次读数" : cause.printable
  }
}
