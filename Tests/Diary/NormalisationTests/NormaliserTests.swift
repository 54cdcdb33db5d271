import FoundationEssentials
import Normalisation
import Readings
import Testing

@Suite("normalisation")
struct NormaliserTests {
  @Test("agrees with NumPy on series with gaps and doubtful values")
  func fixture() throws {
    let series = try Fixture.series()
    #expect(series.count == 6)
    for rows in series {
      let points = rows.map(\.point)
      for row in rows {
        let value = try #require(Normaliser(floor: 2).normalise(row.point.date, in: points))
        #expect(value.n7 == row.n7)
        #expect(value.n30 == row.n30)
        #expect(value.baseline == row.baseline)
        #expect(Self.isSame(value.mean7, row.mean7), "\(row)")
        #expect(Self.isSame(value.z7, row.z7), "\(row)")
        #expect(Self.isSame(value.z30, row.z30), "\(row)")
      }
    }
  }

  @Test("a date without a point has no value")
  func noPoint() throws {
    let monday = try #require(LocalDate("2026-03-02"))
    let series = [SeriesPoint(date: monday, value: 1, quality: .ok)]
    #expect(Normaliser(floor: 1).normalise(monday + 1, in: series) == nil)
    #expect(Normaliser(floor: 1).normalise(monday - 1, in: series) == nil)
    #expect(Normaliser(floor: 1).normalise(monday, in: []) == nil)
  }

  @Test("later values change nothing before them")
  func noLookingAhead() throws {
    for rows in try Fixture.series() {
      let points = rows.map(\.point)
      for (index, point) in points.enumerated() {
        let whole = Normaliser(floor: 2).normalise(point.date, in: points)
        #expect(
          whole == Normaliser(floor: 2).normalise(point.date, in: [SeriesPoint](points[...index])))
      }
    }
  }

  private static func isSame(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return (a - b).magnitude <= 1e-9 * max(1, b.magnitude)
  }
}

@Suite("median and spread")
struct RobustStatisticsTests {
  @Test(
    "the median is the middle value, or the mean of the two in the middle",
    arguments: [
      ([], nil), ([3], 3), ([9, 1], 5), ([5, 1, 9], 5), ([4, 1, 3, 100], 3.5), ([2, 2, 2], 2),
    ] as [([Double], Double?)])
  func median(values: [Double], median: Double?) {
    #expect(RobustStatistics.median(of: values) == median)
  }

  @Test("the spread is 1.4826 times the median deviation, whatever one wild value does")
  func spread() throws {
    // Deviations from 3: 2, 1, 0, 1, 97; their median is 1.
    let (centre, spread) = try #require(
      RobustStatistics.centreAndSpread(of: [1, 2, 3, 4, 100]))
    #expect(centre == 3)
    #expect(spread == 1.4826)
    #expect(RobustStatistics.centreAndSpread(of: []) == nil)
  }
}

/// `normalised.csv`, made by `normalise.py` beside it.
enum Fixture {
  struct Row {
    var point: SeriesPoint
    var mean7: Double?
    var z7: Double?
    var n7: Int
    var z30: Double?
    var n30: Int
    var baseline: BaselineState
  }

  static func series(_ file: String = #filePath) throws -> [[Row]] {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let path = folder.joined(separator: "/") + "/normalised.csv"
    let data = try #require(FileManager.default.contents(atPath: path))
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst()
    var series: [[Row]] = []
    for line in lines {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
      let number = try #require(Int(cells[0]))
      if number == series.count { series.append([]) }
      series[number].append(
        Row(
          point: SeriesPoint(
            date: try #require(LocalDate(cells[1])), value: try #require(Double(cells[2])),
            quality: try #require(Quality(rawValue: cells[3]))),
          mean7: Double(cells[4]), z7: Double(cells[5]), n7: try #require(Int(cells[6])),
          z30: Double(cells[7]), n30: try #require(Int(cells[8])),
          baseline: try #require(BaselineState(rawValue: cells[9]))))
    }
    return series
  }
}
