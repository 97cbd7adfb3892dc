# SPDX-License-Identifier: Apache-2.0
"""The loop, the callbacks and the samples in Jython, over the Java client. What happens outside the measured path, the
conversation with the harness and the reading of the job, is the java driver's."""
import os
import sys
import threading
import time

from java.io import FileOutputStream, IOException
from java.lang import Exception as JavaException
from java.lang import InterruptedException, System
from java.nio import ByteBuffer, ByteOrder
from java.util.concurrent.locks import LockSupport
from jarray import zeros
from kbench import Conversation, Payload, Schedule, TimerSlack, Versions
from org.apache.kafka.clients.producer import KafkaProducer, ProducerRecord, SettingsInForce
from org.apache.kafka.common.protocol import Errors

FLUSH_INTERVAL_S = 0.05  # the protocol allows 0.1
LONGS_PER_SAMPLE = 3  # start, end, and a sample's two 32-bit numbers in one: the count, and above it the status
ONE_RECORD = 1
BLOCK_LONGS = 64 * 1024 // (8 * LONGS_PER_SAMPLE) * LONGS_PER_SAMPLE

nano_time = System.nanoTime


class Results(object):
    """What became of the records. Acknowledgements come on the client's network thread, some failures on the thread
    that sends, and a third flushes samples: hence the lock. What happens for every record avoids what Jython is slow
    at: samples gather as Java longs (an eighth of what calls of ByteBuffer.putLong cost), attributes have slots."""

    __slots__ = ("lock", "acked", "errors", "fifo", "longs", "used", "block", "broken")

    def __init__(self, fifo):
        self.lock = threading.Lock()
        self.acked = 0
        self.errors = {}
        self.broken = None
        self.fifo = self.longs = None
        if fifo is None:
            return
        if not os.path.exists(fifo):
            raise IOError(fifo + " is missing")  # it would be made, a file that nobody reads
        self.fifo = FileOutputStream(fifo)  # no channel: that would close itself under a thread which is interrupted
        self.longs = zeros(BLOCK_LONGS, "l")
        self.used = 0
        self.block = ByteBuffer.allocate(8 * BLOCK_LONGS).order(ByteOrder.LITTLE_ENDIAN)
        flusher = threading.Thread(target=self.flush_regularly, name="samples")
        flusher.daemon = True
        flusher.start()

    def acknowledge(self, start, end):
        with self.lock:
            self.acked += 1
            if self.longs is not None:
                self.sample(start, end, ONE_RECORD)

    def fail(self, start, end, cause):
        name = cause.getClass().getSimpleName()
        with self.lock:
            self.errors[name] = self.errors.get(name, 0) + 1
            if self.longs is not None:
                self.sample(start, end, ONE_RECORD | Errors.forException(cause).code() << 32)

    def sample(self, start, end, count_and_status):
        longs = self.longs
        used = self.used
        longs[used] = start
        longs[used + 1] = end
        longs[used + 2] = count_and_status
        self.used = used = used + LONGS_PER_SAMPLE
        if used == BLOCK_LONGS:
            self.flush()

    def flush(self):
        """An exception would be lost in the client, which calls us: it is kept for the end."""
        self.block.asLongBuffer().put(self.longs, 0, self.used)
        length, self.used = 8 * self.used, 0
        try:
            if self.broken is None:
                self.fifo.write(self.block.array(), 0, length)
        except IOException as error:
            self.broken = error

    def flush_regularly(self):
        while True:
            time.sleep(FLUSH_INTERVAL_S)
            with self.lock:
                if self.fifo is None:
                    return
                self.flush()

    def close(self):
        """Raises when samples were lost: figures made from the others would be wrong."""
        with self.lock:
            if self.fifo is not None:
                self.flush()
                self.fifo.close()
                self.fifo = None
            if self.broken is not None:
                raise self.broken


class ProducerLoop(object):
    """The measured path: sends record after record from one thread, until the limit or the stop."""

    def __init__(self, job, producer, conversation, results):
        self.topic = job.topic()
        self.limit = job.limit() or sys.maxint
        self.schedule = Schedule.of(job) if job.rate() > 0 else None
        self.sequence_base = job.sequenceBase() if job.isNumbered() else None
        self.values = list(Payload.read(job))
        self.key_of = None if job.keys().areNone() else job.keys().of
        self.producer = producer
        self.conversation = conversation
        self.results = results

    def run(self):
        """Returns when every record sent has been acknowledged or has failed: how many records the rate wanted by the
        stop, sent or not; None without a rate."""
        due = self.conversation.callUntilStop(self.send_at_rate if self.schedule else self.send_as_fast_as_possible)
        self.producer.flush()
        return due

    def send_as_fast_as_possible(self):
        values, count, key_of, is_stopped = self.values, len(self.values), self.key_of, self.conversation.isStopped
        i = 0
        while i < self.limit and not is_stopped():
            self.send(i, key_of and key_of(i), values[i % count], nano_time())
            i += 1

    def send_at_rate(self):
        """Open loop: a record that leaves late counts from when it should have left, and the schedule never slips."""
        values, count, key_of, time_of = self.values, len(self.values), self.key_of, self.schedule.time
        TimerSlack.minimize()
        origin = nano_time()
        i = 0
        while i < self.limit:
            intended = origin + time_of(i)
            if not self.wait_until(intended):
                break
            self.send(i, key_of and key_of(i), values[i % count], intended)
            i += 1
        if i == self.limit:
            return i
        # A record may leave between the stop and its being seen.
        return min(self.limit, max(i, self.schedule.count(self.conversation.stoppedNs() - origin)))

    def wait_until(self, moment):
        """False when the stop came first: it unparks this thread."""
        while not self.conversation.isStopped():
            remaining = moment - nano_time()
            if remaining <= 0:
                return True
            LockSupport.parkNanos(remaining)
        return False

    def send(self, i, key, value, start):
        results = self.results
        if self.sequence_base is not None:
            value = Payload.numbered(value, self.sequence_base + i)

        def on_completion(metadata, exception):
            end = nano_time()
            if exception is None:
                results.acknowledge(start, end)
            else:
                results.fail(start, end, exception)

        try:
            self.producer.send(ProducerRecord(self.topic, key, value), on_completion)
        except JavaException as error:
            # Where the stop ended the waiting for room, the client has not taken the record.
            if not isinstance(error.getCause(), InterruptedException):
                results.fail(start, nano_time(), error)


def produce(job, conversation, results):
    """Metadata is fetched before the start: connecting is not what is measured. Returns how many records were due."""
    properties = job.producerProperties()
    producer = KafkaProducer(properties)
    try:
        loop = ProducerLoop(job, producer, conversation, results)
        producer.partitionsFor(job.topic())
        conversation.ready(versions, SettingsInForce.of(properties))
        conversation.awaitStart()
        return loop.run()
    finally:
        producer.close()


conversation = Conversation()
job = conversation.readJob()
versions = Versions.ofJython(sys.version.split()[0])
results = Results(job.fifo())
due = None
if job.isProbe():
    conversation.ready(versions, {})
else:
    due = produce(job, conversation, results)
results.close()
conversation.done(results.acked, sum(results.errors.values()), results.errors, due)
