# What the hostile cases share. Source it after checks.sh and house.sh.

state=/var/lib/skin2vec

# hostile_house: a station that is in a hurry, on a diary with a small file system of its own.
hostile_house() {
  set_clock 'tomorrow 22:00'
  install_station
  sed -i 's|maximum_touches: 5|maximum_touches: 2|' "$settings"
  mkdir -p $state
  truncate -s 24M /root/diary.img
  mkfs.ext4 -q -m 0 /root/diary.img
  mount -o loop /root/diary.img $state
  # A bus that comes later has a number of devices that nobody knows before.
  drop_in hurry 'DeviceAllow=char-* rw' WatchdogSec=20 TimeoutStopSec=10
  install -D /dev/null /run/systemd/timesync/synchronized
}

# drop_in NAME LINE...: lines for the unit's [Service], in place of those of the same name.
drop_in() {
  local name=$1; shift
  mkdir -p /etc/systemd/system/skin2vecd.service.d
  { echo '[Service]'; printf '%s\n' "$@"; } > "/etc/systemd/system/skin2vecd.service.d/$name.conf"
  systemctl daemon-reload
}

no_drop_in() { rm -f "/etc/systemd/system/skin2vecd.service.d/$1.conf"; systemctl daemon-reload; }

# start_station: starts it and waits for its parts.
start_station() {
  systemctl start skin2vecd && until_true 40 runs_with_parts
  check "the station starts, and has its parts" 0 $? && return
  journalctl -u skin2vecd --no-pager | tail -30
  return 1
}

# runs_with_parts: whether the present process has all its parts.
runs_with_parts() {
  [ "$(journalctl -b _PID="$(property MainPID)" -o cat |
    grep -cE '^(sen55|fdc1004|tsl2591) 0x.. is (there|back)')" -ge 3 ]
}

process() { property MainPID; }
# is_another PROCESS: whether the station runs in another process than that.
is_another() { [ "$(property ActiveState)" = active ] && [ "$(process)" != "$1" ]; }

# times_said PATTERN: how many lines say so.
times_said() { journalctl -b -u skin2vecd -o cat | grep -cE -- "$1"; }
has_said_more() { [ "$(times_said "$1")" -gt "$2" ]; }

# How many touches end a tap; after so many it is waited for, and before that another follows at once.
touches_of_tap=2

# touch_until SECONDS COMMAND...: touches the probe until the command succeeds, twenty times at most;
# waits so long for it after each tap.
touch_until() {
  local seconds=$1 touch; shift
  for touch in $(seq 20); do
    press
    until_true 3 is_light_on
    sleep 1.4
    until_true 5 is_light_off
    lift
    if [ $((touch % touches_of_tap)) != 0 ]; then sleep 0.6; continue; fi
    if until_true "$seconds" "$@"; then return 0; fi
  done
  return 1
}

# skin PF: what the probe reads on the skin from now on; moisture is (PF - 2) of 10 pF.
skin() { world set skin.moisture_pf "$1"; }

# tap_saved PF: a tap of that skin is said to be saved. One for which the emulated processor was too
# slow has no moisture, and is a tap all the same.
tap_saved() {
  local before
  before=$(times_said 'tap saved: moisture ')
  skin "$1" && touch_until 3 has_said_more 'tap saved: moisture ' "$before"
}

# tap_held PF: a tap of that skin is said not to be saved yet.
tap_held() {
  local before
  before=$(times_said 'tap NOT saved yet')
  skin "$1" && touch_until 3 has_said_more 'tap NOT saved yet' "$before"
}

sessions() { ask "SELECT count(*) FROM v1_session WHERE verdict = 'saved'"; }
# has_moisture INDEX: whether a touch of that moisture counts.
has_moisture() {
  [ "$(ask "SELECT count(*) FROM v1_touch WHERE channel = 'skin.moisture' AND accepted
    AND abs(value - $1) < 0.05")" -gt 0 ]
}

# acknowledged: each tap that was said to be saved, as ledger.py reads it. The field is there where the
# tap stands for the evening; the words are always.
acknowledged() {
  journalctl -u skin2vecd MESSAGE_ID=$saved -o json --no-pager | python3 -c '
import json, re, sys
for line in sys.stdin:
    entry = json.loads(line)
    said = re.search("saved: moisture ([0-9.]+|none)", entry["MESSAGE"])
    print(entry["SESSION"], entry.get("MOISTURE", said[1] if said else "none"))'
}

# check_ledger: every tap that was said to be saved is in the diary, once, with its value.
check_ledger() {
  acknowledged > /run/acknowledged
  echo "measured: $(grep -vc none /run/acknowledged) of $(wc -l < /run/acknowledged) taps have moisture"
  rm -rf /root/copy && mkdir /root/copy && cp $state/diary.sqlite* /root/copy/
  check "the taps that were said to be saved are in the diary, each once, with its value" \
    "lost 0 of $(wc -l < /run/acknowledged)" "$(python3 /in/ledger.py /root/copy/diary.sqlite /run/acknowledged)"
}

# check_planted: the same with a tap taken out and one changed: 2 lost must be noticed.
check_planted() {
  acknowledged > /run/acknowledged
  rm -rf /root/copy && mkdir /root/copy && cp $state/diary.sqlite* /root/copy/
  planted=$(python3 /in/ledger.py /root/copy/diary.sqlite /run/acknowledged --plant | tail -1)
  check_like "a tap that is taken out of a copy, and one that is changed, are noticed" \
    '^lost [2-9]' "$planted"
}

# longest_gap PART: the longest time between two samples of one boot, in whole seconds.
longest_gap() {
  ask "SELECT coalesce(max(gap), 0) / 1000000 FROM (SELECT boot_us - lag(boot_us) OVER (
    PARTITION BY boot ORDER BY boot_us) AS gap FROM air JOIN part USING (part)
    WHERE name LIKE '$1%')"
}

# group: what follows belongs together; outcome tells of it.
group() { group_failures=$failures group_cases=0 group_began=$(up); echo "-- $1"; }
a_case() { group_cases=$((group_cases + 1)); }

# group_outcome PROMISE HOW UNIT STEP [DETAIL...]: what the group came to, as the campaign reads it.
group_outcome() {
  python3 - "$group_cases" "$((failures - group_failures))" "$(($(up) - group_began))" \
    "${planted:-}" "$@" <<'PYTHON'
import json, sys
cases, lost, seconds, planted, promise, how, unit, step, *details = sys.argv[1:]
print("outcome: " + json.dumps(dict(
    promise=promise, how=how, tried=int(cases), unit=unit, lost=int(lost), seconds=float(seconds),
    command=f"Tests/System/system-test {step}",
    planted=f"a tap taken out and one changed: {planted}" if planted else None,
    details=details), sort_keys=True, ensure_ascii=False))
PYTHON
}
