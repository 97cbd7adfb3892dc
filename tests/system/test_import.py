# SPDX-License-Identifier: Apache-2.0
"""kbench import of what other tools printed: whole, traceable, told apart from what was published and from what was measured."""
import hashlib
import json
import os
import unittest

from support import ROOT, SystemTest

TOOLS = os.path.join(ROOT, "tests", "data", "tools")
PERF_TEST = os.path.join(TOOLS, "kafka-producer-perf-test-4.3.1.txt")
RDKAFKA = os.path.join(TOOLS, "rdkafka_performance-2.0.2.txt")
OPENMESSAGING = os.path.join(TOOLS, "openmessaging-benchmark.json")
PUBLISHED = os.path.join(ROOT, "experiments", "published", "post-v1.0.csv")
PERF_LINE = ("1000 records sent, {rate} records/sec (0.10 MB/sec), 2.50 ms avg latency, 90.00 ms max latency, 2 ms 50th, "
             "4 ms 95th, 8 ms 99th, 9 ms 99.9th.\n")
PAIR = ("--as", "theirs", "--case", "plain", "--run", "nothing")
CLAIM = """\
claims:
  - {name: faster-than-theirs, quote: Faster than theirs, metric: records_per_sec, of: {case: plain, run: nothing},
     to: {case: plain, run: nothing, published: theirs}, ratio: [2, 1000000000]}
report: {published: theirs}
"""


class ImportTools(SystemTest):
    def rows(self, columns="experiment, source, case_name, run_name, published_in"):
        return self.query(f"select {columns} from results order by published_in")

    def test_each_tool_is_recognised_and_can_be_traced(self):
        _, errors = self.kbench("import", PERF_TEST, RDKAFKA, OPENMESSAGING, *PAIR)
        for name, tool in ((PERF_TEST, "kafka-producer-perf-test"), (RDKAFKA, "rdkafka_performance"),
                           (OPENMESSAGING, "OpenMessaging Benchmark")):
            self.assertIn(f"'{name}' ({tool}): 1 row new", errors)
            (source, note), = self.query("select source, note from results where published_in = ?", os.path.basename(name))
            self.assertEqual(source, "tool")
            with open(name, "rb") as file:
                self.assertIn(hashlib.sha256(file.read()).hexdigest(), note)
        self.assertEqual(self.query("select distinct experiment, case_name, run_name, status, trial, campaign_id from results"),
                         [("theirs", "plain", "nothing", "ok", None, None)])
        _, errors = self.kbench("import", PERF_TEST, RDKAFKA, OPENMESSAGING, *PAIR)
        self.assertEqual(errors.count(": 0 rows new"), 3)
        self.assert_database_is_whole()

    def test_what_the_output_tells_and_what_the_user_says_of_it(self):
        self.kbench("import", OPENMESSAGING, "--as", "omb")
        self.kbench("import", OPENMESSAGING, "--as", "omb", "--case", "one", "--run", "kafka", "--title", "A post",
                    "--url", "https://example.org/post", "--date", "2026-03-31", "--note", "Three brokers.")
        self.assertEqual(self.rows(), [("omb", "tool", "one", "kafka", "A post"),
                                       ("omb", "tool", "1 topic / 1 partition / 1Kb", "Kafka", "openmessaging-benchmark.json")])
        (url, date, note), = self.query("select source_repository, source_date, note from published where run_name = 'kafka'")
        self.assertEqual((url, date), ("https://example.org/post", "2026-03-31"))
        self.assertTrue(note.startswith("Three brokers. Records/s are the mean of 4 windows"))
        self.assertIn("file 'openmessaging-benchmark.json'", note)

    def test_other_numbers_only_when_told(self):
        path = self.write("run.txt", PERF_LINE.format(rate="1000.000000"))
        self.kbench("import", path, *PAIR)
        self.write("run.txt", "\n" + PERF_LINE.format(rate="500.000000"))
        _, errors = self.kbench("import", path, *PAIR, status=2)
        self.assertIn(f"{path}:2:1: the database has 'nothing' of 'plain' in version 'theirs' with other values", errors)
        self.assertEqual(self.rows("records_per_sec"), [(1000.0,)])
        _, errors = self.kbench("import", path, *PAIR, "--replace")
        self.assertIn("1 row new or replaced", errors)
        self.assertEqual(self.rows("records_per_sec, duration_s"), [(500.0, 2.0)])

    def test_all_files_or_none(self):
        good = self.write("good.txt", PERF_LINE.format(rate="1000.000000"))
        cut = self.write("cut.txt", PERF_LINE.format(rate="1000.000000")[:90])
        _, errors = self.kbench("import", good, cut, *PAIR, status=2)
        self.assertIn(f"{cut}:1:1: ", errors)
        self.assertFalse(os.path.exists(self.database))
        self.kbench("import", good, *PAIR)
        other = self.write("more/good.txt", PERF_LINE.format(rate="2000.000000"))
        fresh = self.write("fresh.txt", PERF_LINE.format(rate="3000.000000"))
        self.kbench("import", fresh, other, *PAIR, status=2)
        self.assertEqual(self.rows("records_per_sec"), [(1000.0,)])
        _, errors = self.kbench("import", good, other, *PAIR, "--replace", status=2)
        self.assertIn("are both 'nothing' of 'plain' from the source 'good.txt'", errors)

    def test_what_is_wrong(self):
        perf = self.write("perf.txt", PERF_LINE.format(rate="1000.000000"))
        both = self.write("both.txt", PERF_LINE.format(rate="1000.000000") + "% 1 messages produced (1 bytes)\n")
        cases = (([perf], "does not tell the version that its figures are of: give --as"),
                 ([perf, "--as", "x", "--run", "r"], "does not tell the case that its figures are of: give --case"),
                 ([perf, "--as", "x", "--case", "c"], "does not tell the run that its figures are of: give --run"),
                 ([PUBLISHED, "--as", "x"], "is a CSV, which says so itself: --as is for a tool's output"),
                 ([both, *PAIR], f"{both}:1:1: may be the output of perf-test or of rdkafka-performance"),
                 ([both, *PAIR, "--from", "rdkafka-performance"], f"{both}:2:1: "),
                 ([self.write("prose.txt", "It was fast.\n"), *PAIR], "neither a CSV of published tables nor the output of"),
                 ([self.write("empty.txt", ""), *PAIR], "empty.txt:1:1: the file is empty"),
                 ([self.write("nul.txt", b"1 records sent, \0"), *PAIR], "holds a NUL byte"),
                 ([self.write("other.json", json.dumps({"a": 1})), *PAIR], "'workload' is not a text"),
                 ([perf, *PAIR, "--from", "perftest"], "did you mean 'perf-test'?"))
        for arguments, words in cases:
            with self.subTest(arguments):
                output, errors = self.kbench("import", *arguments, status=2)
                self.assertEqual(output, "")
                self.assertIn(words, errors)
        self.assertFalse(os.path.exists(self.database))

    def test_beside_what_was_measured(self):
        definition = self.mock_definition(trials=5, change=lambda text: text + CLAIM)
        self.kbench("run", definition)
        path = self.write("run.txt", PERF_LINE.format(rate="2.000000"))
        _, errors = self.kbench("import", path, "--as", "t1", "--case", "plain", "--run", "nothing", status=2)
        self.assertIn("version 't1' was measured in this database", errors)
        for name in ("Theirs", "a/b", "v1@2", "-x", "a" * 65, "a\nb"):
            _, errors = self.kbench("import", path, "--as", name, "--case", "plain", "--run", "nothing", status=2)
            self.assertIn("is no name of a version", errors)
        self.kbench("import", path, *PAIR)
        output, _ = self.kbench("claims", "t1")
        self.assertRegex(output, r"(?m)^  faster-than-theirs .* holds ")
        self.assertIn("what a tool printed elsewhere", output)
        self.kbench("report", "t1", "--out", self.path("out"), "--no-charts")
        text = self.read("out", "report.md")
        self.assertIn("what was printed by a tool as theirs: one number each, without a spread, on a machine and by versions that "
                      "are not known", text)
        self.assertIn("| theirs | printed by a tool | run.txt |", text)
        self.assertIn("Records/s, theirs printed by a tool", text)
        self.assertIn("theirs, printed by a tool (no date) on a machine", self.read("out", "report.html"))
        # No trial of the version, and in no figure of it.
        report = json.loads(self.read("out", "report.json"))
        self.assertEqual([(run["run"], run["trials"], run["source"]) for case in report["cases"] for run in case["runs"]],
                         [("nothing", 5, "measured")])


if __name__ == "__main__":
    unittest.main()
