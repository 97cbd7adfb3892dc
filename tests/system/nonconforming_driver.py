# SPDX-License-Identifier: Apache-2.0
"""A driver without a client that keeps the protocol but for the faults that its arguments name."""
import json
import os
import select
import struct
import sys
import time

SAMPLE = struct.Struct("<qqii")  # start_ns, end_ns, count, status
LATENCY_NS = 1_000
STEP_S = 0.001


def say(**event):
    os.write(1, (json.dumps(event) + "\n").encode())


def is_told(seconds):
    return bool(select.select([0], [], [], seconds)[0])


class Intended:
    """When each record is to be sent, in ns after the start."""

    def __init__(self, job, wrong):
        self.rate, self.wrong = job["rate"], wrong
        self.plan = job.get("schedule") if "ignores-the-schedule" not in wrong else None
        if self.plan:
            with open(self.plan["file"], "rb") as file:
                self.offsets = struct.unpack(f"<{self.plan['records']}q", file.read())

    def of(self, i):
        if self.plan:
            return i // len(self.offsets) * self.plan["span_ns"] + self.offsets[i % len(self.offsets)]
        slip = 5_000_000 * (i > 1000) if "slips" in self.wrong else 0
        return int(i * 1e9 / self.rate) + slip if self.rate else 0


def send_all(job, wrong, write):
    """Until the limit or the stop; how many were sent, and due."""
    intended, sent, start = Intended(job, wrong), 0, time.monotonic_ns()
    limit = job["limits"]["records"] + ("passes-its-limit" in wrong)
    while not is_told(0) and (not job["limits"]["records"] or sent < limit):
        now = time.monotonic_ns()
        begin = start + intended.of(sent) if job["rate"] else now
        if begin + LATENCY_NS > now and job["rate"]:
            time.sleep(STEP_S)
            continue
        write(begin, max(now, begin + LATENCY_NS))
        sent += 1
        time.sleep(0 if job["rate"] or job["limits"]["records"] else STEP_S)
    return sent


def main():
    wrong = set(sys.argv[1:])
    job = json.loads(sys.stdin.buffer.raw.readline())
    versions = {"library": "none"} if "tells-no-version" in wrong else {"client": "1", "library": "none"}
    settings = dict(job.get("settings", {}))
    if "changes-a-setting" in wrong and "acks" in settings:
        settings["acks"] = "0"
    say(event="ready", protocol=1, clock_ns=time.monotonic_ns(), versions=versions, settings=settings)
    if job["role"] == "probe":
        return say(event="done", sent=0, acked=0, failed=0, errors={})
    fifo, kept = os.open(job["fifo"], os.O_WRONLY), []
    sys.stdin.buffer.raw.readline()

    def write(start, end):
        if "ends-before-its-start" in wrong:
            end = start - LATENCY_NS
        sample = SAMPLE.pack(start, end, 2 if "counts-two" in wrong else 1, 0)
        if "keeps-its-samples" in wrong:
            kept.append(sample)
        else:
            os.write(fifo, sample)

    sent = send_all(job, wrong, write)
    os.write(fifo, b"".join(kept) + (b"half a sample" if "sends-half-a-sample" in wrong else b""))
    os.close(fifo)
    due = {} if "does-not-tell-due" in wrong or not job["rate"] else {"due": sent}
    return say(event="done", sent=sent, acked=sent, failed=0, errors={}, **due)


if __name__ == "__main__":
    sys.exit(main())
