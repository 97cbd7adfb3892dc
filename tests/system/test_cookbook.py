# SPDX-License-Identifier: Apache-2.0
"""The cookbook's queries answer rightly: on a database whose numbers the test chose, against values that Python computes of them."""
import csv
import json
import math
import os
import re
import shlex
import sqlite3
import statistics

from played_database import CASES, ENVIRONMENT_A, ENVIRONMENT_B, RATES, RUNS, play
from support import ROOT, SystemTest

PUBLISHED = os.path.join(ROOT, "experiments", "published", "post-v1.0.csv")
COOKBOOK = os.path.join(ROOT, "schema", "cookbook")


class PlayedTest(SystemTest):
    def setUp(self):
        super().setUp()
        self.kbench("import", PUBLISHED)
        self.played = play(self.database)

    def ask(self, name, *values):
        return json.loads(self.kbench("sql", f"@{name}", *values, "--format", "json")[0])

    def values(self, case, run, metric="records_per_sec", version="v2", revision=2):
        return self.played.values((version, revision, case, run), metric)

    def median(self, *arguments, **more):
        return statistics.median(self.values(*arguments, **more))

    def published(self):
        with open(PUBLISHED, newline="", encoding="utf-8") as file:
            return {(row["case"], row["run"]): float(row["records_per_sec"]) for row in csv.DictReader(file)}

    def assert_same(self, found, expected):
        """Rows alike, real numbers to within rounding."""
        self.assertEqual(len(found), len(expected), found)
        for row, wanted in zip(found, expected):
            for name, value in wanted.items():
                if isinstance(value, float):
                    self.assertTrue(math.isclose(row[name], value, rel_tol=1e-9), f"{name}: {row[name]}, not {value}\n{row}")
                else:
                    self.assertEqual(row[name], value, f"{name}\n{row}")


class Cookbook(PlayedTest):
    def best(self, case, metric, better):
        runs = [run for run in RUNS if (case, run) in RATES]
        best = better(runs, key=lambda run: self.median(case, run, metric))
        low, high = min(self.values(case, best, metric)), max(self.values(case, best, metric))
        alike = {run for run in runs if run != best and min(self.values(case, run, metric)) <= high
                 and max(self.values(case, run, metric)) >= low}
        return {"experiment": "v2", "revision": 2, "case_name": case, "run_name": best, "metric": metric, "trials": 6,
                "median": self.median(case, best, metric), "ci_low": low, "ci_high": high}, alike

    def check_best(self, found, metric, better):
        expected = [self.best(case, metric, better) for case in CASES]
        self.assert_same(found, [row for row, _ in expected])
        for row, (_, alike) in zip(found, expected):
            self.assertEqual(set((row["not_told_apart_from"] or "").split(", ")) - {""}, alike, row)
        return expected

    def test_best_client(self):
        expected = self.check_best(self.ask("best-client"), "records_per_sec", max)
        self.assertTrue(any(alike for _, alike in expected) and not all(alike for _, alike in expected), "the numbers test nothing")
        self.check_best(self.ask("1", "metric=latency_p99_ms", "experiment=v2"), "latency_p99_ms", min)
        self.assertEqual({row["experiment"] for row in self.ask("best-client", "experiment=v1")}, {"v1"})

    def test_best_client_says_ties(self):
        self.change("update summary set median = 5000, ci_low = null, ci_high = null where experiment_id = 3 and run_id in "
                    "(select id from run where name <> 'pure-java') and metric = 'records_per_sec'")
        rows = [row for row in self.ask("best-client") if row["case_name"] == "no-replication"]
        self.assertEqual([row["run_name"] for row in rows], ["c-librdkafka", "pure-python"])
        self.assertEqual(set(rows[0]["not_told_apart_from"].split(", ")), {"pure-java", "pure-python"})

    def test_client_history(self):
        expected = [{"case_name": case, "run_name": "pure-python", "experiment": version, "revision": revision, "client_version": client,
                     "environment_id": environment, "trials": trials, "relative_to": "pure-java",
                     "median": self.median(case, "pure-python", version=version, revision=revision),
                     "ratio": self.median(case, "pure-python", version=version, revision=revision)
                     / self.median(case, "pure-java", version=version, revision=revision)}
                    for case in sorted(CASES) if (case, "pure-python") in RATES
                    for version, revision, client, environment, trials in (("v1", 1, "2.0.2", "1", 5), ("v2", 1, "2.0.2", "1", 3),
                                                                           ("v2", 2, "3.0.1", "2", 6))]
        self.assert_same(self.ask("client-history"), expected)
        self.assertEqual({row["run_name"] for row in self.ask("client-history", "driver=c")}, {"c-librdkafka"})
        self.assertEqual({row["revision"] for row in self.ask("client-history", "revisions=1")}, {2})

    def test_loss(self):
        row = {"case_name": "no-replication", "run_name": "pure-python", "trial": 93, "status": "failed", "records_acked": 1000,
               "records_stored": 993, "records_lost": 7, "lost_percent": 0.7}
        self.assert_same(self.ask("loss"), [{**row, "experiment": "v1", "revision": 1}, {**row, "experiment": "v2", "revision": 1},
                                            {**row, "experiment": "v2", "revision": 2}])
        self.assertEqual(len(self.ask("loss", "experiment=v1")), 1)

    def test_environment(self):
        def leaves(value, path=""):
            if not isinstance(value, dict):
                return {path: value}
            parts = [leaves(part, f"{path}.{name}") for name, part in value.items()]
            return {name: leaf for part in parts for name, leaf in part.items()}

        a, b = leaves(ENVIRONMENT_A), leaves(ENVIRONMENT_B)
        expected = {name[1:]: (a.get(name), b.get(name)) for name in set(a) | set(b) if a.get(name) != b.get(name)}
        rows = self.ask("environment")
        self.assertEqual({row["part"]: (row["value_a"], row["value_b"]) for row in rows}, expected)
        self.assertEqual({(row["campaign_a"], row["campaign_b"]) for row in rows}, {(2, 3)})
        self.assertEqual(self.ask("environment", "a=1", "b=2"), [])
        self.assertEqual(self.ask("environment", "b=2"), [])  # none before it ran elsewhere
        turned = self.ask("environment", "a=3", "b=1")
        self.assertEqual({row["part"]: (row["value_b"], row["value_a"]) for row in turned}, expected)

    def test_latency_and_cpu(self):
        metrics = ("latency_p99_ms", "latency_p50_ms", "records_per_sec", "client_cpu_us_per_record", "client_cpu_percent")
        expected = [{"case_name": case, "run_name": run, "revision": 2, "trials": 6,
                     **{metric: self.median(case, run, metric) for metric in metrics}}
                    for case in CASES for run in sorted((run for run in RUNS if (case, run) in RATES),
                                                        key=lambda run: self.median(case, run, "latency_p99_ms"))]
        self.assert_same(self.ask("latency-and-cpu"), expected)

    def test_setting(self):
        rows = self.ask("setting")
        self.assertEqual(len(rows), 3 * len(RATES))
        self.assertEqual({(row["driver"], row["native"]) for row in rows},
                         {("c", "linger.ms"), ("java", "linger.ms"), ("kafka-python", "linger_ms")})
        for row in rows:
            key = {"version": row["experiment"], "revision": row["revision"]}
            self.assertEqual(row["in_force"], "5" if row["case_name"] == "patient" else "0")
            median = self.median(row["case_name"], row["run_name"], **key)
            self.assertEqual(row["records_per_sec"], median)
            compared = row["run_name"] != "pure-python" and row["case_name"] in ("async-replication", "patient")
            self.assertEqual(row["to_lowest"], median / self.median("async-replication", row["run_name"], **key) if compared else None)

        self.assertEqual(len(self.ask("setting", "revisions=2")), 2 * len(RATES))
        self.assertEqual({row["native"] for row in self.ask("setting", "setting=batch.size")}, {"batch.size", "batch_size"})

    def test_setting_that_changed_within_a_pair(self):
        last = self.query("select max(id) from trial where case_id = (select max(id) from experiment_case where name = 'patient') "
                          "and run_id = (select max(id) from run where name = 'pure-java')")[0][0]
        self.change(f"update trial_setting set in_force = '7' where canonical = 'linger.ms' and trial_id = {last}")
        self.assertEqual([row["in_force"] for row in self.ask("setting") if "then" in row["in_force"]], ["5, then 7"])

    def test_failures(self):
        self.assert_same(self.ask("failures"), [
            {"driver": "kafka-python", "cause": "no brokers", "trials": 6, "revisions": 3},
            {"driver": "c", "cause": "died", "trials": 3, "revisions": 3},
            {"driver": "kafka-python", "cause": "lost", "trials": 3, "revisions": 3}])
        self.assertEqual([row["trials"] for row in self.ask("failures", "experiment=v1")], [2, 1, 1])

    def test_published(self):
        theirs = self.published()
        expected = [{"case_name": case, "run_name": run, "published": "v1.0", "published_records_per_sec": theirs[case, run],
                     "published_ratio": None if run == "pure-java" else theirs[case, run] / theirs[case, "pure-java"],
                     "experiment": "v2", "revision": 2, "trials": 6, "records_per_sec": self.median(case, run),
                     "ratio": None if run == "pure-java" else self.median(case, run) / self.median(case, "pure-java")}
                    for case in CASES for run in RUNS if (case, run) in theirs]
        self.assertEqual(len(expected), 6)
        self.assert_same(self.ask("published"), expected)
        self.kbench("sql", "@published", "published=kreps-2014", status=2)

    def test_disturbances(self):
        row = {"experiment": "v2", "revision": 2, "case_name": "no-replication", "run_name": "pure-java", "bound": 0.02}
        self.assert_same(self.ask("disturbances", "experiment=v2")[-2:], [
            {**row, "rule": "other-cpu", "trials": 1, "measured_min": 0.2, "measured_max": 0.2},
            {**row, "rule": "steal", "trials": 2, "measured_min": 0.03, "measured_max": 0.1}])
        self.assertEqual(sum(found["trials"] for found in self.ask("disturbances")), 9)

    def test_drift(self):
        def change(case, run):
            rates = self.values(case, run)
            return 100 * 5 * statistics.linear_regression(range(1, 7), rates).slope / statistics.fmean(rates)

        pairs = sorted(RATES, key=lambda pair: -abs(change(*pair)))
        self.assert_same(self.ask("drift"), [
            {"case_name": case, "run_name": run, "trials": 6, "first_block": 1, "last_block": 6, "change_percent": change(case, run)}
            for case, run in pairs])

    def test_acks_cost(self):
        def ratio(run, metric):
            return math.exp(statistics.median(math.log(b / a) for a, b in zip(
                self.values("async-replication", run, metric), self.values("sync-replication", run, metric))))

        # Pure Python's cases differ in batch.size too, and no-replication and patient in other things.
        self.assert_same(self.ask("acks-cost"), [
            {"experiment": "v2", "revision": 2, "run_name": run, "case_acks_1": "async-replication", "case_acks_all": "sync-replication",
             "blocks": 6, "records_per_sec_ratio": ratio(run, "records_per_sec"),
             "throughput_lost_percent": 100 * (1 - ratio(run, "records_per_sec")), "latency_p99_ratio": ratio(run, "latency_p99_ms")}
            for run in ("pure-java", "c-librdkafka")])

    def test_claims(self):
        self.assert_same(self.ask("claims"), [
            {"experiment": "v2", "revision": 2, "claim": "faster", "verdict": "holds", "value": 2.0, "ci_low": 0.9, "ci_high": 1.1,
             "holds_from": 0.5, "holds_to": 2.0, "trials": 6, "published_verdict": "fails", "published_value": 0.25},
            {"claim": "similar", "verdict": "undecided", "value": 2.0, "published_verdict": None, "published_value": None}])

    def change(self, statement):
        connection = sqlite3.connect(self.database)
        connection.execute(statement)
        connection.commit()
        connection.close()

    def test_each_has_a_test(self):
        names = [re.sub(r"^\d\d-(.*)\.sql$", r"\1", name) for name in sorted(os.listdir(COOKBOOK))]
        tested = {name[len("test_"):].replace("_", "-") for name in dir(self) if name.startswith("test_")}
        self.assertGreaterEqual(len(names), 12)
        self.assertEqual([name for name in names if name not in tested], [])


class Readme(PlayedTest):
    def lines(self):
        with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
            return [line.strip() for line in file if line.startswith("    build/kbench sql ")]

    def test_its_queries_run(self):
        lines = self.lines()
        self.assertGreaterEqual(len(lines), 5)
        for line in lines:
            words = shlex.split(line, comments=True)
            words = words[1:next((at for at, word in enumerate(words) if word in ("|", ">")), len(words))]
            with self.subTest(line):
                output, errors = self.kbench(*words)
                self.assertEqual(errors, "")
                self.assertTrue(output)
