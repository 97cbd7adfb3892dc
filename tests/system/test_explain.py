# SPDX-License-Identifier: Apache-2.0
"""kbench explain: each number of a report is the explanation's, and what it says of trials is what the database says."""
import json
import math
import os
import sqlite3
import statistics
import unittest

from support import SystemTest

TRIALS = 6
RUNS = """\
  - {name: other, title: 'Other | <b>', driver: 'null', config: {null.latency.us: 3000}}
report: {baseline: nothing, percentiles: [50, 99, 99.99]}
"""
COUNTS = ["records_sent", "records_acked", "records_failed", "records_stored", "records_lost", "records_duplicated"]


def rounded(value):
    """As report.json has it, which is not exact to the last digit."""
    return float(f"{value:.15g}") if isinstance(value, float) else value


def quick(text):
    return text.replace("warmup: 200ms, duration: 500ms", "warmup: 50ms, duration: 100ms").replace(
        "design:\n", RUNS + "design:\n")


class Explain(SystemTest):
    measured = None  # the database of one campaign, which every test gets a copy of

    def setUp(self):
        super().setUp()
        if Explain.measured is None:
            self.kbench("run", self.mock_definition(trials=TRIALS, change=quick))
            self.spoil()
            with open(self.database, "rb") as file:
                Explain.measured = file.read()
        self.write(os.path.relpath(self.database, self.folder), Explain.measured)

    def spoil(self):
        """`other` is half as fast; its block 1 failed, 2 was disturbed, 3 has two whole attempts, 4 was interrupted and measured
        again, and 5 and 6 have the latencies of `nothing`, so that a percentile of all records is no median of the trials'."""
        connection = sqlite3.connect(self.database)
        columns = ", ".join(row[1] for row in connection.execute("pragma table_info(trial)") if row[1] not in ("id", "attempt"))
        other = "run_id = (select id from run where name = 'other')"
        connection.execute(f"update trial set records_lost = block, records_per_sec = records_per_sec + block / 7.0")
        connection.execute(f"update trial set records_per_sec = records_per_sec / 2 where {other}")
        for block in (3, 4):
            connection.execute(f"insert into trial (attempt, {columns}) select 2, {columns} from trial "
                               f"where {other} and block = {block}")
        connection.execute(f"insert into trial_latency select t.id, l.role, l.payload from trial t join trial s on "
                           f"s.case_id = t.case_id and s.run_id = t.run_id and s.block = t.block and s.attempt = 1 "
                           f"join trial_latency l on l.trial_id = s.id where t.attempt = 2")
        connection.execute(f"update trial set status = 'failed', cause = 'it fell over' where {other} and block = 1")
        connection.execute(f"update trial set status = 'disturbed', cause = 'x' where {other} and block = 2")
        connection.execute(f"update trial set status = 'interrupted' where {other} and block = 4 and attempt = 1")
        connection.execute(f"update trial_latency set payload = (select l.payload from trial_latency l join trial t on "
                           f"t.id = l.trial_id where not t.{other} and t.block = 5) where trial_id in "
                           f"(select id from trial where {other} and block in (5, 6))")
        for column in columns.split(", "):
            if column.startswith("latency_"):
                connection.execute(f"update trial set {column} = (select s.{column} from trial s where not s.{other} and "
                                   f"s.block = 5) where {other} and block in (5, 6)")
        connection.execute("insert into trial_disturbance select id, 'steal', 0.25, 0.05 from trial where status = 'disturbed'")
        connection.commit()
        connection.close()

    def explain(self, pair, metric, *more):
        return json.loads(self.kbench("explain", "t1", pair, metric, "--format", "json", *more)[0])

    def report(self, *more):
        self.kbench("report", "t1", "--out", self.path("out"), "--no-charts", "--format", "md,json", *more)
        return json.loads(self.read("out", "report.json"))["cases"][0]["runs"], self.read("out", "report.md")

    def check_interval(self, found, expected):
        for key in ("n", "method", "median", "ci_low", "ci_high"):
            self.assertEqual(rounded(found[key]), expected[key], key)

    def check_against_report(self, *more):
        """Every metric, percentile and sum of every pair: nothing is computed a second time, so nothing can differ."""
        runs, _ = self.report(*more)
        self.assertEqual(len(runs), 2)
        for run in runs:
            pair = f"plain/{run['run']}"
            for name, figure in run["metrics"].items():
                with self.subTest(f"{pair} {name}"):
                    found = self.explain(pair, name, *more)
                    merged = found["metric"]["kind"] in ("percentile", "maximum")
                    self.assertEqual(rounded(found["figure"]["value"]), figure["over_all_trials" if merged else "median"])
                    self.check_interval(found["figure"]["interval"], figure)
                    if figure["ratio"]:
                        self.check_interval(found["ratio"]["interval"], figure["ratio"])
                    else:
                        self.assertTrue(found["ratio"]["none_because"])
            for figure in run["percentiles_ms"]:
                name = f"latency_p{figure['percentile']:g}_ms"
                with self.subTest(f"{pair} {name}"):
                    self.assertEqual(rounded(self.explain(pair, name, *more)["figure"]["value"]),
                                     figure["over_all_trials"])
            for name in COUNTS:
                with self.subTest(f"{pair} {name}"):
                    self.assertEqual(self.explain(pair, name, *more)["figure"]["value"], run[name])

    def test_every_number_is_the_reports(self):
        self.check_against_report()

    def test_every_number_is_that_of_the_report_with_the_disturbed_trials(self):
        self.check_against_report("--include-disturbed")

    def test_cells_of_the_tables_are_shown_as_they_are(self):
        _, text = self.report()
        lines = text.split("### plain")[1].splitlines()
        header = next(line for line in lines if line.startswith("| Run | Trials"))
        names = [cell.strip() for cell in header.strip("|").split("|")]
        metrics = {"Records sent": "records_sent", "Records/s": "records_per_sec", "MB/s": "mb_per_sec",
                   "Average ms": "latency_avg_ms", "Maximum ms": "latency_max_ms", "50th ms": "latency_p50_ms",
                   "99th ms": "latency_p99_ms", "99.99th ms": "latency_p99.99_ms", "Lost": "records_lost"}
        self.assertLessEqual(metrics.keys(), set(names))
        rows = [line.replace("\\|", "!") for line in lines if line.startswith(("| nothing |", "| Other "))]
        for run, row in zip(("nothing", "other"), rows[:2]):
            cells = dict(zip(names, (cell.strip() for cell in row.strip("|").split("|"))))
            for name, metric in metrics.items():
                with self.subTest(f"{run} {metric}"):
                    figure = self.explain(f"plain/{run}", metric)["figure"]
                    self.assertEqual(cells[name].replace("&lt;", "<"),
                                     "<br>".join(filter(None, (figure["shown"], figure["shown_range"]))))

    def test_trials_and_reasons_are_the_databases(self):
        rows = self.query("""select trial_id, trial, attempt, started_at, campaign_id, environment_id, status,
                             records_per_sec from results where run_name = 'other' order by trial, attempt""")
        found = self.explain("plain/other", "records_per_sec")
        self.assertEqual([(t["trial_id"], t["block"], t["attempt"], t["started_at"], t["campaign"], t["environment"],
                           t["status"], t["value"]) for t in found["trials"]], rows)
        self.assertEqual({(t["block"], t["attempt"]): (t["fate"], t["why"]) for t in found["trials"] if not t["counted"]}, {
            (1, 1): ("failed", "it fell over"),
            (2, 1): ("disturbed", "rule steal: 25 % measured, bound 5 %"),
            (3, 1): ("superseded",
                     "of several whole attempts of a block the last one counts; attempt 2 of the block counts"),
            (4, 1): ("interrupted", "no cause is recorded; attempt 2 of the block counts")})
        self.assertEqual({t["command_line"] for t in found["trials"]},
                         {line for line, in self.query("select distinct command_line from trial t join run r on "
                                                       "r.id = t.run_id where r.name = 'other'")})

    def test_its_query_gives_the_trials_that_count(self):
        for more in ([], ["--include-disturbed"]):
            for metric in ("records_per_sec", "records_lost", "latency_p99_ms", "latency_p99.99_ms"):
                with self.subTest(f"{metric} {more}"):
                    found = self.explain("plain/other", metric, *more)
                    rows = self.query(found["sql"])
                    self.assertEqual([row[2] for row in rows], [t["trial_id"] for t in found["trials"] if t["counted"]])
                    if metric != "latency_p99.99_ms":
                        self.assertEqual([row[3] for row in rows], [t["value"] for t in found["trials"] if t["counted"]])

    def test_the_ratio_is_of_its_blocks(self):
        found = self.explain("plain/other", "records_per_sec")["ratio"]
        rates = {run: dict(self.query("select trial, records_per_sec from results where run_name = ? and status = 'ok' "
                                      "order by trial, attempt", run)) for run in ("other", "nothing")}
        self.assertEqual([(b["block"], b["value"], b["baseline"], b["ratio"]) for b in found["blocks"]],
                         [(block, rates["other"][block], rates["nothing"][block],
                           rates["other"][block] / rates["nothing"][block]) for block in (3, 4, 5, 6)])
        middle = statistics.median(math.log(b["value"] / b["baseline"]) for b in found["blocks"])
        self.assertLess(middle, math.log(0.6))
        self.assertAlmostEqual(found["interval"]["median"], math.exp(middle), 12)

    def test_text(self):
        text = self.kbench("explain", "t1", "plain/other", "latency_p99_ms")[0]
        version, commit, seed, line = self.query("select kbench_version, git_commit, seed, command_line from campaign g "
                                                 "join experiment e on e.id = g.experiment_id")[0]
        sha256, = self.query("select sha256 from experiment")[0]
        for part in ("latency_p99_ms of plain/other, t1, revision 1\n", "percentile of the merged HdrHistograms of 4 trials",
                     "Trials in the figure: 4 of 8", "Trials left out: 4", "failed: it fell over", "rule steal: 25 % measured",
                     f"kbench {version}, seed {seed}:", f"SHA-256: {sha256}", "partitions: 2", "null.latency.us",
                     f"Git commit: {commit or 'not known'}", "Driver: null", "Ratio to the baseline"):
            self.assertIn(part, text)
        self.assertIn(" ".join(line.split()), " ".join(text.split()))
        for line in text.splitlines():
            if len(line) > 120 and " SELECT " not in f" {line.strip()}":
                self.assertNotIn(" ", line.strip(), "a line that could have been broken")

    def test_a_number_that_is_not_known(self):
        with sqlite3.connect(self.database) as connection:
            connection.execute("update trial set status = 'failed' where run_id = (select id from run where name = 'other')")
        connection.close()
        text = self.kbench("explain", "t1", "plain/other", "records_per_sec")[0]
        self.assertIn("\n  Shown as: –\n  Not rounded: not known\n", text)

    def test_units_are_those_that_the_database_tells(self):
        names = [name for run in self.report()[0] for name in run["metrics"]] + COUNTS
        for name in sorted(set(names)):
            with self.subTest(name):
                (unit,), *_ = self.query("select unit from schema_doc where column_name = ? and table_name in "
                                         "('results', 'trial') order by table_name", name)
                self.assertEqual(self.explain("plain/other", name)["metric"]["unit"], unit)

    def test_it_only_reads(self):
        os.chmod(self.database, 0o444)
        before = os.stat(self.database).st_mtime_ns
        self.kbench("explain", "t1@1", "plain/other", "records_sent")
        self.assertEqual(os.stat(self.database).st_mtime_ns, before)

    def test_what_is_refused(self):
        for arguments, words in ((["t1", "plain/other"], "needs: VERSION CASE/RUN METRIC"),
                                 (["t9", "plain/other", "mb_per_sec"], "there is no version 't9'"),
                                 (["t1@2", "plain/other", "mb_per_sec"], "has no revision 2"),
                                 (["t1", "plain/othr", "mb_per_sec"], "no run 'othr', did you mean 'other'?"),
                                 (["t1", "plane/other", "mb_per_sec"], "no case 'plane', did you mean 'plain'?"),
                                 (["t1", "plain", "mb_per_sec"], "expected CASE/RUN"),
                                 (["t1", "plain/other", "mb_per_sex"], "did you mean 'mb_per_sec'?"),
                                 (["t1", "plain/other", "latency_p98_ms"], "no metric 'latency_p98_ms'"),
                                 (["t1", "plain/other", "mb_per_sec", "--format", "csv"], "there are text and json")):
            with self.subTest(" ".join(arguments)):
                output, errors = self.kbench("explain", *arguments, status=2)
                self.assertEqual(output, "")
                self.assertIn(words, errors)


if __name__ == "__main__":
    unittest.main()
