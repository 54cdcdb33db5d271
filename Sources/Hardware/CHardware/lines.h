// What both generations of libgpiod have in common.
#ifndef CHARDWARE_LINES_H
#define CHARDWARE_LINES_H

#include "CHardware.h"

#include <errno.h>
#include <gpiod.h>
#include <stdlib.h>
#include <string.h>

// libgpiod 1.x defines this and 2.x does not; neither defines a version.
#ifdef GPIOD_LINE_BULK_MAX_LINES
#define HW_GPIOD_1 1
#else
#define HW_GPIOD_2 1
#endif

/// Opens the chip that a path, kernel name or label means; NULL with errno set where there is none.
struct gpiod_chip *hw_chip_open(const char *wanted);

/// The chip's kernel name and label, as each generation tells them.
int hw_chip_describe(struct gpiod_chip *chip, char name[32], char label[32]);

/// Copies a string that may be NULL or too long.
static inline void hw_copy(char to[32], const char *from) {
  strncpy(to, from ? from : "", 31);
  to[31] = 0;
}

#endif
