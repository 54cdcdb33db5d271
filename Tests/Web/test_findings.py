"""The page Findings in a browser. Run: python -m pytest Tests/Web/test_findings.py"""

import urllib.parse

import pytest
from playwright.sync_api import expect

from station_support import (
    faults, figure_style, is_too_wide, keep_picture, keys, opening, site)


def finding(number, analysis, sentence, **more):
    return {"number": number, "analysis": analysis, "person": "me", "subject": "", "sentence": sentence,
            "is_claim": False, "value": None, "low": None, "high": None, "level": None, "unit": "",
            "n": 0, "evidence": None, "adjusted_for": [], "silence": None, "details": {}, "figures": [], **more}


MOISTURE = {"outcome": "skin.moisture at cheek"}
NO_BELL = "no bell is seen: neither dry nor damp air costs moisture for sure"
NO_TRIAL = "no randomised trial yet: 'skin2vec plan late_night' proposes one"
TOO_FEW = "72 readings over 40 days in this epoch so far"
FINDINGS = {"made_utc_us": 1_772_600_000_000_000, "findings": [
    finding(1, "trials", NO_TRIAL, silence=NO_TRIAL, figures=["trials-me"]),
    finding(2, "effects", "skin.moisture at cheek after late_night: −4.3 at its strongest, about 1 day after",
            is_claim=True, value=-4.3, low=-5.2, high=-3.3, level=0.9, n=622, evidence="replicated",
            adjusted_for=["season", "air.humidity"], details={**MOISTURE, "event": "late_night"},
            figures=["lag-me-skin-moisture-cheek-late-night"]),
    finding(3, "effects", "skin.moisture at cheek after spicy_food: no effect shown (+1.2)",
            value=1.2, low=0.1, high=2.4, level=0.9, n=622, evidence="none",
            details={**MOISTURE, "event": "spicy_food"}),
    finding(4, "watch", "skin.sebum at cheek has been moving since about 2026-03-09", is_claim=True,
            value=2.45, low=1.64, high=3.27, level=0.9, unit="own SD", n=742,
            details={"outcome": "skin.sebum at cheek", "noticed_on": "2026-05-30"},
            figures=["alarm-me-skin-sebum-cheek-2026-05-30"]),
    finding(5, "humidity", "the best humidity for skin.moisture at cheek: " + NO_BELL,
            silence=NO_BELL, details=MOISTURE, figures=["humidity-me-skin-moisture-cheek"]),
    finding(6, "forecast", "skin.moisture at cheek will likely be 53.9", value=53.9, low=50.3, high=57.6,
            level=0.9, n=371, details={**MOISTURE, "horizon": "1"},
            figures=["forecast-me-skin-moisture-cheek"]),
    finding(7, "forecast", "skin.moisture at cheek in the morning of 2026-07-25: 49.6", value=49.6,
            low=46.1, high=53.0, level=0.9, n=371, details={**MOISTURE, "horizon": "2"},
            figures=["forecast-me-skin-moisture-cheek"]),
    finding(8, "watch", "whether skin.moisture at cheek changes: " + TOO_FEW, silence=TOO_FEW,
            details=MOISTURE),
]}


def kept(name, analysis, title, n, silence=None):
    return {"name": name, "analysis": analysis, "person": "me", "title": title, "n": n,
            "silence": silence}


FIGURES = {"figures": [
    kept("effects-me-skin-moisture-cheek", "effects", "Skin moisture at cheek: effects of events", 622),
    kept("lag-me-skin-moisture-cheek-late-night", "effects", "Skin moisture at cheek after late_night", 622),
    kept("humidity-me-skin-moisture-cheek", "humidity", "Skin moisture at cheek over humidity", 371, NO_BELL),
    kept("alarm-me-skin-sebum-cheek-2026-05-30", "watch",
         "Skin sebum at cheek: change noticed on 2026-05-30", 742),
    kept("forecast-me-skin-moisture-cheek", "forecast", "Skin moisture at cheek: forecast", 371),
    kept("trials-me", "trials", "Randomised trials", 0, NO_TRIAL),
]}


def drawing(title):
    """A figure as the program draws it: with its style, a title, and ids that all figures share."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="s2v" viewBox="0 0 720 200" width="720" '
        'height="200" role="img" aria-labelledby="figure-title figure-desc">'
        f'<title id="figure-title">{title}</title><desc id="figure-desc">0.2 (0.1 to 0.3).</desc>'
        f'<style>{figure_style()}</style><rect class="s2v-paper" width="100%" height="100%"/>'
        f'<text x="12" y="22" class="s2v-head">{title}</text>'
        '<line class="s2v-axis" x1="40" y1="160" x2="700" y2="160"/>'
        '<line class="s2v-one" x1="200" y1="80" x2="420" y2="80"/>'
        '<circle class="s2v-dot" cx="310" cy="80" r="4"/>'
        '<line class="s2v-two" x1="80" y1="120" x2="640" y2="60"/>'
        '<text class="s2v-small" x="12" y="190">n = 622 readings, 31 occasions</text></svg>')


def answers(findings=FINDINGS, figures=FIGURES):
    said = {"GET findings": findings, "GET figures": figures}
    for figure in figures["figures"] if isinstance(figures, dict) else []:
        said[f"GET figures/{figure['name']}.svg"] = drawing(figure["title"])
    return said


@pytest.fixture
def page(opening):
    opened = opening("/findings", answers())
    expect(opened.page.locator(".figure svg")).to_have_count(6)
    return opened


def test_claims_come_first_each_with_its_grade_in_words(page):
    claims = page.page.locator("#claimed article")
    assert claims.count() == 2
    text = claims.nth(0).inner_text()
    assert "−4.3 at its strongest" in text
    assert "Replicated" in text and "the second half says it again" in text
    assert "90 % interval −5.20 to −3.30" in text
    assert "n = 622" in text
    assert "adjusted for season, Humidity" in text


def test_a_claim_holds_its_own_figure(page):
    def names(place):
        return page.page.locator(f"#claimed article >> nth={place} >> .figure").evaluate_all(
            "all => all.map(figure => figure.dataset.name)")
    assert names(0) == ["lag-me-skin-moisture-cheek-late-night"]
    assert names(1) == ["alarm-me-skin-sebum-cheek-2026-05-30"]


def test_every_figure_is_within_the_page_with_a_title_of_its_own(page):
    titles = page.page.locator(".figure svg").evaluate_all(
        "all => all.map(svg => document.getElementById(svg.getAttribute('aria-labelledby')"
        ".split(' ')[0]).textContent)")
    assert sorted(titles) == sorted(figure["title"] for figure in FIGURES["figures"])


def test_no_id_is_there_twice(page):
    ids = page.page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(ids) == len(set(ids))


def test_a_figure_that_abstains_says_why_and_every_figure_says_n(page):
    figure = page.page.locator("[data-name=humidity-me-skin-moisture-cheek]")
    assert NO_BELL in figure.locator(".reason").inner_text()
    captions = page.page.locator(".figure figcaption").all_inner_texts()
    assert len(captions) == 6
    assert all("n = " in caption for caption in captions)


def test_a_figure_links_its_picture_and_its_data(page):
    figure = page.page.locator("[data-name=forecast-me-skin-moisture-cheek]")
    assert figure.locator("a").evaluate_all("all => all.map(link => link.getAttribute('href'))") == [
        "/figures/forecast-me-skin-moisture-cheek.svg?language=en",
        "/figures/forecast-me-skin-moisture-cheek.csv"]


def test_what_cannot_be_said_stands_with_its_reason_and_n(page):
    silent = page.page.locator("#silent li").all_inner_texts()
    assert any(NO_BELL in line and "(n = 371)" in line for line in silent)
    assert sum(NO_TRIAL in line for line in silent) == 1
    assert len(silent) == 3


def test_a_silence_without_a_count_says_none(page):
    silent = page.page.locator("#silent li").all_inner_texts()
    assert ["n = " in line for line in silent if TOO_FEW in line] == [False]


def test_what_is_not_shown_stands_in_its_group_with_its_interval(page):
    group = page.page.locator("[data-analysis=effects]").inner_text()
    assert "no effect shown (+1.2)" in group
    assert "90 % interval 0.10 to 2.40" in group


def test_later_forecasts_are_folded_away(page):
    group = page.page.locator("[data-analysis=forecast]")
    assert group.locator("ul >> nth=0 >> li").count() == 1
    assert not group.locator("details li").is_visible()
    group.locator("summary").press("Enter")
    assert "49.6" in group.locator("details li").inner_text()


def test_figures_take_the_colours_of_the_night(opening):
    opened = opening("/findings", answers(), theme="night")
    opened.page.wait_for_selector(".figure svg text")
    colours = opened.page.evaluate(
        """() => [getComputedStyle(document.querySelector('.figure svg text')).fill,
           getComputedStyle(document.body).color]""")
    assert colours[0] == colours[1] == "rgb(232, 201, 160)"


def test_another_person_is_asked_for_and_kept_in_the_address(page):
    page.page.select_option("#person", "阿明")
    page.page.wait_for_url("**/findings?person=*")
    expect(page.page.locator(".figure svg")).to_have_count(6)
    assert urllib.parse.unquote(page.page.url).endswith("?person=阿明")
    assert urllib.parse.unquote(page.interface.queries("findings")[-1]) == "person=阿明&language=en"


def test_the_other_language_asks_for_its_sentences_and_figures(page):
    page.page.click("#language")
    expect(page.page.locator("#claims-title")).to_have_text("日记能说明什么")
    page.page.wait_for_selector("a[href$='.svg?language=zh-Hans']")
    assert page.interface.queries("findings")[-1] == "person=me&language=zh-Hans"
    assert page.interface.queries("figures")[-1] == "person=me&language=zh-Hans"


def test_where_there_is_nothing_yet_it_says_how_to_get_it(opening):
    opened = opening("/findings", answers({"made_utc_us": None, "findings": []}, {"figures": []}))
    opened.page.wait_for_selector("#none")
    text = opened.page.locator("#none").inner_text()
    assert "skin2vec analyse" in text
    assert "systemctl enable --now skin2vec-analyse.timer" in text
    assert faults(opened) == []


def test_what_fails_says_so_in_its_place(opening):
    opened = opening("/findings", {"GET findings": (503, {
        "detail": "there is no diary yet", "hint": "start the station: skin2vecd"})})
    opened.page.wait_for_selector("text=there is no diary yet – start the station: skin2vecd")
    assert opened.page.locator("#meaning dt").count() > 5
    assert opened.complaints == []


def test_a_figure_that_fails_leaves_the_others(opening):
    said = answers()
    said["GET figures/forecast-me-skin-moisture-cheek.svg"] = (404, {"detail": "no such figure"})
    opened = opening("/findings", said)
    opened.page.wait_for_selector("[role=alert] >> text=no such figure")
    expect(opened.page.locator(".figure svg")).to_have_count(5)


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("width", [320, 420, 1280])
def test_it_can_be_used_by_everybody(opening, theme, language, width):
    opened = opening("/findings", answers(), theme=theme, language=language, width=width)
    expect(opened.page.locator(".figure svg")).to_have_count(6)
    keep_picture(opened, f"findings-{theme}-{language}-{width}")
    assert faults(opened) == []
    assert not is_too_wide(opened)


def test_both_languages_have_the_same_words(page):
    words = keys(page, "/words-findings.js")
    assert words["en"] == words["zh-Hans"]
