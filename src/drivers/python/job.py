# SPDX-License-Identifier: Apache-2.0
"""What the harness asks of one driver process: the first line on standard input, checked before anything is started."""

import itertools
import json
import mmap
import struct

from schedule import Schedule

PROTOCOL_VERSION = 1
NUMBER_BYTES = 8


class DriverError(Exception):
    """A cause of failure for a person to read: printed without a traceback."""


class Job:
    """The first line that the harness sends."""

    def __init__(self, line):
        document = json.loads(line)
        if document.get("protocol") != PROTOCOL_VERSION:
            raise DriverError(f"job: this driver speaks protocol {PROTOCOL_VERSION} only")
        self.role = document.get("role")
        if self.role == "probe":
            return
        if self.role != "producer":
            raise DriverError(f"job: role {self.role!r} is neither producer nor probe")
        self.topic = document["topic"]
        self.bootstrap_servers = document["bootstrap_servers"]
        self.settings = document.get("settings", {})
        self.payload = document["payload"]
        self.rate = float(document.get("rate", 0))
        self.schedule = self._schedule(document.get("schedule"))
        self.sequence_base = document.get("sequence_base")
        if self.sequence_base is not None and self.payload["record_size"] < NUMBER_BYTES:
            raise DriverError(f"job: records of {self.payload['record_size']} bytes cannot hold a number")
        self.limit_records = int(document.get("limits", {}).get("records", 0))
        self.fifo = document.get("fifo")
        self.seed = int(document.get("seed", 1))
        self.key = document.get("key", "none")
        if self.key not in KEYS:
            raise DriverError(f"job: key {self.key!r} is none of {', '.join(KEYS)}")

    def _schedule(self, file):
        """None: as fast as possible."""
        if not self.rate and file:
            raise DriverError("job: a schedule needs a rate")
        if not self.rate:
            return None
        try:
            return Schedule(self.rate, **(file or {}))
        except (OSError, TypeError, ValueError) as problem:
            raise DriverError(f"job: schedule: {problem}") from problem

    def values(self):
        """The payload's records over and over, as bytes objects made once, before anything is measured. Numbered ones
        are made when they are sent: record i begins with sequence_base + i."""
        size, count = self.payload["record_size"], self.payload["records"]
        with open(self.payload["file"], "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as payload:
            if size < 1 or count < 1 or len(payload) < size * count:
                raise DriverError(f"payload: {len(payload)} bytes are no {count} records of {size}")
            records = [payload[i * size : (i + 1) * size] for i in range(count)]
        if self.sequence_base is None:
            return itertools.cycle(records)
        pack, rests = struct.Struct(">q").pack, itertools.cycle([record[NUMBER_BYTES:] for record in records])
        return (pack(number) + rest for number, rest in zip(itertools.count(self.sequence_base), rests))

    def keys(self):
        """The key of record 0, 1, 2 …"""
        return KEYS[self.key](self.seed)


def _sequential_keys(_seed):
    return map(struct.Struct(">q").pack, itertools.count())


def _random_keys(seed):
    """Steele, Lea and Flood's splitmix64: for record i its output for the state seed + i."""
    mask = (1 << 64) - 1
    pack = struct.Struct(">Q").pack
    for i in itertools.count():
        z = (seed + i + 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield pack(z ^ (z >> 31))


KEYS = {"none": lambda _seed: itertools.repeat(None), "sequential": _sequential_keys, "random": _random_keys}
