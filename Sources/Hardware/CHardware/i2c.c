#include "CHardware.h"

#include <errno.h>
#include <i2c/smbus.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <string.h>
#include <sys/ioctl.h>

const uint64_t hw_i2c_can_plain = I2C_FUNC_I2C;
const uint64_t hw_i2c_can_quick = I2C_FUNC_SMBUS_QUICK;
const uint64_t hw_i2c_can_read_byte = I2C_FUNC_SMBUS_READ_BYTE;

uint64_t hw_i2c_needed_to_read(uint8_t count) {
  if (count == 1) return I2C_FUNC_SMBUS_READ_BYTE_DATA;
  if (count == 2) return I2C_FUNC_SMBUS_READ_WORD_DATA;
  return I2C_FUNC_SMBUS_READ_I2C_BLOCK;
}

uint64_t hw_i2c_needed_to_write(uint8_t count) {
  if (count == 1) return I2C_FUNC_SMBUS_WRITE_BYTE_DATA;
  if (count == 2) return I2C_FUNC_SMBUS_WRITE_WORD_DATA;
  return I2C_FUNC_SMBUS_WRITE_I2C_BLOCK;
}

int hw_i2c_functions(int file, uint64_t *functions) {
  unsigned long answer = 0;
  if (ioctl(file, I2C_FUNCS, &answer) < 0) return -errno;
  *functions = answer;
  return 0;
}

int hw_i2c_select(int file, uint8_t address) {
  return ioctl(file, I2C_SLAVE, (unsigned long)address) < 0 ? -errno : 0;
}

static int transfer(int file, struct i2c_msg message) {
  struct i2c_rdwr_ioctl_data data = {.msgs = &message, .nmsgs = 1};
  return ioctl(file, I2C_RDWR, &data) < 0 ? -errno : 0;
}

int hw_i2c_write(int file, uint8_t address, const uint8_t *bytes, uint16_t count) {
  struct i2c_msg message = {.addr = address, .len = count, .buf = (uint8_t *)bytes};
  return transfer(file, message);
}

int hw_i2c_read(int file, uint8_t address, uint8_t *bytes, uint16_t count) {
  struct i2c_msg message = {.addr = address, .flags = I2C_M_RD, .len = count, .buf = bytes};
  return transfer(file, message);
}

// SMBus words travel low byte first (SMBus 3.1, section 6.5.5); libi2c gives the number, not the order.

int hw_i2c_read_register(int file, uint8_t name, uint8_t *bytes, uint8_t count) {
  if (count == 0 || count > I2C_SMBUS_BLOCK_MAX) return -EINVAL;
  if (count > 2) {
    uint8_t block[I2C_SMBUS_BLOCK_MAX];
    int answer = i2c_smbus_read_i2c_block_data(file, name, count, block);
    if (answer < 0) return answer;
    if (answer > count) return -EPROTO;
    memcpy(bytes, block, (size_t)answer);
    return answer;
  }
  int value = count == 1 ? i2c_smbus_read_byte_data(file, name)
                         : i2c_smbus_read_word_data(file, name);
  if (value < 0) return value;
  bytes[0] = (uint8_t)(value & 0xFF);
  if (count == 2) bytes[1] = (uint8_t)(value >> 8 & 0xFF);
  return count;
}

int hw_i2c_write_register(int file, uint8_t name, const uint8_t *bytes, uint8_t count) {
  if (count == 0 || count > I2C_SMBUS_BLOCK_MAX) return -EINVAL;
  if (count == 1) return i2c_smbus_write_byte_data(file, name, bytes[0]);
  if (count == 2) {
    return i2c_smbus_write_word_data(file, name, (uint16_t)(bytes[0] | bytes[1] << 8));
  }
  return i2c_smbus_write_i2c_block_data(file, name, count, bytes);
}

int hw_i2c_probe_quick(int file) { return i2c_smbus_write_quick(file, I2C_SMBUS_WRITE); }

int hw_i2c_probe_read(int file) {
  int answer = i2c_smbus_read_byte(file);
  return answer < 0 ? answer : 0;
}
