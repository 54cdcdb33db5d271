"""Works v1_slot out anew from v1_session, v1_touch, v1_air and v1_epoch, and prints it.

Written from section 5 of the design with Python's standard library, not from the Swift code.

    python3 recompute.py DIARY

prints the rows it expects. SixtyDaysTests compares them with v1_slot.
"""

import sqlite3
import statistics
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta, timezone

FLOORS = {"skin.moisture": 2.0, "skin.sebum": 3.0, "air.temperature": 0.2, "air.humidity": 1.0}
HOUR = 3_600_000_000
diary = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)


def spread_of(values):
    middle = statistics.median(values)
    return 1.4826 * statistics.median(abs(v - middle) for v in values)


def epoch(person, channel, site, when):
    """The last epoch of the series that had begun, or else its first."""
    rows = diary.execute(
        "SELECT began_utc_us, epoch FROM v1_epoch WHERE person = ? AND channel = ? AND site IS ?"
        " ORDER BY began_utc_us, epoch", (person, channel, site)).fetchall()
    return ([e for began, e in rows if began <= when] or [rows[0][1]])[-1]


def slot_end(day, slot):
    midnight = datetime.fromisoformat(day).replace(tzinfo=timezone.utc)
    hours = 14 if slot == "morning" else 28
    return int((midnight + timedelta(hours=hours)).timestamp()) * 1_000_000


# The values of the skin: the best session of each slot, channel and site.
candidates = defaultdict(lambda: defaultdict(list))
for person, day, slot, channel, site, session, began, value, own in diary.execute(
    "SELECT s.person, s.local_date, s.slot, t.channel, t.site, s.session_id, s.started_utc_us,"
    " t.value, t.spread FROM v1_touch t JOIN v1_session s USING (session_id) WHERE t.accepted"):
    candidates[person, day, slot, channel, site][session, began].append((value, own))

values = []
for (person, day, slot, channel, site), sessions in candidates.items():
    (session, began), touches = max(
        sessions.items(), key=lambda item: (len(item[1]), item[0][1], item[0][0]))
    x = statistics.median(v for v, _ in touches)
    spread = touches[0][1] if len(touches) == 1 else spread_of([v for v, _ in touches])
    quality = "suspect" if spread > max(FLOORS[channel], 0.1 * abs(x)) else "ok"
    values.append((person, day, slot, channel, site, x, spread, len(touches), quality, session,
                   epoch(person, channel, site, began)))

# The values of the air: before the best session of the slot, or before the slot's end.
best = {}
for person, day, slot, session, began, accepted in diary.execute(
    "SELECT person, local_date, slot, session_id, started_utc_us, accepted FROM v1_session"
    " WHERE accepted > 0 ORDER BY accepted, started_utc_us, session_id"):
    best[person, day, slot] = session, began
first = dict(diary.execute("SELECT person, min(started_utc_us) FROM v1_session GROUP BY person"))
last = diary.execute("SELECT max(time_utc_us) FROM v1_air").fetchone()[0]
samples = diary.execute(
    "SELECT channel, time_utc_us, value FROM v1_air WHERE quality = 'ok'").fetchall()
for person, known in first.items():
    day = datetime.fromtimestamp(known / 1e6, timezone.utc).date() - timedelta(days=1)
    while True:
        day += timedelta(days=1)
        if slot_end(day.isoformat(), "morning") - 12 * HOUR > last:
            break
        for slot in ("morning", "evening"):
            end = slot_end(day.isoformat(), slot)
            session, when = best.get((person, day.isoformat(), slot), (None, end))
            # Slots before the person was known, and the one that has not ended, have none.
            if session is None and (end <= known or end > last + 3 * HOUR):
                continue
            for channel in ("air.temperature", "air.humidity"):
                window = [v for c, t, v in samples if c == channel and when - 12 * HOUR <= t < when]
                if window:
                    values.append((person, day.isoformat(), slot, channel, None,
                                   sum(window) / len(window), None, len(window), "ok", session,
                                   epoch(person, channel, None, when)))

# Each against its own series.
series = defaultdict(list)
for row in values:
    series[row[10], row[2]].append((date.fromisoformat(row[1]), row[5], row[8]))


def deviation(x, others, floor):
    return (x - statistics.median(others)) / max(spread_of(others), floor)


def shown(cell):
    return "–" if cell is None else f"{cell:.9g}" if isinstance(cell, float) else str(cell)


for row in sorted(values, key=lambda row: [str(cell) for cell in row[:5]]):
    d, x, floor = date.fromisoformat(row[1]), row[5], FLOORS[row[3]]
    points = sorted(p for p in series[row[10], row[2]] if p[2] == "ok")
    week = [v for e, v, _ in points if d - timedelta(7) <= e < d]
    seven = [v for e, v, _ in points if d - timedelta(6) <= e <= d]
    base = [v for e, v, _ in points if e < d][:30]
    compared = (
        statistics.fmean(seven) if seven else None,
        deviation(x, week, floor) if len(week) >= 4 else None, len(week),
        deviation(x, base, floor) if len(base) >= 10 else None, len(base),
        "frozen" if len(base) == 30 else "forming")
    print(",".join(shown(cell) for cell in (*row, *compared)))
