# SPDX-License-Identifier: Apache-2.0
"""Bad input of every kind: definitions, drivers, clusters, secrets. Said with its place, nothing started or everything ended."""
import os
import re
import socket
import unittest

from misbehaving import EXTERNAL_WITH_SECRETS, GOOD, MisbehavingTest
from support import SystemTest

ANCHOR_BOMB = "version: bad\na: &a [x, x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}, *{before}, *{before}]\n" for before, name in zip("abcdefghijklmnopq", "bcdefghijklmnopqr"))

# What is changed in the good definition, where the error is, and words of its message.
WRONG_DEFINITIONS = {
    "unknown key": ("kind: mock, brokers", "kind: mock, broker", "3:23", "did you mean 'brokers'?"),
    "unknown key of a case": ("    measure:", "    mesure:", "7:5", "did you mean 'measure'?"),
    "wrong type": ("brokers: 3", "brokers: three", "3:32", "expected a whole number"),
    "list for a text": ("title: A test", "title: [A, test]", "2:8", "'title' is a list of 2"),
    "duplicate key": ("partitions: 2,", "partitions: 2, partitions: 3,", "6:28", "already on line 6"),
    "duplicate section": ("design:", "title: Again\ndesign:", "10:1", "already on line 2"),
    "missing unit": ("warmup: 200ms", "warmup: 200", "7:23", "a number without a unit"),
    "wrong unit": ("warmup: 200ms", "warmup: 200KiB", "7:23", "expected a duration"),
    "unknown driver": ("driver: 'null'", "driver: nul", "9:29", "did you mean 'null'?"),
    "no topic": ("    topic: {partitions: 2, replication.factor: 1}\n", "", "5:5", "the case has no 'topic'"),
    "replication above brokers": ("replication.factor: 1", "replication.factor: 4", "6:48", "at most the number of brokers, 3"),
    "version of another file": ("version: bad", "version: v9", "1:10", "expected the file's name 'bad'"),
    "version that YAML takes for a number": ("version: bad", "version: 4.10", "1:10", "4.1"),
    "name that YAML takes for no": ("- name: plain", "- name: no", "5:11", "name"),
    "case named twice": ("runs:", "  - {name: plain, topic: {partitions: 1, replication.factor: 1}}\nruns:", "8:5", "there twice"),
    "run named twice": ("design:", "  - {name: nothing, driver: 'null'}\ndesign:", "10:5", "there twice"),
    "tab": ("  - name: plain", "\t- name: plain", "5:1", "a tab in the indentation"),
    "NUL": ("title: A test", "title: A\0test", "2:9", "NUL"),
    "NUL in an escape": ("title: A test", 'title: "A\\0test"', "2:8", "NUL"),
    "no UTF-8": ("title: A test", b"title: A \xff test", "2:10", "UTF-8"),
    "no YAML": ("title: A test", "title: 'A test", None, "not YAML"),
    "tag": ("title: A test", "title: !!python/object:os.system A test", "2:8", "a tag"),
    "window longer than the timeout": ("timeout: 20s", "timeout: 600ms", None, "600ms"),
    "literal secret": ("{kind: mock, brokers: 3}", "{kind: external, bootstrap.servers: 'h:1', client: {sasl.password: tiger-7301}}",
                       "3:77", "'sasl.password' is a secret"),
    "claim about nothing": ("design:", "claims:\n  - {name: a, quote: b, metric: records_per_sec, of: {case: plane, run: nothing},"
                            " to: {case: plain, run: nothing}, ratio: [1, 2]}\ndesign:", "11:61", "did you mean 'plain'?"),
}

def with_setting(setting, driver="kafka-python"):
    return GOOD.replace("'null'", driver).replace("    measure:", f"    producer: {{{setting}: 5}}\n    measure:").encode()


WHOLE_FILES = {
    "setting that the client does not know": (with_setting("linger.msec"), "7:29", "did you mean 'linger.ms'?"),
    "setting that Java's client would pass over": (with_setting("linger.msec", "java"), "7:29", "driver 'java' does not know"),
    "setting that the client cannot honour": (with_setting("buffer.memory"), "7:31", "cannot honour 'buffer.memory'"),
    "nothing at all": (b"", "1:1", "is empty"),
    "a list": (b"- a\n- b\n", "1:1", "expected a mapping"),
    "anchor bomb": (ANCHOR_BOMB.encode(), "2:4", "anchors and aliases are not allowed"),
    "too deep": (b"version: bad\ntitle: " + b"[" * 5000 + b"]" * 5000, None, "nested too deeply"),
    "two documents": (GOOD.encode() + b"---\n" + GOOD.encode(), "14:1", "a second document"),
    "10 MB of comments": (GOOD.encode() + b"# nothing to see here\n" * 500_000, None, "bad.yaml"),
    "10 MB on one line": (b"version: bad\ntitle: " + b"x" * 10_000_000 + b"\n", None, "bad.yaml"),
    "10 MB of noise": (bytes(range(256)) * 40_000, None, "bad.yaml"),
}

# How a driver fails in a trial, and what the cause says of it.
FAILURES = {
    "dies-at-once": r"ended with exit status 7 before it was ready; the end of its standard error:\nno such luck",
    "says-no-json": r"wrote a line that is not of the protocol",
    "says-half-a-line": r"ended in the middle of a line",
    "says-a-million-lines": r"wrote a line that is not of the protocol",
    "has-another-clock": r"its clock is not CLOCK_MONOTONIC",
    "is-killed": r"was ended by signal SIGKILL before it was done",
    "dies-halfway": r"ended with exit status 9 before it was done",
    "exits-with-1": r"ended with exit status 1 after it was done",
    "ends-before-its-window": r"the driver ended before its window did",
    "sends-half-a-sample": r"ended inside a sample, after 13 bytes of it",
    "sends-nothing": r"no record was acknowledged",
    "never-opens-its-samples": r"the samples from .* did not end",
    "ends-before-its-start": r"1 of the driver's samples end before they start",
    "starts-before-the-trial": r"1 of the driver's samples start before the trial's start command",
    "ends-in-the-future": r"the driver's last sample ends .* after the driver did",
    "stands-for-no-record": r"1 of the driver's samples stand for no record",
    "says-more-than-its-samples": r"the driver says that \d+ records ended, its samples that \d+ did",
    "says-fewer-than-its-samples": r"the driver says that \d+ records ended, its samples that \d+ did",
    "leaves-records-outstanding": r"counts do not add up: .* 5 outstanding",
    "acknowledges-more-than-it-sent": r"counts that do not add up",
    "counts-below-nothing": r"a count 'failed' that is no number of records",
}
HANGS = ("hangs-at-once", "hangs-halfway", "hangs-at-the-end")
HARMLESS = ("floods-stderr", "leaves-a-child")


class Definitions(SystemTest):
    def assert_refused(self, content, place, words, commands=("check", "plan", "run")):
        path = self.write("bad.yaml", content)
        for command in commands:
            output, errors = self.kbench(command, path, status=2)
            self.assertEqual(output, "")
            self.assertIn(words, errors)
            self.assertIn(f"{path}:{place}: " if place else path, errors)
            self.assertNotIn("\x1b", errors)
        self.assertFalse(os.path.exists(self.database), "a database was made")

    def test_each_mistake_with_its_place(self):
        for name, (old, new, place, words) in WRONG_DEFINITIONS.items():
            with self.subTest(name):
                self.assertEqual(GOOD.count(old), 1)
                before, after = GOOD.encode().split(old.encode())
                self.assert_refused(before + (new if isinstance(new, bytes) else new.encode()) + after, place, words)

    def test_the_good_one_is_good(self):
        output, errors = self.kbench("check", self.write("bad.yaml", GOOD))
        self.assertIn("1 case x 1 run", output)
        self.assertEqual(errors, "")

    def test_files_that_are_wrong_as_a_whole(self):
        for name, (content, place, words) in WHOLE_FILES.items():
            with self.subTest(name):
                self.assert_refused(content, place, words)

    def test_all_mistakes_are_told_at_once(self):
        content = GOOD.replace("brokers: 3", "brokers: three").replace("200ms", "200").replace("20s", "soon")
        path = self.write("bad.yaml", content)
        _, errors = self.kbench("run", path, status=2)
        self.assertEqual(re.findall(re.escape(path) + r":(\d+):\d+: ", errors), ["3", "7", "12"])
        self.assertIn("has 3 errors", errors)

    def test_a_file_that_is_not_there(self):
        for name in ("none.yaml", self.folder):
            for command in ("check", "plan", "run"):
                output, errors = self.kbench(command, name, status=2)
                self.assertEqual(output, "")
                self.assertIn(name, errors)
        self.assertFalse(os.path.exists(self.database))

    def test_a_pipe_that_never_ends(self):
        output, errors = self.kbench("check", "/dev/zero", status=2)
        self.assertEqual(output, "")
        self.assertIn("/dev/zero", errors)

    def test_a_changed_definition_under_an_old_version(self):
        self.kbench("run", self.write("bad.yaml", GOOD))
        trials = self.query("select count(*) from trial")
        output, errors = self.kbench("run", self.write("bad.yaml", GOOD.replace("500ms", "501ms")), status=2)
        self.assertEqual(output, "")
        self.assertIn("'bad'", errors)
        self.assertIn("--amend", errors)
        self.assertEqual(self.query("select count(*) from campaign"), [(1,)])
        self.assertEqual(self.query("select count(*) from trial"), trials)


class Drivers(MisbehavingTest):
    def test_each_failure_is_kept_with_its_cause_and_the_others_run(self):
        definition = self.define([*FAILURES, *HARMLESS])
        output, errors = self.kbench("run", definition, status=1)
        self.assertEqual(output, "")
        self.assertIn(f"{len(FAILURES)} of {len(FAILURES) + len(HARMLESS) + 1} trials failed for good", errors)
        rows = {name: rest for name, *rest in self.query(
            "select run_name, status, cause, records_per_sec, latency_p99_ms, attempt from results")}
        self.assertEqual(set(rows), {"nothing", *FAILURES, *HARMLESS})
        for name, words in FAILURES.items():
            with self.subTest(name):
                status, cause, rate, p99, attempt = rows[name]
                self.assertEqual((status, rate, p99, attempt), ("failed", None, None, 1))
                self.assertRegex(cause, words)
                self.assertNotRegex(cause, r"[\x00-\x08\x0b-\x1f\x7f]")
                self.assertIn(name, errors)
        for name in ("nothing", *HARMLESS):
            with self.subTest(name):
                self.assertEqual(rows[name][:2], ["ok", None])
                self.assertGreater(rows[name][2], 0)
        self.assertEqual(self.query("select how from campaign"), [("completed",)])
        self.assert_all_ended()
        self.assert_database_is_whole()
        self.assert_flood_is_bounded()

    def assert_flood_is_bounded(self):
        message, = self.query("select message from trial_event join results using (trial_id) "
                              "where kind = 'stderr' and run_name = 'floods-stderr'")[0]
        self.assertIn("this is line number 00000000\n", message)
        self.assertIn("this is line number 00199999", message)
        self.assertRegex(message, r"\d+ bytes left out")
        self.assertLess(len(message), 100_000)

    def test_a_driver_that_hangs_meets_the_timeout(self):
        self.kbench("run", self.define(HANGS, timeout="8s"), status=1)
        rows = dict(self.query("select run_name, cause from results where status = 'failed'"))
        self.assertEqual(set(rows), set(HANGS))
        for name in HANGS:
            self.assertIn("did not end within its timeout of 8 s", rows[name])
        self.assertEqual(self.query("select run_name from results where status = 'ok'"), [("nothing",)])
        self.assert_all_ended()
        self.assert_database_is_whole()

    def test_a_failed_trial_is_retried_as_often_as_the_design_says(self):
        definition = self.define(["dies-at-once"], retries=2)
        self.kbench("run", definition, status=1)
        query = "select run_name, trial, attempt, status from results order by 1, 2, 3"
        expected = [("dies-at-once", 1, n, "failed") for n in (1, 2, 3)] + [("nothing", 1, 1, "ok")]
        self.assertEqual(self.query(query), expected)
        # The same command tries again what has no result, and nothing else; attempts count on.
        self.kbench("run", definition, status=1)
        expected[3:3] = [("dies-at-once", 1, n, "failed") for n in (4, 5, 6)]
        self.assertEqual(self.query(query), expected)
        self.assertEqual(self.query("select count(*) from campaign"), [(2,)])

    def test_a_driver_that_acknowledges_what_it_never_sent(self):
        self.add_driver("delivers-nothing", delivers=True)
        _, errors = self.kbench("run", self.define(["delivers-nothing"]))
        status, acked, stored, lost = self.query(
            "select status, records_acked, records_stored, records_lost from results where run_name = 'delivers-nothing'")[0]
        self.assertEqual((status, stored), ("ok", 0))
        self.assertGreater(acked, 0)
        self.assertEqual(lost, acked)
        self.assertIn(f"{acked} records lost", errors)
        self.kbench("report", "bad", "--out", self.path("report"), "--no-charts")
        self.assertRegex(self.read("report", "report.md"), "(?i)lost")

    def test_a_driver_that_does_not_answer_stops_all_before_it_starts(self):
        output, errors = self.kbench("run", self.define(["is-not-there"]), status=3)
        self.assertEqual(output, "")
        self.assertIn("nothing was started", errors)
        self.assertIn("run 'is-not-there': driver 'is-not-there': ended with exit status 1 before it was ready", errors)
        self.assertIn("cannot find the client library", errors)
        self.assertEqual(self.query("select count(*) from campaign"), [(0,)])
        self.assert_all_ended()

    def test_a_driver_whose_program_is_not_there_is_left_out_and_told(self):
        self.write_driver("without", "none", python="/nowhere/python")
        definition = self.define(["without"])
        _, errors = self.kbench("run", definition, "--only", "*/without", status=3)
        self.assertIn("'/nowhere/python' is missing", errors)
        self.assertEqual(self.query("select count(*) from campaign"), [(0,)])
        _, errors = self.kbench("run", definition)
        self.assertIn("'/nowhere/python' is missing", errors)
        self.assertEqual(self.query("select run_name, status from results"), [("nothing", "ok")])
        self.assertIn("/nowhere/python", self.query("select notes from campaign")[0][0])

    def test_a_bad_driver_yaml(self):
        definition = self.write("bad.yaml", GOOD)
        self.write_driver("odd", "none")
        good = self.read("drivers", "odd", "driver.yaml")
        for old, new, place, words in (("delivers:", "deliver:", "6:1", "did you mean 'delivers'?"),
                                       ("kind: test", "kind: toast", "5:7", "toast"),
                                       ("protocol: 1", "protocol: 2", "1:11", "protocol")):
            with self.subTest(new):
                path = self.write("drivers/odd/driver.yaml", good.replace(old, new))
                for command in ("check", "run"):
                    output, errors = self.kbench(command, definition, status=2)
                    self.assertEqual(output, "")
                    self.assertIn(f"{path}:{place}: ", errors)
                    self.assertIn(words, errors)
        self.assertFalse(os.path.exists(self.database))


class Clusters(SystemTest):
    def external(self, servers, more=""):
        return self.write("bad.yaml", GOOD.replace("{kind: mock, brokers: 3}",
                                                   f"{{kind: external, bootstrap.servers: '{servers}'{more}}}"))

    def closed_port(self):
        """One that nobody listens on and that nobody else gets while the test runs."""
        holder = socket.socket()
        self.addCleanup(holder.close)
        holder.bind(("127.0.0.1", 0))
        return holder.getsockname()[1]

    def assert_unreachable(self, servers):
        output, errors = self.kbench("run", self.external(servers), status=3)
        self.assertEqual(output, "")
        self.assertIn(servers, errors)
        self.assertEqual(self.query("select count(*) from trial"), [(0,)])
        (how, notes), = self.query("select how, notes from campaign")
        self.assertEqual(how, "failed")
        self.assertIn(servers, notes)
        self.assert_database_is_whole()

    def test_nobody_listens(self):
        self.assert_unreachable(f"127.0.0.1:{self.closed_port()}")

    def test_it_listens_and_is_silent(self):
        silent = socket.socket()
        self.addCleanup(silent.close)
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        self.assert_unreachable(f"127.0.0.1:{silent.getsockname()[1]}")

    def test_a_name_of_the_environment_that_is_not_set(self):
        definition = self.external("${env:KBENCH_TEST_NOT_SET}", ", client: {sasl.password: '${env:KBENCH_TEST_NOR_THIS}'}")
        _, errors = self.kbench("run", definition, status=3)
        self.assertIn("'KBENCH_TEST_NOT_SET' is not set", errors)
        self.assertIn("'KBENCH_TEST_NOR_THIS' is not set", errors)
        self.assertEqual(self.query("select count(*) from campaign"), [(0,)])

    def test_a_kafka_that_is_not_set_up(self):
        definition = self.write("bad.yaml", GOOD.replace("{kind: mock, brokers: 3}", "{kind: local, kafka: 9.9.9}"))
        _, errors = self.kbench("run", definition, status=3)
        self.assertIn("9.9.9", errors)
        self.assertIn("make setup", errors)
        self.assertEqual(self.query("select count(*) from campaign"), [(0,)])


class Secrets(MisbehavingTest):
    def test_they_are_not_told_when_the_cluster_is_not_there(self):
        content = GOOD.replace("cluster: {kind: mock, brokers: 3}", EXTERNAL_WITH_SECRETS)
        secrets = {"KBENCH_TEST_SERVERS": "127.0.0.1:1", "KBENCH_TEST_SECRET": "tiger-7301"}
        _, errors = self.kbench("run", self.write("bad.yaml", content), status=3, environment=self.environment(**secrets))
        self.assertIn("<redacted>", errors)
        self.assertTrue(self.query("select notes from campaign where notes like '%<redacted>%'"))
        self.assert_told_nowhere(secrets.values(), errors)


if __name__ == "__main__":
    unittest.main()
