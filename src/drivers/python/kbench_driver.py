# SPDX-License-Identifier: Apache-2.0
"""What the drivers written in CPython share: the conversation with the harness, records, samples and counts.

This folder is no driver (it has no driver.yaml). Each Python driver puts it on sys.path, defines a class as described
at main(), and holds nothing but the use of its client library, which is what is measured.
"""

import functools
import itertools
import json
import mmap
import struct
import sys
import threading
import time

from samples import SampleWriter

PROTOCOL_VERSION = 1


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
        self.limit_records = int(document.get("limits", {}).get("records", 0))
        self.fifo = document.get("fifo")
        self.seed = int(document.get("seed", 1))
        self.key = document.get("key", "none")
        if self.key not in KEYS:
            raise DriverError(f"job: key {self.key!r} is none of {', '.join(KEYS)}")

    def values(self):
        """The payload's records over and over, as bytes objects made once, before anything is measured."""
        size, count = self.payload["record_size"], self.payload["records"]
        with open(self.payload["file"], "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as payload:
            if size < 1 or count < 1 or len(payload) < size * count:
                raise DriverError(f"payload: {len(payload)} bytes are no {count} records of {size}")
            records = [payload[i * size : (i + 1) * size] for i in range(count)]
        return itertools.cycle(records)

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


class Counter:
    """A count that several threads may add to: one step of itertools.count() is one step of the interpreter."""

    def __init__(self):
        self._numbers = itertools.count()
        self.add = functools.partial(next, self._numbers)

    def take(self):
        """The count; ends its use."""
        return next(self._numbers)


class Results:
    """What became of the records. Functions that callbacks of any thread may call, made for their speed:

    now()                     the start of a record
    sent()                    a record was given to the client
    acknowledged(start)       a record's delivery, and its sample
    failed(start, code, name) its failure, outright or later: `code` is the client's number of the error, not 0; `name` what
                              people call it
    """

    def __init__(self, job):
        self._writer = SampleWriter(job.fifo) if job.fifo else None
        self._sent, self._acked, self._failed = Counter(), Counter(), Counter()
        self._errors, self._errors_lock = {}, threading.Lock()
        self.sent = self._sent.add
        if self._writer:
            self.now = time.monotonic_ns
            self.acknowledged = self._timed_acknowledgement()
        else:
            # Counts only: no clock is read, and time is taken to pass by 1 µs a record.
            self.now = functools.partial(next, itertools.count(step=1000))
            self.acknowledged = lambda _start, add=self._acked.add: add()

    def _timed_acknowledgement(self):
        now, sample, acked, success = time.monotonic_ns, self._writer.add, self._acked.add, SampleWriter.SUCCESS

        def acknowledged(start):
            sample((start, now(), success))
            acked()

        return acknowledged

    def failed(self, start, code, name):
        if self._writer:
            self._writer.add((start, time.monotonic_ns(), SampleWriter.failure(code)))
        self._failed.add()
        with self._errors_lock:
            self._errors[name] = self._errors.get(name, 0) + 1

    def close(self):
        """All samples are written; the counts, as the harness wants them."""
        if self._writer:
            self._writer.close()
        counts = {"sent": self._sent.take(), "acked": self._acked.take(), "failed": self._failed.take()}
        return {**counts, "errors": self._errors}


class Control:
    """Standard input after the job. Once started, whatever comes means stop: the command, or the end of the input."""

    def __init__(self):
        self.is_stopped = False

    def await_start(self):
        line = sys.stdin.readline()
        if not line or json.loads(line).get("command") != "start":
            raise DriverError(f"the command 'start' was expected, not {line!r}")
        threading.Thread(target=self._await_stop, daemon=True).start()

    def _await_stop(self):
        sys.stdin.readline()
        self.is_stopped = True


def schedule(job, control, now, wait):
    """Yield (start_ns, value, key) when each record is to be sent, until stop or the job's limit.

    As fast as possible, the start is now(). At a fixed rate it is the intended time, which never slips, and
    wait(seconds) is called until then: it may return early.
    """
    records = zip(job.values(), job.keys())
    if job.limit_records:
        records = itertools.islice(records, job.limit_records)
    if not job.rate:
        for value, key in records:
            if control.is_stopped:
                return
            yield now(), value, key
        return
    begin_ns = time.monotonic_ns()
    for i, (value, key) in enumerate(records):
        due_ns = begin_ns + int(i * 1e9 / job.rate)
        while not control.is_stopped and (left_ns := due_ns - time.monotonic_ns()) > 0:
            # A stop is heeded within 10 ms.
            wait(min(left_ns / 1e9, 0.01))
        if control.is_stopped:
            return
        yield due_ns, value, key


def runtime():
    return f"{sys.implementation.name} {sys.version.split()[0]}"


def _say(**event):
    print(json.dumps(event), flush=True)


def _say_ready(driver_class, settings):
    clock_ns = time.monotonic_ns()
    _say(
        event="ready", protocol=PROTOCOL_VERSION, clock_ns=clock_ns, versions=driver_class.versions(), settings=settings
    )


def _converse(driver_class):
    job = Job(sys.stdin.readline())
    if job.role == "probe":
        _say_ready(driver_class, {})
        _say(event="done", sent=0, acked=0, failed=0, errors={})
        return
    results, control = Results(job), Control()
    driver = driver_class(job, results)
    _say_ready(driver_class, driver.settings())
    control.await_start()
    driver.produce(control)
    _say(event="done", **results.close())


def main(driver_class):
    """Run a driver; the exit status. `driver_class` has

    versions()             static: {"client": …, "library": …, "runtime": …}
    __init__(job, results) connects, and knows the topic when it returns
    settings()             {the client's own name: value in force}, without secrets
    produce(control)       sends what schedule() says and returns when every record is acknowledged or failed
    """
    try:
        _converse(driver_class)
    except DriverError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0
