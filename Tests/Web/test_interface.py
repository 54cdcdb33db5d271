"""The interface against its own document, and what a document cannot say."""

import csv
import io
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
import xml.etree.ElementTree as xml

import pytest

from conftest import PROGRAMS, Station


def ask(station, path, **headers):
    request = urllib.request.Request(
        station.url + path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    with urllib.request.urlopen(request) as answer:
        return answer.headers, answer.read()


def test_no_answer_is_another_than_the_document_says(tmp_path):
    """Some thousand requests out of the document: no server's fault, nothing undocumented.

    What they write stays in a diary of their own.
    """
    station = Station(tmp_path, scenario="year", days=20).start().serve(0, "--write-rate", "1000")
    outcome = subprocess.run(
        [pathlib.Path(sys.executable).parent / "st", "run", station.url + "/api/v1/openapi.json",
         # The stream of news has no end.
         "--exclude-path", "/api/v1/news", "--max-examples", "40", "--seed", "20261129", "--no-color"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/tmp")
    station.stop("web")
    station.stop("daemon")
    print(outcome.stdout[-6000:])
    assert outcome.returncode == 0
    generated = re.search(r"(\d+) generated, (\d+) passed", outcome.stdout)
    assert generated and int(generated.group(1)) > 1000


def test_the_lists_are_the_views(year):
    diary = sqlite3.connect(f"file:{year.diary}?mode=ro", uri=True)
    diary.row_factory = sqlite3.Row
    wanted = [dict(row) for row in diary.execute(
        "SELECT * FROM v1_slot WHERE channel = 'skin.moisture' AND local_date <= '2026-02-01' "
        "ORDER BY local_date, slot DESC")]
    path = "/api/v1/slots?channel=skin.moisture&to=2026-02-01&limit=7"
    found = []
    while path:
        _, body = ask(year, path)
        page = json.loads(body)
        found += page["items"]
        path = page["next"] and (
            "/api/v1/slots?channel=skin.moisture&to=2026-02-01&limit=7&after=" + page["next"])
    assert len(found) > 40
    assert found == wanted


def test_rows_come_as_csv_and_as_lines(year):
    path = "/api/v1/sessions?limit=5"
    _, body = ask(year, path)
    rows = json.loads(body)["items"]
    headers, body = ask(year, path, Accept="text/csv")
    assert headers["content-type"].startswith("text/csv")
    read = list(csv.DictReader(io.StringIO(body.decode())))
    assert [row["session_id"] for row in read] == [str(row["session_id"]) for row in rows]
    headers, body = ask(year, path, Accept="application/x-ndjson")
    assert [json.loads(line) for line in body.decode().splitlines()] == rows
    assert "rel=\"next\"" in headers["link"]


def test_what_is_as_it_was_is_not_sent_again(year):
    path = "/api/v1/slots?to=2026-01-20&limit=50"
    headers, _ = ask(year, path)
    with pytest.raises(urllib.error.HTTPError) as answer:
        ask(year, path, If_None_Match=headers["etag"])
    assert answer.value.code == 304
    assert answer.value.read() == b""


def test_no_extreme_is_lost_where_curves_are_thinned(year):
    _, body = ask(year, "/api/v1/timeline?points=50")
    timeline = json.loads(body)
    diary = sqlite3.connect(f"file:{year.diary}?mode=ro", uri=True)
    assert timeline["panels"]
    for panel in timeline["panels"]:
        for slot, curve in panel["slots"].items():
            low, high, count = diary.execute(
                "SELECT min(value), max(value), count(*) FROM v1_slot WHERE channel = ? AND site = ? "
                "AND slot = ? AND local_date BETWEEN ? AND ?",
                (panel["channel"], panel["site"], slot, timeline["from"], timeline["to"])).fetchone()
            assert min(v for v in curve["min"] if v is not None) == low
            assert max(v for v in curve["max"] if v is not None) == high
            assert sum(curve["n"]) == count
            assert len(curve["date"]) <= 50


def test_a_value_is_explained_in_the_words_of_the_command(year):
    path = "/api/v1/explain?date=2026-01-20&slot=morning&channel=skin.moisture"
    _, body = ask(year, path)
    lines = json.loads(body)["lines"]
    assert "2026-01-20" in lines[0]
    command = PROGRAMS / "skin2vec"
    if command.exists():
        said = subprocess.run(
            [command, "explain", "2026-01-20", "morning", "skin.moisture", "--database", year.diary,
             "--control", year.control], stdout=subprocess.PIPE, text=True)
        if said.returncode == 0:
            assert said.stdout.splitlines() == lines
    _, body = ask(year, path + "&language=zh-Hans")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in json.loads(body)["lines"][0])


def test_figures_are_drawn_in_both_languages_and_have_their_numbers(year):
    subprocess.run(
        [PROGRAMS / "skin2vec-analyse", "all", "--database", year.diary], check=True,
        stdout=subprocess.DEVNULL)
    _, body = ask(year, "/api/v1/figures")
    figures = json.loads(body)["figures"]
    assert figures
    for figure in figures:
        drawings = []
        for language in ("en", "zh-Hans"):
            headers, body = ask(year, f"/figures/{figure['name']}.svg?language={language}")
            assert headers["content-type"] == "image/svg+xml"
            root = xml.fromstring(body)
            assert root.find("{http://www.w3.org/2000/svg}title").text
            drawings.append(body)
        assert drawings[0] != drawings[1]
        headers, body = ask(year, f"/figures/{figure['name']}.csv")
        assert headers["content-type"].startswith("text/csv")
        assert len(body.decode().splitlines()) >= 1
    _, body = ask(year, "/api/v1/findings")
    names = {figure["name"] for figure in figures}
    found = json.loads(body)["findings"]
    assert {name for finding in found for name in finding["figures"]} >= {
        figure["name"] for figure in figures if figure["analysis"] in ("humidity", "forecast")}
    for finding in found:
        assert set(finding["figures"]) <= names
        assert (finding["value"] is not None) or finding["silence"] or not finding["is_claim"]
        if finding["value"] is not None:
            assert finding["low"] <= finding["high"] and finding["level"]


def test_news_come_as_they_happen(own):
    own.start().serve()
    stream = urllib.request.urlopen(own.url + "/api/v1/news", timeout=30)
    assert stream.headers["content-type"] == "text/event-stream"
    kinds, states = set(), []
    while "saved" not in states:
        line = stream.readline().decode()
        if line.startswith("event: "):
            kind = line[7:].strip()
            kinds.add(kind)
            news = json.loads(stream.readline().decode()[6:])
            if kind == "tap":
                states.append(news["state"])
    assert {"status", "tap"} <= kinds
    order = [states.index(state) for state in ("hold", "lift", "saved")]
    assert order == sorted(order)
