# SPDX-License-Identifier: Apache-2.0
"""The history of versions in a report: a version with two revisions, one that supersedes it, and a published table."""
import json
import os
import sqlite3
import unittest

from support import SystemTest

TRIALS = 5
PUBLISHED = """\
version,case,run,source_title,source_date,records_per_sec,latency_avg_ms,latency_p99_ms,latency_max_ms
p1,plain,nothing,The post,2016-03-31,747417.67,429.34,1817,2828
p1,plain,wasp,The post,2016-03-31,9707.6,25.8,54,1334
"""
RATES = {("t1", 1): 1000, ("t1", 2): 2000, ("t2", 1): 2000.5}


def quick(text):
    return text.replace("warmup: 200ms, duration: 500ms", "warmup: 50ms, duration: 100ms")


def amended(text):
    return quick(text).replace("partitions: 2", "partitions: 4")


def superseding(text):
    more = "supersedes: t1\nchanges:\n  - The *other* driver | as well\nreport: {published: p1}\n"
    return amended(text).replace("runs:\n", "runs:\n  - {name: added, driver: 'null'}\n") + more


class History(SystemTest):
    measured = None  # the database of all campaigns, which every test gets a copy of

    def setUp(self):
        super().setUp()
        if History.measured is None:
            self.measure()
            with open(self.database, "rb") as file:
                History.measured = file.read()
        self.write(os.path.relpath(self.database, self.folder), History.measured)

    def measure(self):
        self.kbench("run", self.mock_definition(trials=TRIALS, change=quick))
        self.kbench("run", self.mock_definition(trials=TRIALS, change=amended), "--amend")
        self.kbench("run", self.mock_definition(version="t2", title="Two", trials=TRIALS, change=superseding))
        self.kbench("import", self.write("p1.csv", PUBLISHED))
        with sqlite3.connect(self.database) as connection:
            for (version, revision), rate in RATES.items():
                connection.execute("update trial set records_per_sec = ? + block where campaign_id in (select g.id from "
                                   "campaign g join experiment e on e.id = g.experiment_id where version = ? and "
                                   "revision = ?)", (rate, version, revision))
        connection.close()

    def report(self, version):
        self.kbench("report", version, "--out", self.path("out"), "--no-charts", "--format", "md,json")
        return self.read("out", "report.md"), json.loads(self.read("out", "report.json"))["history"]

    def test_of_the_superseding_version(self):
        text, history = self.report("t2")
        rows = self.query("""select e.version, e.revision, e.sha256, e.title, cast(min(g.id) as text),
                                    (select count(*) from trial t where t.campaign_id = g.id)
                             from experiment e join campaign g on g.experiment_id = e.id group by e.id order by e.id""")
        self.assertEqual([(r["version"], r["revision"], r["sha256"], r["title"], r["campaigns"], r["trials"])
                          for r in history["revisions"]], rows)
        self.assertEqual([r["own"] for r in history["revisions"]], [False, False, True])
        for version, revision, sha256, title, campaign, trials in rows:
            self.assertRegex(text, rf"\| \**{version}\** \| {revision} \| {title} \| .*`{sha256[:12]}` \| {campaign} \| "
                                   rf"{trials} of {trials} \|")
        self.assertIn("| p1 | published | The post |", text)
        first, second, third = (r["compared_with"] for r in history["revisions"])
        self.assertIsNone(first)
        self.assertEqual((second["version"], second["revision"]), ("t1", 1))
        self.assertEqual((third["version"], third["revision"]), ("t1", 2))
        self.assertEqual([(d["kind"], d["name"], d["a"], d["b"]) for d in second["differences"]],
                         [("definition", "cases[plain].topic.partitions", "2", "4")])
        self.assertEqual(third["only_after"], ["plain/added"])
        self.assertEqual(history["revisions"][2]["changes"], ["The *other* driver | as well"])

    def test_results_are_those_of_compare(self):
        _, history = self.report("t2")
        for revision, sides in ((1, ("t1@1", "t1@2")), (2, ("t1@2", "t2"))):
            for metric in ("records_per_sec", "latency_p99_ms"):
                with self.subTest(f"{sides} {metric}"):
                    pair, = json.loads(self.kbench("compare", *sides, "--metric", metric, "--format", "json")[0])["pairs"]
                    result, = (r for r in history["revisions"][revision]["compared_with"]["results"] if r["metric"] == metric)
                    self.assertEqual((result["before"], result["after"], result["ratio"], result["verdict"]),
                                     (pair["a"], pair["b"], pair["ratio"], pair["verdict"]))
        rates = [next(r for r in revision["compared_with"]["results"] if r["metric"] == "records_per_sec")
                 for revision in history["revisions"][1:]]
        self.assertEqual([(r["before"]["median"], r["after"]["median"], r["changed"]) for r in rates],
                         [(1003, 2003, True), (2003, 2003.5, False)])

    def test_changelog(self):
        text, _ = self.report("t2")
        changes = text.split("## What changed\n")[1].split("\n## ")[0]
        two, amendment, one = changes.split("**t2, revision 1**")[1].split("**t1, revision")
        self.assertIn("- By its author:\n  - The \\*other\\* driver \\| as well\n", two)
        self.assertIn("- Compared with t1, revision 2\n", two)
        self.assertIn("- Not measured before: plain/added\n", two)
        self.assertNotIn("records\\_per\\_sec of", two)
        self.assertIn("  - cases\\[plain\\].topic.partitions: 2 \u2192 4\n", amendment)
        self.assertIn("  - records\\_per\\_sec of plain/nothing: 1,003.0 \\[", amendment)
        self.assertIn(", faster\n", amendment)
        self.assertIn("The first that this database holds", one)

    def test_published_numbers_stand_beside_and_are_not_divided(self):
        text, history = self.report("t2")
        section = text.split("## Published numbers beside the measured ones\n")[1].split("\n## ")[0]
        median, = self.query("select median from summaries where experiment = 't2' and run_name = 'nothing' and "
                             "metric = 'records_per_sec'")[0]
        self.assertIn(f"| plain | nothing | 747,418 | {median:,.1f}<br>[", section)
        self.assertIn("| plain | wasp | 9,707.6 | \u2013 | 25.80 | \u2013 |", section)
        self.assertIn("published (2016), on other machines", section)
        self.assertEqual(history["published"][0]["sources"][0]["title"], "The post")
        self.assertEqual([n["records_per_sec"] for n in history["published"][0]["numbers"]], [747417.67, 9707.6])
        for ratio in (747417.67 / median, median / 747417.67):
            self.assertNotIn(f"{ratio:.3f}", section)

    def test_of_the_superseded_version(self):
        _, history = self.report("t1")
        self.assertEqual([(r["version"], r["revision"], r["own"]) for r in history["revisions"]],
                         [("t1", 1, False), ("t1", 2, True), ("t2", 1, False)])


if __name__ == "__main__":
    unittest.main()
