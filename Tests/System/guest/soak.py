"""Says of a soak's samples, one a minute, whether anything grows.

soak.py SAMPLES [--plant RssAnon|Threads|descriptors|wal|write_bytes]

A straight line is put through what comes after the first quarter of the time: of each five minutes the
least, as what a tap or a batch takes is given back within them, and what has leaked stays. The slope and
twice its standard error together must stay below the limit. What is taken for a moment beyond that has a
limit of its own: it comes and goes (a cache of two megabytes, in some runs from the first minute on, in
others from the fortieth), so that a line through it says nothing. How much of the program itself the kernel
keeps in memory goes up and down; with it the whole must stay below what the unit is tried with. What is
written in a day is put together from quiet minutes, whole batches of them, and from what an hour's end
and a tap cost more; what is in the log is charged what folding it will cost. With --plant a growth is
added first.
"""
import csv
import statistics
import sys

DAY = 1440
# Samples are written every so many minutes.
BATCH = 5
LIMIT = 10e6
RESIDENT_LIMIT = 32 * 1024
rows = [
    {key: value if key == "kind" else float(value) for key, value in row.items()}
    for row in csv.DictReader(open(sys.argv[1]))
]
if "--plant" in sys.argv:
    planted = sys.argv[sys.argv.index("--plant") + 1]
    growth = {"RssAnon": 30, "Threads": 0.1, "descriptors": 0.1, "wal": 3e5, "write_bytes": 8e3}
    for number, row in enumerate(rows):
        for name in (planted, f"most_{planted}"):
            if name in row:
                row[name] += int(growth[planted] * number)
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


# A reload closes before it opens: of threads and descriptors the least in a minute says nothing, of memory
# the most.
for name, stays, unit, limit, brief in (
    ("RssAnon", "RssAnon", " kB", 1024, 3072),
    ("Threads", "most_Threads", "", 2, 12),
    ("descriptors", "most_descriptors", "", 1, 10),
):
    by_hour, error = slope(stays)
    values = [min(row[stays] for row in window) for window in windows]
    moment = max(row[f"most_{name}"] for row in settled) - min(values)
    words = (
        f"{name} at rest {min(values):.0f} to {max(values):.0f}{unit},"
        f" slope {by_hour:+.2f} ±{2 * error:.2f}{unit} an hour (limit {limit});"
        f" for a moment {moment:.0f}{unit} more (limit {brief})"
    )
    print("measured:", words)
    if by_hour + 2 * error > limit or moment > brief:
        fail(words)
# At the start it also has what was read to start it, which the kernel takes back within the minute.
resident = max(row["VmRSS"] for row in settled)
print(
    f"measured: VmRSS, with what is kept of the program, at most {resident:.0f} kB (limit {RESIDENT_LIMIT});"
    f" {rows[0]['VmRSS']:.0f} kB as it starts"
)
if resident > RESIDENT_LIMIT:
    fail(f"VmRSS, {resident:.0f} kB")
wal = max(row["wal"] for row in rows)
print(f"measured: the log beside the diary at most {wal / 1e6:.1f} MB (limit 8)")
if wal > 8e6:
    fail(f"wal, {wal / 1e6:.1f} MB")
diary, _ = slope("diary")
print(f"measured: the diary grows {diary / 1e3:.0f} kB an hour")


def cost(pairs):
    """Bytes written from one sample to another, with those that folding the log will cost."""
    return sum(
        after[name] - before[name] for before, after in pairs for name in ("write_bytes", "unfolded")
    )


pairs = list(zip(rows, rows[1:]))


def told(name):
    """The minutes in which there was one more of something, and how many in all."""
    found = [(before, after) for before, after in pairs if after[name] > before[name]]
    return found, sum(after[name] - before[name] for before, after in found)


taps, tap_count = told("taps")
# An hour is derived together with the first batch after its end. A step of the clock ends one, too.
hours_ended = [pair for pair in told("hours")[0] if pair[1]["kind"] == "quiet"]
quiet = [pair for pair in pairs if pair[1]["kind"] == "quiet" and pair not in hours_ended]
batches = (len(quiet) + len(hours_ended)) / BATCH - len(hours_ended)
if batches < 2 or not taps or not hours_ended:
    print("grows: nothing can be said of what is written: too few quiet minutes, no hour's end, or no tap")
    sys.exit(1)
batch = cost(quiet) / batches
calm = batch / BATCH
hour = cost(hours_ended) / len(hours_ended) - batch
tap = max(0, (cost(taps) - calm * len(taps)) / tap_count)
print(
    f"measured: in {len(quiet) + len(hours_ended)} quiet minutes each batch of samples cost"
    f" {batch / 1e3:.1f} kB, the end of an hour {hour / 1e3:.1f} kB more; each of {tap_count:.0f} taps"
    f" {tap / 1e3:.0f} kB more, the folding of the log included"
)
by_day = batch * DAY / BATCH + max(0, hour) * 24 + tap * 2
words = f"{by_day / 1e6:.2f} MB in a day of normal life with two taps (limit {LIMIT / 1e6:.0f})"
print("measured:", words)
if by_day > LIMIT:
    fail(f"write_bytes, {words}")
kinds = {}
for before, after in pairs:
    if after["kind"] not in ("quiet", "tap", "settling", "start") and after["taps"] == before["taps"]:
        kinds.setdefault(after["kind"], []).append(cost([(before, after)]) - calm)
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
