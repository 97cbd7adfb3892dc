# SPDX-License-Identifier: Apache-2.0
"""The sample writer: one sample for each record, into the harness's FIFO, in blocks of up to 64 KiB."""

import os
import struct
import threading

NUMBERS_PER_SAMPLE = 3  # of 8 bytes each


class SampleWriter:
    """Gathers samples in a list and writes them from a thread of its own.

    add((start_ns, end_ns, outcome)) may be called by any thread and takes no lock: list.extend() of a tuple is one step
    of the interpreter, so samples stay whole. `outcome` is the sample's last 8 bytes, count and status, as one number.
    """

    SUCCESS = 1  # count 1, status 0
    BLOCK_NUMBERS = 64 * 1024 // (8 * NUMBERS_PER_SAMPLE) * NUMBERS_PER_SAMPLE
    INTERVAL_S = 0.02  # the protocol allows 0.1; waking up may take a while when the other threads are busy

    def __init__(self, fifo):
        # Non-blocking for the opening alone: without a reader it would wait for ever.
        self._fifo = os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        os.set_blocking(self._fifo, True)
        self._pending = []
        self.add = self._pending.extend
        self._problem, self._written = None, 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._write_regularly, daemon=True)
        self._thread.start()

    @staticmethod
    def failure(code):
        return 1 | code << 32  # of a negative code the number is negative: both are signed

    def _write_regularly(self):
        try:
            while not self._closing.wait(self.INTERVAL_S):
                self._write_pending()
            self._write_pending()
        except Exception as problem:  # whatever it was: the driver must not end as if it had written all
            self._problem = problem

    def _write_pending(self):
        while self._pending:
            numbers = self._pending[: self.BLOCK_NUMBERS]
            del self._pending[: len(numbers)]
            self._written += len(numbers) // NUMBERS_PER_SAMPLE
            block = memoryview(struct.pack(f"<{len(numbers)}q", *numbers))
            while block:
                block = block[os.write(self._fifo, block) :]

    def close(self):
        """Write the rest; how many samples that makes in all. Raises when any write failed: the harness then has not
        all samples."""
        self._closing.set()
        self._thread.join()
        os.close(self._fifo)
        if self._problem:
            raise self._problem
        return self._written
