# SPDX-License-Identifier: Apache-2.0
"""A driver that makes believe to read a topic back: what one producer wrote to one partition, each number once and in order, which
is what is there. Its argument says what it does wrong."""
import json
import os
import struct
import sys
import time

ITEM = struct.Struct("<qqii")  # sequence, offset, partition, status


def say(**event):
    print(json.dumps(event), flush=True)


def items(mode, begin, end):
    for offset in range(begin, end):
        if mode == "reads-less" and offset == 7:
            continue
        yield ITEM.pack(offset, offset, 0, 0)
        if mode == "reads-twice" and offset == 7:
            yield ITEM.pack(offset, offset, 0, 0)


# One item of the topic as it would be had something else been written.
FOUND = {
    "finds-a-copy": lambda number: ITEM.pack(number - 1, number, 0, 0),
    "finds-a-stranger": lambda number: ITEM.pack(1 << 48, number, 0, 0),
    "finds-a-short-one": lambda number: ITEM.pack(0, number, 0, 1),
}


def read(mode, job):
    part, = job["partitions"]
    records = list(items(mode, part["begin"], part["end"]))
    if mode in FOUND:
        records[7] = FOUND[mode](7)
    with open(job["fifo"], "wb") as fifo:
        fifo.write(b"".join(records)[:-1 if mode == "ends-halfway" else None])
        if mode == "dies":
            sys.exit("no more of this")
        if mode == "hangs":
            fifo.flush()
            time.sleep(600)
    return part["end"] - part["begin"] + (mode == "says-more")


def main():
    mode = sys.argv[1]
    with open(os.path.join(os.environ["KBENCH_TEST_PIDS"], str(os.getpid())), "w"):
        pass
    job = json.loads(sys.stdin.readline())
    say(event="ready", protocol=1, clock_ns=time.monotonic_ns(), versions={"client": "1"}, settings={})
    if job["role"] == "probe":
        return say(event="done", sent=0, acked=0, failed=0)
    sys.stdin.readline()
    return say(event="done", read=read(mode, job))


if __name__ == "__main__":
    main()
