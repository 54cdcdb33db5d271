"""Says of a soak's samples, one a minute, whether anything grows.

soak.py SAMPLES [--plant RssAnon|descriptors|wal]

A straight line is put through what comes after the first quarter of the time. Its slope and twice its
standard error together must stay below the limit. With --plant a growth is added first.
"""
import csv
import statistics
import sys

rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(open(sys.argv[1]))]
if "--plant" in sys.argv:
    planted = sys.argv[sys.argv.index("--plant") + 1]
    growth = {"RssAnon": 30, "descriptors": 0.2, "wal": 3e5}[planted]
    for number, row in enumerate(rows):
        row[planted] = int(row[planted] + growth * number)
settled = rows[len(rows) // 4 :]
hours = [row["seconds"] / 3600 for row in settled]
failures = 0


def fail(text):
    global failures
    failures += 1
    print("grows:", text)


def slope(name):
    """By the hour, and its standard error."""
    values = [row[name] for row in settled]
    line = statistics.linear_regression(hours, values)
    rest = [y - line.intercept - line.slope * x for x, y in zip(hours, values)]
    mean = statistics.fmean(hours)
    spread = sum((x - mean) ** 2 for x in hours)
    error = (sum(r * r for r in rest) / (len(rest) - 2) / spread) ** 0.5
    return line.slope, error


for name, unit, limit in (("RssAnon", "kB", 1024), ("VmRSS", "kB", 2048), ("Threads", "", 2), ("descriptors", "", 1)):
    by_hour, error = slope(name)
    values = [row[name] for row in settled]
    words = (
        f"{name} {min(values):.0f} to {max(values):.0f} {unit}, slope {by_hour:+.2f} ±{2 * error:.2f}"
        f" {unit} an hour (limit {limit})"
    ).replace("  ", " ")
    print("measured:", words)
    if by_hour + 2 * error > limit:
        fail(words)
wal = max(row["wal"] for row in rows)
print(f"measured: the log beside the diary at most {wal / 1e6:.1f} MB (limit 8)")
if wal > 8e6:
    fail(f"the log, {wal / 1e6:.1f} MB")
diary, _ = slope("diary")
print(f"measured: the diary grows {diary / 1e3:.0f} kB an hour")
# Each minute is one with taps or one without: what is written in each kind.
quiet, taps = [], []
for before, after in zip(settled, settled[1:]):
    written = after["write_bytes"] - before["write_bytes"]
    made = after["taps"] - before["taps"]
    (taps if made else quiet).append(written / max(made, 1))
if not quiet or not taps:
    print("nothing can be said of what is written: taps in every minute, or in none")
    sys.exit(1)
by_day = statistics.fmean(quiet) * 1440 + 2 * max(0, statistics.fmean(taps) - statistics.fmean(quiet))
print(
    f"measured: {statistics.fmean(quiet) / 1e3:.1f} kB written in a minute without a tap,"
    f" {statistics.fmean(taps) / 1e3:.0f} kB in one with a tap:"
    f" {by_day / 1e6:.1f} MB in a day of such trouble with two taps (limit 10)"
)
if by_day > 10e6:
    fail(f"what is written, {by_day / 1e6:.1f} MB in a day")
sys.exit(1 if failures else 0)
