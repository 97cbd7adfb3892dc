#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A driver without a client: the whole protocol, with a CLIENT comment at each place where the library's calls go."""

import json
import os
import select
import struct
import sys
import time

SAMPLE = struct.Struct("<qqii")  # start_ns, end_ns, count, status (0: acknowledged)
BLOCK_BYTES = 64 * 1024
FLUSH_NS = 100_000_000


def say(**event):
    print(json.dumps(event), flush=True)


class Samples:
    """Two times for each record, to the named pipe in blocks; kbench makes every figure from them."""

    def __init__(self, path):
        self.file = os.open(path, os.O_WRONLY) if path else None  # no path: this trial only counts
        self.block = bytearray()
        self.flushed_ns = time.monotonic_ns()

    def add(self, start_ns, end_ns, status):
        if self.file is None:
            return
        self.block += SAMPLE.pack(start_ns, end_ns, 1, status)
        if len(self.block) + SAMPLE.size > BLOCK_BYTES or end_ns - self.flushed_ns > FLUSH_NS:
            self.flush()

    def flush(self):
        while self.block:
            del self.block[:os.write(self.file, self.block)]
        self.flushed_ns = time.monotonic_ns()

    def close(self):
        self.flush()
        if self.file is not None:
            os.close(self.file)


class Counts:
    def __init__(self):
        self.sent = self.acked = self.failed = 0
        self.errors = {}


def is_stopped(wait_s):
    return bool(select.select([sys.stdin], [], [], wait_s)[0])  # a line, or the end of the input


def acknowledge(samples, counts, start_ns, error):
    """What the client's callback does for each record, once."""
    samples.add(start_ns, time.monotonic_ns(), 1 if error else 0)
    if error:
        counts.failed += 1
        counts.errors[error] = counts.errors.get(error, 0) + 1
    else:
        counts.acked += 1


def produce(job, counts):
    size, records = job["payload"]["record_size"], job["payload"]["records"]
    with open(job["payload"]["file"], "rb") as file:
        payload = file.read()
    rate, limit = job["rate"], job["limits"]["records"]
    samples = Samples(job["fifo"])
    begin_ns = time.monotonic_ns()
    while not is_stopped(0) and (not limit or counts.sent < limit):
        start_ns = time.monotonic_ns()  # before the first attempt: waiting for room in the client's buffer counts
        if rate:  # open loop: the time that the record was meant for, however late it is
            start_ns = begin_ns + int(counts.sent * 1e9 / rate)
            wait_ns = start_ns - time.monotonic_ns()
            if wait_ns > FLUSH_NS / 10:
                samples.flush()
            if wait_ns > 0 and is_stopped(wait_ns / 1e9):
                break
        offset = counts.sent % records * size
        record = payload[offset:offset + size]
        # CLIENT: send `record` to job["topic"], wait for room where the client has none, hand it acknowledge() as its callback.
        counts.sent += 1
        acknowledge(samples, counts, start_ns, None if record else "NO_RECORD")
    # CLIENT: flush, so that every record is acknowledged or failed.
    samples.close()


def main():
    # Unbuffered, or select() would not see a line that Python has read ahead.
    sys.stdin = os.fdopen(os.dup(0), "rb", buffering=0)
    job = json.loads(sys.stdin.readline())
    is_probe = job["role"] == "probe"  # a probe asks for the versions only; there is no cluster
    # CLIENT: connect to job["bootstrap_servers"] with job["settings"], unless it is a probe.
    settings = {} if is_probe else job["settings"]  # CLIENT: those in force, defaults included, as the client tells them
    versions = {"client": "1", "library": "template", "runtime": "Python " + sys.version.split()[0]}
    say(event="ready", protocol=1, clock_ns=time.monotonic_ns(), versions=versions, settings=settings)
    counts = Counts()
    if not is_probe:
        sys.stdin.readline()  # {"command":"start"}
        produce(job, counts)
    say(event="done", sent=counts.sent, acked=counts.acked, failed=counts.failed, errors=counts.errors)


if __name__ == "__main__":
    main()
