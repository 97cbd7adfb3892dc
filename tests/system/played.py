# SPDX-License-Identifier: Apache-2.0
"""A driver played against by hand, without kbench: job, start, stop, samples."""

import json
import os
import select
import struct
import subprocess
import tempfile
import threading
import time

SAMPLE = struct.Struct("<qqii")
TIMEOUT_S = 60


class Played:
    """One driver from job to end. `stop`: None leaves the end to the limit, else seconds from start until `ending`.
    `before` is called between ready and start."""

    def __init__(self, command, job, stop=None, ending=b'{"command":"stop"}\n', samples=True, before=None):
        self.samples, self.ready, self.done, self._before = [], None, None, before or (lambda: None)
        with tempfile.TemporaryDirectory() as folder:
            fifo = os.path.join(folder, "samples") if samples else None
            if samples:
                os.mkfifo(fifo)
                self._fifo = open(os.open(fifo, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0)
            with subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            ) as process:
                watch = threading.Timer(TIMEOUT_S, process.kill)
                watch.start()
                try:
                    self._converse(
                        process,
                        dict(job, fifo=fifo),
                        threading.Thread(target=self._read) if samples else None,
                        stop,
                        ending,
                    )
                finally:
                    watch.cancel()
                    process.kill()
            if samples:
                self._fifo.close()

    def _converse(self, process, job, reader, stop, ending):
        process.stdin.write(json.dumps(job).encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if line:
            self.ready = json.loads(line)
            if reader:
                reader.start()
            self._before()
            self.started_ns = time.monotonic_ns()
            process.stdin.write(b'{"command":"start"}\n')
            process.stdin.flush()
            if stop is not None:
                time.sleep(stop)
                self.stopped_ns = time.monotonic_ns()
                process.stdin.write(ending)
                process.stdin.close()
            line = process.stdout.readline()
            self.ended_ns = time.monotonic_ns()
            self.done = json.loads(line) if line else None
        self.stderr = process.stderr.read().decode()
        self.status = process.wait()
        if self.ready and reader:
            reader.join()

    def _read(self):
        opened = select.poll()
        opened.register(self._fifo, select.POLLIN)
        opened.poll(TIMEOUT_S * 1000)  # before the driver has opened the other end, there is nothing but an end to read
        os.set_blocking(self._fifo.fileno(), True)
        self.samples = list(SAMPLE.iter_unpack(self._fifo.readall()))


def splitmix64(state):
    mask = (1 << 64) - 1
    z = (state + 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return z ^ (z >> 31)
