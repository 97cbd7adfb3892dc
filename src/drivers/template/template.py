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
FLUSH_NS = 50_000_000  # at least every 100 ms: what is written is all that kbench sees


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


class Schedule:
    """When each record of a fixed rate is intended, in ns after the start. The times never slip after a stall."""

    def __init__(self, job):
        self.rate, self.file = job["rate"], job.get("schedule")
        if self.file:
            with open(self.file["file"], "rb") as file:
                self.offsets = struct.unpack(f"<{self.file['records']}q", file.read(8 * self.file["records"]))

    def time(self, i):
        if not self.file:
            return int(i * 1e9 / self.rate)
        rounds, index = divmod(i, len(self.offsets))
        return rounds * self.file["span_ns"] + self.offsets[index]


class Counts:
    def __init__(self):
        self.sent = self.acked = self.failed = 0
        self.due = None  # records that a rate wanted by the stop, also those that could not be sent in time
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


def value_of(i, job, payload):
    """Record i: a piece of the payload, round and round, and its own number at its begin where kbench wants that."""
    size = job["payload"]["record_size"]
    offset = i % job["payload"]["records"] * size
    value = payload[offset:offset + size]
    if "sequence_base" in job:
        value = struct.pack(">q", job["sequence_base"] + i) + value[8:]
    return value


def wait_until(moment_ns, samples):
    """False when the stop came first."""
    wait_ns = moment_ns - time.monotonic_ns()
    if wait_ns > FLUSH_NS / 10:
        samples.flush()
    # CLIENT: one whose callbacks are served by its caller is to be served in the meantime.
    return not is_stopped(max(wait_ns, 0) / 1e9)


def produce(job, counts):
    with open(job["payload"]["file"], "rb") as file:
        payload = file.read()
    rate, limit = job["rate"], job["limits"]["records"]
    schedule = Schedule(job)
    samples = Samples(job["fifo"])
    begin_ns = time.monotonic_ns()
    while not limit or counts.sent < limit:
        # The start is taken before the first attempt, since waiting for room in the client's buffer counts. At a fixed
        # rate it is the time that the record was meant for, however late it leaves.
        intended_ns = begin_ns + schedule.time(counts.sent) if rate else 0
        if not wait_until(intended_ns, samples):
            break
        start_ns = intended_ns if rate else time.monotonic_ns()
        record = value_of(counts.sent, job, payload)
        # CLIENT: send `record` to job["topic"], wait for room where the client has none (but not beyond the stop), hand
        # it acknowledge() as its callback.
        counts.sent += 1
        acknowledge(samples, counts, start_ns, None if record else "NO_RECORD")
    if rate:
        stopped_ns, counts.due = time.monotonic_ns() - begin_ns, counts.sent
        while schedule.time(counts.due) <= stopped_ns and counts.due != limit:
            counts.due += 1
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
    due = {} if counts.due is None else {"due": counts.due}
    say(event="done", sent=counts.sent, acked=counts.acked, failed=counts.failed, errors=counts.errors, **due)


if __name__ == "__main__":
    main()
