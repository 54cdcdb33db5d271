"""Says of a soak's samples, one a minute, whether anything grows.

soak.py SAMPLES [--plant RssAnon|Threads|descriptors|wal|write_bytes]

A straight line is put through what comes after the first quarter of the time, of each five minutes the
least: what a tap or a batch takes is given back within them, and what has leaked is never. Its slope and
twice its standard error together must stay below the limit. What is written is told by the quiet minutes, whole batches of them. With --plant a growth is
added first.
"""
import csv
import itertools
import statistics
import sys

DAY = 1440
LIMIT = 10e6
rows = [
    {key: value if key == "kind" else float(value) for key, value in row.items()}
    for row in csv.DictReader(open(sys.argv[1]))
]
if "--plant" in sys.argv:
    planted = sys.argv[sys.argv.index("--plant") + 1]
    growth = {"RssAnon": 30, "Threads": 0.1, "descriptors": 0.1, "wal": 3e5, "write_bytes": 8e3}
    for number, row in enumerate(rows):
        row[planted] = int(row[planted] + growth[planted] * number)
settled = rows[len(rows) // 4 :]
windows = [settled[number : number + 5] for number in range(0, len(settled) - 4, 5)]
hours = [statistics.fmean(row["seconds"] for row in window) / 3600 for window in windows]
failures = 0


def fail(text):
    global failures
    failures += 1
    print("grows:", text)


def slope(name):
    """By the hour, and its standard error."""
    values = [min(row[name] for row in window) for window in windows]
    line = statistics.linear_regression(hours, values)
    rest = [y - line.intercept - line.slope * x for x, y in zip(hours, values)]
    mean = statistics.fmean(hours)
    spread = sum((x - mean) ** 2 for x in hours)
    error = (sum(r * r for r in rest) / (len(rest) - 2) / spread) ** 0.5
    return line.slope, error


for name, unit, limit in (
    ("RssAnon", " kB", 1024),
    ("VmRSS", " kB", 2048),
    ("Threads", "", 2),
    ("descriptors", "", 1),
):
    by_hour, error = slope(name)
    values = [min(row[name] for row in window) for window in windows]
    words = (
        f"{name} {min(values):.0f} to {max(values):.0f}{unit} by the least of five minutes,"
        f" slope {by_hour:+.2f} ±{2 * error:.2f}{unit} an hour (limit {limit})"
    )
    if f"most_{name}" in rows[0]:
        words += f"; for a moment {max(row[f'most_{name}'] for row in rows):.0f}{unit}"
    print("measured:", words)
    if by_hour + 2 * error > limit:
        fail(words)
wal = max(row["wal"] for row in rows)
print(f"measured: the log beside the diary at most {wal / 1e6:.1f} MB (limit 8)")
if wal > 8e6:
    fail(f"wal, {wal / 1e6:.1f} MB")
diary, _ = slope("diary")
print(f"measured: the diary grows {diary / 1e3:.0f} kB an hour")


def cost(before, after):
    """Bytes written from one sample to another, with those that the log will cost once more."""
    more = max(0, after["unfolded"] - before["unfolded"])
    return after["write_bytes"] - before["write_bytes"] + more


pairs = list(zip(rows, rows[1:]))
# Each quiet time as a whole, as the air is written in batches of five minutes.
quiet = [
    [pair for pair in run]
    for kind, run in itertools.groupby(pairs, lambda pair: pair[1]["kind"])
    if kind == "quiet"
]
minutes = sum(map(len, quiet))
taps = [pair for pair in pairs if pair[1]["taps"] > pair[0]["taps"]]
made = sum(after["taps"] - before["taps"] for before, after in taps)
if minutes < 10 or not taps:
    print("grows: nothing can be said of what is written: no ten quiet minutes, or no tap")
    sys.exit(1)
calm = sum(cost(run[0][0], run[-1][1]) for run in quiet) / minutes
tap = max(0, sum(cost(*pair) - calm for pair in taps) / made)
print(
    f"measured: in {minutes} quiet minutes {calm / 1e3:.2f} kB were written in each, and"
    f" {tap / 1e3:.0f} kB more with each of {made:.0f} taps, the folding of the log included"
)
by_day = calm * DAY + 2 * tap
words = f"{by_day / 1e6:.2f} MB in a day of normal life with two taps (limit {LIMIT / 1e6:.0f})"
print("measured:", words)
if by_day > LIMIT:
    fail(f"write_bytes, {words}")
kinds = {}
for before, after in pairs:
    if after["kind"] not in ("quiet", "tap", "settling", "start") and after["taps"] == before["taps"]:
        kinds.setdefault(after["kind"], []).append(cost(before, after) - calm)
faults = [value for values in kinds.values() for value in values]
if faults:
    each = ", ".join(f"{kind} {statistics.fmean(v) / 1e3:.0f}" for kind, v in sorted(kinds.items()))
    print(f"measured: more in a minute in which something goes wrong, in kB: {each}")
    hourly = by_day + 24 * max(0, statistics.fmean(faults))
    words = f"{hourly / 1e6:.2f} MB in a day with something wrong in every hour (limit {LIMIT / 1e6:.0f})"
    print("measured:", words)
    if hourly > LIMIT:
        fail(f"write_bytes, {words}")
    ever = by_day + DAY * max(0, statistics.fmean(faults))
    print(f"measured: {ever / 1e6:.1f} MB in a day with something wrong in every minute (no limit)")
sys.exit(1 if failures else 0)
