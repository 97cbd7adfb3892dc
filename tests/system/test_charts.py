# SPDX-License-Identifier: Apache-2.0
"""The charts of a report, of versions that go to the extremes: each an SVG that can stand in a page beside the others."""
import os
import re
import shutil
import unittest
from xml.etree import ElementTree

from invented import Invented, Trial
from support import SystemTest

LONG_RUN = "A client whose title takes all of sixty characters, of size {}"
LONG_TITLE = "Single producer producing to a topic with a title of a hundred characters, as long as titles get, yes"
OKABE_ITO = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000"}
NEUTRAL = {"#ffffff", "#eeeeee", "#dddddd", "#c4c4c4", "#999999", "#888888", "#666666", "#333333"}
OF_A_CASE = ("throughput", "ratio", "latency", "timeline", "efficiency")


def five(rate):
    """Five trials; the last of them is the fastest."""
    return [Trial(block, rate * (1 + block / 100)) for block in range(1, 6)]


def many(case, run):
    """Twelve runs from 10 to 10^7 records/s in two campaigns, with whatever may befall a trial."""
    rate = 10 ** (1 + 6 * int(run[1:]) / 11) * (1 if case == "one" else 0.6)
    trials = [Trial(block, rate * (1 + 0.03 * (block % 3)), campaign=0 if block < 4 else 1) for block in range(1, 7)]
    if run == "r3":
        trials[2] = Trial(3, rate / 2, "disturbed")
        trials.append(Trial(3, rate, attempt=2))
    if run == "r5":
        trials[5] = Trial(6, rate, "failed", campaign=1)
    if run == "r7":
        trials = trials[:2] + [Trial(3, rate, "interrupted")]
    return trials


@unittest.skipUnless(shutil.which("gnuplot"), "no gnuplot")
class Charts(SystemTest):
    def setUp(self):
        super().setUp()
        self.kbench("run", self.mock_definition("played"))
        self.invented = Invented(self.database)

    def report(self, version, out="out"):
        self.kbench("report", version, "--format", "md", "--out", self.path(out))
        return self.read(out, "report.md")

    def alternative(self, chart, text):
        """The text alternative of a chart in report.md."""
        return re.search(rf"^!\[(.*)\]\(charts/{chart}\.svg\)$", text, re.M).group(1)

    def charts(self, ending, out="out"):
        folder = self.path(out, "charts")
        return {name[:-len(ending)]: self.read(out, "charts", name) for name in sorted(os.listdir(folder))
                if name.endswith(ending)}

    def assert_fit_for_a_page(self, charts):
        ids = []
        for name, svg in charts.items():
            root = ElementTree.fromstring(svg)
            self.assertTrue(svg.startswith("<svg "), name)
            self.assertTrue(root.get("viewBox") and not root.get("width") and not root.get("height"), name)
            self.assertGreater(len(root.get("aria-label")), 20, name)
            for element in root.iter():
                self.assertNotIn(element.tag.split("}")[1], ("script", "style", "image", "a", "foreignObject", "title"), name)
                ids += [element.get("id")] if element.get("id") else []
                for attribute, value in element.attrib.items():
                    self.assertFalse(attribute.startswith("on"), f"{name}: {attribute}")
                    if "href" in attribute:
                        self.assertTrue(value.startswith(f"#{name}-"), f"{name}: {value}")
                    else:
                        self.assertNotIn("//", value, f"{name}: {attribute}")
            colours = set(re.findall(r'(?:stroke|fill|color)\s*=\s*"(#[0-9a-f]{6})"', svg))
            self.assertLessEqual(colours, OKABE_ITO | NEUTRAL, name)
            self.assertNotIn("rgb(", svg, name)
        self.assertEqual(len(ids), len(set(ids)))

    def test_twelve_runs_with_long_titles_over_six_decades(self):
        runs = {f"r{i}": LONG_RUN.format(i) if i < 8 else f"漢字の長い表題 {i} – ünïcödé ☕ клиент, <b> & 'q' \"d\" \\ | `x`"
                for i in range(12)}
        self.invented.version("many", {"one": LONG_TITLE, "two": LONG_TITLE[::-1]}, runs, many, title=LONG_TITLE, campaigns=2)
        text = self.report("many")
        charts = self.charts(".svg")
        self.assertEqual(sorted(charts), sorted([f"{chart}-{case}" for chart in OF_A_CASE for case in ("one", "two")] + ["trials"]))
        self.assert_fit_for_a_page(charts)
        for name in charts:
            self.assertGreater(os.path.getsize(self.path("out", "charts", f"{name}.png")), 10000, name)
        self.assertEqual(self.alternative("trials", text),
                         "Throughput of 140 trials over 36 minutes of 2 campaigns, 2 disturbed, 2 failed, 2 interrupted.")
        self.assertTrue(self.alternative("ratio-one", text).startswith(
            f"Throughput as a ratio to {runs['r0']}, with 95 % intervals: {runs['r1']} 3.511 \\[3.511, 3.511\\], higher; "))
        self.assertEqual([name for name in os.listdir(self.path("out", "charts")) if name.endswith(".new")], [])

    def test_one_run_and_one_trial(self):
        self.invented.version("single", {"one": "One"}, {"only": "Only"}, lambda case, run: [Trial(1, 123.4)])
        self.report("single")
        charts = self.charts(".svg")
        self.assertEqual(sorted(charts), ["efficiency-one", "latency-one", "throughput-one", "timeline-one", "trials"])
        self.assert_fit_for_a_page(charts)

    def test_nothing_but_failures(self):
        self.invented.version("broken", {"one": "One"}, {"a": "A", "b": "B"},
                              lambda case, run: [Trial(1, 0, "failed"), Trial(1, 0, "failed", attempt=2)])
        text = self.report("broken")
        charts = self.charts(".svg")
        self.assertEqual(list(charts), ["trials"])
        self.assert_fit_for_a_page(charts)
        self.assertEqual(self.alternative("trials", text), "Throughput of 4 trials over 1.4 minutes of 1 campaign, 4 failed.")

    def test_equal_values_and_ratios_without_an_interval(self):
        self.invented.version("equal", {"one": "One"}, {"a": "A", "b": "B", "c": "C"},
                              lambda case, run: five(100)[:2 if run == "c" else 5])
        text = self.report("equal")
        charts = self.charts(".svg")
        self.assert_fit_for_a_page(charts)
        self.assertIn("1.000 [1.000, 1.000]", charts["ratio-one"])
        self.assertIn("1.000 (n = 2, no interval)", charts["ratio-one"])
        self.assertEqual(self.alternative("ratio-one", text), "Throughput as a ratio to A, with 95 % intervals: "
                         "B 1.000 \\[1.000, 1.000\\], no difference shown; C 1.000 (n = 2, no interval).")
        self.assertEqual(self.alternative("latency-one", text),
                         "Latency by percentile and run; the 99th percentiles: 1.00 ms (all runs).")

    def test_versions_beside_each_other(self):
        cases, runs = {"one": "One"}, {"a": "A", "b": "B", "new": "New"}
        old = {"a": "A", "b": "B"}
        self.invented.version("w1", cases, old, lambda case, run: five({"a": 1000, "b": 50}[run]))
        self.invented.version("w2", cases, runs, lambda case, run: five({"a": 1300, "b": 49, "new": 7}[run]),
                              supersedes="w1", report=", published: paper")
        self.invented.published("paper", {("one", "a"): 2000, ("elsewhere", "b"): 3000})
        text = self.report("w2")
        charts = self.charts(".svg")
        self.assert_fit_for_a_page(charts)
        for part in (">w2<", ">w1<", ">paper, published: not measured here<", ">2,000.0 (published)<"):
            self.assertIn(part, charts["versions-one"])
        self.assertNotIn("3,000", charts["versions-one"])
        self.assertEqual(self.alternative("versions-one", text), "Median records/s by version. "
                         "A: w2 1,339.0, w1 1,030.0, published in paper 2,000.0; B: w2 50.47, w1 51.50; New: w2 7.21.")
        self.report("w1", out="before")
        self.assertNotIn("versions-one", self.charts(".svg", out="before"))

    def test_a_revision_beside_the_one_before(self):
        for revision, rate in ((1, 100), (2, 200)):
            self.invented.version("rev", {"one": "One"}, {"a": "A"}, lambda case, run, rate=rate: five(rate), revision=revision)
        self.assertEqual(self.alternative("versions-one", self.report("rev")),
                         "Median records/s by version. A: rev, revision 2 206.0, rev, revision 1 103.0.")

    def test_without_gnuplot_the_report_says_so(self):
        nowhere = self.path("empty")
        os.mkdir(nowhere)
        _, errors = self.kbench("report", "played", "--format", "md", "--out", self.path("out"),
                                environment=dict(self.environment(), PATH=nowhere))
        self.assertIn("the report has no charts: ", errors)
        self.assertIn("There are no charts: ", self.read("out", "report.md"))
        self.assertFalse(os.path.exists(self.path("out", "charts")))

    def test_the_same_bytes_twice(self):
        self.invented.version("twice", {"one": "One"}, {"a": "A", "b": "B"}, lambda case, run: five(1000 if run == "a" else 10))
        self.report("twice", out="first")
        self.report("twice", out="second")
        for name in os.listdir(self.path("first", "charts")):
            with open(self.path("first", "charts", name), "rb") as first, open(self.path("second", "charts", name), "rb") as second:
                self.assertEqual(first.read(), second.read(), name)


if __name__ == "__main__":
    unittest.main()
