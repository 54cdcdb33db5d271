# What the scripts in the guest say about what they found. Source it.

failures=0 checks_done=0

# check NAME EXPECTED FOUND: the same, or a failure.
check() {
  checks_done=$((checks_done + 1))
  if [ "$2" = "$3" ]; then echo "ok: $1"; else fail "$@"; fi
}

# check_like NAME PATTERN FOUND: an extended regular expression that one of the lines matches.
check_like() {
  checks_done=$((checks_done + 1))
  if grep -qE -- "$2" <<< "$3"; then echo "ok: $1"; else fail "$@"; fi
}

fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n  expected: %s\n  found:    %s\n' "$@"
  return 1
}

# An emulated machine on a busy host is slow: waits that end by themselves may last so many times longer.
patience=4

# up: whole seconds since the machine was switched on. The shell's own count goes by the clock on the
# wall, which is set here and steps.
up() { local seconds; read -r seconds _ < /proc/uptime; echo "${seconds%.*}"; }

# until_true SECONDS COMMAND...: waits until the command succeeds; fails when it never does.
until_true() {
  local end=$(($(up) + $1 * patience)); shift
  until "$@" >/dev/null 2>&1; do
    [ "$(up)" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# serve_bus NUMBER OPTION...: simulated parts as /dev/i2c-NUMBER; `world` speaks to them.
serve_bus() {
  local number=$1; shift
  modprobe cuse
  mkfifo /run/world
  exec 8<>/run/world
  /in/skin2vec-cuse --bus "$number" --stretch 4 "$@" < /run/world > /run/world.log 2>&1 &
  until_true 30 test -c "/dev/i2c-$number" || { cat /run/world.log; return 1; }
  # As the distribution's udev rule does for the real ones.
  chgrp i2c "/dev/i2c-$number" && chmod 660 "/dev/i2c-$number"
}

# world WORD...: changes the world that serve_bus serves, and waits until it has.
world() {
  local line=$*
  echo "$line" >&8
  until_true 10 grep -qxF "done: $line" /run/world.log || { cat /run/world.log; return 1; }
}

# finish: the script's status.
finish() {
  [ $failures = 0 ] || { echo "$failures failed"; exit 1; }
  echo "all passed"
  exit 0
}
