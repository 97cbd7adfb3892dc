# SPDX-License-Identifier: Apache-2.0
"""Loss and duplication by the numbers in the records: on real brokers that are killed, against a reading by a third library; and with
readers that do not do what they should."""
import json
import os
import re
import signal
import subprocess
import unittest

from brokers import JARS, KAFKA
from misbehaving import MisbehavingTest
from support import ROOT, SystemTest, descendants, is_alive

PYTHON = os.path.join(ROOT, "build", "venv", "bin", "python")
READ_NUMBERS = os.path.join(ROOT, "tests", "system", "read_numbers.py")
PATIENCE_S = 600

# The last trial is there to keep the cluster up while the topics of the others are read.
DEFINITION = f"""\
version: numbered
title: A test
cluster: {{kind: local, kafka: {KAFKA}, brokers: 3, jvm: [-Xms384m, -Xmx384m]}}
defaults:
  verify: content
  record: {{size: 16}}
  load: {{rate: 4000}}
  topic: {{partitions: 3, replication.factor: 3}}
  measure: {{warmup: 500ms, duration: 7s}}
  producer: {{linger.ms: 2, enable.idempotence: false, retries: 1000}}
  faults: [{{at: 2s, do: kill, broker: 2, for: 1s}}]
cases:
  - {{name: none, producer: {{acks: 0}}}}
  - {{name: leader, producer: {{acks: 1}}}}
  - {{name: all, producer: {{acks: all}}}}
  - {{name: pause, producer: {{acks: all}}, load: {{producers: 2}}, faults: [{{at: 2s, do: pause, for: 1s}}]}}
  - {{name: open, verify: count, faults: [], load: {{rate: 10}}, measure: {{duration: 20m}}}}
runs:
  - {{name: c, driver: c}}
  - {{name: java, driver: java, jvm: [-Xmx256m, '-XX:TieredStopAtLevel=1']}}
exclude:
  - {{case: none, run: java, reason: short}}
  - {{case: leader, run: java, reason: short}}
  - {{case: pause, run: java, reason: short}}
  - {{case: open, run: java, reason: short}}
design: {{trials: {{min: 1}}, warmup: 0s, order: sequential, timeout: 30m, retries: 2,
         disturbance: {{steal: off, other-cpu: off, stall-memory: off, broker-gc: off}}}}
"""
TRIALS = 5


def count_numbers(numbers):
    """What [partition, number] in the order of each partition say: distinct numbers, copies, steps back, producers."""
    distinct = {number for _, number in numbers}
    last, disordered = {}, 0
    for partition, number in numbers:
        key = (partition, number >> 48)
        disordered += number < last.get(key, number)
        last[key] = number
    return len(distinct), len(numbers) - len(distinct), disordered, {number >> 48 for number in distinct}


@unittest.skipUnless(JARS and os.path.exists(PYTHON), "no broker's jars or no Python clients: 'make setup'")
class Contents(SystemTest):
    def trials(self, columns):
        if not os.path.exists(self.path("results", "logs", "campaign-1")):  # no campaign yet, and perhaps no tables
            return []
        return self.query(f"select {columns} from results order by trial_id")

    def await_trials(self, runner, count):
        """A machine that is busy elsewhere may not bring a record through in the window: that trial is repeated."""
        def are_there():
            self.assertIsNone(runner.poll(), "the campaign has ended")
            return sum(status == "ok" for status, in self.trials("status")) >= count

        self.wait_until(are_there, f"{count} trials", timeout_s=PATIENCE_S)

    def interrupt(self, runner):
        children = descendants(runner.pid)
        runner.send_signal(signal.SIGINT)
        output, errors = runner.communicate(timeout=PATIENCE_S)
        self.assertEqual(runner.returncode, 130, errors)
        self.assertEqual([pid for pid in children if is_alive(pid)], [])
        return (output + errors).decode()

    def test_against_a_third_library(self):
        runner = self.start("run", self.write("numbered.yaml", DEFINITION), "--keep-topics")
        servers = self.servers(runner)
        self.await_trials(runner, TRIALS)
        for trial in self.trials("case_name, run_name, status, topic, verified, records_sent, records_acked, records_failed, "
                                 "records_stored, records_lost, records_duplicated, records_disordered"):
            if trial[2] == "failed":
                continue
            with self.subTest("/".join(trial[:2])):
                self.check_trial(servers, *trial)
        self.check_faults()
        self.interrupt(runner)

    def servers(self, runner):
        said = []
        for line in runner.stderr:
            said.append(line.decode())
            if ready := re.match(r"cluster ready after [\d.]+ s: (.*)", said[-1]):
                return ready.group(1)
        return self.fail(f"the cluster never was ready: {''.join(said)}")

    def check_trial(self, servers, case, run, status, topic, verified, sent, acked, failed, stored, lost, twice, disordered):
        self.assertEqual((status, verified), ("ok", "content"))
        done = subprocess.run([PYTHON, READ_NUMBERS, servers, topic], capture_output=True, text=True, timeout=PATIENCE_S)
        self.assertEqual(done.returncode, 0, done.stderr)
        numbers = json.loads(done.stdout)
        distinct, copies, steps_back, producers = count_numbers(numbers)
        self.assertGreater(sent, 0)
        self.assertEqual(stored, len(numbers))
        self.assertEqual(lost, max(0, acked - distinct))
        self.assertEqual((twice, disordered), (copies, steps_back))
        self.assertEqual(producers, {0, 1} if case == "pause" else {0})
        if case == "none":
            self.assertEqual(sent, acked)
        if case == "all":
            self.assertEqual(lost, 0)
        if failed == 0:
            self.assertEqual(sent - distinct, lost)

    def check_faults(self):
        events = self.query("select case_name, run_name, offset_ms, message from trial_event join results using (trial_id) "
                            "where kind = 'fault' and status = 'ok' order by trial_id")
        self.assertEqual(len(events), TRIALS)
        for case, run, offset, message in events:
            with self.subTest(f"{case}/{run}"):
                self.assertGreaterEqual(offset, 2000)
                self.assertRegex(message, r"^paused all brokers for \d\.\d\d\d s$" if case == "pause"
                                 else r"^killed broker 2, started again after \d\.\d\d\d s$")
        self.assertGreaterEqual(self.query("select latency_max_ms from results where case_name = 'pause' and status = 'ok'")[0][0], 900)

    def test_no_broker_is_left_stopped(self):
        """An interrupt in the middle of a pause, and of a kill."""
        for number, what in enumerate(("pause", "kill"), 1):
            with self.subTest(what):
                definition = self.write("still.yaml", DEFINITION.replace("numbered", "still").replace("brokers: 3", "brokers: 1").replace(
                    "replication.factor: 3", "replication.factor: 1").replace("duration: 7s", "duration: 10m").replace(
                    "{at: 2s, do: kill, broker: 2, for: 1s}", "{at: 500ms, do: %s, for: 9m}" % what))
                runner = self.start("run", definition, "--only", "all/c", "--amend")
                self.wait_until(lambda: self.is_faulty(runner, what), f"the {what}", timeout_s=PATIENCE_S)
                self.interrupt(runner)
                self.assertEqual(self.query("select status from results order by trial_id"), [("interrupted",)] * number)
                self.assertEqual(self.query("select count(*) from trial_event where kind = 'fault'"), [(number,)])

    def is_faulty(self, runner, what):
        self.assertIsNone(runner.poll(), "the campaign has ended")
        states = {}
        for pid in descendants(runner.pid):
            try:
                with open(f"/proc/{pid}/cmdline", "rb") as line, open(f"/proc/{pid}/stat") as stat:
                    states[pid] = (line.read(), stat.read().rsplit(")", 1)[1].split()[0])
            except OSError:
                continue
        is_driven = any(b"drivers/c/producer" in line for line, _ in states.values())
        if what == "pause":
            return any(b"kafka.Kafka" in line and state == "T" for line, state in states.values())
        return is_driven and any(state == "Z" for _, state in states.values())


ONE_PARTITION = """\
version: one
title: A test
cluster: {kind: mock, brokers: 1}
cases:
  - name: one
    verify: content
    record: {size: %d}
    load: {rate: %d}
    topic: {partitions: 1, replication.factor: 1}
    measure: {warmup: 100ms, duration: 500ms}
runs:
  - {name: c, driver: c}
design: {trials: {min: 1}, timeout: %s, retries: 0, disturbance: {steal: off, other-cpu: off, stall-memory: off, broker-gc: off}}
"""


class Readers(MisbehavingTest):
    """Each by itself, on a mock cluster that librdkafka writes to."""

    def read_back(self, mode, status, size=8, rate=1000, timeout="60s"):
        self.write_driver("reader", "misbehaving_reader.py", mode, reads="true")
        self.kbench("run", self.write("one.yaml", ONE_PARTITION % (size, rate, timeout)), status=status)
        row, = self.query("select status, cause, verified, records_acked, records_stored, records_lost, records_duplicated, "
                          "records_disordered from results order by trial_id desc limit 1")
        return row

    def assert_refused(self, mode, cause, **more):
        row = self.read_back(mode, 1, **more)
        self.assert_all_ended()
        self.assertEqual((row[0], row[2], row[5:]), ("failed", None, (None, None, None)))
        self.assertRegex(row[1], "^reading the topic back: " + cause)

    def test_one_that_reads_well(self):
        status, cause, verified, acked, *figures = self.read_back("reads-well", 0)
        self.assertGreater(acked, 0)
        self.assertEqual((status, cause, verified, figures), ("ok", None, "content", [acked, 0, 0, 0]))

    def test_a_copy_does_not_hide_a_loss(self):
        *_, verified, acked, stored, lost, twice, disordered = self.read_back("finds-a-copy", 0)
        self.assertEqual((verified, stored, lost, twice, disordered), ("content", acked, 1, 1, 0))

    def test_records_of_others(self):
        for mode in ("finds-a-stranger", "finds-a-short-one"):
            with self.subTest(mode):
                status, cause, *_ = self.read_back(mode, 1)
                self.assertEqual(status, "failed")
                self.assertRegex(cause, r"^1 of the topic's \d+ records have no number that this trial's drivers sent$")

    def test_one_that_reads_less(self):
        self.assert_refused("reads-less", r"driver 'reader' gave \d+ records and says that it read \d+, the topic has \d+$")

    def test_one_that_says_more(self):
        self.assert_refused("says-more", r"driver 'reader' gave (\d+) records and says that it read (?!\1)\d+, the topic has \1$")

    def test_one_that_reads_twice(self):
        self.assert_refused("reads-twice", "driver 'reader' gave 1 records twice, or out of the order of offsets$")

    def test_one_that_ends_inside_a_record(self):
        self.assert_refused("ends-halfway", "the records of driver 'reader' ended inside one$")

    def test_one_that_dies(self):
        self.assert_refused("dies", r"driver 'reader': ended with exit status 1 [\s\S]*no more of this")

    def test_one_that_hangs(self):
        self.assert_refused("hangs", "driver 'reader' gave no record for 3 s$", timeout="3s")

    def test_a_topic_that_has_lost_its_beginning(self):
        """The mock keeps the last 5 MiB of a partition."""
        status, cause, *_ = self.read_back("reads-well", 1, size=100_000, rate=500)
        self.assertEqual(status, "failed")
        self.assertRegex(cause, r"^reading the topic back: the first \d+ records of partition 0 were taken away before they were read$")


if __name__ == "__main__":
    unittest.main()
