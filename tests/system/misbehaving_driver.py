# SPDX-License-Identifier: Apache-2.0
"""A driver that answers a probe as it should and does one thing wrong in a trial: its argument says which.

Every process that it is leaves its id in the folder KBENCH_TEST_PIDS, so that a test can see whether all have ended.
"""
import json
import os
import select
import signal
import struct
import sys
import time

SAMPLE = struct.Struct("<qqii")  # start_ns, end_ns, count, status
LATENCY_NS = 1_000_000
PAUSE_S = 0.005


def leave_id():
    with open(os.path.join(os.environ["KBENCH_TEST_PIDS"], str(os.getpid())), "w"):
        pass


def say(**event):
    os.write(1, (json.dumps(event) + "\n").encode())


def ready(**more):
    say(**{"event": "ready", "protocol": 1, "clock_ns": time.monotonic_ns(),
           "versions": {"client": "1", "library": "misbehaving"}, "settings": {}, **more})


def done(records, **more):
    say(**{"event": "done", "sent": records, "acked": records, "failed": 0, "errors": {}, **more})


def forever():
    while True:
        time.sleep(60)


def read_line():
    """A line and not a byte more: what follows shall be seen by select()."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(0, 1)):
        line += byte
    return line


def is_told(seconds):
    """Whether there is a command, or the end of them, within this time."""
    if not select.select([0], [], [], seconds)[0]:
        return False
    read_line()
    return True


class Load:
    """Samples until the stop, of which a mode can spoil one."""

    def __init__(self, fifo):
        self.file = os.open(fifo, os.O_WRONLY)
        self.records = 0

    def add(self, start_ns, end_ns, count=1):
        os.write(self.file, SAMPLE.pack(start_ns, end_ns, count, 0))
        self.records += 1

    def run(self, spoil=None, rest=b""):
        while not is_told(PAUSE_S):
            now_ns = time.monotonic_ns()
            if spoil and self.records == 10:
                spoil(self, now_ns)
            else:
                self.add(now_ns - LATENCY_NS if self.records else now_ns, now_ns)
        os.write(self.file, rest)
        os.close(self.file)


# What becomes of one sample in the middle of the others.
SPOILT = {
    "ends-before-its-start": lambda load, now: load.add(now, now - 1),
    "starts-before-the-trial": lambda load, now: load.add(now - 3_600_000_000_000, now),
    "ends-in-the-future": lambda load, now: load.add(now, now + 3_600_000_000_000),
    "stands-for-no-record": lambda load, now: load.add(now - LATENCY_NS, now, 0),
    "is-killed": lambda load, now: os.kill(os.getpid(), signal.SIGKILL),
    "dies-halfway": lambda load, now: sys.exit(9),
    "hangs-halfway": lambda load, now: forever(),
}

# What its last line says of the records that it did send.
COUNTS = {
    "says-more-than-its-samples": lambda records: {"sent": records + 5, "acked": records + 5},
    "says-fewer-than-its-samples": lambda records: {"sent": records - 5, "acked": records - 5},
    "leaves-records-outstanding": lambda records: {"acked": records - 5},
    "acknowledges-more-than-it-sent": lambda records: {"acked": records + 5},
    "counts-below-nothing": lambda records: {"failed": -1},
    "falls-behind": lambda records: {"due": 2 * records},
    "keeps-up": lambda records: {"due": records},
}


def before_ready(mode):
    if mode == "dies-at-once":
        print("no such luck", file=sys.stderr)
        sys.exit(7)
    if mode == "hangs-at-once":
        forever()
    if mode == "says-no-json":
        os.write(1, b"\x1b[31mWARNING:\x00\xff all is well\n")
        forever()
    if mode == "says-half-a-line":
        os.write(1, b'{"event":"rea')
        sys.exit(0)
    if mode == "says-a-million-lines":
        block = b'{"event":"noise"}\n' * 1000
        for _ in range(1000):
            while block:
                block = block[os.write(1, block):]
    if mode == "floods-stderr":
        for number in range(200_000):
            print(f"this is line number {number:08}", file=sys.stderr)
    if mode.startswith("tells"):
        print(f"the password is {os.environ['KBENCH_TEST_SECRET']}", file=sys.stderr)
    if mode == "tells-and-dies":
        sys.exit(f"cannot log in with {os.environ['KBENCH_TEST_SECRET']}")
    if mode == "leaves-a-child" and os.fork() == 0:
        leave_id()
        forever()


def trial(mode, job):
    before_ready(mode)
    if mode == "has-another-clock":
        ready(clock_ns=time.time_ns())
    elif mode == "tells-secrets":
        secret = os.environ["KBENCH_TEST_SECRET"]
        ready(settings=dict(job["settings"], told=secret), versions={"client": secret, "library": f"with {secret} in it"})
    elif mode == "tells-markdown":
        print("<img src=x> | `stderr` \x1b[31m", file=sys.stderr)
        ready(versions={"client": "<img> | `1` \x1b[31m", "library": "a | b\n<img>"}, settings={"<img>": "| `x`"})
    else:
        ready()
    if mode == "ends-before-its-window":
        is_told(60)
        os.close(os.open(job["fifo"], os.O_WRONLY))
        return done(0)
    if mode == "never-opens-its-samples":
        is_told(60)
        is_told(60)
        return done(0)
    load = Load(job["fifo"])
    is_told(60)
    if mode == "sends-nothing":
        is_told(60)
        os.close(load.file)
        return done(0)
    load.run(SPOILT.get(mode), b"half a sample" if mode == "sends-half-a-sample" else b"")
    if mode == "hangs-at-the-end":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        forever()
    return done(load.records, **COUNTS.get(mode, lambda records: {})(load.records))


def main():
    mode = sys.argv[1]
    leave_id()
    job = json.loads(read_line())
    if job["role"] == "probe":
        if mode == "is-not-there":
            sys.exit("cannot find the client library")
        ready()
        return done(0)
    trial(mode, job)
    return 1 if mode == "exits-with-1" else 0


if __name__ == "__main__":
    sys.exit(main())
