#!/usr/bin/env python3
"""What another program does at the network, in a guest that has neither ip nor curl.

  net.py address ADDRESS...    gives the board addresses, on an interface of its own
  net.py ask ADDRESS METHOD PATH [--body JSON] [--header LINE] [--from ADDRESS]
                               asks the pages; prints the status (or `silent`), headers and body
"""

import argparse
import fcntl
import http.client
import socket
import struct
import subprocess

PORT = 8047
# linux/sockios.h, linux/if.h.
SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFNETMASK = 0x8914, 0x8916, 0x891C
IFF_UP = 1


def give(addresses):
    subprocess.run(["modprobe", "dummy", "numdummies=1"], check=True)
    control = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def set_address(name, request, address):
        place = struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton(address))
        fcntl.ioctl(control, request, struct.pack("16s16s8x", name.encode(), place))

    fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sH22x", b"dummy0", IFF_UP))
    for number, address in enumerate(addresses):
        # Each further address has a name of its own.
        name = "dummy0" + (f":{number}" if number else "")
        set_address(name, SIOCSIFADDR, address)
        set_address(name, SIOCSIFNETMASK, "255.255.255.0")


def ask(order):
    connection = http.client.HTTPConnection(
        order.address, PORT, timeout=10, source_address=(order.sender, 0) if order.sender else None)
    headers = dict(line.split(": ", 1) for line in order.header)
    if order.body:
        headers["content-type"] = "application/json"
    try:
        connection.request(order.method, order.path, order.body, headers)
        answer = connection.getresponse()
    except OSError:
        print("silent")
        return
    print(answer.status)
    for name, value in answer.getheaders():
        print(f"{name.lower()}: {value}")
    print(answer.read().decode(errors="replace"))


parser = argparse.ArgumentParser()
commands = parser.add_subparsers(required=True)
one = commands.add_parser("address")
one.add_argument("addresses", nargs="+")
one.set_defaults(act=lambda order: give(order.addresses))
one = commands.add_parser("ask")
one.add_argument("address")
one.add_argument("method")
one.add_argument("path")
one.add_argument("--body")
one.add_argument("--header", action="append", default=[])
one.add_argument("--from", dest="sender")
one.set_defaults(act=ask)
order = parser.parse_args()
order.act(order)
