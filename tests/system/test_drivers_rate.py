# SPDX-License-Identifier: Apache-2.0
"""All six drivers at a fixed rate, with numbered records, and those that read a topic back: played against by hand, those
on librdkafka on its mock cluster, the others on a real broker."""
import json
import os
import random
import signal
import struct
import subprocess
import tempfile
import unittest
from bisect import bisect_right

from brokers import JARS, KAFKA, Broker, tool
from played import Played
from support import ROOT

BUILD = os.path.join(ROOT, "build")
PYTHON = os.path.join(BUILD, "venv", "bin", "python")
READ_TOPIC = os.path.join(ROOT, "tests", "system", "read_topic.py")
MOCK = os.path.join(ROOT, "tests", "system", "mock_cluster.py")
RECORD_SIZE, RECORDS = 20, 50
BASE = 5 << 48


def source(driver):
    return os.path.join(ROOT, "src", "drivers", driver, "driver.py")


def jvm(*main):
    folders = ["drivers/java/classes", "lib/jython-2.7.4/*", f"lib/kafka-clients-{KAFKA}/*", "lib/jackson/*"]
    return [tool("java"), "-XX:TieredStopAtLevel=1", "-Dpython.cachedir.skip=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp", ":".join(os.path.join(BUILD, f) for f in folders),
            *main]


C = [os.path.join(BUILD, "drivers", "c", "producer")]
NULL = [os.path.join(BUILD, "drivers", "null", "null")]
JAVA = jvm("kbench.Driver")
ON_LIBRDKAFKA = {"c": C, "confluent-python": [PYTHON, source("confluent-python")]}
ON_JVM = {
    "java": JAVA,
    "java-interfaced-jython": jvm("org.python.util.jython", source("java-interfaced-jython")),
    "jython": jvm("org.python.util.jython", source("jython")),
}
KAFKA_PYTHON = {"kafka-python": [PYTHON, source("kafka-python")]}
SMALL_BUFFER = {  # and a delivery that is given up soon
    **dict.fromkeys(ON_LIBRDKAFKA, {"queue.buffering.max.messages": 10, "message.timeout.ms": 1500}),
    **dict.fromkeys(ON_JVM, {"buffer.memory": 1000, "batch.size": 100, "linger.ms": 0, "request.timeout.ms": 1400,
                             "delivery.timeout.ms": 1500, "max.block.ms": 60000}),
}


class Schedules:
    """What `drivers` do with a cluster, if any, at `bootstrap`. `distinct` are those that share no code for
    what is tested."""

    @classmethod
    def set_up(cls):
        folder = tempfile.TemporaryDirectory(prefix="kbench-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.payload = random.Random(5).randbytes(RECORD_SIZE * RECORDS)
        cls.payload_file = os.path.join(cls.folder, "payload")
        with open(cls.payload_file, "wb") as file:
            file.write(cls.payload)

    def job(self, topic, **changes):
        job = {"protocol": 1, "role": "producer", "topic": topic, "bootstrap_servers": self.bootstrap, "settings": {},
               "key": "none", "rate": 0.0, "limits": {"records": 0}, "seed": 7,
               "payload": {"file": self.payload_file, "records": RECORDS, "record_size": RECORD_SIZE}}
        return dict(job, **changes)

    def schedule(self, offsets, span_ns):
        path = os.path.join(self.folder, "schedule")
        with open(path, "wb") as file:
            file.write(struct.pack(f"<{len(offsets)}q", *offsets))
        return {"file": path, "records": len(offsets), "span_ns": span_ns}

    def assert_adds_up(self, played):
        self.assertEqual(played.status, 0, played.stderr)
        self.assertEqual(played.done["sent"], played.done["acked"] + played.done["failed"])
        self.assertEqual(len(played.samples), played.done["sent"])

    def starts(self, played):
        return sorted(start for start, *_ in played.samples)

    def test_keeps_a_schedule_to_the_nanosecond(self):
        offsets, span_ns, count = [0, 1, 1, 7_000_003, 30_000_000, 30_000_001, 55_555_555], 60_000_007, 30
        schedule = self.schedule(offsets, span_ns)
        times = [i // len(offsets) * span_ns + offsets[i % len(offsets)] for i in range(count)]
        for name, command in self.drivers.items():
            with self.subTest(driver=name):
                job = self.job(f"schedule-{name}", schedule=schedule, rate=117.0, limits={"records": count})
                played = Played(command, job)
                self.assert_adds_up(played)
                starts = self.starts(played)
                self.assertEqual([start - starts[0] for start in starts], times)
                self.assertEqual((played.done["due"], played.done["acked"]), (count, count))
                self.assertTrue(all(end >= start for start, end, *_ in played.samples))

    def test_counts_what_was_due_of_a_schedule_by_the_stop(self):
        offsets, span_ns = [0, 3_000_000, 3_000_000, 9_000_000], 10_000_000
        schedule = self.schedule(offsets, span_ns)

        def count(elapsed_ns):
            rounds, rest = divmod(elapsed_ns, span_ns)
            return rounds * len(offsets) + bisect_right(offsets, rest)

        for name, command in self.distinct.items():
            with self.subTest(driver=name):
                played = Played(command, self.job(f"stop-{name}", schedule=schedule, rate=400.0), stop=0.2)
                self.assert_adds_up(played)
                origin_ns = self.starts(played)[0]
                self.assertGreaterEqual(played.done["due"], played.done["sent"])
                self.assertGreaterEqual(played.done["due"], count(played.stopped_ns - origin_ns))
                self.assertLessEqual(played.done["due"], count(played.ended_ns - origin_ns))


class Conduct(Schedules):
    """What drivers with a client do besides, on a cluster that freeze() and thaw() stop and continue."""

    def test_refuses_a_schedule_that_is_none(self):
        cases = {"descends": [5, 4], "leaves the span": [0, 100], "is negative": [-1, 4]}
        for name, command in self.distinct.items():
            for case, offsets in cases.items():
                with self.subTest(driver=name, case=case):
                    job = self.job(f"none-{name}", schedule=self.schedule(offsets, 100), rate=1.0)
                    played = Played(command, job, samples=False)
                    self.assertEqual((played.ready, played.status), (None, 1))
                    self.assertIn("span", played.stderr)

    def test_tells_how_many_were_due_when_it_cannot_keep_up(self):
        rate = 2e7
        for name, command in self.distinct.items():
            with self.subTest(driver=name):
                played = Played(command, self.job(f"due-{name}", rate=rate), stop=0.3)
                self.assert_adds_up(played)
                due, origin_ns = played.done["due"], self.starts(played)[0]
                self.assertGreater(due, played.done["sent"])
                # The stop was seen between its being sent and the end, and every record until then was due.
                self.assertGreaterEqual(due, (played.stopped_ns - origin_ns) / 1e9 * rate)
                self.assertLessEqual(due, (played.ended_ns - origin_ns) / 1e9 * rate + 1)

    def test_a_client_that_blocks_stops_and_hides_nothing(self):
        """The cluster stands still from before the start until after the end."""
        for name in SMALL_BUFFER.keys() & self.distinct.keys():
            for rate in (500.0, 0.0):
                with self.subTest(driver=name, rate=rate):
                    job = self.job(f"blocked-{name}-{rate:.0f}", rate=rate, settings=SMALL_BUFFER[name])
                    try:
                        played = Played(self.distinct[name], job, stop=1.0, before=self.freeze)
                    finally:
                        self.thaw()
                    self.assert_adds_up(played)
                    self.assertEqual((played.done["acked"], len(played.done["errors"])), (0, 1), played.done)
                    self.assertEqual(sum(played.done["errors"].values()), played.done["failed"])
                    if rate:
                        self.assertGreater(played.done["due"], played.done["sent"])
                        self.assertGreater(played.done["due"], 400)
                        starts = self.starts(played)
                        self.assertEqual([start - starts[0] for start in starts],
                                         [i * 2_000_000 for i in range(len(starts))])
                    else:
                        self.assertNotIn("due", played.done)

    def test_numbers_the_records(self):
        count = 3 * RECORDS + 7
        for name, command in self.drivers.items():
            with self.subTest(driver=name):
                topic = f"numbers-{name}"
                job = self.job(topic, sequence_base=BASE, key="sequential", limits={"records": count})
                played = Played(command, job)
                self.assert_adds_up(played)
                self.assertEqual(played.done["acked"], count)
                rests = [self.payload[i % RECORDS * RECORD_SIZE + 8:][:RECORD_SIZE - 8] for i in range(count)]
                expected = [[struct.pack(">q", i).hex(), (struct.pack(">q", BASE + i) + rests[i]).hex()]
                            for i in range(count)]
                self.assertCountEqual([record[:2] for record in self.stored(topic)], expected)

    def test_refuses_numbers_where_they_have_no_room(self):
        payload = {"file": self.payload_file, "records": 1, "record_size": 7}
        for name, command in self.distinct.items():
            with self.subTest(driver=name):
                played = Played(command, self.job(f"short-{name}", sequence_base=0, payload=payload), samples=False)
                self.assertEqual((played.ready, played.status), (None, 1))
                self.assertIn("records of 7 bytes cannot hold a number", played.stderr)


class Reading:
    """The same for `readers`, of what `writer` has written."""

    def written(self, topic, count, **changes):
        job = self.job(topic, sequence_base=BASE, limits={"records": count}, **changes)
        self.assertEqual(Played(self.writer, job).status, 0)
        return self.stored(topic)

    def reader_job(self, topic, ranges, **changes):
        partitions = [{"partition": number, "begin": begin, "end": end} for number, (begin, end) in ranges.items()]
        return {"protocol": 1, "role": "reader", "topic": topic, "bootstrap_servers": self.bootstrap, "settings": {},
                "partitions": partitions, **changes}

    def test_reads_back_every_record_once(self):
        stored = self.written("back", 5000)
        ends = {}
        for _, _, partition, offset in stored:
            ends[partition] = max(ends.get(partition, 0), offset + 1)
        numbers = {(partition, offset): int(value[:16], 16) for _, value, partition, offset in stored}
        for name, command in self.readers.items():
            with self.subTest(driver=name):
                played = Played(command, self.reader_job("back", {p: (0, end) for p, end in ends.items()}))
                self.assertEqual((played.status, played.done["read"]), (0, 5000), played.stderr)
                expected = [(number, offset, partition, 0) for (partition, offset), number in numbers.items()]
                self.assertCountEqual(played.samples, expected)
                # A part of it, and nothing of a partition whose range is empty.
                partition = max(ends, key=ends.get)
                ranges = {**{p: (end, end) for p, end in ends.items()}, partition: (10, 17)}
                played = Played(command, self.reader_job("back", ranges))
                self.assertEqual(played.done, {"event": "done", "read": 7})
                self.assertEqual([item[1:] for item in played.samples], [(i, partition, 0) for i in range(10, 17)])

    def test_tells_of_records_too_short_for_a_number(self):
        payload = {"file": self.payload_file, "records": 1, "record_size": 7}
        self.assertEqual(Played(self.writer, self.job("tiny", payload=payload, limits={"records": 3})).status, 0)
        ends = {}
        for _, _, partition, offset in self.stored("tiny"):
            ends[partition] = max(ends.get(partition, 0), offset + 1)
        for name, command in self.readers.items():
            with self.subTest(driver=name):
                played = Played(command, self.reader_job("tiny", {p: (0, end) for p, end in ends.items()}))
                self.assertEqual([(item[0], item[3]) for item in played.samples], [(0, 1)] * 3)

    def test_gives_up_an_end_that_cannot_be_reached(self):
        partition = self.written("missing", 100)[0][2]
        for name, command in self.readers.items():
            with self.subTest(driver=name):
                job = self.reader_job("missing", {partition: (0, 1_000_000)}, patience_ms=1500)
                played = Played(command, job)
                self.assertEqual((played.status, played.done), (1, None))
                self.assertRegex(played.stderr, "no record came for 1500 ms: 1 partitions .* of 1000000")
                played = Played(command, self.reader_job("missing", {partition: (900_000, 1_000_000)}))
                self.assertEqual((played.status, played.done), (1, None))
                self.assertRegex(played.stderr.lower(), "offset.*out of range|out of range")

    def test_a_stop_ends_the_reading(self):
        partition = self.written("endless", 10)[0][2]
        for name, command in self.readers.items():
            with self.subTest(driver=name):
                played = Played(command, self.reader_job("endless", {partition: (0, 1_000_000)}), stop=0.2)
                self.assertEqual((played.status, played.done), (1, None))
                self.assertIn("stopped before the topic was read", played.stderr)


@unittest.skipUnless(os.path.exists(NULL[0]), "the null driver is not made")
class NoClientTest(Schedules, unittest.TestCase):
    drivers = distinct = {"null": NULL, "template": ["python3", os.path.join(ROOT, "src/drivers/template/template.py")]}
    bootstrap = ""

    @classmethod
    def setUpClass(cls):
        cls.set_up()


@unittest.skipUnless(os.path.exists(C[0]) and os.path.exists(PYTHON), "the drivers on librdkafka are not set up")
class MockClusterTest(Conduct, Reading, unittest.TestCase):
    drivers = distinct = ON_LIBRDKAFKA
    readers = {"c": C}
    writer = C

    @classmethod
    def setUpClass(cls):
        cls.set_up()
        cls.mock = subprocess.Popen([PYTHON, MOCK], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        cls.addClassCleanup(cls.mock.communicate)
        cls.bootstrap = cls.mock.stdout.readline().strip()

    def stored(self, topic):
        self.mock.stdin.write(f"{topic} 1000\n")
        self.mock.stdin.flush()
        return json.loads(self.mock.stdout.readline())

    def freeze(self):
        self.mock.send_signal(signal.SIGSTOP)
        os.waitpid(self.mock.pid, os.WUNTRACED)  # until it stands still

    def thaw(self):
        self.mock.send_signal(signal.SIGCONT)


@unittest.skipUnless(JARS and os.path.exists(PYTHON), "no broker's jars, or no Python clients: 'make setup'")
class BrokerTest(Conduct, Reading, unittest.TestCase):
    drivers = {**ON_JVM, **KAFKA_PYTHON}
    distinct = {name: command for name, command in drivers.items() if name != "java-interfaced-jython"}
    readers = {"c": C, "java": JAVA}
    writer = JAVA

    @classmethod
    def setUpClass(cls):
        cls.set_up()
        cls.broker = Broker()
        cls.addClassCleanup(cls.broker.end)
        cls.bootstrap = cls.broker.address("inside")

    def stored(self, topic):
        done = subprocess.run([PYTHON, READ_TOPIC, self.bootstrap, topic], stdin=subprocess.DEVNULL, check=True,
                              capture_output=True, timeout=60)
        return json.loads(done.stdout)

    def freeze(self):
        self.broker.signal(signal.SIGSTOP)

    def thaw(self):
        self.broker.signal(signal.SIGCONT)


if __name__ == "__main__":
    unittest.main()
