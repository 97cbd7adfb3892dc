# SPDX-License-Identifier: Apache-2.0
"""What the drivers written in CPython share: the conversation with the harness, samples and counts; the job and when
its records are sent stand beside this file.

This folder is no driver (it has no driver.yaml). Each Python driver puts it on sys.path, defines a class as described
at main(), and holds nothing but the use of its client library, which is what is measured.
"""

import functools
import itertools
import json
import sys
import threading
import time

from job import PROTOCOL_VERSION, DriverError, Job
from samples import SampleWriter


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
    failed(start, code, name) its failure, outright or later: `code` is the client's number of the error, not 0; `name`
                              what people call it
    """

    def __init__(self, job):
        self._writer = SampleWriter(job.fifo) if job.fifo else None
        self._sent, self._acked, self._failed = Counter(), Counter(), Counter()
        self._errors, self._errors_lock = {}, threading.Lock()
        self.due = None  # records that the rate wanted by the stop
        self.sent = self._sent.add
        if self._writer:
            self.now = time.monotonic_ns
            self.acknowledged = self._timed_acknowledgement()
        else:
            # Counts only: no clock is read, and time is taken to pass by 1 µs a record.
            self.now = functools.partial(next, itertools.count(step=1000))
            self.acknowledged = lambda _start, add=self._acked.add: add()

    def _timed_acknowledgement(self):
        """Counts nothing: each has a sample, and these are counted when they are written."""
        now, sample, success = time.monotonic_ns, self._writer.add, SampleWriter.SUCCESS

        def acknowledged(start):
            sample((start, now(), success))

        return acknowledged

    def failed(self, start, code, name):
        if self._writer:
            self._writer.add((start, time.monotonic_ns(), SampleWriter.failure(code)))
        self._failed.add()
        with self._errors_lock:
            self._errors[name] = self._errors.get(name, 0) + 1

    def close(self):
        """All samples are written; the counts, as the harness wants them."""
        failed = self._failed.take()
        acked = self._writer.close() - failed if self._writer else self._acked.take()
        counts = {"sent": self._sent.take(), "acked": acked, "failed": failed}
        due = {} if self.due is None else {"due": self.due}
        return {**counts, **due, "errors": self._errors}


class Control:
    """Standard input after the job. Once started, whatever comes means stop: the command, or the end of the input."""

    def __init__(self):
        self.is_stopped, self.stopped_ns = False, None

    def await_start(self):
        line = sys.stdin.readline()
        if not line or json.loads(line).get("command") != "start":
            raise DriverError(f"the command 'start' was expected, not {line!r}")
        threading.Thread(target=self._await_stop, daemon=True).start()

    def _await_stop(self):
        sys.stdin.readline()
        self.stopped_ns = time.monotonic_ns()
        self.is_stopped = True


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
    produce(control)       sends what schedule.to_send() says and returns when every record is acknowledged or failed
    """
    try:
        _converse(driver_class)
    except DriverError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0
