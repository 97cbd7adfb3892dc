# SPDX-License-Identifier: Apache-2.0
"""The drivers on the JVM, played against by hand on a real broker: the records' keys and the login."""
import json
import os
import random
import subprocess
import tempfile
import unittest

from brokers import JARS, KAFKA, SCRAM, Broker, tool
from played import Played, splitmix64
from support import ROOT

BUILD = os.path.join(ROOT, "build")
PYTHON = os.path.join(BUILD, "venv", "bin", "python")
RECORD_SIZE, RECORDS = 20, 50
SEED = 2**63 - 10  # some of its sums with a record's number do not fit into a signed number


def jvm(main, *class_path):
    folders = [os.path.join(BUILD, *part.split("/")) for part in class_path]
    return [tool("java"), "-XX:TieredStopAtLevel=1", "-Dpython.cachedir.skip=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", ":".join(folders), *main]


JAVA = jvm(["kbench.Driver"], "drivers/java/classes", f"lib/kafka-clients-{KAFKA}/*", "lib/jackson/*")
JYTHON = jvm(["org.python.util.jython", os.path.join(ROOT, "src", "drivers", "jython", "driver.py")],
             "drivers/java/classes", "lib/jython-2.7.4/*", f"lib/kafka-clients-{KAFKA}/*", "lib/jackson/*")
TOOL = jvm(["kbench.PerfTestDriver"], "drivers/kafka-producer-perf-test/classes", "drivers/java/classes",
           f"lib/kafka-{KAFKA}/*")


@unittest.skipUnless(JARS and os.path.exists(PYTHON), "no broker's jars, or no Python clients: 'make setup'")
class JvmDriverTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker()
        cls.addClassCleanup(cls.broker.end)
        folder = tempfile.TemporaryDirectory(prefix="kbench-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.payload = random.Random(4).randbytes(RECORD_SIZE * RECORDS)
        cls.payload_file = os.path.join(folder.name, "payload")
        with open(cls.payload_file, "wb") as file:
            file.write(cls.payload)

    def job(self, **changes):
        """Logs in by SCRAM, as the harness hands it over."""
        job = {
            "protocol": 1,
            "role": "producer",
            "bootstrap_servers": self.broker.address("both"),
            "settings": {
                "security.protocol": "SASL_SSL",
                "sasl.mechanism": "SCRAM-SHA-256",
                "sasl.username": SCRAM[0],
                "sasl.password": SCRAM[1],
                "ssl.truststore.type": "PEM",
                "ssl.truststore.location": self.broker.certificate,
            },
            "rate": 0.0,
            "limits": {"records": 3 * RECORDS + 7},
            "seed": SEED,
            "payload": {"file": self.payload_file, "records": RECORDS, "record_size": RECORD_SIZE},
        }
        return dict(job, **changes)

    def stored(self, topic):
        script = os.path.join(ROOT, "tests", "system", "read_topic.py")
        done = subprocess.run([PYTHON, script, self.broker.address("inside"), topic], stdin=subprocess.DEVNULL, check=True,
                              capture_output=True, timeout=60)
        return [record[:2] for record in json.loads(done.stdout)]

    def test_sends_the_payload_with_the_keys_asked_for(self):
        keys = {
            "none": lambda i: None,
            "sequential": lambda i: i.to_bytes(8, "big").hex(),
            "random": lambda i: splitmix64(SEED + i).to_bytes(8, "big").hex(),
        }
        for driver, command in {"java": JAVA, "jython": JYTHON}.items():
            for key, of in keys.items():
                with self.subTest(driver=driver, key=key):
                    job = self.job(topic=f"{key}-{driver}", key=key)
                    played = Played(command, job)
                    self.assertEqual(played.status, 0, played.stderr)
                    count = job["limits"]["records"]
                    self.assertEqual((played.done["acked"], len(played.samples)), (count, count))
                    values = [self.payload[i % RECORDS * RECORD_SIZE:][:RECORD_SIZE].hex() for i in range(count)]
                    self.assertCountEqual(self.stored(job["topic"]), [[of(i), values[i]] for i in range(count)])
                    self.assertNotIn(SCRAM[1], json.dumps(played.ready) + played.stderr)
                    self.assertEqual(played.ready["settings"]["sasl.jaas.config"], "[hidden]")

    def test_refuses_a_key_that_it_does_not_know(self):
        played = Played(JAVA, self.job(topic="odd", key="odd"), samples=False)
        self.assertEqual((played.ready, played.status), (None, 1))
        self.assertIn("key odd is none of", played.stderr)

    def test_the_tool_refuses_what_it_cannot_do(self):
        schedule = {"file": self.payload_file, "records": 1, "span_ns": 1}
        for change, words in (({"key": "random"}, "without keys"), ({"sequence_base": 0}, "records of its own"),
                              ({"schedule": schedule, "rate": 1.0}, "a schedule and")):
            with self.subTest(change=change):
                played = Played(TOOL, self.job(topic="tool", **change), samples=False)
                self.assertEqual((played.ready, played.status), (None, 1))
                self.assertIn(words, played.stderr)


if __name__ == "__main__":
    unittest.main()
