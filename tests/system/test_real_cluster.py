# SPDX-License-Identifier: Apache-2.0
"""Campaigns on real brokers: what they measure, and what becomes of them when the runner, a broker or a topic goes away."""
import json
import os
import signal
import subprocess
import tempfile
import unittest

from brokers import JARS, KAFKA
from misbehaving import EXTERNAL_WITH_SECRETS, GOOD, MisbehavingTest
from support import COMMAND_TIMEOUT_S, PROGRAM, ROOT, SystemTest, descendants, is_alive

PYTHON = os.path.join(ROOT, "build", "venv", "bin", "python")
TOPICS = os.path.join(ROOT, "tests", "system", "topics.py")
CLIENTS = ("java", "c", "kafka-python")

# What costs a JVM most in so short a time is its start.
LOCAL = f"""\
version: real
title: A test
cluster:
  kind: local
  kafka: {KAFKA}
  brokers: 3
  jvm: [-Xms512m, -Xmx512m]
  config: {{num.io.threads: 5}}
defaults:
  topic: {{partitions: 3, replication.factor: 3}}
  measure: {{warmup: 500ms, duration: 2s}}
  producer: {{enable.idempotence: false, linger.ms: 3}}
cases:
  - {{name: all, producer: {{acks: all}}}}
  - {{name: none, producer: {{acks: 0}}}}
runs:
  - {{name: java, driver: java, jvm: [-Xmx256m, '-XX:TieredStopAtLevel=1']}}
  - {{name: c, driver: c}}
  - {{name: kafka-python, driver: kafka-python}}
design: {{trials: {{min: 1}}, disturbance: {{steal: off, other-cpu: off, stall-memory: off, broker-gc: off}}, warmup: 0s, order: sequential, timeout: 60s, retries: 2}}
"""


RUNS_WITHOUT_PATIENCE = """\
  - {name: c, driver: c, config: {message.timeout.ms: 6000}}
  - {name: kafka-python, driver: kafka-python, config: {delivery_timeout_ms: 6000, request_timeout_ms: 3000, max_block_ms: 3000}}
"""


def command_line(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().split(b"\0")
    except OSError:
        return []


def is_broker(pid):
    return b"kafka.Kafka" in command_line(pid)


def is_driver(pid):
    """A client under load; its command line names its folder or its class, a broker's does not."""
    return any(b"src/drivers" in word or b"build/drivers" in word for word in command_line(pid))


@unittest.skipUnless(JARS and os.path.exists(PYTHON), "no broker's jars or no Python clients: 'make setup'")
class LocalCluster(SystemTest):
    """One campaign that meets everything: its runner is killed, then a broker, and at the end it is as if nothing had been."""

    def brokers(self, process):
        return [pid for pid in descendants(process.pid) if is_broker(pid)]

    def wait_for_load(self, process):
        """Until a trial has been stored by this process and the next one's client is there."""
        def is_under_load():
            self.assertIsNone(process.poll(), "the campaign has ended")
            return (os.path.exists(self.database) and self.trials_of_newest() > 0 and len(self.brokers(process)) == 3
                    and any(is_driver(pid) for pid in descendants(process.pid)))

        self.wait_until(is_under_load, "a client under load", timeout_s=COMMAND_TIMEOUT_S)

    def trials_of_newest(self):
        return self.query("select count(*) from trial where campaign_id = (select max(id) from campaign)")[0][0]

    def test_kills_and_all(self):
        definition = self.write("real.yaml", LOCAL)

        runner = self.start("run", definition)
        self.wait_for_load(runner)
        children = descendants(runner.pid)
        self.end(runner)
        self.wait_until(lambda: not any(map(is_alive, children)), "brokers and client to die with the runner")
        self.assert_database_is_whole()
        before = self.query("select count(*) from results where status = 'ok'")[0][0]
        self.assertGreater(before, 0)

        runner = self.start("run", definition)
        self.wait_for_load(runner)
        victim = self.brokers(runner)[1]
        os.kill(victim, signal.SIGKILL)
        children = descendants(runner.pid)
        _, errors = runner.communicate(timeout=COMMAND_TIMEOUT_S)
        self.assertEqual(runner.returncode, 0, errors)
        self.assertFalse([pid for pid in children if is_alive(pid)])

        self.assertEqual(self.query("select how from campaign order by id"), [("died",), ("completed",)])
        self.assertEqual(self.query("select case_name, run_name, count(*) from results where status = 'ok' group by 1, 2"),
                         [(case, run, 1) for case in ("all", "none") for run in sorted(CLIENTS)])
        self.assert_broker_is_blamed()
        self.assert_figures()
        self.assert_load()
        self.assert_settings()
        self.assert_context()
        self.assert_database_is_whole()

    def assert_broker_is_blamed(self):
        failed = self.query("select cause, attempt, case_name, run_name from results where status = 'failed' order by trial_id")
        self.assertTrue(failed, "the broker's end was not noticed")
        cause, attempt, case, run = failed[0]
        self.assertRegex(cause, r"broker [1-3] was ended by signal 9; the end of its log '.*/logs/campaign-2/broker-[1-3].log':\n.")
        self.assertIn("INFO", cause)
        again = self.query("select status from results where case_name = ? and run_name = ? and attempt > ?", case, run, attempt)
        self.assertEqual(again[-1], ("ok",))

    def assert_figures(self):
        for case, run, sent, acked, failed, stored, lost, twice, rate, p50, p99, client_cpu, broker_cpu in self.query(
                "select case_name, run_name, records_sent, records_acked, records_failed, records_stored, records_lost, "
                "records_duplicated, records_per_sec, latency_p50_ms, latency_p99_ms, client_cpu_s, broker_cpu_s "
                "from results where status = 'ok'"):
            with self.subTest(f"{case}/{run}"):
                self.assertGreater(acked, 0)
                self.assertEqual(sent, acked + failed)
                self.assertEqual(failed, 0)
                self.assertEqual(lost, max(0, acked - stored))
                self.assertEqual(twice, 0)
                if case == "all":
                    self.assertEqual(stored, acked)
                self.assertGreater(rate, 0)
                self.assertLessEqual(p50, p99)
                self.assertGreater(client_cpu, 0)
                self.assertGreater(broker_cpu, 0)

    def assert_load(self):
        """What limited each trial is told by its client's threads, by its brokers themselves and by their JVMs."""
        rows = self.query("select case_name, run_name, client_busiest_thread_cpu_s, client_cpu_s, broker_idle_percent, "
                          "broker_bytes_in, broker_gc_s, broker_gc_max_ms from results where status = 'ok'")
        # Absent where a busy machine kept the runner from reading the threads at the ends of so short a window.
        self.assertTrue(any(row[2] for row in rows))
        for case, run, busiest, client_cpu, idle, bytes_in, pauses_s, longest_ms in rows:
            with self.subTest(f"{case}/{run}"):
                self.assertLess(busiest or 0, client_cpu + 0.05)  # two readings of a clock that ticks each 10 ms
                self.assertGreater(idle, 0)
                self.assertLessEqual(idle, 100)
                self.assertGreater(bytes_in, 0)
                self.assertGreaterEqual(pauses_s, 0)
                self.assertEqual(pauses_s == 0, longest_ms == 0)
        for broker in (1, 2, 3):
            self.assertIn("Using G1", self.read("results", "logs", "campaign-1", f"broker-{broker}.gc.log"))

    def assert_settings(self):
        acks = {"all": ("all", "-1"), "none": ("0",)}
        for case, run in self.query("select case_name, run_name from results where status = 'ok'"):
            with self.subTest(f"{case}/{run}"):
                settings = {name: (requested, in_force, applied) for name, requested, in_force, applied in self.query(
                    "select canonical, requested, in_force, applied from trial_setting join results using (trial_id) "
                    "where case_name = ? and run_name = ? and status = 'ok'", case, run)}
                self.assertIn(settings["acks"][1], acks[case])
                self.assertEqual(settings["acks"][2], 1)
                self.assertEqual(float(settings["linger.ms"][1]), 3)
                self.assertIsNotNone(settings["batch.size"][1])  # nobody asked for one: the client tells its own default

    def assert_context(self):
        self.assertEqual(self.query("select count(distinct broker), count(distinct campaign_id) from broker_config"), [(3, 2)])
        self.assertEqual(self.query("select distinct value, source from broker_config where name = 'num.io.threads'"),
                         [("5", "static")])
        self.assertGreater(self.query("select count(*) from broker_config")[0][0], 3 * 2 * 100)
        self.assertEqual(self.query("select distinct broker_version, cluster_kind from results"), [(KAFKA, "local")])
        libraries = dict(self.query("select distinct client_library, client_version from results where status = 'ok'"))
        self.assertEqual(set(libraries), {"kafka-clients", "librdkafka", "kafka-python"})
        for description, in self.query("select description from environment"):
            environment = json.loads(description)
            told = {run: versions["client"] for run, versions in environment["clients"].items()}
            self.assertEqual(told, {"java": libraries["kafka-clients"], "c": libraries["librdkafka"],
                                    "kafka-python": libraries["kafka-python"]})
            self.assertIn("jvm", environment)
        for campaign in (1, 2):
            for broker in (1, 2, 3):
                self.assertIn("Kafka Server started", self.read("results", "logs", f"campaign-{campaign}", f"broker-{broker}.log"))
        self.assertFalse(os.path.exists(self.path("results", "work")))


@unittest.skipUnless(JARS and os.path.exists(PYTHON), "no broker's jars or no Python clients: 'make setup'")
class SomebodysCluster(MisbehavingTest):
    """A cluster that is there already: one of kbench's own, brought up elsewhere."""

    @classmethod
    def setUpClass(cls):
        home = tempfile.TemporaryDirectory(prefix="kbench-test-")
        cls.addClassCleanup(home.cleanup)
        cls.home = home.name
        definition = os.path.join(cls.home, "bad.yaml")
        with open(definition, "w") as file:
            file.write(GOOD.replace("{kind: mock, brokers: 3}", f"{{kind: local, kafka: {KAFKA}, brokers: 1, jvm: [-Xmx512m]}}"))
        cls.addClassCleanup(cls.cluster, "down")
        cls.servers = cls.cluster("up", definition).strip()

    @classmethod
    def cluster(cls, *arguments):
        environment = dict(os.environ, KBENCH_HOME=ROOT, KBENCH_BUILD=os.path.join(ROOT, "build"))
        done = subprocess.run([PROGRAM, "cluster", *arguments], cwd=cls.home, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=COMMAND_TIMEOUT_S)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def topics(self, *arguments):
        done = subprocess.run([PYTHON, TOPICS, self.servers, *arguments], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def external(self, content, cluster=None):
        cluster = cluster or f"cluster: {{kind: external, bootstrap.servers: '{self.servers}'}}"
        return self.write("bad.yaml", content.replace("cluster: {kind: mock, brokers: 3}", cluster).replace(
            "design:\n", "design:\n  warmup: 0s\n"))

    def test_only_topics_of_ours_are_ever_deleted(self):
        self.assertEqual(self.topics("make", "theirs", "10"), 10)
        before = self.topics("list")
        self.assertIn("theirs", before)
        definition = self.external(GOOD.replace("'null'", "c"))
        self.kbench("run", definition)
        acked, stored, kind = self.query("select records_acked, records_stored, cluster_kind from results")[0]
        self.assertGreater(acked, 0)
        self.assertEqual((stored, kind), (acked, "external"))
        self.assertEqual(self.topics("list"), before)

        self.kbench("run", definition, "--trials", "2", "--keep-topics")
        kept, = set(self.topics("list")) - set(before)
        self.assertEqual(self.query("select topic from results where trial = 2"), [(kept,)])
        self.topics("delete", kept)
        self.assertEqual(self.topics("count", "theirs"), 10)

    def test_an_interrupted_campaign_leaves_no_topic(self):
        before = self.topics("list")
        runner = self.start("run", self.external(GOOD.replace("'null'", "c").replace("500ms", "15s").replace("20s", "60s")))
        self.wait_until(lambda: self.topics("list") != before, "the trial's topic")
        runner.send_signal(signal.SIGTERM)
        _, errors = runner.communicate(timeout=COMMAND_TIMEOUT_S)
        self.assertEqual(runner.returncode, 130, errors)
        self.wait_until(lambda: self.topics("list") == before, "the topic to be gone")

    def test_a_topic_that_goes_away_midway(self):
        # The window is long enough for a busy machine to find the topic and to delete it meanwhile.
        before = self.topics("list")
        content = GOOD.replace("  - {name: nothing, driver: 'null'}\n", RUNS_WITHOUT_PATIENCE).replace("500ms", "8s").replace(
            "20s", "30s\n  retries: 0\n  order: sequential")
        runner = self.start("run", self.external(content))
        for run in ("c", "kafka-python"):
            topic = self.wait_until(lambda: self.topic_under_load(runner, before, run), f"{run} to send to its topic",
                                    timeout_s=COMMAND_TIMEOUT_S)
            self.topics("delete", topic)
        _, errors = runner.communicate(timeout=COMMAND_TIMEOUT_S)
        self.assertEqual(runner.returncode, 1, errors)
        rows = self.query("select run_name, status, cause from results order by 1")
        self.assertEqual([row[:2] for row in rows], [("c", "failed"), ("kafka-python", "failed")])
        for _, _, cause in rows:
            self.assertIn("the trial's topic was deleted meanwhile, not by kbench: ", cause)
        self.assert_database_is_whole()
        self.assertEqual(self.topics("list"), before)

    def topic_under_load(self, runner, before, run):
        self.assertIsNone(runner.poll(), "the campaign has ended")
        new = [topic for topic in self.topics("list") if topic not in before and f"-{run}-" in topic]
        return new[0] if new and self.topics("count", new[0]) > 0 else None

    def test_secrets_are_told_nowhere(self):
        secret = "tiger-7301"
        self.define(["tells-secrets", "tells-and-dies"])
        definition = self.external(self.read("bad.yaml"), EXTERNAL_WITH_SECRETS)
        environment = self.environment(KBENCH_TEST_SERVERS=self.servers, KBENCH_TEST_SECRET=secret)
        # The command line holds the secret, too: as the name of a link to the database.
        os.makedirs(self.path("results"))
        os.symlink(self.database, self.path(secret))
        said = self.kbench("run", "-v", definition, "--db", self.path(secret), status=1, environment=environment)
        self.assertIn("<redacted>", self.query("select command_line from campaign")[0][0])
        rows = dict(self.query("select run_name, status || ': ' || coalesce(cause, '') from results"))
        self.assertEqual(rows["tells-secrets"], "ok: ")
        self.assertRegex(rows["tells-and-dies"], "^failed: (?s:.*)cannot log in with <redacted>")
        self.assertEqual(self.query("select count(*) from trial_event where message like '%the password is <redacted>%'"), [(2,)])
        settings = dict(self.query("select coalesce(canonical, native), in_force from trial_setting join results using (trial_id) "
                                   "where run_name = 'tells-secrets'"))
        self.assertEqual((settings["sasl.password"], settings["client.id"], settings["told"]),
                         ("<redacted>", "for-<redacted>", "<redacted>"))
        said += self.kbench("report", "bad", "--out", self.path("results", "bad"))
        said += self.kbench("status") + self.kbench("sql", "select * from results", "--format", "json")
        self.assert_told_nowhere([secret, self.servers], *said)


if __name__ == "__main__":
    unittest.main()
