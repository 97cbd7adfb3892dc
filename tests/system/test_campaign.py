# SPDX-License-Identifier: Apache-2.0
"""The campaign as a user meets it, on librdkafka's mock cluster with the null driver: stored whole, continued, interrupted."""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

from support import COMMAND_TIMEOUT_S, PROGRAM, SystemTest, descendants, is_alive

OK_TRIALS = "select count(*) from results where status = 'ok'"


class Campaign(SystemTest):
    def test_stores_every_trial_once(self):
        definition = self.mock_definition(trials=3)
        self.kbench("run", definition)
        rows = self.query("select trial, attempt, status, records_sent, records_acked, records_failed, client_version, cluster_kind "
                          "from results order by trial")
        self.assertEqual([row[:3] for row in rows], [(1, 1, "ok"), (2, 1, "ok"), (3, 1, "ok")])
        for row in rows:
            self.assertGreater(row[3], 0)
            self.assertEqual(row[3], row[4] + row[5])
            self.assertEqual(row[7], "mock")
        self.assert_database_is_whole()

    def test_says_nothing_is_left_and_starts_nothing(self):
        definition = self.mock_definition()
        self.kbench("run", definition)
        campaigns = self.query("select count(*) from campaign")
        _, errors = self.kbench("run", definition)
        self.assertIn("0 trials to run", errors)
        self.assertEqual(self.query("select count(*) from campaign"), campaigns)

    def test_the_rate_is_that_of_the_window(self):
        self.kbench("run", self.mock_definition())
        rate, duration, trial_id = self.query("select records_per_sec, duration_s, trial_id from results")[0]
        self.assertEqual(duration, 0.5)
        window = self.query("select window_records from trial where id = ?", trial_id)[0][0]
        self.assertAlmostEqual(rate, window / duration, places=3)
        # The 100 ms series holds every acknowledged record, also those outside the window.
        total = self.query("select sum(records) from trial_interval where trial_id = ? and interval_ms = 100", trial_id)[0][0]
        self.assertEqual(total, self.query("select records_acked from results")[0][0])

    def test_only_and_trials(self):
        definition = self.mock_definition(trials=2, change=lambda text: text.replace(
            "design:", "  - {name: other, driver: 'null'}\ndesign:"))
        self.kbench("run", definition, "--only", "plain/other", "--trials", "1")
        self.assertEqual(self.query("select run_name, trial from results"), [("other", 1)])
        self.kbench("run", definition)
        self.assertEqual(self.query(OK_TRIALS), [(4,)])

    def test_unknown_pair_names_the_nearest(self):
        _, errors = self.kbench("run", self.mock_definition(), "--only", "plane/nothing", status=2)
        self.assertIn("plain", errors)

    def test_dry_run_starts_nothing(self):
        output, _ = self.kbench("run", self.mock_definition(trials=2), "--dry-run")
        self.assertEqual(output.count("plain/nothing"), 2)
        self.assertEqual(self.query("select count(*) from campaign"), [(0,)])

    def test_off_a_terminal_there_are_plain_lines(self):
        _, errors = self.kbench("run", self.mock_definition())
        self.assertNotIn("\r", errors)
        self.assertNotIn("\x1b", errors)
        self.assertRegex(errors, r"\[1/1\] block 1 plain/nothing: \d+ records/s")

    def test_quiet_says_nothing(self):
        _, errors = self.kbench("run", "-q", self.mock_definition())
        self.assertEqual(errors, "")


class Identity(SystemTest):
    def test_comments_do_not_change_it_and_values_do(self):
        self.kbench("run", self.mock_definition())
        self.kbench("run", self.mock_definition(change=lambda text: "# a comment\n" + text))
        changed = self.mock_definition(change=lambda text: text.replace("500ms", "400ms"))
        _, errors = self.kbench("run", changed, status=2)
        self.assertIn("--amend", errors)
        self.assertEqual(self.query("select revision from experiment"), [(1,)])
        self.kbench("run", changed, "--amend")
        self.assertEqual(self.query("select revision from experiment order by 1"), [(1,), (2,)])
        self.assertEqual(self.query("select revision, count(*) from results group by 1 order by 1"), [(1, 1), (2, 1)])


class Interrupted(SystemTest):
    def run_until_trial(self, definition):
        process = self.start("run", definition)
        self.wait_until(lambda: self.campaigns_under_way() and descendants(process.pid), "a trial's driver to be started")
        return process

    def campaigns_under_way(self):
        """The children of a campaign that is in the database are its trials' drivers; before, preflight has some too."""
        try:
            return self.query("select count(*) from campaign where how is null") > [(0,)]
        except sqlite3.OperationalError:  # no database yet, or one that is being made
            return False

    def test_killed_at_any_moment_it_continues_after_the_last_whole_trial(self):
        definition = self.mock_definition(trials=8)
        moments = random.Random(20160331)
        kills = 0
        while kills < 4:
            process = self.start("run", definition)
            time.sleep(moments.uniform(0.05, 2.0))
            children = descendants(process.pid)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            self.wait_until(lambda: not any(is_alive(child) for child in children), "the drivers to die with the runner")
            if os.path.exists(self.database):
                self.assert_database_is_whole()
            kills += 1
        self.kbench("run", definition)
        self.assertEqual(self.query("select trial from results where status = 'ok' order by 1"), [(n,) for n in range(1, 9)])
        self.assert_database_is_whole()
        how = self.query("select how from campaign order by id")
        self.assertEqual(how[-1], ("completed",))
        self.assertTrue(all(row[0] in ("died", "completed") for row in how), how)

    def test_interrupt_once_stops_cleanly(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=number.name):
                definition = self.mock_definition(trials=50, version=f"t{int(number)}")
                process = self.run_until_trial(definition)
                process.send_signal(number)
                _, errors = process.communicate(timeout=60)
                self.assertEqual(process.returncode, 130, errors)
                how = self.query("select how from campaign order by id desc limit 1")
                self.assertEqual(how, [("interrupted",)])
                self.assert_database_is_whole()

    def test_interrupt_twice_stops_at_once(self):
        process = self.run_until_trial(self.mock_definition(trials=50))
        children = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertFalse([child for child in children if is_alive(child)])

    def test_an_interrupted_trial_is_kept_as_such_and_run_again(self):
        definition = self.mock_definition(trials=2, change=lambda text: text.replace("500ms", "4s"))
        process = self.run_until_trial(definition)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(self.query("select status from results"), [("interrupted",)])
        self.kbench("run", definition)
        self.assertEqual(self.query("select trial, attempt, status from results order by 1, 2"),
                         [(1, 1, "interrupted"), (1, 2, "ok"), (2, 1, "ok")])


class Refused(SystemTest):
    def test_a_second_campaign_with_the_first_ones_process_id(self):
        definition = self.mock_definition(trials=20)
        process = self.start("run", definition)
        self.wait_until(lambda: descendants(process.pid), "the first campaign to run")
        _, errors = self.kbench("run", definition, status=3)
        self.assertIn(str(process.pid), errors)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.kbench("run", definition, "--dry-run")  # the dead one is recognised as dead

    def test_a_workload_that_is_not_built(self):
        definition = self.mock_definition(change=lambda text: text.replace("- name: plain", "- name: plain\n    workload: consume\n    load: {producers: 0, consumers: 1}"))
        _, errors = self.kbench("run", definition, status=2)
        self.assertIn("consume", errors)
        self.assertIn("produce", errors)
        self.assertFalse(os.path.exists(self.database))

    def test_a_database_that_another_program_has_locked(self):
        definition = self.mock_definition()
        self.kbench("run", definition)
        connection = sqlite3.connect(self.database)
        self.addCleanup(connection.close)
        connection.execute("begin exclusive")
        _, errors = self.kbench("run", self.mock_definition(version="t2"), status=3)
        self.assertIn("another program holds the database", errors)
        connection.rollback()
        connection.close()
        self.assert_database_is_whole()

    def test_a_file_that_is_no_database(self):
        self.write("results/kbench.db", "this is no database, it is a text of more than a few bytes" * 20)
        before = self.read("results/kbench.db")
        _, errors = self.kbench("run", self.mock_definition(), status=2)
        self.assertIn("kbench.db", errors)
        self.assertEqual(self.read("results/kbench.db"), before)

    def test_a_newer_schema_is_left_untouched(self):
        self.kbench("run", self.mock_definition())
        connection = sqlite3.connect(self.database)
        connection.execute("pragma user_version = 999")
        connection.close()
        _, errors = self.kbench("run", self.mock_definition(version="t2"), status=2)
        self.assertIn("newer", errors)
        self.assertEqual(self.query("pragma user_version"), [(999,)])

    def test_a_folder_that_cannot_be_written(self):
        if os.geteuid() == 0 and not shutil.which("setpriv"):
            self.skipTest("root writes anywhere, and there is no setpriv")
        definition = self.mock_definition()
        os.makedirs(self.path("results"))
        os.chmod(self.path("results"), 0o555)
        os.chmod(self.folder, 0o755)
        # Root may write anywhere: the check is made as nobody.
        prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        done = subprocess.run([*prefix, PROGRAM, "run", definition], env=self.environment(), cwd=self.folder,
                              capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn(b"results", done.stderr)

    def test_a_full_disk(self):
        if os.geteuid() != 0:
            self.skipTest("a small file system needs root")
        os.makedirs(self.path("small"))
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", self.path("small")], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("no file system can be mounted here")
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.path("small")], check=True)
        self.database = self.path("small", "kbench.db")
        process = self.start("run", self.mock_definition(trials=10000), environment=self.environment())
        self.wait_until(lambda: os.path.exists(self.database) and self.query(OK_TRIALS) > [(0,)], "the first trial to be stored")
        self.fill(self.path("small", "ballast"))
        _, errors = process.communicate(timeout=COMMAND_TIMEOUT_S)
        self.assertEqual(process.returncode, 3, errors)
        self.assertIn(b"no room is left on the disk", errors)
        os.remove(self.path("small", "ballast"))
        self.assert_database_is_whole()
        stored, = self.query(OK_TRIALS)[0]
        self.kbench("run", self.path("t1.yaml"), "--trials", str(stored + 1))
        self.assertEqual(self.query(OK_TRIALS), [(stored + 1,)])

    @staticmethod
    def fill(path):
        with open(path, "wb", buffering=0) as file:
            for size in (65536, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue


class Results(SystemTest):
    def test_the_environment_is_stored_once_and_named_by_each_trial(self):
        self.kbench("run", self.mock_definition())
        self.kbench("run", self.mock_definition(version="t2"))
        self.assertEqual(len(self.query("select distinct environment_id from results")), 1)
        text = self.query("select * from environment")[0]
        columns = [row[1] for row in self.query("pragma table_info(environment)")]
        stored = json.loads(dict(zip(columns, text))["description"])
        for name in ("cpu_model", "kernel", "librdkafka", "compiler", "clients"):
            self.assertIn(name, stored)

    def test_report_is_the_same_byte_for_byte(self):
        self.kbench("run", self.mock_definition(trials=5))
        contents = []
        for folder in ("one", "two"):
            self.kbench("report", "t1", "--out", self.path(folder))
            found = {}
            for root, _, names in os.walk(self.path(folder)):
                for name in names:
                    with open(os.path.join(root, name), "rb") as file:
                        found[os.path.relpath(os.path.join(root, name), self.path(folder))] = file.read()
            contents.append(found)
        self.assertIn("report.md", contents[0])
        self.assertEqual(contents[0], contents[1])


if __name__ == "__main__":
    unittest.main()
