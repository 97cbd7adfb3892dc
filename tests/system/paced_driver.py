# SPDX-License-Identifier: Apache-2.0
"""A driver whose rate is decided by the trial's block and attempt, by a schedule and so to the record: its argument says how.

steady: 2000 records/s. alternating: twice that in every second block. ramping-N: in the first N attempts at a block the rate
triples over RAMP_S seconds.
"""
import json
import math
import os
import sys
import time

from misbehaving_driver import LATENCY_NS, PAUSE_S, SAMPLE, done, is_told, read_line, ready

RATE = 2000
RAMP_S = 6


def schedule(mode, block, attempt):
    """When record i is sent, in seconds after the start."""
    if mode.startswith("ramping-") and attempt <= int(mode.rsplit("-", 1)[1]):
        return lambda i: RAMP_S / 2 * (math.sqrt(1 + 4 * i / (RATE * RAMP_S)) - 1)
    rate = RATE * 2 if mode == "alternating" and block % 2 == 0 else RATE
    return lambda i: i / rate


def run(fifo, sent_at_s):
    """Sends what is due until the stop; how many records that was."""
    file = os.open(fifo, os.O_WRONLY)
    begun_ns, records = time.monotonic_ns(), 0
    stopped = False
    while not stopped:
        stopped = is_told(PAUSE_S)
        now_ns, samples = time.monotonic_ns(), b""
        while (start_ns := begun_ns + int(sent_at_s(records) * 1e9)) + LATENCY_NS <= now_ns:
            samples += SAMPLE.pack(start_ns, start_ns + LATENCY_NS, 1, 0)
            records += 1
        while samples:
            samples = samples[os.write(file, samples):]
    os.close(file)
    return records


def main():
    job = json.loads(read_line())
    ready()
    if job["role"] == "probe":
        return done(0)
    block, attempt = (int(part) for part in job["topic"].rsplit("-", 2)[1:])
    is_told(60)
    return done(run(job["fifo"], schedule(sys.argv[1], block, attempt)))


if __name__ == "__main__":
    sys.exit(main())
