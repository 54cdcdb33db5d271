# Sets up a house for the station in the guest, and the person who taps. Source it after checks.sh.
. /usr/local/lib/rig.sh

diary=/var/lib/skin2vec/diary.sqlite
settings=/etc/skin2vec/skin2vec.yaml

# set_clock DATE: what date(1) makes of it, in Berlin.
set_clock() {
  ln -sf /usr/share/zoneinfo/Europe/Berlin /etc/localtime
  echo "the clock says $(date --set "$1")"
}

# install_station: what a package would install, where it would.
install_station() {
  install -m 755 /in/skin2vecd /in/skin2vec /usr/bin/
  install -D -m 644 /in/systemd/skin2vecd.service /usr/lib/systemd/system/skin2vecd.service
  install -m 644 /in/systemd/skin2vec-{backup,mqtt,web}.service /in/systemd/skin2vec-backup.timer \
    /usr/lib/systemd/system/
  install -D -m 644 /in/systemd/skin2vec.sysusers /usr/lib/sysusers.d/skin2vec.conf
  install -D -m 644 /in/systemd/60-skin2vec.rules /usr/lib/udev/rules.d/60-skin2vec.rules
  install -D -m 644 /in/systemd/skin2vec.catalog /usr/lib/systemd/catalog/skin2vec.catalog
  install -d /etc/skin2vec
  adapt_settings < /in/config/skin2vec.yaml > "$settings"
  allow_simulated_bus
  # The rules come before the chip, and the groups before the rules.
  systemd-sysusers
  udevadm control --reload
  journalctl --update-catalog
  systemctl daemon-reload
  # As dpkg does: a unit that was never sent to the disk is an empty file after a power cut.
  sync
}

# adapt_settings: the shipped settings with this machine's devices, less patience and longer touches. An emulated
# processor reads the probe a few times a second, where a real one does it a hundred times.
adapt_settings() {
  sed -e 's|/dev/i2c-1$|/dev/i2c-9|' \
    -e 's|chip: pinctrl-bcm2711, line: 17|chip: probe, line: contact|' \
    -e 's|chip: pinctrl-bcm2711, line: 22|chip: probe, line: light|' \
    -e 's|chip: pinctrl-bcm2711, line: 27|chip: probe, line: lamp|' \
    -e 's|every: 60 s|every: 2 s|' -e 's|commit_every: 5 min|commit_every: 5 s|' \
    -e 's|warm_up: 60 s|warm_up: 5 s|' -e 's|stale_after: 5 min|stale_after: 30 s|' \
    -e 's|minimum_samples: 50 %|minimum_samples: 1 %|' -e 's|sample_until: 1 s|sample_until: 3 s|'
}

# allow_simulated_bus: a device that is served from user space is of no class that the unit allows.
allow_simulated_bus() {
  mkdir -p /etc/systemd/system/skin2vecd.service.d
  printf '[Service]\nDeviceAllow=/dev/i2c-9 rw\n' \
    > /etc/systemd/system/skin2vecd.service.d/simulated-bus.conf
}

# open_house: the lines and the parts.
open_house() {
  rig_gpio_chip probe 4 contact light lamp > /dev/null
  # On a slow machine the chip may come before udev has read its rules again.
  udevadm trigger --subsystem-match=gpio && udevadm settle
  rig_pull probe 0 up
  contact=$(rig_gpio_path probe 0)
  serve_bus 9 --part sen55 fdc1004 tsl2591 \
    --lamp-file "$(rig_gpio_path probe 2)/value" --contact-file "$contact/value" \
    --temperature 23.75 --humidity 48.75 --pm2-5 7.8 --moisture-pf 6.5 --open-pf 2 \
    --light 600 --dark 10
}

# press and lift: as a real switch does it, bouncing.
press() {
  for level in down up down up down; do echo pull-$level > "$contact/pull"; done
}
lift() {
  for level in up down up; do echo pull-$level > "$contact/pull"; done
}

is_light_on() { [ "$(rig_level probe 1)" = 1 ]; }
is_light_off() { [ "$(rig_level probe 1)" = 0 ]; }

# said: what the station has told the journal; said ID: one kind of message, with its fields.
said() { journalctl -u skin2vecd --no-pager ${1:+"MESSAGE_ID=$1"} -o "${2:-cat}"; }
# All is read, so that nobody writes to a pipe that is closed.
has_said() { grep -E -- "$1" <(journalctl -u skin2vecd -o cat) > /dev/null; }
property() { systemctl show -P "$1" skin2vecd; }

saved=2681c47c39d64512aa90b6560a593ec0
is_saved_since() { [ "$(said $saved | wc -l)" -gt "$1" ]; }

# sees_saved NUMBER: whether one more was saved; notes in `answer` where the light is on meanwhile.
sees_saved() { ! is_light_on || answer=lit; is_saved_since "$1"; }

# tap COUNT: so many touches that count; each lasts as long as the light says, and 1.4 s at least.
# On a busy host a touch may not count, or a bounce may last long enough to be one: as a person
# would, this goes on until the tap is saved.
tap() {
  local touch answer before
  before=$(said $saved | wc -l)
  for touch in $(seq 9); do
    press
    answer=silent
    until_true 3 is_light_on && sleep 1.4 && until_true 5 is_light_off && answer=seen
    lift
    check "touch $touch: the light says hold, then lift" seen "$answer"
    [ "$touch" -ge "$1" ] || { sleep 0.6; continue; }
    # A tap of fewer touches than there may be ends after end_after.
    answer=dark
    if until_true 4 sees_saved "$before"; then
      [ $answer = lit ] || ! is_light_on || answer=lit
      check "the light says saved" lit $answer
      return
    fi
  done
}

# ask SQL: what the diary answers.
ask() { sqlite3 -readonly "$diary" "$1"; }
