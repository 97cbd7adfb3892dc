# SPDX-License-Identifier: Apache-2.0
"""When each record of a fixed rate is intended, and the waiting until then."""

import array
import itertools
import os
import sys
import time

HEED_S = 0.01  # a stop is heeded within that


class Schedule:
    """Intended times in ns after the origin: at equal distances, or as a file of the harness says, which is the same
    for every language. The times never slip, however late the records leave.
    """

    def __init__(self, rate, file=None, records=0, span_ns=0):
        self._rate, self._offsets, self._span_ns = rate, file and self._read(file, records, span_ns), span_ns

    @staticmethod
    def _read(path, records, span_ns):
        offsets = array.array("q")
        with open(path, "rb") as file:
            offsets.frombytes(file.read(8 * records))
        if sys.byteorder != "little":
            offsets.byteswap()
        if records < 1 or len(offsets) != records:
            raise ValueError(f"{path} does not hold a schedule of {records} records")
        if any(now < before for before, now in zip(itertools.chain([0], offsets), offsets)) or offsets[-1] >= span_ns:
            raise ValueError(f"{path}: its offsets do not ascend within the span")
        return offsets.tolist()

    def times(self):
        """Of record 0, 1, 2 …"""
        if self._offsets is None:
            return (int(i * 1e9 / self._rate) for i in itertools.count())
        return (begin + offset for begin in itertools.count(0, self._span_ns) for offset in self._offsets)

    def time(self, i):
        if self._offsets is None:
            return int(i * 1e9 / self._rate)
        rounds, index = divmod(i, len(self._offsets))
        return rounds * self._span_ns + self._offsets[index]

    def count(self, elapsed_ns):
        """How many records are intended until then, that moment included."""
        if elapsed_ns < 0:
            return 0
        low, high = 0, int(elapsed_ns / 1e9 * self._rate) + 2
        if self._offsets is not None:
            low = elapsed_ns // self._span_ns * len(self._offsets)
            high = low + len(self._offsets)
        while low < high:
            middle = (low + high) // 2
            if self.time(middle) <= elapsed_ns:
                low = middle + 1
            else:
                high = middle
        return low


def minimize_timer_slack():
    """Linux may wake up a thread some 50 µs late, to save energy, which would be measured as the client's latency. As
    little of that as there is, for the calling thread."""
    thread = os.path.basename(os.readlink("/proc/thread-self"))
    try:
        with open(f"/proc/{thread}/timerslack_ns", "w", encoding="ascii") as file:
            file.write("1")
    except OSError as problem:
        print(f"timer slack: {problem}", file=sys.stderr)


def to_send(job, control, results, wait):
    """Yield (start_ns, value, key) when each record is to be sent, until stop or the job's limit.

    As fast as possible, the start is results.now(). At a fixed rate it is the intended time, and wait(seconds) is
    called until then: it may return early. At the end results.due tells how many records were due, sent or not.
    """
    records = zip(job.values(), job.keys())
    if job.limit_records:
        records = itertools.islice(records, job.limit_records)
    if job.schedule:
        yield from _at_rate(job, control, results, wait, records)
        return
    now = results.now
    for value, key in records:
        if control.is_stopped:
            return
        yield now(), value, key


def _at_rate(job, control, results, wait, records):
    minimize_timer_slack()
    sent, begin_ns = 0, time.monotonic_ns()
    for offset_ns, (value, key) in zip(job.schedule.times(), records):
        due_ns = begin_ns + offset_ns
        while not control.is_stopped and (left_ns := due_ns - time.monotonic_ns()) > 0:
            wait(min(left_ns / 1e9, HEED_S))
        if control.is_stopped:
            break
        yield due_ns, value, key
        sent += 1
    results.due = sent
    if control.is_stopped:
        due = job.schedule.count(control.stopped_ns - begin_ns)
        # A record may leave between the stop and its being seen.
        results.due = max(sent, min(due, job.limit_records or due))
