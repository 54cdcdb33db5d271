"""The page "Diary", in a browser, on made-up answers of the station.

    pip install pytest playwright axe-playwright-python
    SCREENSHOTS=/tmp/pictures pytest Tests/Web/test_diary.py

Needs chromium and dygraphs of Debian (libjs-dygraphs; DYGRAPHS names another folder). No station runs: every
request is answered here, from the folder of the pages and from data made up below.
"""

import datetime
import json
import math
import mimetypes
import os
import pathlib
import re
import time
import urllib.parse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

ROOT = pathlib.Path(__file__).resolve().parents[2]
DASHBOARD = ROOT / "Sources/Station/Dashboard"
LIBRARY = pathlib.Path(os.environ.get("DYGRAPHS", "/usr/share/javascript/dygraphs"))
HOME = "http://station.test"
LAST = datetime.date(2026, 6, 30)
#: No value was taken in these ten mornings and evenings.
GAP = (datetime.date(2026, 6, 5), datetime.date(2026, 6, 14))
OFFSET = 7200

#: What the server sends with each page, read where it is written.
POLICY = "".join(
    re.findall(r'"([^"]*)"', (DASHBOARD / "Serving/WebSite.swift").read_text().split(
        '"content-security-policy",')[1].split("),")[0]))


def text(date):
    return date.isoformat()


def dates(first, last):
    return [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]


def microseconds(date, hour):
    moment = datetime.datetime(date.year, date.month, date.day, hour, tzinfo=datetime.timezone.utc)
    return int(moment.timestamp() - OFFSET) * 1_000_000


class Station:
    """Answers as the interface does; remembers what it was asked."""

    def __init__(self, first=datetime.date(2025, 1, 1), last=LAST, sites=("cheek", "forehead"),
                 people=None):
        self.first, self.last, self.sites = first, last, sites
        self.people = people or [{"name": "me", "sites": list(sites)}]
        self.asked = []
        self.refuses = set()
        self.lacks_library = False
        self.is_empty = False

    def spans(self):
        """From when to when the timeline was asked for, without the overview of all of it."""
        return [(about["from"], about["to"]) for name, about in self.asked
                if name == "timeline" and "from" in about]

    def value(self, date, place, slot):
        day = date.toordinal()
        return 45 + 8 * place + (3 if slot == "evening" else 0) + 4 * math.sin(day / 9) \
            + (day * 7919 % 100) / 50

    def series(self, days, size, place, slot):
        columns = {name: [] for name in ("date", "value", "min", "max", "ma7", "quality", "n")}
        for begin in range(0, len(days), size):
            bucket = [date for date in days[begin:begin + size] if not GAP[0] <= date <= GAP[1]]
            values = sorted(self.value(date, place, slot) for date in bucket)
            columns["date"].append(text(days[begin]))
            columns["value"].append(values[len(values) // 2] if values else None)
            columns["min"].append(values[0] if values else None)
            columns["max"].append(values[-1] if values else None)
            columns["ma7"].append(sum(values) / len(values) - 0.5 if values else None)
            is_odd = bucket and bucket[0].day == 20
            columns["quality"].append(("suspect" if is_odd else "ok") if values else None)
            columns["n"].append(len(values))
        return columns

    def timeline(self, about):
        first = datetime.date.fromisoformat(about.get("from", text(self.first)))
        last = datetime.date.fromisoformat(about.get("to", text(self.last)))
        days = dates(first, last)
        size = max(1, math.ceil(len(days) / int(about.get("points", 800))))
        panels = [] if self.is_empty else [
            {"channel": channel, "site": site, "unit": "index",
             "slots": {slot: self.series(days, size, 2 * kind + place, slot)
                       for slot in ("morning", "evening")},
             "baselines": [{"slot": slot, "epoch": 1, "from": text(first), "to": text(last),
                            "low": 44 + 8 * (2 * kind + place) + more,
                            "centre": 46 + 8 * (2 * kind + place) + more,
                            "high": 48 + 8 * (2 * kind + place) + more, "n": 30, "state": "frozen"}
                           for slot, more in (("morning", 0), ("evening", 3))]}
            for kind, channel in enumerate(("skin.moisture", "skin.sebum"))
            for place, site in enumerate(self.sites)]
        air = [{"channel": channel, "unit": unit, "time_utc_us": [microseconds(d, 12) for d in days[::size]],
                "mean": [None if GAP[0] <= d <= GAP[1] else level + math.sin(d.toordinal() / 5)
                         for d in days[::size]],
                "min": [None if GAP[0] <= d <= GAP[1] else level - 2 for d in days[::size]],
                "max": [None if GAP[0] <= d <= GAP[1] else level + 2 for d in days[::size]]}
               for channel, unit, level in (("air.humidity", "%RH", 45), ("air.temperature", "°C", 21),
                                            ("air.pm2_5", "µg/m³", 9))]
        marked = [date for date in days if date.day in (3, 17)]
        return {
            "person": about["person"], "from": text(first), "to": text(last),
            "first": None if self.is_empty else text(self.first),
            "last": None if self.is_empty else text(self.last),
            "bucket_days": size, "utc_offset_s": OFFSET, "panels": panels,
            "air": [] if self.is_empty else air,
            "events": [{"event_id": n, "person": "me", "time_utc_us": microseconds(date, 20),
                        "local_date": text(date), "kind": ("alcohol", "late_night", "sauna")[n % 3],
                        "weight": 1.0, "note": None} for n, date in enumerate(marked)],
            "epochs": [{"epoch": 3, "person": "me", "channel": "skin.moisture", "site": "cheek",
                        "began_utc_us": microseconds(datetime.date(2026, 5, 20), 9),
                        "cause": "first reading"}],
        }

    def slots(self, about):
        first = datetime.date.fromisoformat(about.get("from", text(self.first)))
        last = datetime.date.fromisoformat(about.get("to", text(self.last)))
        rows = [{"person": "me", "local_date": text(date), "slot": slot, "channel": about["channel"],
                 "site": about.get("site", "cheek"), "value": self.value(date, 0, slot), "spread": 0.4,
                 "n_touches": 5, "quality": "suspect" if date.day == 20 else "ok",
                 "session_id": 1, "epoch": 1, "ma7": 46.0, "z7": -0.4, "n7": 7, "z30": None, "n30": 4,
                 "baseline_state": "forming", "reason": "climate" if date.day == 20 else None}
                for date in reversed(dates(first, last)) for slot in ("evening", "morning")
                if about.get("slot", slot) == slot and not GAP[0] <= date <= GAP[1]]
        begin, size = int(about.get("after", 0)), int(about["limit"])
        return {"items": rows[begin:begin + size],
                "next": str(begin + size) if begin + size < len(rows) else None}

    def explain(self, about):
        chinese = about["language"] == "zh-Hans"
        return {"lines": [f"{about['date']} {about['slot']} {about['channel']} {about.get('site', '')}",
                          "由原始读数重新算出" if chinese else "worked out anew from what was read"]}

    def station(self, about):
        return {"people": self.people, "status": None, "tap": None,
                "default_person": self.people[0]["name"], "is_night": False, "utc_offset_s": OFFSET,
                "kinds": ["late_night", "spicy_food", "alcohol"], "zone": "Europe/Berlin",
                "now_utc_us": microseconds(self.last, 21)}

    def answer(self, route):
        url = urllib.parse.urlsplit(route.request.url)
        if url.path.startswith("/api/v1/"):
            return self.answer_question(route, url)
        if url.path.startswith("/lib/"):
            file = LIBRARY / url.path.removeprefix("/lib/")
        else:
            file = DASHBOARD / "Pages" / (url.path[1:] + ("" if "." in url.path else ".html"))
        if not file.is_file() or (self.lacks_library and url.path.startswith("/lib/")):
            return route.fulfill(status=404, body="")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(body=file.read_bytes(), headers={
            "content-type": kind, "content-security-policy": POLICY})

    def answer_question(self, route, url):
        name = url.path.removeprefix("/api/v1/")
        about = dict(urllib.parse.parse_qsl(url.query))
        self.asked.append((name, about))
        if name in self.refuses or not hasattr(self, name):
            return route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(
                {"title": "Refused", "detail": f"{name} is refused", "hint": "try later"}))
        route.fulfill(content_type="application/json", body=json.dumps(getattr(self, name)(about)))


#: The news come when the test says so: window.tell("diary").
NEWS = """
window.EventSource = class extends EventTarget {
  constructor() { super(); window.tell = (kind) =>
    this.dispatchEvent(new MessageEvent(kind, { data: "{}" })); }
};
"""


@pytest.fixture
def visit(browser):
    contexts = []

    def visit(station, query="", width=1280, height=900, language="en", theme="day", **more):
        context = browser.new_context(
            viewport={"width": width, "height": height}, service_workers="block",
            reduced_motion="reduce", **more)
        contexts.append(context)
        context.add_init_script(NEWS)
        context.add_init_script(
            f"localStorage.setItem('language', localStorage.getItem('language') ?? '{language}');"
            f"localStorage.setItem('theme', localStorage.getItem('theme') ?? '{theme}');")
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: page.faults.append(message.text)
                if message.type == "error" and "Failed to load resource" not in message.text else None)
        page.route(HOME + "/**", station.answer)
        page.goto(HOME + "/diary" + query)
        return page

    yield visit
    for context in contexts:
        for page in context.pages:
            assert page.faults == []
        context.close()


def picture(page, name):
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/diary-{name}.png", full_page=True)


def plot(page, channel="skin.moisture", site="cheek"):
    return page.locator(f'[data-channel="{channel}"][data-site="{site}"] .plot')


def drawn(page, **which):
    """Waits until a panel is drawn and its curves are at rest; gives its plot."""
    place = plot(page, **which)
    place.locator("canvas").first.wait_for(state="attached")
    expect(page.locator("#curves")).not_to_have_attribute("aria-busy", "true")
    place.scroll_into_view_if_needed()
    return place


def until(page, condition):
    """Lets the page go on until something has come about."""
    end = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < end, "it did not come in time"
        page.wait_for_timeout(10)


def another_span(page, station, act):
    """Does something; gives the span that is asked for because of it."""
    before = len(station.spans())
    act()
    until(page, lambda: len(station.spans()) > before)
    drawn(page)
    return station.spans()[-1]


def days_of(span):
    first, last = map(datetime.date.fromisoformat, span)
    return (last - first).days + 1


def span(page):
    """The span in the address."""
    about = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).query))
    return about.get("from"), about.get("to")


def place_of(page, date, slot):
    """Where a value is drawn on the page, in pixels."""
    return plot(page).evaluate(
        """(plot, [date, hour, column]) => {
          const x = Date.parse(date + "T00:00:00Z") + hour * 3600000;
          const row = plot.graph.file_.find(([time]) => time.valueOf() === x);
          const box = plot.getBoundingClientRect();
          return [box.left + plot.graph.toDomXCoord(x), box.top + plot.graph.toDomYCoord(row[column])];
        }""", [date, 8 if slot == "morning" else 22, 1 if slot == "morning" else 2])


def violations(page):
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def test_the_latest_ninety_days_are_shown_at_first(visit):
    station = Station()
    page = visit(station)
    drawn(page)
    assert station.spans() == [("2026-04-02", "2026-06-30")]
    assert span(page) == ("2026-04-02", "2026-06-30")
    expect(page.get_by_role("button", name="90 days")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#panels > section")).to_have_count(7)


@pytest.mark.parametrize("name, first", [
    ("14 days", "2026-06-17"), ("1 year", "2025-07-01"), ("All", "2025-01-01")])
def test_a_preset_asks_for_its_span(visit, name, first):
    station = Station()
    page = visit(station)
    drawn(page)
    asked = another_span(page, station, page.get_by_role("button", name=name, exact=True).click)
    assert asked == (first, "2026-06-30")
    expect(page.locator("#from")).to_have_value(first)
    assert span(page) == (first, "2026-06-30")


def test_a_drag_zooms_into_what_it_covers(visit):
    station = Station()
    page = visit(station)
    box = drawn(page).bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 80, steps=5)
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 80, steps=5)
    asked = another_span(page, station, page.mouse.up)
    assert 20 <= days_of(asked) <= 26
    assert "2026-05-10" < asked[0] < "2026-05-22"
    assert span(page) == asked


def test_a_drag_with_shift_moves_all_panels(visit):
    station = Station()
    page = visit(station)
    box = drawn(page).bounding_box()
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 400, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 600, box["y"] + 80, steps=5)
    asked = another_span(page, station, page.mouse.up)
    page.keyboard.up("Shift")
    assert asked[0] < "2026-03-25"
    assert 89 <= days_of(asked) <= 91
    windows = page.locator(".plot").evaluate_all("plots => plots.map(p => p.graph.xAxisRange().join())")
    assert len(set(windows)) == 1


def test_a_handle_of_the_strip_changes_the_span_by_key(visit):
    station = Station()
    page = visit(station)
    drawn(page)
    handle = page.get_by_role("slider", name="Shown from")
    assert another_span(page, station, lambda: handle.press("PageDown")) == ("2026-03-03", "2026-06-30")
    expect(handle).to_have_attribute("aria-valuetext", "Mar 3, 2026")


def test_a_request_that_is_overtaken_is_given_up(visit):
    station = Station()
    page = visit(station)
    drawn(page)
    page.evaluate("""() => { window.given = 0; const real = window.fetch;
      window.fetch = (path, options) => {
        options?.signal?.addEventListener("abort", () => { window.given += 1; });
        return real(path, options);
      }; }""")
    held = []
    page.route("**/api/v1/timeline*", lambda route: held.append(route))
    page.get_by_role("button", name="1 year").click()
    until(page, lambda: len(held) == 1)
    page.get_by_role("button", name="14 days").click()
    until(page, lambda: len(held) == 2)
    assert page.evaluate("window.given") >= 1
    station.answer(held[1])
    drawn(page)
    assert span(page) == ("2026-06-17", "2026-06-30")


def test_a_click_on_a_point_opens_its_explanation(visit):
    page = visit(Station(), "?from=2026-06-15&to=2026-06-30")
    drawn(page)
    page.mouse.click(*place_of(page, "2026-06-20", "evening"))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2026-06-20 evening skin.moisture cheek")
    assert "date=2026-06-20" in page.url
    picture(page, "explanation")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    # The dialog says that it is closed once it is.
    expect(page).not_to_have_url(re.compile("date="))


def test_keys_walk_along_the_points_and_open_an_explanation(visit):
    page = visit(Station(), "?from=2026-06-15&to=2026-06-30")
    place = drawn(page)
    place.focus()
    place.press("Home")
    expect(page.locator("#spoken")).to_contain_text("Jun 15, 2026, morning")
    place.press("ArrowRight")
    expect(page.locator("#spoken")).to_contain_text("Jun 15, 2026, evening")
    place.press("ArrowRight")
    place.press("ArrowDown")
    place.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("evening skin.moisture cheek")
    page.get_by_role("button", name="Close").click()
    expect(place).to_be_focused()


def test_keys_zoom_and_move(visit):
    station = Station()
    page = visit(station)
    place = drawn(page)
    place.focus()
    nearer = another_span(page, station, lambda: place.press("+"))
    assert 45 <= days_of(nearer) <= 47
    earlier = another_span(page, station, lambda: place.press("PageUp"))
    assert earlier[1] < nearer[1] and days_of(earlier) == days_of(nearer)


def test_a_gap_is_not_joined(visit):
    page = visit(Station())
    place = drawn(page)
    rows = place.evaluate("""plot => plot.graph.file_.map((row) =>
      [new Date(row[0]).toISOString(), ...row.slice(1).map((one) => Number.isNaN(one) ? "gap" : one)])""")
    missing = [row for row in rows if row[0][:10] == "2026-06-08"]
    assert [row[1:] for row in missing] == [
        ["gap", None, "gap", None], [None, "gap", None, "gap"]]
    there = [row for row in rows if row[0][:10] == "2026-06-04"]
    assert isinstance(there[0][1], float) and isinstance(there[1][2], float)
    # No pixel of a line lies in the middle of the gap: only bands and the grid do.
    lines = place.evaluate("""plot => {
      const { x, y, w, h } = plot.graph.getArea();
      const canvas = plot.graph.hidden_;
      const scale = canvas.width / canvas.clientWidth;
      const at = plot.graph.toDomXCoord(Date.parse("2026-06-10T00:00:00Z"));
      const left = Math.round((at - 3) * scale);
      const shot = canvas.getContext("2d").getImageData(left, (y + 20) * scale, 6 * scale, (h - 22) * scale);
      let strong = 0;
      const own = getComputedStyle(document.documentElement);
      const hex = ["--one", "--two"].map((name) => own.getPropertyValue(name).trim());
      const colours = hex.map((one) => [1, 3, 5].map((at) => parseInt(one.slice(at, at + 2), 16)));
      for (let at = 0; at < shot.data.length; at += 4) {
        if (shot.data[at + 3] > 250 && colours.some((colour) => colour.every(
          (part, index) => Math.abs(part - shot.data[at + index]) < 8))) strong += 1;
      }
      return strong;
    }""")
    assert lines == 0


def test_mornings_and_evenings_differ_by_more_than_their_colour(visit):
    page = visit(Station())
    series = drawn(page).evaluate("""plot => ["morning", "evening"].map((name) =>
      JSON.stringify(plot.graph.getOption("strokePattern", name)))""")
    assert series[0] != series[1]


def test_several_days_in_a_point_open_the_list_of_them(visit):
    page = visit(Station(first=datetime.date(2016, 7, 1)), "?from=2016-07-01&to=2026-06-30", width=500)
    place = drawn(page)
    expect(page.locator("#shown")).to_contain_text("median of")
    place.focus()
    place.press("End")
    place.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=re.compile("How it came to be")).first.click()
    expect(dialog).to_contain_text("worked out anew")
    dialog.get_by_role("button", name="Back").click()
    expect(dialog.get_by_role("row").nth(2)).to_be_visible()


def test_the_address_opens_an_explanation(visit):
    page = visit(Station(), "?date=2025-03-01&slot=morning&channel=skin.sebum&site=forehead")
    expect(page.get_by_role("dialog")).to_contain_text("2025-03-01 morning skin.sebum forehead")
    drawn(page)
    assert span(page)[0] < "2025-03-01" < span(page)[1]
    assert "date=2025-03-01" in page.url


def test_the_address_keeps_span_and_site(visit):
    station = Station()
    page = visit(station, "?from=2026-03-01&to=2026-03-31&site=forehead")
    drawn(page, site="forehead")
    assert station.spans() == [("2026-03-01", "2026-03-31")]
    expect(page.locator("#panels > section")).to_have_count(5)
    page.get_by_label("Site").select_option("")
    drawn(page)
    assert "site=" not in page.url
    expect(page.locator("#panels > section")).to_have_count(7)


def test_another_person_is_asked_for(visit):
    station = Station(people=[{"name": "ada", "sites": ["cheek"]}, {"name": "bo", "sites": ["cheek"]}])
    page = visit(station)
    drawn(page)
    another_span(page, station, lambda: page.get_by_label("Person").select_option("bo"))
    assert [about["person"] for name, about in station.asked if name == "timeline"][-1] == "bo"
    assert "person=bo" in page.url


def test_news_of_the_diary_ask_again(visit):
    station = Station()
    page = visit(station)
    drawn(page)
    page.wait_for_function("window.tell")
    station.last += datetime.timedelta(days=1)
    asked = another_span(page, station, lambda: page.evaluate("window.tell('diary')"))
    assert asked == ("2026-04-03", "2026-07-01")


def test_the_table_has_pages_and_reasons(visit):
    page = visit(Station())
    drawn(page)
    rows = page.locator("#table tbody tr")
    expect(rows).to_have_count(50)
    expect(page.locator("#table")).to_contain_text("suspect (the air was far from usual)")
    first = rows.first.inner_text()
    page.get_by_role("button", name="Older").click()
    expect(page.locator("#table-state")).to_contain_text("page 2")
    assert rows.first.inner_text() != first
    page.get_by_role("button", name="Newer").click()
    expect(page.locator("#table-state")).to_contain_text("page 1")
    rows.first.get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_contain_text("2026-06-30")


def test_each_curve_has_its_csv(visit):
    page = visit(Station())
    drawn(page)
    link = page.get_by_role("link", name="Sebum · forehead: CSV").get_attribute("href")
    about = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(link).query))
    assert link.startswith("/api/v1/slots?")
    assert about == {"person": "me", "channel": "skin.sebum", "site": "forehead", "from": "2026-04-02",
                     "to": "2026-06-30", "limit": "10000", "form": "csv"}


def test_events_are_listed_and_can_be_hidden(visit):
    page = visit(Station())
    drawn(page)
    expect(page.locator("#events")).to_contain_text("Alcohol")
    expect(page.locator("#events")).to_contain_text("sauna")
    button = page.get_by_role("button", name="C Alcohol")
    shown = plot(page).screenshot()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert plot(page).screenshot() != shown
    expect(page.locator("#events")).to_contain_text("Alcohol")


def test_without_the_library_the_table_is_there(visit):
    station = Station()
    station.lacks_library = True
    page = visit(station)
    expect(page.locator("#no-curves")).to_contain_text("libjs-dygraphs")
    expect(page.locator("#table tbody tr")).to_have_count(50)
    expect(page.locator("#curves")).to_be_hidden()
    assert violations(page) == []


@pytest.mark.parametrize("name", ["station", "timeline", "slots", "explain"])
def test_what_fails_is_said_in_its_place(visit, name):
    station = Station()
    station.refuses = {name}
    page = visit(station, "?date=2026-06-20&slot=morning&channel=skin.moisture&site=cheek")
    expect(page.get_by_text(f"{name} is refused – try later").first).to_be_visible()
    if name != "station":
        page.get_by_role("button", name="Close").click()
    if name in ("station", "timeline"):
        station.refuses = set()
        page.get_by_role("button", name="Ask again").click()
        if name == "station":
            page.get_by_role("button", name="Close").click()
        drawn(page)
        expect(page.locator("#trouble")).to_be_hidden()


def test_an_empty_diary_says_so(visit):
    station = Station()
    station.is_empty = True
    page = visit(station)
    expect(page.locator("#shown")).to_contain_text("nothing in the diary yet")
    assert violations(page) == []


def test_the_language_is_switched_at_once(visit):
    page = visit(Station())
    drawn(page)
    page.locator("#language").click()
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    expect(page.get_by_role("heading", level=1)).to_have_text("日记")
    expect(plot(page)).to_have_attribute("aria-label", "水分 · 脸颊曲线")
    page.get_by_role("button", name="90 天").wait_for()
    expect(page.locator("#table thead")).to_contain_text("与近 7 天相比")
    expect(page.locator(".dygraph-axis-label-x").first).to_contain_text("月")


def test_the_chinese_page_has_no_english_words(visit):
    page = visit(Station(), "?date=2026-06-20&slot=morning&channel=skin.moisture&site=cheek",
                 language="zh-Hans")
    drawn(page)
    expect(page.get_by_role("dialog")).to_contain_text("由原始读数")
    page.get_by_role("button", name="关闭").click()
    words = page.evaluate("document.body.innerText + ' ' + [...document.querySelectorAll('[aria-label]')]"
                          ".map((one) => one.getAttribute('aria-label')).join(' ')")
    known = {"English", "me", "CSV", "Shift", "Page", "Up", "Down", "PM", "RH", "sauna"}
    assert set(re.findall(r"[A-Za-z]{2,}", words)) - known == set()


def test_both_languages_have_the_same_words():
    source = (DASHBOARD / "Pages/words-diary.js").read_text()
    english, chinese = source.split('"zh-Hans": {')
    keys = r'(?:^ {4}|, )"([^"]+)":'
    assert re.findall(keys, english, re.M) == re.findall(keys, chinese, re.M)


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("width", [320, 420, 1280])
def test_the_page_fits_and_has_no_barrier(visit, theme, language, width):
    page = visit(Station(), width=width, language=language, theme=theme)
    drawn(page)
    expect(page.locator("#table tbody tr")).to_have_count(50)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.locator("button:visible, select:visible, input:visible, [role=slider]:visible, "
                         "header a:visible, a.csv:visible").evaluate_all(
        "all => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)")
    assert small == []
    place = plot(page)
    place.focus()
    place.press("End")
    picture(page, f"{language}-{theme}-{width}")
    assert violations(page) == []


def touch(place, *strokes):
    """Fingers on a plot: each stroke goes from one place to another, all at once."""
    place.evaluate("""(plot, strokes) => {
      const box = plot.getBoundingClientRect();
      const send = (kind, finger, x) => plot.dispatchEvent(new PointerEvent(kind, { bubbles: true,
        pointerId: 100 + finger, pointerType: "touch", clientX: box.left + x, clientY: box.top + 60 }));
      strokes.forEach(([from], finger) => send("pointerdown", finger, from));
      for (const part of [0.25, 0.5, 0.75, 1]) {
        strokes.forEach(([from, to], finger) => send("pointermove", finger, from + (to - from) * part));
      }
      strokes.forEach(([, to], finger) => send("pointerup", finger, to));
    }""", strokes)


def test_a_finger_moves_the_curves(visit):
    station = Station()
    page = visit(station, "?from=2026-03-01&to=2026-03-31", width=420, has_touch=True)
    place = drawn(page)
    asked = another_span(page, station, lambda: touch(place, [100, 250]))
    assert asked[0] < "2026-02-20" and 31 <= days_of(asked) <= 32


def test_two_fingers_zoom(visit):
    station = Station()
    page = visit(station, "?from=2026-03-01&to=2026-03-31", width=420, has_touch=True)
    place = drawn(page)
    asked = another_span(page, station, lambda: touch(place, [180, 120], [220, 280]))
    assert "2026-03-05" < asked[0] < asked[1] < "2026-03-28"
    assert 6 <= days_of(asked) <= 12


def test_a_tap_of_a_finger_explains(visit):
    page = visit(Station(), "?from=2026-05-15&to=2026-06-04", width=420, has_touch=True)
    drawn(page)
    page.touchscreen.tap(*place_of(page, "2026-05-25", "morning"))
    expect(page.get_by_role("dialog")).to_contain_text("2026-05-25 morning")


def test_ten_years_are_drawn_within_a_second(visit):
    station = Station(first=datetime.date(2016, 7, 1))
    page = visit(station, "?from=2016-07-01&to=2026-06-30")
    drawn(page)
    answer = json.dumps(station.timeline({"person": "me", "from": "2016-07-01", "to": "2026-06-30",
                                          "points": "800"}))
    assert len(json.loads(answer)["panels"][0]["slots"]["morning"]["date"]) > 700
    another_span(page, station, page.get_by_role("button", name="1 year").click)
    page.route("**/api/v1/timeline*", lambda route: route.fulfill(
        content_type="application/json", body=answer))
    took = page.evaluate("""async () => {
      const begun = performance.now();
      document.querySelector('[data-days="Infinity"]').click();
      await new Promise((done) => {
        const look = () => document.getElementById("shown").textContent.includes("median")
          ? requestAnimationFrame(done) : requestAnimationFrame(look);
        look();
      });
      return performance.now() - begun;
    }""")
    picture(page, "ten-years")
    assert took < 1000
