"""A browser on the pages as they are in the checkout, with an interface that says what a test wants."""

import json
import os
import pathlib
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "Sources/Station/Dashboard/Pages"
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
         ".webmanifest": "application/manifest+json"}


def policy():
    """The content security policy that the server sends, out of its source."""
    source = (ROOT / "Sources/Station/Dashboard/Serving/WebSite.swift").read_text()
    begin = source.index('"content-security-policy"')
    pieces = re.findall(r'"((?:[^"\\]|\\.)*)"', source[begin:source.index("),", begin)])
    return "".join(pieces[1:])


def figure_style():
    """The style that every figure brings, out of its source."""
    source = (ROOT / "Sources/Analysis/Figures/Figure.swift").read_text()
    text = source.split('static let style = """')[1].split('"""')[0]
    return text.replace("\\\n", "").replace("    ", "").strip()


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/api/v1/news":
            return self.tell()
        file = PAGES / path.lstrip("/")
        if not file.suffix:
            file = PAGES / (path.lstrip("/") + ".html")
        if not file.is_file():
            return self.send_error(404)
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("content-type", TYPES[file.suffix])
        self.send_header("content-length", str(len(body)))
        self.send_header("content-security-policy", policy())
        self.end_headers()
        self.wfile.write(body)

    def tell(self):
        """News that never come, over a line that stays open."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        self.wfile.flush()
        self.server.over.wait()

    def log_message(self, *about):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.over = threading.Event()
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


STATION = {
    "now_utc_us": 1_772_633_174_000_000, "zone": "Europe/Berlin", "utc_offset_s": 3600,
    "people": [{"name": "me", "sites": ["cheek"]}, {"name": "阿明", "sites": ["cheek"]}],
    "default_person": "me", "kinds": ["late_night"], "is_night": False, "tap": None,
    "status": {
        "time_utc_us": 1_772_633_174_000_000, "started_utc_us": 1_772_568_785_000_000,
        "uptime_s": 64_389.5, "simulated": True, "clock": "synced", "person": "me",
        "pending_taps": 0, "last_tap": "morning tap saved: moisture 39.1 ±0.9 (5 of 5 touches)",
        "written_today_bytes": 3_100_000, "written_yesterday_bytes": 5_200_000,
        "mean_of_7_days_bytes": None, "limit_per_day_bytes": 10_000_000,
        "journal_volatile": False, "settings": "read at the start",
        "parts": [
            {"part": "sen55 0x69", "product": "SEN55", "serial": "51A2C3D4E5F60718",
             "firmware": "2.0", "state": "running", "says": None, "age_s": 21.5,
             "uptime_s": 64_387.9,
             "counters": {"samples": 1076, "corrupted": 2, "not_acknowledged": 1,
                          "other_failures": 0, "recoveries": 1, "restarts": 0}},
            {"part": "fdc1004 0x50", "product": "FDC1004", "serial": None, "firmware": None,
             "state": "lost", "says": "no answer", "age_s": 28_680, "uptime_s": None,
             "counters": {"samples": 119, "corrupted": 0, "not_acknowledged": 0,
                          "other_failures": 0, "recoveries": 0, "restarts": 0}},
        ],
    },
}


class Interface:
    """Answers by method and path; an answer is JSON, a status with JSON, or what a function says."""

    def __init__(self, answers):
        self.answers = {"GET station": STATION, **answers}
        self.asked = []

    def bodies(self, method, path):
        return [body for asked, place, _, body in self.asked if (asked, place) == (method, path)]

    def queries(self, path):
        return [query for method, place, query, _ in self.asked if (method, place) == ("GET", path)]

    def __call__(self, route, request):
        path, _, query = request.url.split("/", 3)[3].partition("?")
        path = path.removeprefix("api/v1/")
        if path == "news":
            return route.continue_()
        body = json.loads(request.post_data) if request.post_data else None
        self.asked.append((request.method, path, query, body))
        answer = self.answers.get(f"{request.method} {path}", (404, {
            "detail": f"there is nothing at {path}", "hint": None}))
        if callable(answer):
            answer = answer(query, body)
        if isinstance(answer, str):
            return route.fulfill(status=200, content_type="image/svg+xml", body=answer)
        status, value = answer if isinstance(answer, tuple) else (200, answer)
        route.fulfill(status=status, content_type="application/json", body=json.dumps(value))


class Opened:
    """A page that is open, with all that it complained of."""

    def __init__(self, page, interface):
        self.page = page
        self.interface = interface
        self.complaints = []
        page.on("console", lambda line: self.complaints.append(line.text)
                if line.type == "error" and "Failed to load resource" not in line.text else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture
def opening(site, browser):
    """Opens a page: `opening("/station", answers, language=…, theme=…, width=…)`."""
    contexts = []

    def open_page(path, answers, language="en", theme="day", width=1280):
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=language,
                                      service_workers="block", reduced_motion="reduce")
        contexts.append(context)
        context.add_init_script(
            f"localStorage.setItem('language', '{language}'); localStorage.setItem('theme', '{theme}')")
        page = context.new_page()
        page.set_default_timeout(15_000)
        opened = Opened(page, Interface(answers))
        page.route("**/api/v1/**", opened.interface)
        page.route("**/figures/**", opened.interface)
        page.goto(site + path)
        return opened

    yield open_page
    for context in contexts:
        context.close()


def picture(opened, name):
    """A picture of the whole page, where somebody wants to look at it."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        opened.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def faults(opened):
    """What axe finds, in words, and what the browser complained of."""
    found = Axe().run(opened.page).response["violations"]
    return opened.complaints + [
        f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


def is_too_wide(opened):
    """Whether the page as a whole scrolls sideways."""
    return opened.page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth")


def keys(opened, module):
    """The keys of a module's words, by language, with how each is said."""
    return opened.page.evaluate(
        """async (module) => Object.fromEntries(Object.entries((await import(module)).words)
           .map(([language, words]) => [language, Object.fromEntries(
             Object.entries(words).map(([key, word]) => [key, typeof word]))]))""", module)
