# SPDX-License-Identifier: Apache-2.0
"""The drivers c, confluent-python and kafka-python, played against by hand: job, start, stop, samples, counts.

The two on librdkafka are run against its mock cluster, which keeps what they send; kafka-python, without a broker, only
up to its first words (it is run whole where a real cluster is).
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from played import TIMEOUT_S, Played, splitmix64

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "build/venv/bin/python"
DRIVERS = {
    "c": [ROOT / "build/drivers/c/producer"],
    "confluent-python": [PYTHON, ROOT / "src/drivers/confluent-python/driver.py"],
    "kafka-python": [PYTHON, ROOT / "src/drivers/kafka-python/driver.py"],
}
ON_LIBRDKAFKA = ("c", "confluent-python")
RECORD_SIZE, RECORDS = 20, 50

def setUpModule():
    for name, command in DRIVERS.items():
        if not all(part.exists() for part in command):
            raise unittest.SkipTest(f"the driver {name} is not set up")
    for module in ("confluent_kafka", "kafka"):
        if subprocess.run([PYTHON, "-c", f"import {module}"], stderr=subprocess.DEVNULL).returncode != 0:
            raise unittest.SkipTest(f"{PYTHON} has no {module}")


class NativeDriverTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.payload = random.Random(4).randbytes(RECORD_SIZE * RECORDS)
        cls.payload_file = os.path.join(cls.folder.name, "payload")
        Path(cls.payload_file).write_bytes(cls.payload)
        cls.mock = subprocess.Popen(
            [PYTHON, Path(__file__).with_name("mock_cluster.py")],
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        cls.addClassCleanup(cls.mock.communicate)
        cls.bootstrap = cls.mock.stdout.readline().strip()

    def job(self, **changes):
        job = {
            "protocol": 1,
            "role": "producer",
            "topic": self.id().rpartition(".")[2],
            "bootstrap_servers": self.bootstrap,
            "settings": {"queue.buffering.max.ms": 0},
            "key": "none",
            "rate": 0.0,
            "limits": {"records": 0},
            "seed": 7,
            "payload": {"file": self.payload_file, "records": RECORDS, "record_size": RECORD_SIZE},
        }
        return dict(job, **changes)

    def stored(self, topic, count):
        self.mock.stdin.write(f"{topic} {count}\n")
        self.mock.stdin.flush()
        return [record[:2] for record in json.loads(self.mock.stdout.readline())]

    def freeze_mock(self):
        self.mock.send_signal(signal.SIGSTOP)
        os.waitpid(self.mock.pid, os.WUNTRACED)  # until it stands still

    def assert_adds_up(self, played, status=0):
        self.assertEqual(played.status, 0, played.stderr)
        self.assertEqual(played.done["sent"], played.done["acked"] + played.done["failed"])
        self.assertEqual(len(played.samples), played.done["sent"])
        for start, end, count, outcome in played.samples:
            self.assertGreaterEqual(start, played.started_ns)
            self.assertGreaterEqual(end, start)
            self.assertEqual((count, outcome), (1, status))

    def test_answers_a_probe(self):
        for name, command in DRIVERS.items():
            with self.subTest(driver=name):
                done = subprocess.run(
                    command, input=b'{"protocol":1,"role":"probe"}\n', capture_output=True, timeout=TIMEOUT_S
                )
                ready, end = map(json.loads, done.stdout.splitlines())
                self.assertEqual((ready["event"], ready["settings"], done.returncode), ("ready", {}, 0))
                self.assertRegex(ready["versions"]["client"], r"^\d+\.\d+\.\d+")
                self.assertEqual(end, {"event": "done", "sent": 0, "acked": 0, "failed": 0, "errors": {}})

    def test_refuses_a_job_it_does_not_understand(self):
        for name in DRIVERS:
            for change in ({"key": "odd"}, {"role": "consumer"}, {"protocol": 2}, {"settings": {"no.such.setting": 1}}):
                with self.subTest(driver=name, change=change):
                    played = Played(DRIVERS[name], self.job(**change), samples=False)
                    self.assertEqual((played.ready, played.status), (None, 1))
                    self.assertNotIn("Traceback", played.stderr)
                    self.assertTrue(played.stderr)

    def test_sends_the_payload_in_order_with_the_keys_asked_for(self):
        count = 3 * RECORDS + 7
        keys = {
            "none": lambda i: None,
            "sequential": lambda i: i.to_bytes(8, "big").hex(),
            "random": lambda i: splitmix64(7 + i).to_bytes(8, "big").hex(),
        }
        for name in ON_LIBRDKAFKA:
            for key, of in keys.items():
                with self.subTest(driver=name, key=key):
                    topic = f"keys-{key}-{name}"
                    played = Played(DRIVERS[name], self.job(topic=topic, key=key, limits={"records": count}))
                    self.assert_adds_up(played)
                    self.assertEqual(played.done["acked"], count)
                    values = [self.payload[i % RECORDS * RECORD_SIZE :][:RECORD_SIZE].hex() for i in range(count)]
                    expected = [[of(i), values[i]] for i in range(count)]
                    self.assertCountEqual(self.stored(topic, count), expected)

    def test_splitmix64_is_the_published_one(self):
        self.assertEqual(splitmix64(1234567), 6457827717110365317)

    def test_stops_when_told_and_when_the_harness_is_gone(self):
        for name in ON_LIBRDKAFKA:
            for ending in (b'{"command":"stop"}\n', b""):
                with self.subTest(driver=name, ending=ending):
                    played = Played(DRIVERS[name], self.job(topic=f"stop-{name}-{len(ending)}"), stop=0.3, ending=ending)
                    self.assert_adds_up(played)
                    self.assertGreater(played.done["acked"], 0)

    def test_counts_alone_without_samples(self):
        for name in ON_LIBRDKAFKA:
            with self.subTest(driver=name):
                played = Played(DRIVERS[name], self.job(topic=f"off-{name}", limits={"records": 1000}), samples=False)
                self.assertEqual((played.done["acked"], played.samples, played.status), (1000, [], 0))

    def test_a_full_queue_is_waited_for_and_no_error(self):
        for name in ON_LIBRDKAFKA:
            with self.subTest(driver=name):
                settings = {"queue.buffering.max.messages": 10}
                played = Played(DRIVERS[name], self.job(topic=f"full-{name}", settings=settings, limits={"records": 2000}))
                self.assert_adds_up(played)
                self.assertEqual((played.done["acked"], played.done["errors"]), (2000, {}))

    def test_a_fixed_rate_charges_from_the_intended_time(self):
        for name in ON_LIBRDKAFKA:
            with self.subTest(driver=name):
                played = Played(DRIVERS[name], self.job(topic=f"rate-{name}", rate=400.0, limits={"records": 100}))
                self.assert_adds_up(played)
                starts = sorted(start for start, *_ in played.samples)
                steps = {later - earlier for earlier, later in zip(starts, starts[1:])}
                self.assertEqual(steps, {2_500_000})

    def test_a_record_that_the_client_refuses_has_failed(self):
        for name in ON_LIBRDKAFKA:
            with self.subTest(driver=name):
                payload = {"file": self.payload_file, "records": 1, "record_size": RECORD_SIZE * RECORDS}
                job = self.job(
                    topic=f"large-{name}", payload=payload, settings={"message.max.bytes": 1000}, limits={"records": 5}
                )
                self.assertEqual(RECORD_SIZE * RECORDS, 1000)
                played = Played(DRIVERS[name], job)
                self.assert_adds_up(played, status=10)
                self.assertEqual((played.done["failed"], played.done["errors"]), (5, {"MSG_SIZE_TOO_LARGE": 5}))

    def test_a_failed_delivery_has_its_sample_and_its_code(self):
        for name in ON_LIBRDKAFKA:
            with self.subTest(driver=name):
                settings = {"message.timeout.ms": 300, "queue.buffering.max.ms": 0}
                job = self.job(topic=f"late-{name}", settings=settings, limits={"records": 20})
                try:
                    played = Played(DRIVERS[name], job, before=self.freeze_mock)
                finally:
                    self.mock.send_signal(signal.SIGCONT)
                self.assert_adds_up(played, status=-192)
                self.assertEqual((played.done["failed"], played.done["errors"]), (20, {"_MSG_TIMED_OUT": 20}))

    def test_reports_what_is_in_force_and_no_secret(self):
        for name in ON_LIBRDKAFKA:
            with self.subTest(driver=name):
                settings = {
                    "linger.ms": 3,
                    "request.required.acks": "all",
                    "sasl.password": "hunter2",
                    "sasl.username": "me",
                }
                played = Played(DRIVERS[name], self.job(topic=f"force-{name}", settings=settings, limits={"records": 1}))
                in_force = played.ready["settings"]
                self.assertNotIn("hunter2", json.dumps(played.ready) + played.stderr)
                self.assertEqual(in_force["sasl.password"], "<redacted>")
                self.assertEqual(float(in_force["queue.buffering.max.ms"]), 3)
                self.assertEqual(float(in_force["linger.ms"]), 3)
                self.assertEqual(in_force["request.required.acks"], "-1")
                self.assertEqual(in_force["compression.codec"], "none")
                self.assertEqual(in_force["queue.buffering.max.messages"], "100000")
                self.assertFalse([value for value in in_force.values() if str(value).startswith("0x")])


if __name__ == "__main__":
    sys.exit(unittest.main())
