import Figures
import Testing

@Suite("data of kept figures") struct FigureDataTests {
  @Test(arguments: [
    (
      Kept.forest,
      [
        "label,value_own_sd,low_own_sd,high_own_sd,level,occasions,silence",
        "late_night,-0.8,-1.25,-0.5,0.9,31,",
        "\"my, own \"\"word\"\"\",,,,,,\"3 times, 8 are needed\"",
      ]
    ),
    (
      Kept.lag,
      [
        "days_after,effect_celsius,low_celsius,high_celsius,level", "0,0,0,0,0.9",
        "1,-0.25,-0.5,0.125,0.9",
      ]
    ),
    (
      Kept.bell,
      [
        "kind,line,humidity_percent_rh,humidity_low_percent_rh,humidity_high_percent_rh,"
          + "value_own_sd,low_own_sd,high_own_sd",
        "curve,PM2.5 one SD below mean,40,,,-1,-2,-0.5",
        "curve,PM2.5 one SD above mean,40,,,-1,-2,-0.5", "optimum,,54,51,57,,,",
        "seen,,41,,,,,", "seen,,42,,,,,",
      ]
    ),
    (
      Kept.fan,
      [
        "local_date,slot,kind,value_index,low_90_index,high_90_index,low_80_index,high_80_index",
        "2024-10-04,evening,read,3.5,,,,", "2024-10-05,morning,read,,,,,",
        "2024-10-05,evening,expected,4,2,6,3,5",
      ]
    ),
    (
      Kept.series,
      [
        "local_date,slot,value_index,may_have_begun,marks", "2024-10-04,morning,1,0,",
        "2024-10-05,morning,2,1,", "2024-10-05,evening,3,1,alarm", "2024-10-06,evening,5,0,",
      ]
    ), (Kept.silent, ["silence", "\"no trial, yet\""]),
  ])
  func `a table has the planted numbers, as RFC 4180 writes them`(
    kept: KeptFigure, lines: [String]
  ) {
    #expect(kept.csv == lines.map { $0 + "\r\n" }.joined())
  }
}

@Suite("names of kept figures") struct FigureNameTests {
  @Test func `a name says what it is of, in letters of an address`() {
    #expect(
      KeptFigure.name("effects", "me", "skin.moisture at cheek") == "effects-me-skin-moisture-cheek"
    )
    #expect(
      KeptFigure.name("lag", "me", "score.oil", "late_night") == "lag-me-score-oil-late-night")
  }

  @Test func `names that an address cannot have stay apart`() {
    let people = ["李", "王", "Me", "me", "a/b", "a?b", "ab"]
    let names = people.map { KeptFigure.name("what-if", $0) }
    #expect(Set(names).count == people.count)
    for name in names {
      #expect(name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) })
    }
  }

  @Test func `a name that is taken gets a number, and the first keeps its own`() {
    let figures = ["a_b", "a-b", "a.b"].map {
      KeptFigure(
        name: KeptFigure.name("x", $0), analysis: "x", person: $0, heading: .noTrial)
    }
    #expect(KeptFigure.distinct(figures).map(\.name) == ["x-a-b", "x-a-b-2", "x-a-b-3"])
  }
}
