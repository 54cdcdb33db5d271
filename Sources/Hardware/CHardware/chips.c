#include "lines.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>

// gpiochip4 is a link to gpiochip0 on some Raspberry Pi systems; libgpiod 1.6 refuses links.
static struct gpiod_chip *open_path(const char *path) {
  char real[PATH_MAX];
  return realpath(path, real) ? gpiod_chip_open(real) : NULL;
}

static bool is_meant(struct gpiod_chip *chip, const char *wanted) {
  char name[32], label[32];
  if (hw_chip_describe(chip, name, label) < 0) return false;
  return strcmp(name, wanted) == 0 || strcmp(label, wanted) == 0;
}

static int is_chip(const struct dirent *entry) { return strncmp(entry->d_name, "gpiochip", 8) == 0; }

struct gpiod_chip *hw_chip_open(const char *wanted) {
  if (wanted[0] == '/') return open_path(wanted);
  struct dirent **entries = NULL;
  int count = scandir("/dev", &entries, is_chip, alphasort);
  if (count < 0) return NULL;
  struct gpiod_chip *found = NULL;
  // ENOENT, unless a chip could not be opened: it may be the one that is meant.
  int error = ENOENT;
  for (int i = 0; i < count; i++) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "/dev/%s", entries[i]->d_name);
    free(entries[i]);
    if (found) continue;
    struct gpiod_chip *chip = open_path(path);
    if (!chip) {
      error = errno;
    } else if (is_meant(chip, wanted)) {
      found = chip;
    } else {
      gpiod_chip_close(chip);
    }
  }
  free(entries);
  errno = error;
  return found;
}
