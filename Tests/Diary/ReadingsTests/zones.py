"""Makes offsets.csv and slots.csv with Python's zoneinfo, from the files in the folder zoneinfo.

Those are Debian's tzdata, kept here so that the fixtures do not change when a government does.
Run it in this folder:

    python3 zones.py
"""

import zoneinfo
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).parent
zoneinfo.reset_tzpath(to=[str(HERE / "zoneinfo")])
EPOCH = datetime(1970, 1, 1)
START, END = 0, int((datetime(2100, 1, 1) - EPOCH).total_seconds())


def offset(zone, seconds):
    return int(datetime.fromtimestamp(seconds, zone).utcoffset().total_seconds())


def changes(zone):
    """Every second of 1970 to 2099 from which another offset is in force."""
    step = 6 * 3600
    before = offset(zone, START)
    for end in range(START + step, END, step):
        after = offset(zone, end)
        if after != before:
            low, high = end - step, end
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
            yield high, after
        before = after


def wall(zone, seconds):
    """What the local clock shows, in seconds since 1970 as if it were UTC."""
    return seconds + offset(zone, seconds)


def first_moment(zone, target):
    """The first moment, by minutes, at which the local clock shows the target or has passed it."""
    seconds = target - 40 * 3600
    while wall(zone, seconds) < target:
        seconds += 60
    return seconds


def slot(zone, seconds):
    """Local date, minute of the day, and the slot by 04:00 and 14:00."""
    local = EPOCH + timedelta(seconds=wall(zone, seconds))
    minute = local.hour * 60 + local.minute
    day, name = local.date(), "evening"
    if minute < 240:
        day -= timedelta(days=1)
    elif minute < 840:
        name = "morning"
    return f"{local.date()},{minute},{day},{name}"


files = (p for p in (HERE / "zoneinfo").rglob("*") if p.is_file())
names = sorted(str(p.relative_to(HERE / "zoneinfo")) for p in files)
with open(HERE / "offsets.csv", "w") as offsets, open(HERE / "slots.csv", "w") as slots:
    print("zone,utc_s,offset_s", file=offsets)
    print("zone,utc_s,local_date,minute,slot_date,slot,slot_began_utc_s,slot_ends_utc_s", file=slots)
    for name in names:
        zone = zoneinfo.ZoneInfo(name)
        print(f"{name},{START},{offset(zone, START)}", file=offsets)
        found = list(changes(zone))
        for seconds, after in found:
            print(f"{name},{seconds},{after}", file=offsets)
        recent = [s for s, _ in found if s > 1_700_000_000][:2]
        # Where no clock changes any more: the last change there was, and an ordinary day.
        moments = (recent or [s for s, _ in found][-1:]) + [1_772_409_600]
        if name == "Pacific/Apia":
            moments.append(1_325_239_200)  # the end of 29 December 2011; the 30th never was
        for moment in moments:
            day = wall(zone, moment) // 86_400 * 86_400
            for minute in (30, 150, 239, 240, 839, 840, 1410):
                at = first_moment(zone, day + minute * 60)
                words = slot(zone, at)
                date, part = words.split(",")[2:]
                base = int((datetime.fromisoformat(date) - EPOCH).total_seconds())
                four, two, next_four = base + 14_400, base + 50_400, base + 100_800
                bounds = (four, two) if part == "morning" else (two, next_four)
                began, ends = (first_moment(zone, b) for b in bounds)
                print(f"{name},{at},{words},{began},{ends}", file=slots)
