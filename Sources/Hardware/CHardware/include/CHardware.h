// The few calls to the kernel and its libraries that Swift cannot make itself.
//
// One face over both generations of libgpiod (1.6 and 2.x), over libi2c and over the ioctls of
// i2c-dev. Nothing here keeps a policy: no retry, no log, no default that a caller did not choose.
// Every function that can fail returns a negative errno, so that no caller has to race for `errno`.
#ifndef CHARDWARE_H
#define CHARDWARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// I2C. `file` is an open /dev/i2c-N.

/// The adapter's I2C_FUNC_* bits.
int hw_i2c_functions(int file, uint64_t *functions);
/// Points the SMBus calls below at an address (I2C_SLAVE, never I2C_SLAVE_FORCE).
int hw_i2c_select(int file, uint8_t address);
/// One plain message in one transfer: START, address and direction, bytes, STOP.
int hw_i2c_write(int file, uint8_t address, const uint8_t *bytes, uint16_t count);
int hw_i2c_read(int file, uint8_t address, uint8_t *bytes, uint16_t count);
/// 1, 2 or 3...32 bytes from or to a register, in wire order. Reading returns the number of bytes.
int hw_i2c_read_register(int file, uint8_t name, uint8_t *bytes, uint8_t count);
int hw_i2c_write_register(int file, uint8_t name, const uint8_t *bytes, uint8_t count);
/// Does the selected address acknowledge? By the address alone, or by reading one byte.
int hw_i2c_probe_quick(int file);
int hw_i2c_probe_read(int file);

// Functionality bits that decide which of the calls above an adapter can carry (linux/i2c.h).

extern const uint64_t hw_i2c_can_plain;
extern const uint64_t hw_i2c_can_quick;
extern const uint64_t hw_i2c_can_read_byte;
/// What reading and writing `count` bytes of a register needs.
uint64_t hw_i2c_needed_to_read(uint8_t count);
uint64_t hw_i2c_needed_to_write(uint8_t count);

// GPIO lines.

/// A requested line. It keeps its chip open and gives the line back when closed.
typedef struct hw_line hw_line;

/// What the chip shall do about a line that nobody drives.
typedef enum { hw_pull_none, hw_pull_up, hw_pull_down } hw_pull;

/// What to ask of a line.
typedef struct {
  /// The chip's device path, kernel name or label.
  const char *chip;
  /// The line's name, or NULL to go by `offset`.
  const char *name;
  uint32_t offset;
  /// Who is asking: what gpioinfo shows.
  const char *consumer;
  bool is_active_low;
  /// Of an input only.
  hw_pull pull;
  /// Ignored where hw_line_can_debounce() says no.
  uint32_t debounce_us;
  /// How many edges the kernel keeps while nobody reads; 0 for its default.
  uint32_t kept_edges;
} hw_line_request;

/// What a line turned out to be.
typedef struct {
  char chip[32];
  char name[32];
  uint32_t offset;
} hw_line_identity;

/// A change of an input line.
typedef struct {
  /// CLOCK_MONOTONIC.
  int64_t monotonic_ns;
  /// Counts this line's edges from 1; 0 where the library cannot tell.
  uint32_t sequence;
  bool is_active;
} hw_edge;

/// Whether the kernel debounces for us: libgpiod 2.x, not 1.6.
bool hw_line_can_debounce(void);
/// An input that reports both edges.
int hw_line_open_input(const hw_line_request *request, hw_line **line);
/// An output, inactive to begin with.
int hw_line_open_output(const hw_line_request *request, hw_line **line);
void hw_line_close(hw_line *line);
void hw_line_identify(const hw_line *line, hw_line_identity *identity);
/// Readable while an edge waits.
int hw_line_descriptor(const hw_line *line);
/// 1 active, 0 inactive.
int hw_line_level(hw_line *line);
int hw_line_drive(hw_line *line, bool is_active);
/// Takes the oldest waiting edge: 1 taken, 0 none waits.
int hw_line_next_edge(hw_line *line, hw_edge *edge);

// Clocks.

/// Whether the kernel takes its clock to be synchronised (adjtimex, read only): 1, 0.
int hw_clock_is_synchronised(void);

#endif
