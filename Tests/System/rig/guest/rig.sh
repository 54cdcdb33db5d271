# Helpers for scripts that run in the rig's guest. Source it.

# rig_gpio_chip LABEL LINES [NAME...]: a simulated GPIO chip; prints its device name (gpiochipN).
# Names go to lines 0, 1, …
rig_gpio_chip() {
  local label=$1 lines=$2; shift 2
  modprobe gpio-sim || return 1
  mountpoint -q /sys/kernel/config || mount -t configfs none /sys/kernel/config
  local c=/sys/kernel/config/gpio-sim/$label i=0
  mkdir -p "$c/bank0"
  echo "$lines" > "$c/bank0/num_lines"
  echo "$label" > "$c/bank0/label"
  for name in "$@"; do
    mkdir -p "$c/bank0/line$i"
    echo "$name" > "$c/bank0/line$i/name"
    i=$((i + 1))
  done
  echo 1 > "$c/live"
  udevadm settle
  cat "$c/bank0/chip_name"
}

# rig_gpio_path LABEL LINE: the folder with the line's files `pull` and `value`.
rig_gpio_path() {
  local c=/sys/kernel/config/gpio-sim/$1
  echo "/sys/devices/platform/$(cat "$c/dev_name")/$(cat "$c/bank0/chip_name")/sim_gpio$2"
}

# rig_pull LABEL LINE up|down: drives an input line.
rig_pull() { echo "pull-$3" > "$(rig_gpio_path "$1" "$2")/pull"; }

# rig_level LABEL LINE: the level of a line, 0 or 1 (what the program under test drives on an output).
rig_level() { cat "$(rig_gpio_path "$1" "$2")/value"; }
