"""News for a program in the house."""

import http.server
import json
import threading
import urllib.request

from conftest import until


class Receiver(http.server.BaseHTTPRequestHandler):
    """Takes what is posted; the first piece only at the second try."""

    heard, refused = [], []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if not self.refused:
            self.refused.append(body)
            self.send_response(503)
        else:
            self.heard.append((self.path, body))
            self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_taps_and_events_are_told_once_each(own, tmp_path):
    receiver = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    config = tmp_path / "skin2vec.yaml"
    config.write_text(f"web: {{webhook: 'http://127.0.0.1:{receiver.server_port}/hook/skin'}}\n")
    own.start().serve(0, "--config", str(config))
    until(lambda: Receiver.heard, 40)
    path, tap = Receiver.heard[0]
    assert path == "/hook/skin"
    assert tap["what"] == "tap" and tap["state"] == "saved" and tap["accepted"] > 0
    assert Receiver.refused[0] == tap
    request = urllib.request.Request(
        own.url + "/api/v1/events", method="POST", headers={"content-type": "application/json"},
        data=json.dumps({"kind": "sun", "weight": 0.5}).encode())
    number = json.load(urllib.request.urlopen(request))["number"]
    until(lambda: any(news["what"] == "event" for _, news in Receiver.heard), 20)
    events = [news for _, news in Receiver.heard if news["what"] == "event"]
    assert [event["event_id"] for event in events] == [number]
    assert events[0]["kind"] == "sun" and events[0]["weight"] == 0.5
    receiver.shutdown()
