# Packages as a person, or a nightly upgrade, installs them. Source it after house.sh.
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
steps=0

# install_package FILE: as an unattended upgrade does it; a changed configuration is kept.
install_package() {
  steps=$((steps + 1))
  echo "== dpkg -i $(basename "$1")" >> /run/dpkg.log
  dpkg --force-confdef --force-confold -i "$1" > /run/dpkg.last 2>&1 < /dev/null
  local status=$?
  cat /run/dpkg.last >> /run/dpkg.log
  [ $status = 0 ] || cat /run/dpkg.last
  return $status
}

# use_house: settings changed by hand for this machine, its devices, and the station running.
use_house() {
  adapt_settings < "$settings" > /run/settings.new
  cat /run/settings.new > "$settings"
  allow_simulated_bus
  systemctl daemon-reload
  open_house || finish
  install -D /dev/null /run/systemd/timesync/synchronized
  systemctl enable --quiet --now skin2vecd skin2vec-backup.timer 2>/dev/null ||
    systemctl enable --quiet --now skin2vecd
  until_true 30 has_said '^fdc1004 0x50 is there'
  check "the station runs, and finds its probe" 0 $?
}

installed() { dpkg-query -f '${db:Status-Status} ${Version}' -W skin2vec 2>/dev/null; }
version_of() { dpkg-deb -f "$1" Version; }
schema() { ask 'PRAGMA user_version'; }
started_times() { said 63aa1350106c430089c076611e37ebd1 | wc -l; }
runs_installed_program() { [ "$(readlink "/proc/$(property MainPID)/exe")" = /usr/bin/skin2vecd ]; }

# taps_of WORD: what people did, as the diary has it: every cell of the columns in /run/columns that
# is of a session no later than the last one noted.
taps_of() {
  local view columns
  while IFS='|' read -r view columns; do
    echo "-- $view"
    ask "SELECT $columns FROM $view ${upto:+WHERE $(bound "$view")} ORDER BY 1, 2, 3, 4"
  done < /run/columns
}

# note_columns: which columns there are now; a later version only ever gains some.
note_columns() {
  local view
  for view in v1_session v1_touch v1_event v1_score; do
    echo "$view|$(ask "SELECT group_concat(name, ', ') FROM pragma_table_info('$view')")"
  done > /run/columns
}

bound() {
  case $1 in
    v1_session | v1_touch) echo "session_id <= $upto" ;;
    *) echo 1 ;;
  esac
}

# package_outcome SECONDS: what came out, as the campaign reads it.
package_outcome() {
  printf 'outcome: {"promise":"%s","how":"%s","tried":%d,"unit":"%s","lost":%d,"seconds":%d,' \
    "No change of the package loses or changes what people tapped and noted" \
    "An earlier version with an earlier schema is upgraded, and then upgraded under a running \
station, downgraded, removed, put back and purged; what is in the diary is compared cell by cell" \
    "$steps" "changes of the package" $failures "$1"
  printf '"command":"%s","planted":"%s","details":["%s"]}\n' \
    "Tests/System/system-test package" \
    "a note changed in a copy of the diary: noticed" \
    "the earlier version is $([ -n "$earlier" ] && version_of "$earlier" || echo none)"
}
