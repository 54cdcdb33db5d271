"""Reads a SEN55 with its maker's own driver and prints what it found on one line."""
import sys
import time

from sensirion_i2c_driver import I2cConnection, LinuxI2cTransceiver
from sensirion_i2c_sen5x import Sen5xI2cDevice

with LinuxI2cTransceiver(sys.argv[1]) as transceiver:
    device = Sen5xI2cDevice(I2cConnection(transceiver))
    name, serial = device.get_product_name(), device.get_serial_number()
    device.start_measurement()
    # NOx is unknown in the first 10 to 11 seconds.
    deadline = time.monotonic() + 30
    while True:
        while not device.read_data_ready():
            time.sleep(0.1)
        values = device.read_measured_values()
        if values.nox_index.available or time.monotonic() > deadline:
            break
    particles = (
        values.mass_concentration_1p0,
        values.mass_concentration_2p5,
        values.mass_concentration_4p0,
        values.mass_concentration_10p0,
    )
    print(
        name,
        serial,
        *(f"{value.physical:.1f}" for value in particles),
        f"{values.ambient_humidity.percent_rh:.2f}",
        f"{values.ambient_temperature.degrees_celsius:.2f}",
        f"{values.voc_index.scaled:.1f}",
        f"{values.nox_index.scaled:.1f}",
    )
    device.stop_measurement()
