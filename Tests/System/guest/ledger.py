"""Looks for taps that were said to be saved and are not in the diary as they were said to be.

ledger.py DIARY ACKNOWLEDGED [--plant]

ACKNOWLEDGED has a line for each tap that was said to be saved: its session's number and its moisture,
or none.
Prints what is wrong, and at the end 'lost N of M'; ends with 1 where N is not 0. With --plant a tap is
taken out of the diary first and another is changed, which must be noticed: only for a copy.
"""
import sqlite3
import statistics
import sys

diary, acknowledged = sys.argv[1:3]
claims = {}
# How far a value may be from the one that was said, by the digits it was said with.
tolerances = {}
for line in open(acknowledged):
    words = line.split()
    if len(words) == 2:
        claims[int(words[0])] = None if words[1] == "none" else float(words[1])
        digits = len(words[1].partition(".")[2])
        tolerances[int(words[0])] = max(0.011, 0.51 * 10**-digits)
db = sqlite3.connect(diary)
faults = []
if "--plant" in sys.argv:
    first, last = min(claims), max(claims)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("DELETE FROM slot_value WHERE session_id = ?", (first,)) if db.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'slot_value'"
    ).fetchone() else None
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("DELETE FROM session WHERE session_id = ?", (first,))
    claims[last] = (claims[last] or 0) + 0.5

answer = [row[0] for row in db.execute("PRAGMA integrity_check")]
if answer != ["ok"]:
    faults.append(f"integrity_check: {answer[:3]}")
orphans = db.execute("PRAGMA foreign_key_check").fetchall()
if orphans:
    faults.append(f"foreign_key_check: {orphans[:3]}")
for session, value in sorted(claims.items()):
    rows = db.execute(
        "SELECT verdict, accepted FROM v1_session WHERE session_id = ?", (session,)
    ).fetchall()
    if len(rows) != 1 or rows[0][0] != "saved" or rows[0][1] < 1:
        faults.append(f"session {session} was said to be saved; the diary has {rows}")
        continue
    found = [
        row[0]
        for row in db.execute(
            "SELECT value FROM v1_touch WHERE session_id = ? AND channel = 'skin.moisture'"
            " AND accepted",
            (session,),
        )
    ]
    if value is None:
        if found:
            faults.append(f"session {session} was said to have no moisture; the diary has {found}")
    elif not found or abs(statistics.median(found) - value) > tolerances[session]:
        faults.append(f"session {session} was said to read {value}; the diary has {found}")
for session, touches in db.execute(
    "SELECT session_id, (SELECT count(*) FROM touch AS t WHERE t.session_id = s.session_id)"
    " FROM session AS s"
):
    if touches == 0:
        faults.append(f"session {session} is half there: it has no touch")
for row in db.execute(
    "SELECT boot, started_boot_us, count(*) FROM session GROUP BY 1, 2 HAVING count(*) > 1"
):
    faults.append(f"a session is there {row[2]} times")
for row in db.execute(
    "SELECT t.touch_id FROM touch AS t LEFT JOIN measure AS m USING (touch_id)"
    " WHERE m.touch_id IS NULL"
):
    faults.append(f"touch {row[0]} is half there: nothing was measured")
for fault in faults:
    print(fault)
print(f"lost {len(faults)} of {len(claims)}")
sys.exit(1 if faults else 0)
