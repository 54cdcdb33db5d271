// libgpiod 2.x (Debian 13, Raspberry Pi OS): the kernel debounces and numbers the edges.
#include "lines.h"

#ifdef HW_GPIOD_2

struct hw_line {
  struct gpiod_line_request *request;
  struct gpiod_edge_event_buffer *edges;
  hw_line_identity identity;
};

int hw_chip_describe(struct gpiod_chip *chip, char name[32], char label[32]) {
  struct gpiod_chip_info *info = gpiod_chip_get_info(chip);
  if (!info) return -errno;
  hw_copy(name, gpiod_chip_info_get_name(info));
  hw_copy(label, gpiod_chip_info_get_label(info));
  gpiod_chip_info_free(info);
  return 0;
}

bool hw_line_can_debounce(void) { return true; }

static enum gpiod_line_bias bias_of(const hw_line_request *request) {
  switch (request->pull) {
    case hw_pull_up: return GPIOD_LINE_BIAS_PULL_UP;
    case hw_pull_down: return GPIOD_LINE_BIAS_PULL_DOWN;
    default: return GPIOD_LINE_BIAS_DISABLED;
  }
}

static int apply(
    struct gpiod_line_settings *settings, const hw_line_request *request, bool is_output) {
  gpiod_line_settings_set_active_low(settings, request->is_active_low);
  if (is_output) {
    return gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_OUTPUT) < 0 ? -errno : 0;
  }
  gpiod_line_settings_set_debounce_period_us(settings, request->debounce_us);
  if (gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_INPUT) < 0 ||
      gpiod_line_settings_set_bias(settings, bias_of(request)) < 0 ||
      gpiod_line_settings_set_event_clock(settings, GPIOD_LINE_CLOCK_MONOTONIC) < 0 ||
      gpiod_line_settings_set_edge_detection(settings, GPIOD_LINE_EDGE_BOTH) < 0) {
    return -errno;
  }
  return 0;
}

static int request_line(
    struct gpiod_chip *chip, const hw_line_request *request, bool is_output, hw_line *line) {
  struct gpiod_line_settings *settings = gpiod_line_settings_new();
  struct gpiod_line_config *lines = gpiod_line_config_new();
  struct gpiod_request_config *terms = gpiod_request_config_new();
  int error = settings && lines && terms ? apply(settings, request, is_output) : -ENOMEM;
  if (!error) {
    gpiod_request_config_set_consumer(terms, request->consumer);
    gpiod_request_config_set_event_buffer_size(terms, request->kept_edges);
    if (gpiod_line_config_add_line_settings(lines, &line->identity.offset, 1, settings) < 0 ||
        !(line->request = gpiod_chip_request_lines(chip, terms, lines))) {
      error = -errno;
    }
  }
  gpiod_request_config_free(terms);
  gpiod_line_config_free(lines);
  gpiod_line_settings_free(settings);
  return error;
}

static int identify(
    struct gpiod_chip *chip, const hw_line_request *request, hw_line_identity *identity) {
  char label[32];
  int error = hw_chip_describe(chip, identity->chip, label);
  if (error) return error;
  identity->offset = request->offset;
  if (request->name) {
    int offset = gpiod_chip_get_line_offset_from_name(chip, request->name);
    if (offset < 0) return -errno;
    identity->offset = (uint32_t)offset;
  }
  struct gpiod_line_info *info = gpiod_chip_get_line_info(chip, identity->offset);
  if (!info) return -errno;
  hw_copy(identity->name, gpiod_line_info_get_name(info));
  gpiod_line_info_free(info);
  return 0;
}

static int open_line(const hw_line_request *request, bool is_output, hw_line **opened) {
  struct gpiod_chip *chip = hw_chip_open(request->chip);
  if (!chip) return -errno;
  hw_line *line = calloc(1, sizeof *line);
  int error = line && (line->edges = gpiod_edge_event_buffer_new(1)) ? 0 : -ENOMEM;
  if (!error) error = identify(chip, request, &line->identity);
  if (!error) error = request_line(chip, request, is_output, line);
  gpiod_chip_close(chip);  // a request outlives its chip
  if (error && line) hw_line_close(line);
  if (!error) *opened = line;
  return error;
}

int hw_line_open_input(const hw_line_request *request, hw_line **line) {
  return open_line(request, false, line);
}

int hw_line_open_output(const hw_line_request *request, hw_line **line) {
  return open_line(request, true, line);
}

void hw_line_close(hw_line *line) {
  if (line->request) gpiod_line_request_release(line->request);
  if (line->edges) gpiod_edge_event_buffer_free(line->edges);
  free(line);
}

void hw_line_identify(const hw_line *line, hw_line_identity *identity) {
  *identity = line->identity;
}

int hw_line_descriptor(const hw_line *line) { return gpiod_line_request_get_fd(line->request); }

int hw_line_level(hw_line *line) {
  switch (gpiod_line_request_get_value(line->request, line->identity.offset)) {
    case GPIOD_LINE_VALUE_ACTIVE: return 1;
    case GPIOD_LINE_VALUE_INACTIVE: return 0;
    default: return -errno;
  }
}

int hw_line_drive(hw_line *line, bool is_active) {
  enum gpiod_line_value value = is_active ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
  int answer = gpiod_line_request_set_value(line->request, line->identity.offset, value);
  return answer < 0 ? -errno : 0;
}

int hw_line_next_edge(hw_line *line, hw_edge *edge) {
  int waits = gpiod_line_request_wait_edge_events(line->request, 0);
  if (waits <= 0) return waits < 0 ? -errno : 0;
  if (gpiod_line_request_read_edge_events(line->request, line->edges, 1) < 0) return -errno;
  struct gpiod_edge_event *event = gpiod_edge_event_buffer_get_event(line->edges, 0);
  if (!event) return -EPROTO;
  *edge = (hw_edge){
      .monotonic_ns = (int64_t)gpiod_edge_event_get_timestamp_ns(event),
      .sequence = (uint32_t)gpiod_edge_event_get_line_seqno(event),
      .is_active = gpiod_edge_event_get_event_type(event) == GPIOD_EDGE_EVENT_RISING_EDGE,
  };
  return 1;
}

#endif
