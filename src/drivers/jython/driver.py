# SPDX-License-Identifier: Apache-2.0
"""The loop, the callbacks and the samples in Jython, over the Java client. What happens outside the measured path, the
conversation with the harness and the reading of the job, is the java driver's."""
import sys
import threading
import time

from java.io import IOException
from java.lang import Exception as JavaException
from java.lang import System
from java.nio import ByteBuffer, ByteOrder
from java.nio.channels import FileChannel
from java.nio.file import Paths, StandardOpenOption
from java.util.concurrent.locks import LockSupport
from jarray import zeros
from kbench import Conversation, Payload, Versions
from org.apache.kafka.clients.producer import KafkaProducer, ProducerRecord, SettingsInForce
from org.apache.kafka.common.protocol import Errors

FLUSH_INTERVAL_S = 0.1
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
        self.fifo = FileChannel.open(Paths.get(fifo), [StandardOpenOption.WRITE])
        self.longs = zeros(BLOCK_LONGS, "l")
        self.used = 0
        self.block = ByteBuffer.allocateDirect(8 * BLOCK_LONGS).order(ByteOrder.LITTLE_ENDIAN)
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
        self.block.clear()
        self.block.asLongBuffer().put(self.longs, 0, self.used)
        self.block.limit(8 * self.used)
        self.used = 0
        try:
            while self.broken is None and self.block.hasRemaining():
                self.fifo.write(self.block)
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
        self.rate = job.rate()
        self.values = list(Payload.read(job))
        self.key_of = None if job.keys().areNone() else job.keys().of
        self.producer = producer
        self.conversation = conversation
        self.results = results

    def run(self):
        """Returns when every record sent has been acknowledged or has failed."""
        if self.rate > 0:
            self.send_at_rate()
        else:
            self.send_as_fast_as_possible()
        self.producer.flush()

    def send_as_fast_as_possible(self):
        values, count, key_of, is_stopped = self.values, len(self.values), self.key_of, self.conversation.isStopped
        i = 0
        while i < self.limit and not is_stopped():
            self.send(key_of and key_of(i), values[i % count], nano_time())
            i += 1

    def send_at_rate(self):
        """Open loop: a record that leaves late counts from when it should have left, and the schedule never slips."""
        values, count, key_of, nanos_per_record = self.values, len(self.values), self.key_of, 1e9 / self.rate
        origin = nano_time()
        i = 0
        while i < self.limit:
            intended = origin + int(i * nanos_per_record)
            if not self.wait_until(intended):
                return
            self.send(key_of and key_of(i), values[i % count], intended)
            i += 1

    def wait_until(self, moment):
        """False when the stop came first: it unparks this thread."""
        while not self.conversation.isStopped():
            remaining = moment - nano_time()
            if remaining <= 0:
                return True
            LockSupport.parkNanos(remaining)
        return False

    def send(self, key, value, start):
        results = self.results

        def on_completion(metadata, exception):
            end = nano_time()
            if exception is None:
                results.acknowledge(start, end)
            else:
                results.fail(start, end, exception)

        try:
            self.producer.send(ProducerRecord(self.topic, key, value), on_completion)
        except JavaException as error:
            results.fail(start, nano_time(), error)


def produce(job, conversation, results):
    """Metadata is fetched before the start: connecting is not what is measured."""
    properties = job.clientProperties()
    producer = KafkaProducer(properties)
    try:
        loop = ProducerLoop(job, producer, conversation, results)
        producer.partitionsFor(job.topic())
        conversation.ready(versions, SettingsInForce.of(properties))
        conversation.awaitStart()
        loop.run()
    finally:
        producer.close()


conversation = Conversation()
job = conversation.readJob()
versions = Versions.ofJython(sys.version.split()[0])
results = Results(job.fifo())
if job.isProbe():
    conversation.ready(versions, {})
else:
    produce(job, conversation, results)
results.close()
conversation.done(results.acked, sum(results.errors.values()), results.errors)
