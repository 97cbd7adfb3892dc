# SPDX-License-Identifier: Apache-2.0
"""kbench claims, from a definition to the verdicts in the database and in the report."""
import csv
import io
import json
import os
import unittest

from support import ROOT, SystemTest

CLAIMS = """\
claims:
  - {name: not-slower, quote: "A | <b>quote</b>", metric: records_per_sec, of: {case: two, run: nothing},
     to: {case: plain, run: nothing}, ratio: [0.0001, 10000]}
  - {name: a-thousand-times, quote: "A | <b>quote</b>", metric: records_per_sec, of: {case: two, run: nothing},
     to: {case: plain, run: nothing}, ratio: [100000, 200000]}
  - {name: none-failed, quote: Nothing fails, metric: records_failed, of: {case: plain, run: nothing}, range: [0, 0]}
  - {name: far-from-theirs, quote: Theirs is slow, metric: records_per_sec, of: {case: plain, run: nothing},
     to: {case: plain, run: nothing, published: p1}, ratio: [2, 1000000000]}
report: {published: p1}
"""
PUBLISHED = """\
version,case,run,source_title,records_per_sec
p1,plain,nothing,Post,0.5
p1,two,nothing,Post,0.25
"""
SECOND_CASE = """\
  - name: two
    topic: {partitions: 1, replication.factor: 1}
    measure: {warmup: 200ms, duration: 500ms}
runs:
"""


class Claims(SystemTest):
    def run_campaign(self, trials):
        self.kbench("run", self.mock_definition(trials=trials, change=lambda text: text.replace("runs:\n", SECOND_CASE)
                                                + CLAIMS))

    def verdicts(self):
        return {(name, basis): verdict for name, basis, verdict in self.query(
            "select name, basis, verdict from claim_verdict join claim on claim.id = claim_id")}

    def test_each_claim_is_judged_and_kept(self):
        self.run_campaign(5)
        output, _ = self.kbench("claims", "t1")
        self.assertRegex(output, r"(?m)^  not-slower +\[0\.0001, 10000\] .* 5  holds +- ")
        self.assertRegex(output, r"(?m)^  a-thousand-times .* 5  fails +- ")
        self.assertRegex(output, r"(?m)^  none-failed +\[0, 0\] +0 +5  holds ")
        self.assertIn("far-from-theirs: the published table 'p1' is not in the database; 'kbench import'", output)
        self.assertIn("true in one reading or for one client and not in the other", output)
        self.assertEqual(self.verdicts(), {("not-slower", "measured"): "holds", ("a-thousand-times", "measured"): "fails",
                                           ("none-failed", "measured"): "holds",
                                           ("far-from-theirs", "measured"): "undecided"})
        self.kbench("import", self.write("p.csv", PUBLISHED))
        output, _ = self.kbench("claims", "t1")
        self.assertRegex(output, r"(?m)^  not-slower .* holds +holds 0\.500 ")
        self.assertIn("a-thousand-times: by the post's own published numbers it does not hold", output)
        self.assertEqual(self.verdicts()["far-from-theirs", "measured"], "holds")
        self.assertEqual(self.verdicts()["a-thousand-times", "published"], "fails")
        self.assert_database_is_whole()

    def test_few_trials_decide_nothing_but_counts(self):
        self.run_campaign(2)
        rows = list(csv.DictReader(io.StringIO(self.kbench("claims", "t1", "--format", "csv")[0])))
        self.assertEqual([(row["claim"], row["verdict"], row["trials"]) for row in rows],
                         [("not-slower", "undecided", "2"), ("a-thousand-times", "undecided", "2"),
                          ("none-failed", "holds", "2"), ("far-from-theirs", "undecided", "0")])
        self.assertIn("n<5: 2 blocks, no interval", rows[0]["note"])
        self.assertEqual(rows[0]["ci_low"], "")
        claims = json.loads(self.kbench("claims", "t1", "--format=json")[0])
        self.assertEqual([claim["measured"]["verdict"] for claim in claims],
                         ["undecided", "undecided", "holds", "undecided"])
        self.assertIsNone(claims[0]["published"])

    def test_in_the_report(self):
        self.run_campaign(5)
        self.kbench("import", self.write("p.csv", PUBLISHED))
        self.kbench("report", "t1", "--out", self.path("out"), "--no-charts")
        text = self.read("out", "report.md")
        self.assertIn("> A \\| &lt;b&gt;quote&lt;/b&gt;\n", text)
        self.assertRegex(text, r"\| not-slower \| records\\_per\\_sec \| two/nothing \| plain/nothing \| 0\.0001 to 10000 \|")
        self.assertEqual(len(self.verdicts()), 7)
        report = json.loads(self.read("out", "report.json"))
        self.assertEqual([claim["claim"] for claim in report["claims"]],
                         ["not-slower", "a-thousand-times", "none-failed", "far-from-theirs"])

    def test_a_version_without_claims_or_without_a_database(self):
        self.kbench("run", self.mock_definition(version="t2"))
        self.assertIn("has no claims", self.kbench("claims", "t2")[0])
        self.assertIn("did you mean 't2'?", self.kbench("claims", "t9", status=2)[1])
        _, errors = self.kbench("claims", "t2", "--db", "none.db", status=2)
        self.assertIn("there is no database 'none.db'", errors)
        self.assertFalse(os.path.exists(self.path("none.db")))

    def test_the_published_tables_that_come_along(self):
        folder = os.path.join(ROOT, "experiments", "published")
        self.kbench("import", *(os.path.join(folder, name) for name in sorted(os.listdir(folder))))
        self.assertEqual(self.query("select run_name, records_per_sec from results where experiment = 'kreps-2014' "
                                    "order by 2"), [("kreps-java", 786980.0), ("kreps-java", 821557.0)])


if __name__ == "__main__":
    unittest.main()
