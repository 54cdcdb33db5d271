"""The page Station in a browser. Run: python -m pytest Tests/Web/test_station.py"""

import copy
import json
import math
import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from station_support import (
    ROOT, STATION, browser, faults, is_too_wide, keys, opening, picture, site)

HOUR = 3_600_000_000
NOW = STATION["now_utc_us"]


def hour(back, part, **counts):
    return {"hour_utc_us": NOW // HOUR * HOUR - back * HOUR, "part": part, "samples": 60,
            "corrupted": 0, "not_acknowledged": 0, "other_failures": 0, "recoveries": 0,
            "restarts": 0, "warm_up_seconds": 0, "uptime_seconds": 3600, "status": None, **counts}


HOURS = [hour(0, "sen55 0x69", corrupted=1, not_acknowledged=1, recoveries=1), hour(1, "sen55 0x69"),
         hour(1, "fdc1004 0x50"), hour(400, "sen55 0x69", other_failures=3)]


def calibration(number, part, channel, numbers, until=None):
    return {"calibration_id": number, "part": part, "channel": channel,
            "valid_from_utc_us": 1_767_610_800_000_000 + number, "valid_to_utc_us": until,
            "who": "settings", "why": "the configuration's numbers", "parameters": json.dumps(numbers)}


MOISTURE = calibration(1, "fdc1004 0x50", "skin.moisture",
                       {"air_picofarads": 2.0, "reference_picofarads": 12.0})
SEBUM = calibration(2, "tsl2591 0x29", "skin.sebum",
                    {"fresh_strip_counts": 20_000, "full_scale_absorbance": 0.5})
FORCE = calibration(3, "ads1115 0x48", "skin.force",
                    {"supply_counts": 26_400, "zero_counts": 100, "newtons_per_unit": 10})


def log(query, _):
    """Two pages of the log."""
    asked = dict(urllib.parse.parse_qsl(query))
    first = 80 if "before" not in asked else int(asked["before"]) - 1
    last = max(1, first - 49)
    kinds = [("partLost", "error"), ("backupMade", "notice"), ("powerLost", "warning")]
    return {"items": [
        {"number": number, "time_utc_us": NOW - (80 - number) * 60_000_000,
         "kind": kinds[number % 3][0], "priority": kinds[number % 3][1], "text": f"line {number}"}
        for number in range(first, last - 1, -1)], "next": last if last > 1 else None}


def measuring(*medians, unit="pF", part="fdc1004 0x50"):
    """One measurement after another; the last goes on for ever."""
    left = list(medians)

    def measure(_, body):
        median, steady = left.pop(0) if len(left) > 1 else left[0]
        return {"channel": body["channel"], "part": part, "raw_unit": unit, "median": median,
                "spread": 0.004, "drift": 0.001, "count": 40, "is_steady": steady}
    return measure


def answers(**more):
    return {
        "GET parts/health": {"items": HOURS, "next": None},
        "GET log": log,
        "GET settings": {"path": "/etc/skin2vec/skin2vec.yaml", "text": "zone: Europe/Berlin\n",
                         "state": "read at the start"},
        "GET backups": {"folder": "/var/lib/skin2vec/backups", "backups": [
            {"name": "diary-2026-03-03.sqlite", "bytes": 32_079_872, "made_utc_us": NOW - 20 * HOUR}]},
        "GET calibrations": {"items": [SEBUM, MOISTURE], "next": None},
        "POST calibration/measure": measuring((2.05, True)),
        "POST calibration/end": {"message": "contacts are taps again"},
        "POST calibrations": (201, {"message": "calibrated"}),
        "GET devices": {"devices": [{"name": "Firefox on Android", "paired_utc_us": NOW - 90 * HOUR}]},
        "DELETE devices": {"message": "no device is paired any more"},
        **{name.replace("_", " ", 1).replace("_", "/"): answer for name, answer in more.items()},
    }


def ready(opened):
    expect(opened.page.locator("#log li")).not_to_have_count(0)
    expect(opened.page.locator("#health table")).not_to_have_count(0)
    return opened


@pytest.fixture
def station(opening):
    return ready(opening("/station", answers()))


def test_a_part_says_its_state_its_age_and_what_was_counted(station):
    cards = station.page.locator("#parts article").all_inner_texts()
    for word in ["SEN55", "in order", "51A2C3D4E5F60718", "2.0", "21 seconds ago", "garbled 2"]:
        assert word in cards[0]
    for word in ["FDC1004", "lost: it does not answer", "no answer", "7 hours ago"]:
        assert word in cards[1]


def test_what_is_written_is_a_meter_with_words(station):
    meter = station.page.locator("meter")
    assert [meter.get_attribute("value"), meter.get_attribute("max")] == ["3100000", "10000000"]
    text = station.page.locator("#written").inner_text()
    assert "Today 3.1 MB of 10.0 MB that are allowed: 31 %" in text
    assert "5.2 MB" in text


def test_without_a_limit_there_is_no_meter(opening):
    without = copy.deepcopy(STATION)
    without["status"]["limit_per_day_bytes"] = None
    opened = ready(opening("/station", answers(GET_station=without)))
    assert opened.page.locator("meter").count() == 0
    assert "no limit is set" in opened.page.locator("#written").inner_text()


def test_failures_per_hour_are_drawn_week_by_week_and_said(station):
    rows = station.page.locator("#health table >> nth=0 >> tbody tr")
    assert rows.count() == 2
    sensor = rows.nth(1)
    assert sensor.locator("th").inner_text() == "sen55 0x69"
    # Two failures in two hours of this week; three in the one hour of two weeks ago.
    assert sensor.locator("td").nth(1).inner_text() == "1.00"
    assert sensor.locator("desc").text_content().endswith("1.00")
    assert "3.00" in sensor.locator("desc").text_content()
    assert sensor.locator("title").text_content() == "sen55 0x69: failures per hour"


def test_all_pages_of_the_hours_are_read(opening):
    def health(query, _):
        is_second = "after=" in query
        return {"items": HOURS[2:] if is_second else HOURS[:2], "next": None if is_second else "17.2"}
    opened = ready(opening("/station", answers(**{"GET_parts_health": health})))
    assert opened.page.locator("#health table >> nth=0 >> tbody tr").count() == 2


def test_the_log_is_turned_page_by_page(station):
    lines = station.page.locator("#log li")
    assert lines.count() == 50
    assert "line 80" in lines.first.inner_text()
    station.page.click("#log-older")
    expect(lines).to_have_count(30)
    assert "line 30" in lines.first.inner_text()
    assert not station.page.locator("#log-older").is_visible()
    station.page.click("#log-newer")
    expect(lines).to_have_count(50)
    assert not station.page.locator("#log-newer").is_visible()
    assert station.interface.queries("log") == [
        "importance=notice&limit=50", "importance=notice&limit=50&before=31",
        "importance=notice&limit=50"]


def test_the_log_asks_for_an_importance_and_shows_times_by_the_stations_clock(station):
    station.page.select_option("#importance", "error")
    expect(station.page.locator("#log-said")).to_have_text("50 lines, newest first")
    assert station.interface.queries("log")[-1] == "importance=error&limit=50"
    # 2026-03-04 14:06:14 UTC, an hour on in Berlin.
    first = station.page.locator("#log li >> nth=0").inner_text()
    assert "Mar 4, 2026" in first and "3:06:14" in first
    assert "▲ warning · Power lost" in first


def test_backups_settings_and_devices_are_shown(station):
    assert "32.1 MB" in station.page.locator("#backups").inner_text()
    assert "diary-2026-03-03.sqlite" in station.page.locator("#backups").inner_text()
    station.page.locator("#settings summary").press("Enter")
    assert station.page.locator("#settings pre").inner_text().strip() == "zone: Europe/Berlin"
    assert "Firefox on Android" in station.page.locator("#devices").inner_text()


def test_pairings_are_taken_back_only_after_a_second_word(station):
    station.page.click("#unpair-open")
    assert station.page.locator("#unpair-no").evaluate("button => button === document.activeElement")
    station.page.click("#unpair-no")
    assert station.interface.bodies("DELETE", "devices") == []
    station.page.click("#unpair-open")
    station.page.click("#unpair-yes")
    expect(station.page.locator("#told")).to_have_text("All pairings are taken back.")
    assert len(station.interface.bodies("DELETE", "devices")) == 1


def test_another_person_can_be_chosen(opening):
    opened = ready(opening("/station", answers(POST_person={"message": "chosen"})))
    opened.page.click("#people >> text=阿明")
    expect(opened.page.locator("#people [aria-pressed=true]")).to_have_text("阿明")
    assert opened.interface.bodies("POST", "person") == [{"person": "阿明"}]


def press(opened, key, times=1):
    for _ in range(times):
        opened.page.keyboard.press(key)


def focus_by_keyboard(opened, selector):
    """Goes on with Tab until it is there."""
    for _ in range(60):
        if opened.page.locator(selector).evaluate("element => element === document.activeElement"):
            return
        press(opened, "Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def test_moisture_is_calibrated_by_keyboard_alone(opening):
    readings = measuring((7.0, False), (2.05, True), (2.06, True), (2.06, True), (9.0, False),
                         (12.31, True), (12.30, True), (12.30, True))
    opened = ready(opening("/station", answers(POST_calibration_measure=readings)))
    focus_by_keyboard(opened, "[data-subject='skin.moisture']")
    press(opened, "Enter")
    expect(opened.page.locator("#wizard li[aria-current=step] h3")).to_have_text("The probe in air")
    assert opened.page.locator("#wizard svg").get_attribute("aria-label").startswith("The probe held in the air")
    focus_by_keyboard(opened, "#wizard-take")
    press(opened, "Enter")
    expect(opened.page.locator("#wizard li[aria-current=step] h3")).to_have_text(
        "The probe on the wet pad")
    assert "taken: 2.06 pF" in opened.page.locator("#wizard li >> nth=0").inner_text()
    focus_by_keyboard(opened, "#wizard-take")
    press(opened, "Enter")
    expect(opened.page.locator("#wizard li[aria-current=step] h3")).to_have_text("The new numbers")
    table = opened.page.locator("#wizard table").inner_text()
    assert "2.000" in table and "2.060" in table and "12.000" in table and "12.300" in table
    assert "A new baseline begins for Moisture" in opened.page.locator("#wizard").inner_text()
    focus_by_keyboard(opened, "#wizard-keep")
    press(opened, "Enter")
    expect(opened.page.locator("#told")).to_have_text("Moisture: the new numbers are in force.")
    assert opened.interface.bodies("POST", "calibrations") == [{
        "part": "fdc1004 0x50", "channel": "skin.moisture", "who": "me", "why": "measured",
        "parameters": {"air_picofarads": 2.06, "reference_picofarads": 12.3}}]
    assert opened.interface.bodies("POST", "calibration/end") == [{}]
    assert set(body["channel"] for body in opened.interface.bodies("POST", "calibration/measure")) == {
        "skin.moisture"}
    assert faults(opened) == []


def test_readings_that_are_steady_but_differ_do_not_end_a_step(opening):
    readings = measuring((2.0, True), (3.0, True), (4.0, True), (5.0, False))
    opened = ready(opening("/station", answers(POST_calibration_measure=readings)))
    opened.page.clock.install()
    opened.page.click("[data-subject='skin.moisture']")
    opened.page.click("#wizard-take")
    for _ in range(6):
        opened.page.clock.run_for(1_100)
    assert opened.page.locator("#wizard li[aria-current=step] h3").inner_text() == "The probe in air"


def test_nothing_is_taken_before_somebody_says_that_it_is_held_so(opening):
    opened = ready(opening("/station", answers()))
    opened.page.clock.install()
    opened.page.click("[data-subject='skin.moisture']")
    expect(opened.page.locator("#live-number")).to_have_text("2.05 pF")
    for _ in range(4):
        opened.page.clock.run_for(1_100)
    assert opened.page.locator("#wizard li[aria-current=step] h3").inner_text() == "The probe in air"
    assert "steady" in opened.page.locator("#live-state").inner_text()
    assert opened.page.locator("#heard").get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_cancelling_ends_the_measuring_and_keeps_nothing(station, way):
    station.page.click("[data-subject='skin.moisture']")
    expect(station.page.locator("#live-number")).to_have_text("2.05 pF")
    if way == "button":
        station.page.click("#wizard-cancel")
    else:
        press(station, way)
    expect(station.page.locator("#told")).to_have_text("Nothing was changed. Contacts are taps again.")
    assert station.interface.bodies("POST", "calibration/end") == [{}]
    assert station.interface.bodies("POST", "calibrations") == []
    focused = station.page.evaluate("document.activeElement.dataset.subject")
    assert focused == "skin.moisture"


def test_sebum_keeps_its_full_scale(opening):
    readings = measuring((19_500, True), unit="counts", part="tsl2591 0x29")
    opened = ready(opening("/station", answers(POST_calibration_measure=readings)))
    opened.page.click("[data-subject='skin.sebum']")
    opened.page.click("#wizard-take")
    opened.page.click("#wizard-keep")
    expect(opened.page.locator("#told")).to_have_text("Sebum: the new numbers are in force.")
    body = opened.interface.bodies("POST", "calibrations")[0]
    assert [body["part"], body["channel"]] == ["tsl2591 0x29", "skin.sebum"]
    assert body["parameters"] == {"fresh_strip_counts": 19_500, "full_scale_absorbance": 0.5}


def test_force_is_calibrated_by_a_known_weight(opening):
    readings = measuring((2_400, True), (2_400, True), (2_400, True), (8_800, True), unit="counts",
                         part="ads1115 0x48")
    opened = ready(opening("/station", answers(
        GET_calibrations={"items": [FORCE, SEBUM, MOISTURE], "next": None},
        POST_calibration_measure=readings)))
    opened.page.click("[data-subject='skin.force']")
    opened.page.click("#wizard-take")
    expect(opened.page.locator("#wizard li[aria-current=step] h3")).to_have_text(
        "The known weight on the probe")
    opened.page.click("#wizard-take")
    expect(opened.page.locator("#wizard-trouble")).to_have_text(
        "Type the weight in grams: a number above 0.")
    opened.page.fill("#grams", "200")
    opened.page.click("#wizard-take")
    opened.page.click("#wizard-keep")
    expect(opened.page.locator("#told")).to_have_text("Force: the new numbers are in force.")
    numbers = opened.interface.bodies("POST", "calibrations")[0]["parameters"]
    assert numbers["supply_counts"] == 26_400
    assert numbers["zero_counts"] == 2_400
    # 0.2 kg are 1.96133 N; 0.1 unit at rest and 0.5 with the weight on it.
    assert math.isclose(numbers["newtons_per_unit"], 4.903325, rel_tol=1e-9)


def test_force_is_not_offered_where_it_has_no_calibration(station):
    assert station.page.locator("[data-subject]").evaluate_all(
        "all => all.map(button => button.dataset.subject)") == ["skin.moisture", "skin.sebum"]


def test_a_calibration_that_the_station_refuses_can_be_measured_again(opening):
    refusal = (409, {"detail": "the wet reference must be above the probe in air", "hint": "measure again"})
    opened = ready(opening("/station", answers(POST_calibrations=refusal)))
    opened.page.click("[data-subject='skin.moisture']")
    opened.page.click("#wizard-take")
    expect(opened.page.locator("#wizard li >> nth=0")).to_contain_text("taken")
    opened.page.click("#wizard-take")
    opened.page.click("#wizard-keep")
    expect(opened.page.locator("#wizard-trouble")).to_have_text(
        "the wet reference must be above the probe in air – measure again")
    opened.page.get_by_role("button", name="Measure again").click()
    expect(opened.page.locator("#wizard li[aria-current=step] h3")).to_have_text("The probe in air")


def test_a_measurement_that_fails_says_so_in_the_dialog(opening):
    opened = ready(opening("/station", answers(POST_calibration_measure=(503, {
        "detail": "the station does not answer", "hint": None}))))
    opened.page.click("[data-subject='skin.moisture']")
    expect(opened.page.locator("#wizard-trouble")).to_have_text("the station does not answer")


def test_it_stands_when_nothing_answers(opening):
    broken = {"detail": "the diary cannot be read", "hint": "the log says why"}
    opened = opening("/station", {name: (500, broken) for name in answers()} | {
        "GET station": (500, broken)})
    for place in ["#facts", "#health", "#subjects", "#backups", "#settings", "#devices", "#log-said"]:
        expect(opened.page.locator(place)).to_contain_text("the diary cannot be read – the log says why")
    assert opened.complaints == []


def test_it_says_that_the_station_is_off(opening):
    off = {**STATION, "status": None}
    opened = ready(opening("/station", answers(GET_station=off)))
    assert "The station is off" in opened.page.locator("#parts").inner_text()
    assert faults(opened) == []


def test_every_kind_of_the_log_has_its_words(station):
    source = (ROOT / "Sources/Diary/Readings/Notice.swift").read_text()
    kinds = re.findall(r"\w+", " ".join(re.findall(
        r"case ([\w, ]+)\n", source.split("package enum Kind")[1])))
    words = keys(station, "/words-station.js")["zh-Hans"]
    assert len(kinds) > 50
    assert [kind for kind in kinds if f"kind {kind}" not in words] == []


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("width", [320, 420, 1280])
def test_it_can_be_used_by_everybody(opening, theme, language, width):
    opened = ready(opening("/station", answers(
        GET_calibrations={"items": [FORCE, SEBUM, MOISTURE], "next": None}), theme=theme,
        language=language, width=width))
    picture(opened, f"station-{theme}-{language}-{width}")
    assert faults(opened) == []
    assert not is_too_wide(opened)


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_dialog_can_be_used_by_everybody(opening, theme, language):
    opened = ready(opening("/station", answers(), theme=theme, language=language, width=320))
    opened.page.click("[data-subject='skin.moisture']")
    expect(opened.page.locator("#live-number")).to_have_text("2.05 pF")
    picture(opened, f"wizard-{theme}-{language}")
    assert faults(opened) == []
    assert not is_too_wide(opened)


@pytest.mark.parametrize("module", ["/words-station.js", "/words-calibration.js"])
def test_both_languages_have_the_same_words(station, module):
    words = keys(station, module)
    assert words["en"] == words["zh-Hans"]
