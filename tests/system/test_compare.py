# SPDX-License-Identifier: Apache-2.0
"""kbench compare: versions, revisions and databases, and its exit status in CI."""
import csv
import io
import json
import os
import shutil
import sqlite3
import unittest

from support import SystemTest

TRIALS = 5


class Compare(SystemTest):
    measured = None  # the database of one campaign, which every test gets a copy of

    def setUp(self):
        super().setUp()
        if Compare.measured is None:
            self.kbench("run", self.mock_definition(version="t1", trials=TRIALS))
            self.rates(self.database, 1000)
            with open(self.database, "rb") as file:
                Compare.measured = file.read()
        self.write(os.path.relpath(self.database, self.folder), Compare.measured)

    def rates(self, database, base, condition="1"):
        """Trials in which nothing is left to chance: `base` records/s and one more from block to block."""
        with sqlite3.connect(database) as connection:
            connection.execute(f"update trial set records_per_sec = {base} + block, latency_p50_ms = 1000.0 / ({base} + block)"
                               f" where {condition}")
        connection.close()

    def copy(self, base):
        """Another database with the same campaign at another speed."""
        path = self.path("other.db")
        shutil.copy(self.database, path)
        self.rates(path, base)
        return path

    def change_environment(self, database, name, value):
        with sqlite3.connect(database) as connection:
            connection.execute("update environment set description = json_set(description, ?, ?)", (f"$.{name}", value))
        connection.close()

    def test_two_databases(self):
        other = self.copy(500)
        output, errors = self.kbench("compare", "t1", "t1", "--db-b", other)
        self.assertEqual(errors, "")
        self.assertIn("Nothing that is known of them differs but their figures.", output)
        self.assertRegex(output, r"(?m)^  plain/nothing +1,003\.0 +503\.0 +5 +5  0\.50\d \[0\.\d+, 0\.\d+\] +\d\.\d %  slower$")

    def test_regression_decides_the_exit_status(self):
        slower, faster = ["--db-b", self.copy(900)], ["--db-b", self.database, "--db", self.path("other.db")]
        _, errors = self.kbench("compare", "t1", "t1", *slower, "--fail-on-regression", "5%", status=1)
        self.assertIn("regression: records_per_sec is worse by more than 5% in 1 of 1 pairs: plain/nothing", errors)
        self.kbench("compare", "t1", "t1", *slower, "--fail-on-regression=20%")
        self.kbench("compare", "t1", "t1", *faster, "--fail-on-regression", "0%")
        self.kbench("compare", "t1", "t1", *faster, "--metric", "latency_p50_ms", "--fail-on-regression", "0%")
        self.kbench("compare", "t1", "t1", *slower, "--metric", "latency_p50_ms", "--fail-on-regression", "5%", status=1)
        self.kbench("compare", "t1", "t1", *slower)

    def test_few_trials_are_no_regression_and_said_to_be_few(self):
        other = self.copy(1)
        with sqlite3.connect(other) as connection:
            connection.execute("update trial set status = 'failed' where block = 1")
        connection.close()
        output, errors = self.kbench("compare", "t1", "t1", "--db-b", other, "--fail-on-regression", "5%")
        self.assertRegex(output, r"plain/nothing .* 5 +4  0\.00\d+ +-  n<5\n")
        self.assertIn("1 of 1 pairs have no interval", errors)

    def test_another_machine(self):
        other = self.copy(500)
        self.change_environment(other, "cpu_cores", 512)
        self.change_environment(other, "kernel", "Linux 99")
        output, _ = self.kbench("compare", "t1", "t1", "--db-b", other)
        lines = output.split("Differs, and no definition asks for it:\n")[1].splitlines()
        self.assertRegex(lines[0], r"^  machine +cpu_cores: \d+ -> 512$")
        self.assertRegex(lines[1], r"^  environment +kernel: .* -> Linux 99$")
        self.assertRegex(output, r"plain/nothing .*  not judged\n")
        _, errors = self.kbench("compare", "t1", "t1", "--db-b", other, "--fail-on-regression", "5%", status=2)
        self.assertIn("not known to be of one machine", errors)
        output, _ = self.kbench("compare", "t1", "t1", "--db-b", other, "--fail-on-regression", "5%",
                                "--across-machines", status=1)
        self.assertIn("That is weak", output)

    def test_revisions_and_what_is_intended(self):
        change = lambda text: text.replace("partitions: 2", "partitions: 4")
        self.kbench("run", self.mock_definition(version="t1", trials=TRIALS, change=change), "--amend")
        output, _ = self.kbench("compare", "t1@1", "t1")
        self.assertIn("A: t1, revision 1: 5 trials", output)
        self.assertIn("B: t1, revision 2: 5 trials", output)
        self.assertIn("Differs as intended:\n  definition      cases[plain].topic.partitions: 2 -> 4\n", output)
        self.assertIn("no revision 7", self.kbench("compare", "t1@7", "t1", status=2)[1])

    def test_for_programs(self):
        other = self.copy(500)
        self.change_environment(other, "kernel", "Linux 99")
        row, = csv.DictReader(io.StringIO(self.kbench("compare", "t1", "t1", "--db-b", other, "--format", "csv")[0]))
        self.assertEqual((row["case"], row["run"], row["trials_a"], row["median_a"], row["median_b"], row["verdict"]),
                         ("plain", "nothing", "5", "1003", "503", "slower"))
        self.assertLess(float(row["ratio_ci_low"]), float(row["ratio"]))
        report = json.loads(self.kbench("compare", "t1", "t1", "--db-b", other, "--format", "json")[0])
        self.assertEqual([(d["kind"], d["name"], d["b"], d["intended"]) for d in report["differences"]],
                         [("environment", "kernel", "Linux 99", False)])
        self.assertEqual(report["pairs"][0]["verdict"], "slower")
        self.assertFalse(report["other_machine"])

    def test_any_percentile(self):
        output, _ = self.kbench("compare", "t1", "t1", "--db-b", self.copy(500), "--metric", "latency_p99.99_ms")
        self.assertIn("latency_p99.99_ms, B to A", output)

    def test_what_is_refused(self):
        for arguments, words in ((["t1"], "needs: A B"), (["t1", "t1"], "the same revision of the same database"),
                                 (["t1", "t9"], "there is no version 't9'"), (["t1@", "t1"], "'t1@' is no version"),
                                 (["t1@0", "t1"], "'t1@0' is no version"), (["t1@one", "t1"], "'t1@one' is no version"),
                                 (["t1", "t1", "--metric", "records_per_sex"], "did you mean 'records_per_sec'?"),
                                 (["t1", "t1", "--metric", "records_lost"], "can be 0"),
                                 (["t1", "t1", "--fail-on-regression", "5"], "takes a percentage such as 5%"),
                                 (["t1", "t1", "--fail-on-regression", "-5%"], "takes a percentage such as 5%"),
                                 (["t1", "t1", "--fail-on-regression", "nan%"], "takes a percentage such as 5%"),
                                 (["t1", "t1", "--metric", "broker_idle_percent", "--fail-on-regression", "5%"],
                                  "no value of 'broker_idle_percent' is better"),
                                 (["t1", "t1", "--db-b", "none.db"], "there is no database 'none.db'"),
                                 (["t1", "t1", "--format", "cvs"], "there are text, csv and json")):
            with self.subTest(" ".join(arguments)):
                output, errors = self.kbench("compare", *arguments, status=2)
                self.assertEqual(output, "")
                self.assertIn(words, errors)
        self.assertFalse(os.path.exists(self.path("none.db")))


if __name__ == "__main__":
    unittest.main()
