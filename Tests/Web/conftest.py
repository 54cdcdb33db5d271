"""A simulated station with its pages, and a browser in front of them.

Programs are those of the last build (PROGRAMS names another folder). Pictures of the pages go to the folder
that SCREENSHOTS names, where it is set.
"""

import os
import pathlib
import re
import shutil
import socket
import subprocess
import time

import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(os.environ.get("PROGRAMS", ROOT / ".build" / "debug"))
SCREENSHOTS = os.environ.get("SCREENSHOTS")


class Station:
    """A daemon on simulated parts, and the server of its pages."""

    def __init__(self, folder, scenario="week", speed="60", days=None):
        self.diary = folder / "diary.sqlite"
        self.control = folder / "diary.sqlite.control"
        self.scenario, self.speed = scenario, speed
        self.daemon = self.web = None
        if days:
            subprocess.run(
                [PROGRAMS / "skin2vecd", "--simulate", scenario, "--speed", "max", "--for", f"{days}d",
                 "--database", self.diary], check=True, stdout=subprocess.DEVNULL)

    def start(self):
        self.daemon = subprocess.Popen(
            [PROGRAMS / "skin2vecd", "--simulate", self.scenario, "--speed", self.speed,
             "--database", self.diary, "--control", self.control], stdout=subprocess.DEVNULL)
        until(lambda: self.control.exists() and self.diary.exists())
        return self

    def serve(self, port=0, *options):
        self.web = subprocess.Popen(
            [PROGRAMS / "skin2vec-web", "--database", self.diary, "--control", self.control,
             "--port", str(port), *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        # Lines on where pairings are kept and the like may come first.
        for line in self.web.stdout:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found:
                self.port = int(found.group(1))
                self.url = f"http://127.0.0.1:{self.port}"
                return self
        raise AssertionError("the server said no address")

    def stop(self, what):
        process = getattr(self, what)
        if process:
            process.terminate()
            assert process.wait(20) == 0, f"{what} ended with {process.returncode}"
        setattr(self, what, None)


def until(condition, seconds=20):
    """Waits for a condition, and fails where it does not come."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.01)


@pytest.fixture(scope="session")
def year(tmp_path_factory):
    """A station that has lived for 60 days and lives on, sixty times faster than life."""
    station = Station(tmp_path_factory.mktemp("year"), scenario="year", days=60)
    station.start().serve(0, "--write-rate", "1000")
    yield station
    station.stop("web")
    station.stop("daemon")


@pytest.fixture
def own(tmp_path):
    """A young station of the test's own, which it may stop."""
    station = Station(tmp_path)
    yield station
    for what in ("web", "daemon"):
        if getattr(station, what):
            station.stop(what)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A page in English on a phone; what it complains of fails the test."""
    context = browser.new_context(viewport={"width": 420, "height": 900}, locale="en-GB")
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.complaints = complaints
    yield page
    context.close()
    # A station that was stopped on purpose is no fault of the page's.
    assert [line for line in complaints if "ERR_CONNECTION" not in line] == []


@pytest.fixture
def picture(request):
    """Keeps a picture of a page, where pictures are kept."""

    def keep(page, name):
        if SCREENSHOTS:
            os.makedirs(SCREENSHOTS, exist_ok=True)
            page.screenshot(path=f"{SCREENSHOTS}/{name}.png", full_page=True)

    return keep
