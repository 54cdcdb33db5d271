"""What was tried against the server, from the board itself and from another address."""

import http.client
import json
import os
import re
import select
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from conftest import PROGRAMS, until


def talk(station, raw, seconds=5, host=None):
    """Sends bytes as they are, and returns what comes back until the other side ends or is silent."""
    with socket.create_connection((host or "127.0.0.1", station.port), timeout=seconds) as line:
        line.sendall(raw)
        line.settimeout(seconds)
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
                head, split, body = answer.partition(b"\r\n\r\n")
                length = re.search(rb"content-length: (\d+)", head, re.I)
                if split and length and len(body) >= int(length.group(1)):
                    break
        except (TimeoutError, ConnectionResetError):
            pass
        return answer


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else None


def get(path, *headers, method="GET", body=b"", host="127.0.0.1"):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "//etc/passwd",
     "/lib/../../../etc/passwd", "/figures/..%2f..%2fanalysis.csv", "/figures/../x.svg", "/%00", "/style.css%00.js",
     "/\\..\\..\\etc\\passwd", "/lib/dygraph.min.js/../../x"])
def test_no_path_leads_out(year, path):
    answer = talk(year, get(path))
    assert status(answer) in (400, 404)
    assert b"root:" not in answer


JSON = "Content-Type: application/json"


def score(*headers, host=None):
    body = json.dumps({"dimension": "oil", "value": 1}).encode()
    return get("/api/v1/scores", JSON, *headers, method="POST", body=body, host=host or "127.0.0.1")


@pytest.mark.parametrize(
    "header",
    ["Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site",
     "Sec-Fetch-Site: same-site", "Origin: http://127.0.0.1.evil.example",
     "Origin: http://127.0.0.1:1"])
def test_another_site_changes_nothing(year, header):
    assert status(talk(year, score(header))) == 403


def test_a_form_of_another_site_changes_nothing(year):
    # What a page elsewhere may send without asking first (a simple request of CORS).
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        body = b'{"dimension":"oil","value":1}'
        raw = get("/api/v1/scores", f"Content-Type: {kind}", method="POST", body=body)
        assert status(talk(year, raw)) == 415


def test_a_name_that_was_made_to_lead_here_is_refused(year):
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example"):
        assert status(talk(year, get("/api/v1/tonight", host=host))) == 403


def test_no_answer_lets_another_site_read(year):
    answer = talk(year, get("/api/v1/tonight", "Origin: http://evil.example"))
    assert b"access-control-allow" not in answer.lower()
    preflight = get(
        "/api/v1/scores", "Origin: http://evil.example", "Access-Control-Request-Method: POST",
        method="OPTIONS")
    answer = talk(year, preflight)
    assert status(answer) in (403, 405)
    assert b"access-control-allow" not in answer.lower()


def test_a_body_that_is_too_large_is_refused(year):
    assert status(talk(year, get("/api/v1/daily", JSON, method="POST", body=b"[" * 70_000))) == 413


def test_a_body_that_never_ends_is_given_up(year):
    head = get("/api/v1/daily", JSON, "Transfer-Encoding: chunked", method="POST")
    with socket.create_connection(("127.0.0.1", year.port), timeout=20) as line:
        line.sendall(head)
        sent = 0
        try:
            while sent < 100 * 2**20:
                line.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")
                sent += 65536
        except (ConnectionResetError, BrokenPipeError, TimeoutError):
            pass
    assert sent < 100 * 2**20


@pytest.mark.parametrize("kind", ["head", "body"])
def test_who_is_slow_holds_up_nobody(year, kind):
    """More connections than there may be, that send a byte now and then: others are answered as ever."""
    lines = []
    try:
        for _ in range(600):
            line = socket.create_connection(("127.0.0.1", year.port), timeout=5)
            line.sendall(
                b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "
                if kind == "head"
                else get("/api/v1/daily", JSON, "Content-Length: 1000", method="POST") + b"{")
            lines.append(line)
        for _ in range(5):
            begun = time.monotonic()
            assert status(talk(year, get("/api/v1/station"))) == 200
            assert time.monotonic() - begun < 2
            for line in lines:
                try:
                    line.sendall(b"a")
                except (ConnectionResetError, BrokenPipeError):
                    pass
    finally:
        for line in lines:
            line.close()


def test_news_cannot_be_exhausted(year):
    """More pages than there may be: the ones too many are told so, and the rest goes on."""
    lines, refused = [], 0
    try:
        for _ in range(200):
            line = socket.create_connection(("127.0.0.1", year.port), timeout=5)
            line.sendall(get("/api/v1/news", "Accept: text/event-stream"))
            lines.append(line)
        for line in lines:
            line.settimeout(5)
            refused += b" 429 " in line.recv(200)
        assert refused > 0
        assert status(talk(year, get("/api/v1/station"))) == 200
    finally:
        for line in lines:
            line.close()
    # Those that went have given their places back.
    until(lambda: b" 200 " in talk(year, get("/api/v1/news"), seconds=1)[:20])


def test_places_come_back_while_the_station_is_off(own):
    """Nothing happens then that would be told to a page that has gone: it is found out all the same."""
    own.start().serve()
    own.stop("daemon")
    lines = []
    while len(lines) < 100:
        line = socket.create_connection(("127.0.0.1", own.port), timeout=5)
        line.sendall(get("/api/v1/news"))
        lines.append(line)
    for line in lines:
        assert b"HTTP/1.1" in line.recv(200)
        line.close()
    until(lambda: b" 200 " in talk(own, get("/api/v1/news"), seconds=1)[:20], 40)


@pytest.mark.parametrize(
    "value", ["x%0d%0aSet-Cookie:%20a=b", "x%0aX-Evil:%201", "x%00", "%E2%80%AE", "a%22%0d%0a"])
def test_no_header_can_be_injected(year, value):
    for path in (f"/figures/{value}.csv", f"/api/v1/events?kind={value}&limit=1", f"/api/v1/{value}",
                 f"/{value}"):
        head = talk(year, get(path)).partition(b"\r\n\r\n")[0].lower()
        assert b"set-cookie" not in head and b"x-evil" not in head


@pytest.mark.parametrize(
    "raw",
    [b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", b"\x00" * 100, b"GET\r\n\r\n",
     b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(500)) + b"\r\n",
     b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
     b"POST /api/v1/daily HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     b"POST /api/v1/daily HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n"])
def test_what_is_no_request_ends_only_itself(year, raw):
    answer = talk(year, raw, seconds=1)
    assert status(answer) in (None, 400, 403, 404, 413, 414, 431, 505)
    assert status(talk(year, get("/api/v1/station"))) == 200


def test_who_asks_too_often_is_told_to_wait(own):
    own.start().serve()
    line = http.client.HTTPConnection("127.0.0.1", own.port)
    seen = set()
    for _ in range(200):
        line.request("DELETE", "/api/v1/events/999999", headers={"Host": "127.0.0.1"})
        answer = line.getresponse()
        answer.read()
        seen.add(answer.status)
        if answer.status == 429:
            assert int(answer.headers["retry-after"]) >= 1
            break
    assert 429 in seen


def test_a_code_cannot_be_guessed(own):
    own.start().serve()
    seen = []
    for number in range(20):
        body = json.dumps({"code": f"{number:08}"}).encode()
        raw = get("/api/v1/pairing", JSON, method="POST", body=body)
        seen.append(status(talk(own, raw)))
    assert set(seen) <= {409, 429} and 429 in seen


def test_every_answer_forbids_what_pages_do_not_need(year):
    for path in ("/", "/api/v1/tonight", "/nowhere", "/style.css"):
        head = talk(year, get(path)).partition(b"\r\n\r\n")[0].decode().lower()
        policy = re.search(r"content-security-policy: (.*)", head).group(1)
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "x-content-type-options: nosniff" in head
        assert "referrer-policy: no-referrer" in head


def test_a_proxy_on_the_board_does_not_open_it(year):
    for header in ("X-Forwarded-For: 192.168.1.9", "Forwarded: for=192.168.1.9", "Via: 1.1 proxy"):
        assert status(talk(year, get("/api/v1/tonight", header))) == 401
