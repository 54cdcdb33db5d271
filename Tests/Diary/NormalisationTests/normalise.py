"""Makes normalised.csv: series with gaps and doubtful values, normalised with NumPy.

Written from section 5 of the design, not from the Swift code. Run it in this folder:

    python3 normalise.py > normalised.csv
"""

from datetime import date, timedelta

import numpy as np

FLOOR = 2.0
random = np.random.default_rng(20261121)


def series(days, gaps, doubtful, values):
    """Points of a series: date, value, quality."""
    begin = date(2026, 1, 1) + timedelta(days=int(random.integers(0, 300)))
    for day in range(days):
        if random.random() < gaps:
            continue
        quality = "ok"
        if random.random() < doubtful:
            quality = random.choice(["suspect", "bad"])
        yield begin + timedelta(days=day), round(float(values(day)), 3), quality


def deviation(x, others):
    middle = np.median(others)
    mad = np.median(np.abs(np.asarray(others) - middle))
    return (x - middle) / max(1.4826 * mad, FLOOR)


def normalise(points, d, x):
    week = [v for e, v, q in points if q == "ok" and d - timedelta(7) <= e <= d - timedelta(1)]
    mean = [v for e, v, q in points if q == "ok" and d - timedelta(6) <= e <= d]
    base = [v for e, v, q in sorted(points) if q == "ok" and e < d][:30]
    return (
        np.mean(mean) if mean else None,
        deviation(x, week) if len(week) >= 4 else None,
        len(week),
        deviation(x, base) if len(base) >= 10 else None,
        len(base),
        "frozen" if len(base) == 30 else "forming",
    )


KINDS = [
    # Every day, drifting; the baseline freezes on the 31st.
    series(45, 0.0, 0.0, lambda day: 45 + 0.1 * day + random.normal(0, 3)),
    # Gaps and doubtful values.
    series(80, 0.2, 0.15, lambda day: 60 + random.normal(0, 5)),
    # Hardly any spread: the floor decides.
    series(40, 0.1, 0.05, lambda day: 30 + random.normal(0, 0.2)),
    # Rare: windows of less than four.
    series(120, 0.6, 0.1, lambda day: random.lognormal(2, 0.5)),
    # Mostly doubtful.
    series(40, 0.1, 0.8, lambda day: -5 + random.normal(0, 1)),
    # A single value.
    series(1, 0.0, 0.0, lambda day: 12.5),
]

print("series,date,value,quality,ma7,z7,n7,z30,n30,baseline")
for number, kind in enumerate(KINDS):
    points = list(kind)
    for d, x, quality in points:
        cells = normalise(points, d, x)
        words = ["" if c is None else repr(float(c)) if isinstance(c, float) else str(c) for c in cells]
        print(",".join([str(number), d.isoformat(), repr(x), quality, *words]))
