import Readings
import Store
import Testing

@testable import Wording

@Suite("pages of an explanation, in both languages") struct ExplanationTests {
  private static let paint = Paint(isOn: false)

  /// Names, units and identifiers that are the same in every language.
  private static let international: Set<String> = [
    "me", "anna", "cheek", "new", "electrode", "fdc", "FDC", "sen", "x", "pF", "s", "h", "min",
    "C", "C_air", "C_wet", "RH", "MAD", "z", "n", "PM", "skin", "vec", "recompute", "explain",
    "touch", "N", "evening",
  ]

  @Test("English is the text that it always was")
  func english() async throws {
    try await PlantedDiary.with { diary in
      let value = try await diary.value().lines(diary.local, Self.paint)
      #expect(
        value.prefix(6) == [
          "2026-11-20 evening  skin.moisture of me at cheek  47.5 ±0.3  ok",
          "  worked out anew from what was read: the same as stored",
          "Sessions  the one with the most touches that count, then the latest",
          "  session 9  2026-11-20 22:14:00  saved  3 of 4 count  47.5 ±0.3  stands for the slot",
          "  session 8  2026-11-20 21:49:00  saved  1 of 1 count  55.0 ±0.1  fewer touches",
          "  2026-11-20 22:14:00, clock synced, boot 00112233, 1101 d 23 h after its start",
        ])
      #expect(
        value.suffix(8).prefix(4) == [
          "  left out:  11-17 no value, tap refused",
          "  median 50.20, MAD 0.10, 1.4826·MAD 0.15, floor 2",
          "  z = (47.50 − 50.20)/2.00 = −1.35", "Baseline  n 6, given from 10 on",
        ])
      #expect(value.last == "also in this slot:  air.humidity of me")
      let touch = try await diary.touch(12).lines(diary.local, Self.paint)
      #expect(
        touch.first == "touch 12: number 4 of session 9, 2026-11-20 evening, me at cheek")
      #expect(
        touch.contains(
          "  contact 0.41 s; limits 1, in force since 2026-10-21 23:14"))
      #expect(
        touch.contains("  skin.moisture  48.8 ±0.1  too short: hold until the light goes out"))
    }
  }

  @Test("Chinese says a value as a person would")
  func chineseValue() async throws {
    try await PlantedDiary.with { diary in
      let page = try await diary.value()
      let lines = page.lines(diary.local, Self.paint, in: .simplifiedChinese)
      #expect(
        lines.prefix(5) == [
          "2026-11-20 晚间  me 的水分（cheek）  47.5 ±0.3  正常",
          "  由原始读数重新算出：与所存一致",
          "测量  取计入触测最多的一次，相同时取最晚的一次",
          "  测量 9  2026-11-20 22:14:00  已保存  4 次中 3 次计入  47.5 ±0.3  代表该时段",
          "  测量 8  2026-11-20 21:49:00  已保存  1 次中 1 次计入  55.0 ±0.1  触测较少",
        ])
      for fact in [
        "  校准 1，由 anna 完成，自 2026-10-21 23:14 起生效：new electrode",
        "  47.30、47.50、47.70 的中位数为 47.50，离散 1.4826·MAD 0.30",
        "基线期  1，自 2026-11-13 22:14 起：首次读数", "7 日  n 6", "  未计入：  11-17 无数值，触测未通过",
        "  中位数 50.20，MAD 0.10，1.4826·MAD 0.15，下限 2", "基线  n 6，满 10 个才给出",
      ] { #expect(lines.contains(fact), "\(fact)") }
    }
  }

  @Test("Chinese says a touch, a session and the air as a person would")
  func chinesePages() async throws {
    try await PlantedDiary.with { diary in
      let touch = try await diary.touch(12)
        .lines(diary.local, Self.paint, in: .simplifiedChinese)
      #expect(touch.first == "触测 12：测量 9 的第 4 次，2026-11-20 晚间，me，cheek")
      #expect(touch.contains("  接触   0.41 s；限值 1，自 2026-10-21 23:14 起生效"))
      #expect(touch.contains("  水分  48.8 ±0.1  太短：请按住，直到灯熄灭"))
      let session = try await diary.session()
        .lines(diary.local, Self.paint, in: .simplifiedChinese)
      #expect(session.first == "测量 9：2026-11-20 晚间，me，已保存，4 次触测中 3 次计入")
      #expect(session.contains("  cheek 水分 47.5 ±0.3 代表该时段"))
      let air = try await diary.air().lines(diary.local, Self.paint, in: .simplifiedChinese)
      #expect(air.first == "2026-11-20 21:30:00  空气温度  21.0 °C")
      #expect(air.contains("  部件         sen55 0x69：没有它的记录"))
      let window = try await diary.value(.airTemperature)
        .lines(diary.local, Self.paint, in: .simplifiedChinese)
      #expect(window.contains("  未计入：超时 2 个"))
    }
  }

  @Test("every number of an English page is in the Chinese one, as often")
  func numbers() async throws {
    try await PlantedDiary.with { diary in
      for page in try await diary.pages() {
        let english = page.lines(diary.local, Self.paint).joined(separator: "\n")
        let chinese = page.lines(diary.local, Self.paint, in: .simplifiedChinese)
          .joined(separator: "\n")
        let missing = numberCounts(in: english).filter { number, count in
          numberCounts(in: chinese)[number, default: 0] < count
        }
        #expect(missing.isEmpty, "\(missing)\n\(english)\n\(chinese)")
      }
    }
  }

  @Test("a Chinese page has no foreign word but names, units and identifiers")
  func foreignWords() async throws {
    try await PlantedDiary.with { diary in
      for page in try await diary.pages() {
        for line in page.lines(diary.local, Self.paint, in: .simplifiedChinese) {
          let foreign = latinWords(in: line).subtracting(Self.international)
          #expect(foreign.isEmpty, "\(foreign) in \(line)")
        }
      }
    }
  }

  @Test("both languages have the same lines, but for where a line is full")
  func shape() async throws {
    try await PlantedDiary.with { diary in
      for page in try await diary.pages() {
        func heads(_ language: Language) -> Int {
          page.lines(diary.local, Self.paint, in: language).count { !$0.hasPrefix(" ") }
        }
        #expect(heads(.english) == heads(.simplifiedChinese))
        let chinese = page.lines(diary.local, Self.paint, in: .simplifiedChinese)
        #expect(chinese.allSatisfy { $0.terminalColumns <= 112 })
      }
    }
  }
}

/// The runs of digits and points in a text, and how often each is there.
private func numberCounts(in text: String) -> [String: Int] {
  text.split { !"0123456789.".contains($0) }
    .reduce(into: [:]) { counts, run in
      let number = String(run).trimmingPoints
      if !number.isEmpty { counts[number, default: 0] += 1 }
    }
}

extension String {
  fileprivate var trimmingPoints: String {
    String(drop { $0 == "." }.reversed().drop { $0 == "." }.reversed())
  }
}

/// The runs of Latin letters in a text.
func latinWords(in text: String) -> Set<String> {
  Set(
    text.split { character in !(character.isASCII && character.isLetter) && character != "_" }
      .map { String($0) })
}
