# SPDX-License-Identifier: Apache-2.0
"""A driver that does one thing wrong: its argument says which. The folders beside this file give each a name."""

import json
import os
import signal
import sys
import time


held = ""  # lines that go out together with the next one


def say(hold=False, **event):
    global held
    held += json.dumps(event) + "\n"
    if not hold:
        os.write(1, held.encode())
        held = ""


def ready(protocol=1, clock_ns=None, hold=False):
    settings = {**job["settings"], "linger": 7, "own.default": 16}
    if "jaas" in settings:
        settings["jaas"] = "told all the same"
    say(event="ready", protocol=protocol, clock_ns=clock_ns or time.monotonic_ns(),
        versions={"client": "1.0", "library": "fake"}, settings=settings, hold=hold)


def done(**counts):
    say(event="done", **{"sent": 10, "acked": 9, "failed": 1, "errors": {"TIMED_OUT": 1}, **counts})


def drop(name):
    say(event="done", **{key: 10 for key in ("sent", "acked", "failed") if key != name})


def forever():
    while True:
        time.sleep(60)


mode = sys.argv[1]
if mode == "hangs":
    forever()
if mode == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
job = json.loads(sys.stdin.readline())
if mode == "dies-at-once":
    print("no such luck", file=sys.stderr)
    sys.exit(7)
if mode == "half-line":
    sys.stdout.write('{"event":"rea')
    sys.exit(0)
if mode == "not-json":
    print("\x1b[31mWARNING: all is well", flush=True)
    forever()
if mode == "endless-line":
    while True:
        sys.stdout.write("x" * 65536)
if mode == "million-lines":
    line = '{"event":"ready"}\n'
    for _ in range(1_000_000):
        sys.stdout.write(line)
if mode == "floods-stderr":
    for number in range(10_000):
        print(f"this is line number {number:08}", file=sys.stderr)
if mode == "done-early":
    ready(hold=True)  # nobody can start it in between
    done()
    forever()
ready(protocol=2 if mode == "wrong-protocol" else 1,
      clock_ns=time.time_ns() if mode == "wrong-clock" else None)
if mode == "ready-twice":
    ready()
if mode == "closes-stdin":
    os.close(0)
    print("closed", file=sys.stderr, flush=True)
    forever()
if job["role"] != "probe":
    sys.stdin.readline()
if mode == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
if job["role"] == "producer":
    sys.stdin.readline()
if mode == "stubborn":
    forever()
if mode == "leaves-child" and os.fork() == 0:
    forever()
if job["role"] == "reader":
    say(event="done", read=sum(part["end"] - part["begin"] for part in job["partitions"]))
elif mode == "missing-count":
    drop("acked")
else:
    done(**{"negative-count": {"failed": -1}, "too-many": {"acked": 11},
            "outstanding": {"acked": 8}, "less-due": {"due": 9}}.get(mode, {}))
if mode == "talks-on":
    print("and another thing", flush=True)
sys.exit(1 if mode == "exit-1" else 0)
