// libgpiod 1.6 (Debian 12): no debounce, no sequence numbers, 16 edges kept by the kernel.
#include "lines.h"

#ifdef HW_GPIOD_1

struct hw_line {
  struct gpiod_chip *chip;
  struct gpiod_line *line;
};

int hw_chip_describe(struct gpiod_chip *chip, char name[32], char label[32]) {
  hw_copy(name, gpiod_chip_name(chip));
  hw_copy(label, gpiod_chip_label(chip));
  return 0;
}

bool hw_line_can_debounce(void) { return false; }

static int polarity_of(const hw_line_request *request) {
  return request->is_active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0;
}

static int bias_of(const hw_line_request *request) {
  switch (request->pull) {
    case hw_pull_up: return GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP;
    case hw_pull_down: return GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
    default: return GPIOD_LINE_REQUEST_FLAG_BIAS_DISABLE;
  }
}

static int request_line(
    struct gpiod_line *line, const hw_line_request *request, bool is_output) {
  int flags = polarity_of(request);
  int answer = is_output
      ? gpiod_line_request_output_flags(line, request->consumer, flags, 0)
      : gpiod_line_request_both_edges_events_flags(
            line, request->consumer, flags | bias_of(request));
  return answer < 0 ? -errno : 0;
}

static int open_line(const hw_line_request *request, bool is_output, hw_line **opened) {
  struct gpiod_chip *chip = hw_chip_open(request->chip);
  if (!chip) return -errno;
  struct gpiod_line *line = request->name ? gpiod_chip_find_line(chip, request->name)
                                          : gpiod_chip_get_line(chip, request->offset);
  hw_line *made = NULL;
  int error = line ? request_line(line, request, is_output) : request->name ? -ENOENT : -errno;
  if (!error && !(made = malloc(sizeof *made))) error = -ENOMEM;
  if (error) {
    gpiod_chip_close(chip);
    return error;
  }
  *made = (hw_line){.chip = chip, .line = line};
  *opened = made;
  return 0;
}

int hw_line_open_input(const hw_line_request *request, hw_line **line) {
  return open_line(request, false, line);
}

int hw_line_open_output(const hw_line_request *request, hw_line **line) {
  return open_line(request, true, line);
}

void hw_line_close(hw_line *line) {
  gpiod_chip_close(line->chip);  // releases its lines
  free(line);
}

void hw_line_identify(const hw_line *line, hw_line_identity *identity) {
  hw_copy(identity->chip, gpiod_chip_name(line->chip));
  hw_copy(identity->name, gpiod_line_name(line->line));
  identity->offset = gpiod_line_offset(line->line);
}

int hw_line_descriptor(const hw_line *line) {
  int descriptor = gpiod_line_event_get_fd(line->line);
  return descriptor < 0 ? -errno : descriptor;
}

int hw_line_level(hw_line *line) {
  int level = gpiod_line_get_value(line->line);
  return level < 0 ? -errno : level;
}

int hw_line_drive(hw_line *line, bool is_active) {
  return gpiod_line_set_value(line->line, is_active) < 0 ? -errno : 0;
}

int hw_line_next_edge(hw_line *line, hw_edge *edge) {
  struct timespec at_once = {0};
  int waits = gpiod_line_event_wait(line->line, &at_once);
  if (waits <= 0) return waits < 0 ? -errno : 0;
  struct gpiod_line_event event;
  if (gpiod_line_event_read(line->line, &event) < 0) return -errno;
  *edge = (hw_edge){
      .monotonic_ns = event.ts.tv_sec * INT64_C(1000000000) + event.ts.tv_nsec,
      .is_active = event.event_type == GPIOD_LINE_EVENT_RISING_EDGE,
  };
  return 1;
}

#endif
