# SPDX-License-Identifier: Apache-2.0
"""The report as a user makes it: of a small campaign on the mock cluster, whose trials a test marks as disturbed afterwards."""
import csv
import json
import os
import shutil
import sqlite3
import unittest

from support import SystemTest

PAIRS = """\
  - {name: other, title: 'Other | <b>', driver: 'null'}
report: {baseline: nothing}
"""


class Report(SystemTest):
    def setUp(self):
        super().setUp()
        definition = self.mock_definition(trials=2, change=lambda text: text.replace("design:\n", PAIRS + "design:\n"))
        self.kbench("run", definition)

    def change(self, *statements):
        connection = sqlite3.connect(self.database)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    def disturb(self, block):
        """The trial of `other` in a block was disturbed, by two rules."""
        self.change(f"""update trial set status = 'disturbed', cause = 'somebody' where block = {block} and run_id =
                        (select id from run where name = 'other')""",
                    """insert into trial_disturbance (trial_id, rule, measured, bound)
                       select id, 'steal', 0.5, 0.02 from trial where status = 'disturbed'""",
                    """insert into trial_disturbance (trial_id, rule, measured, bound)
                       select id, 'other-cpu', 0.5, 0.05 from trial where status = 'disturbed'""")

    def report(self, *arguments, out="out"):
        self.kbench("report", "t1", "--out", self.path(out), "--no-charts", *arguments)
        return self.read(out, "report.md"), json.loads(self.read(out, "report.json"))

    def run_of(self, report, name):
        return next(run for run in report["cases"][0]["runs"] if run["run"] == name)

    def test_disturbed_trials_are_left_out_unless_asked_for(self):
        self.disturb(2)
        text, report = self.report()
        self.assertIn("plain/other (0 failed, 1 disturbed: other-cpu 1, steal 1; 0 interrupted)", text)
        self.assertIn("| plain | other | 2 | 1 | disturbed | somebody |", text)
        self.assertEqual(self.run_of(report, "other")["trials"], 1)
        self.assertEqual(self.run_of(report, "other")["broken_rules"], {"steal": 1, "other-cpu": 1})
        text, report = self.report("--include-disturbed", out="with")
        self.assertIn("with those that the definition's rules mark as disturbed", text)
        self.assertNotIn("Trials that are in no figure", text)
        self.assertTrue(report["include_disturbed"])
        self.assertEqual(self.run_of(report, "other")["trials"], 2)
        self.assertEqual(self.run_of(report, "other")["metrics"]["records_per_sec"]["n"], 2)

    def test_summaries_are_those_without_the_disturbed_trials(self):
        self.disturb(2)
        self.report()
        expected = self.query("select * from summaries order by run_name, metric")
        self.assertIn(("other", 1), self.query("select run_name, trials from summaries where metric = 'records_per_sec'"))
        self.report("--include-disturbed", out="with")
        self.assertEqual(self.query("select * from summaries order by run_name, metric"), expected)

    def test_with_disturbed_trials_it_goes_to_a_folder_of_its_own(self):
        self.kbench("report", "t1", "--no-charts", "--include-disturbed")
        self.assertTrue(os.path.exists(self.path("results", "t1-with-disturbed", "report.md")))
        self.assertFalse(os.path.exists(self.path("results", "t1")))

    def test_the_same_database_gives_the_same_bytes(self):
        self.report(out="one")
        self.report(out="two")
        for name in ("report.md", "report.json", "results.csv", "summary.csv"):
            self.assertEqual(self.read("one", name), self.read("two", name))

    def test_results_csv_has_the_columns_and_values_of_the_view(self):
        self.change("""update trial set client_busiest_thread_cpu_s = duration_s / 2, broker_idle_percent = 12.5,
                       broker_bytes_in = 7 * window_records, trend_percent = -1.5, verified = 'count'""")
        self.report()
        rows = list(csv.DictReader(self.read("out", "results.csv").splitlines()))
        self.assertEqual(len(rows), 4)
        for row in rows:
            names = list(row)
            values = self.query(f"""select {', '.join(names)} from results
                                    where run_name = ? and trial = ?""", row["run_name"], int(row["trial"]))[0]
            for name, value in zip(names, values):
                if value is None:
                    self.assertEqual(row[name], "", name)
                else:
                    self.assertEqual(type(value)(row[name]), value, name)
            self.assertEqual(row["client_busiest_thread_percent"], "50")
            self.assertEqual(float(row["wire_bytes_per_record"]), 7)

    def test_what_was_not_measured_is_absent(self):
        self.change("""update trial set client_cpu_s = null, broker_cpu_s = null, client_max_rss_bytes = null,
                       client_busiest_thread_cpu_s = null, broker_idle_percent = null, broker_bytes_in = null,
                       disk_busy_percent = null, trend_percent = null, trend_p_value = null, steal_percent = null,
                       other_cpu_s = null, stall_io_percent = null""")
        text, report = self.report()
        self.assertIn("| Other \\| &lt;b&gt; | \u2013 | \u2013 | \u2013 | \u2013 | \u2013 | \u2013 | \u2013 | not known | \u2013 |", text)
        limited = self.run_of(report, "other")["limited_by"]
        self.assertEqual(limited.pop("verdict"), "not known")
        self.assertEqual(set(limited.values()), {None})
        self.assertEqual(report["verification"], None)

    @unittest.skipUnless(shutil.which("gnuplot"), "no gnuplot")
    def test_draws_throughput_against_cpu_time(self):
        self.change("update trial set client_cpu_s = 0.1 * block")
        self.kbench("report", "t1", "--out", self.path("out"), "--format", "md")
        self.assertIn("](charts/efficiency-plain.svg)", self.read("out", "report.md"))
        self.assertIn("Other | &lt;b>", self.read("out", "charts", "efficiency-plain.svg"))
        self.assertGreater(os.path.getsize(self.path("out", "charts", "efficiency-plain.png")), 10000)


if __name__ == "__main__":
    unittest.main()
