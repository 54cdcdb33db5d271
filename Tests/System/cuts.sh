# The step `cuts` of system-test, which sources it: the plug is pulled again and again on one growing
# disk, which loses what was not flushed. CUTS says how often.

moments=(saved installed air start checkpoint backup recompute stop erase saved)

# cut NUMBER MOMENT DELAY OPTION...: one life, and what it acknowledged; its status.
cut() {
  local number=$1 moment=$2 delay=$3 status=0
  shift 3
  echo "$number $moment $delay" > "$in/moment"
  echo "-- life $number: $moment"
  boot cuts --seed "$number" --cut-after '/^moment: /' "$@" || status=$?
  sed -n 's/^acknowledged: \(.*\) \.\r*$/\1/p' "$work/said" >> "$in/acknowledged"
  lives=$((lives + 1))
  [ $status = 137 ] || [ "$moment" = end ] || {
    echo "FAILED: life $number was to end at '$moment' and ended with $status"
    failed=$((failed + 1))
  }
  return $status
}

# lost_writes: what the disk did with what it had not flushed, over all lives.
lost_writes() {
  awk '/^lossy-disk:/ { kept += $9; lost += $11; torn += $13 }
    END { printf "%d kept, %d lost, %d torn", kept, lost, torn }' "$work/disk.log"
}

run_cuts() {
  local disk=$work/lossy.img count=${CUTS:-20} number lives=0 began=$SECONDS before=$failed planted
  : > "$in/acknowledged"
  : > "$work/disk.log"
  for number in $(seq "$count"); do
    moment=${moments[$(((number - 1) % ${#moments[@]}))]}
    # From at once to three seconds, by the number.
    delay=$(awk -v n="$number" 'BEGIN { srand(n); printf "%.2f", 3 * rand() }')
    cut "$number" "$moment" "$delay" --lossy-disk "$disk" 2>> "$work/disk.log" || true
  done
  cut $((count + 1)) end 0 --lossy-disk "$disk" || true
  local claims size
  claims=$(wc -l < "$in/acknowledged")
  # A disk that says it has flushed and has not: the tap must be missed.
  cp "$in/acknowledged" "$work/honest"
  local counted=$passed:$failed
  cut $((count + 2)) saved 0 --lossy-disk "$disk" --ignore-flush || true
  cut $((count + 3)) end 0 --lossy-disk "$disk" || true
  planted=$(grep -o 'lost [0-9]* of [0-9]*' "$work/said" | tail -1)
  passed=${counted%:*} failed=${counted#*:}
  if [[ $planted =~ ^lost\ [1-9] ]]; then
    echo "ok: a disk that lies about what it has flushed is noticed: $planted"
    passed=$((passed + 1))
  else
    echo "FAILED: a disk that lies about what it has flushed was not noticed: ${planted:-nothing was said}"
    failed=$((failed + 1))
  fi
  python3 - "$count" "$((failed - before))" "$((SECONDS - began))" "$planted" "$claims" \
    "$(lost_writes)" <<'PYTHON'
import json, sys
count, lost, seconds, planted, claims, writes = sys.argv[1:]
print("outcome: " + json.dumps(dict(
    promise="A pulled plug costs no tap that was said to be saved, and leaves no half session",
    how="the emulated machine is killed at nine kinds of moments on one growing disk that loses, "
    "tears and reorders what was not flushed; the next start must find every tap, and save one",
    tried=int(count), unit="pulled plugs", lost=int(lost), seconds=float(seconds),
    command="CUTS=%s Tests/System/system-test cuts" % count,
    planted="a disk that lies about what it has flushed: " + planted,
    details=[claims + " taps were said to be saved, each found after every later cut",
             "writes that the disk had not flushed: " + writes]),
    sort_keys=True, ensure_ascii=False))
PYTHON
}
