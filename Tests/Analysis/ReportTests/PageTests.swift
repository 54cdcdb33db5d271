import Curves
import Findings
import Readings
import Report
import Testing

@Suite("the page") struct PageTests {
  private static let hostile = "<script>alert(1)</script><b>&\"'</td></title></style>--><!--]]>"

  @Test(arguments: ["plain", hostile, "Öl 油 🧴 \u{0}\u{1B}\u{FFFE}\u{202E}", ""])
  func `it is well-formed, whatever the diary holds`(text: String) throws {
    let page = Page(try Diary.full(text))
    #expect(page.fault == nil)
    #expect(page.all("b").isEmpty && page.all("script").isEmpty)
    #expect(page.all("style").count == 1)
    #expect(page.all("html").first?.attributes["lang"] == "en")
  }

  @Test func `text from the diary comes out as it went in`() throws {
    let page = Page(try Diary.full(Self.hostile))
    #expect(page.all("h1").map(\.text) == ["Skin diary of \(Self.hostile), October 2026"])
    #expect(page.all("li", in: "shows").first?.text.hasPrefix(Self.hostile) == true)
    #expect(page.text(of: "silence")?.contains(Self.hostile) == true)
    #expect(page.text(of: "changes")?.contains(Self.hostile) == true)
    #expect(page.text(of: "products")?.contains(Self.hostile) == true)
  }

  @Test func `it loads nothing and runs nothing`() throws {
    let html = try Diary.full("me").html
    for sign in ["src=", "<link", "url(", "@import", "<script", "javascript:", "onload", "<iframe"]
    { #expect(!html.contains(sign)) }
    let spaces = [
      "xmlns=\"http://www.w3.org/1999/xhtml\"", "xmlns=\"http://www.w3.org/2000/svg\"",
    ]
    let rest = spaces.reduce(html) { $0.replacing($1, with: "") }
    #expect(!rest.contains("http") && !rest.contains("//"))
  }

  @Test func `the same diary gives the same bytes`() throws {
    #expect(try Diary.full("me").html == Diary.full("me").html)
  }

  @Test func `headings are in order, ids are unique, and every link leads somewhere`() throws {
    let page = Page(try Diary.full("me"))
    let ranks = page.elements.compactMap { element -> Int? in
      element.name.count == 2 && element.name.hasPrefix("h") ? Int(element.name.dropFirst()) : nil
    }
    #expect(ranks.first == 1 && ranks.filter { $0 == 1 }.count == 1)
    #expect(zip(ranks, ranks.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let links = page.all("a").compactMap { $0.attributes["href"] }
    #expect(!links.isEmpty && links.allSatisfy { $0.hasPrefix("#") })
    #expect(links.allSatisfy { ids.contains(String($0.dropFirst())) })
    for element in page.elements {
      let named = element.attributes["aria-labelledby"]?.split(separator: " ").map(String.init)
      #expect((named ?? []).allSatisfy(ids.contains))
    }
  }

  @Test func `figures and tables speak to those who do not see them`() throws {
    let page = Page(try Diary.full("me"))
    #expect(page.all("svg").count >= 7 && page.all("table").count >= 3)
    #expect(page.all("svg").allSatisfy { $0.attributes["role"] == "img" })
    #expect(page.all("svg").count == page.all("desc").count)
    #expect(page.all("desc").allSatisfy { !$0.text.isEmpty })
    #expect(page.all("figcaption").count == page.all("figure").count)
    #expect(page.all("caption").count == page.all("table").count)
    #expect(page.all("th").allSatisfy { ["col", "row"].contains($0.attributes["scope"]) })
  }

  @Test func `it is made for paper, for the dark and for narrow screens`() throws {
    let html = try Diary.full("me").html
    #expect(html.contains("@page{size:A4") && html.contains("figure,table,tr,li"))
    #expect(html.contains("prefers-color-scheme:dark") && html.contains("width=device-width"))
    #expect(html.contains(".wide{overflow-x:auto}"))
  }

  @Test func `the footer says what it was made from`() throws {
    let plan = AnalysisPlan(text: "what was asked")
    let report = MonthReport(
      month: try Month("2026-10"), person: "me",
      history: Diary.history(from: try Diary.day("2026-10-30"), values: [1, 2, nil, 4, 5, 6]),
      plan: plan)
    let said = Page(report).all("footer").first?.text ?? ""
    // The last two readings are of November.
    #expect(said.contains("up to 31 October 2026, 3 readings"))
    #expect(said.contains("Model version \(AnalysisPlan.modelVersion); plan \(plan.hash)."))
  }

  @Test func `an empty diary makes a page that says so`() throws {
    let page = Page(
      MonthReport(
        month: try Month("2026-10"), person: "me", history: nil, plan: AnalysisPlan(text: "")))
    #expect(page.fault == nil)
    let said = page.all("main").first?.text ?? ""
    #expect(said.contains("The diary holds no reading up to 31 October 2026."))
    #expect(page.text(of: "reading") != nil && page.all("svg").isEmpty)
  }

  @Test func `so does a month without a reading, and a diary that begins later`() throws {
    let values = Array<Double?>(repeating: 50, count: 20) + Array(repeating: nil, count: 80)
    let month = try Month("2026-10")
    let quiet = Page(
      MonthReport(
        month: month, person: "me",
        history: Diary.history(from: try Diary.day("2026-09-10"), values: values),
        plan: AnalysisPlan(text: "")))
    #expect(quiet.fault == nil && quiet.all("svg").isEmpty)
    #expect(
      quiet.all("p").contains {
        $0.text == "0 of 31 mornings and 0 of 31 evenings have a skin reading of good quality."
      })
    #expect(quiet.text(of: "month")?.contains("No reading in this month: Skin moisture") == true)
    let later = Page(
      MonthReport(
        month: month, person: "me",
        history: Diary.history(from: try Diary.day("2026-11-02"), values: values),
        plan: AnalysisPlan(text: "")))
    #expect(later.fault == nil)
    #expect(later.all("main").first?.text.contains("holds no reading up to 31") == true)
  }
}
