# SPDX-License-Identifier: Apache-2.0
"""A database of many campaigns, as tests/tools/million.c makes it: what the commands show of it, and how README's queries find it.
How long it takes is for `make bench-database`; that no statement reads all trials is for tests/unit/test_query_plans.c."""
import json
import os
import re
import shlex
import subprocess
import unittest

import support

TRIALS = 700
DEFINITION = """\
version: many
title: Many
cluster: {kind: mock, brokers: 3}
cases:
  - {name: one, topic: {partitions: 2, replication.factor: 1}, producer: {acks: 1, linger.ms: 0}}
  - {name: two, topic: {partitions: 1, replication.factor: 1}, producer: {acks: all}}
runs:
  - {name: first, driver: c}
  - {name: second, driver: java}
design: {trials: {min: 5}}
report: {baseline: first}
"""


def readme_queries():
    """The arguments of each `kbench sql` that asks something of the trials."""
    with open(os.path.join(support.ROOT, "README.md"), encoding="utf-8") as file:
        lines = re.findall(r"^ +build/kbench sql (.+)$", file.read(), re.M)
    commands = [shlex.split(line, comments=True) for line in lines]
    return [command for command in commands if command and not command[0].startswith("--")]


class ManyCampaignsTest(support.SystemTest):
    def setUp(self):
        super().setUp()
        os.makedirs(os.path.dirname(self.database))
        self.fill(self.database)

    def fill(self, database):
        subprocess.run([os.path.join(support.OUT, "tests", "tools", "million"), database, str(TRIALS),
                        self.write("many.yaml", DEFINITION)], check=True, stdout=subprocess.DEVNULL,
                       env=self.environment(), timeout=support.COMMAND_TIMEOUT_S)

    def test_what_the_generator_makes(self):
        self.assert_database_is_whole()
        self.assertEqual(self.query("select count(*) from trial"), [(TRIALS,)])
        self.assertEqual([status for status, in self.query("select distinct status from trial order by status")],
                         ["disturbed", "failed", "interrupted", "ok"])
        again = self.path("again.db")
        self.fill(again)
        everything = "select * from trial order by id", "select * from experiment", "select * from summary"
        first = [self.query(sql) for sql in everything]
        self.database = again
        self.assertEqual([self.query(sql) for sql in everything], first)

    def test_commands(self):
        self.kbench("report", "many", "--no-charts")
        self.assertIn("first", self.read("results", "many", "report.md"))
        self.kbench("compare", "ci-2", "ci-3", "--across-machines")

    def test_status_shows_the_newest(self):
        campaigns = self.query("select id from campaign order by id")
        self.assertGreater(len(campaigns), 20)
        for arguments, shown in (([], 20), (["--last", "2"], 2), (["--last", str(len(campaigns))], len(campaigns))):
            output, _ = self.kbench("status", *arguments)
            ids = [int(number) for number in re.findall(r"^ +(\d+)  (?:many|ci-)", output, re.M)]
            self.assertEqual(ids, [number for number, in campaigns[-shown:]])
            self.assertEqual("There are earlier ones" in output, shown < len(campaigns))
        for wrong in ("0", "1000001"):
            _, errors = self.kbench("status", "--last", wrong, status=2)
            self.assertIn(f"--last takes a number from 1 to 1000000, not {wrong}", errors)

    def plan_of(self, query, parameters):
        if query.startswith("@"):
            query, _ = self.kbench("sql", "--show", query)
            parameters = [f"{name}=" for name in re.findall(r"^-- :(\w+)", query, re.M)]
        rows, _ = self.kbench("sql", f"explain query plan {query}", *parameters, "--format", "json")
        return [row["detail"] for row in json.loads(rows)]

    def test_readme_queries_do_not_read_all_trials(self):
        self.kbench("report", "many", "--no-charts")
        commands = readme_queries()
        self.assertGreater(len(commands), 10)
        for query, *parameters in commands:
            with self.subTest(query):
                self.assertFalse([step for step in self.plan_of(query, parameters)
                                  if re.match(r"SCAN (t|trial)\b(?! USING INDEX trial_)", step)])
                self.kbench("sql", query, *parameters)


if __name__ == "__main__":
    unittest.main()
