# SPDX-License-Identifier: Apache-2.0
"""kbench verify: passing, failing and impossible points, what it prints, keeps and leaves behind."""
import os
import unittest

from support import ROOT, SystemTest

KNOWN_SAMPLES = ["counts", "mean", "percentiles", "histogram", "seconds", "tenths", "cut-mean", "cut-percentiles"]


class Verify(SystemTest):
    def rows(self):
        return self.query("SELECT name, verdict, truth, measured, detail FROM verification_point ORDER BY position")

    def home_with(self, name, definition):
        """An installation whose definition of one point is another one."""
        for folder in ("schema", "plots", "src"):
            os.makedirs(self.path("home"), exist_ok=True)
            os.symlink(os.path.join(ROOT, folder), self.path("home", folder))
        self.write(os.path.join("home", "experiments", "verify", name), definition)
        return dict(self.environment(), KBENCH_HOME=self.path("home"))

    def test_known_samples_pass(self):
        output, errors = self.kbench("verify", "--only", "known-samples")
        lines = output.splitlines()
        self.assertRegex(lines[0], r"^POINT +WHAT IS TRUE +WHAT KBENCH MEASURED +VERDICT$")
        self.assertEqual([line.split()[0] for line in lines[1:]], [f"known-samples/{part}" for part in KNOWN_SAMPLES])
        self.assertTrue(all(line.endswith("  pass") for line in lines[1:]), output)
        self.assertIn("checking known-samples", errors)
        self.assertEqual([row[:2] for row in self.rows()], [(f"known-samples/{part}", "pass") for part in KNOWN_SAMPLES])
        self.assertEqual(self.query("SELECT passed, environment_id IS NOT NULL FROM verification"), [(1, 1)])
        # The trials were scratch: they are no results, and nothing is left of them.
        self.assertEqual(self.query("SELECT count(*) FROM trial"), [(0,)])
        self.assertEqual({name for name in os.listdir(self.path("results")) if not name.startswith((".", "kbench.db"))},
                         {"kbench.lock"})

    def test_failing_point_exits_1(self):
        # Other samples than those that are known.
        environment = self.home_with("known-samples.yaml", """\
version: known-samples
title: Other samples
cluster: {kind: mock, brokers: 1}
defaults: {topic: {partitions: 1, replication.factor: 1}}
cases:
  - {name: all, measure: {warmup: 0s, records: 1000}}
  - {name: cut, measure: {warmup: 100ms, duration: 200ms}}
runs:
  - {name: known-samples, driver: 'null'}
""")
        output, errors = self.kbench("verify", "--only", "known-samples", status=1, environment=environment)
        self.assertRegex(output, r"known-samples/counts +1000000 acknowledged, 10000 failed, 0 odd +1000 acknowl.* fail\n")
        self.assertIn("8 of 8 checks failed", errors)
        self.assertEqual({row[1] for row in self.rows()}, {"fail"})
        self.assertEqual(self.query("SELECT passed FROM verification"), [(0,)])

    def test_impossible_point_exits_3(self):
        environment = dict(self.environment(), KBENCH_BUILD=self.path("nothing-built"))
        output, errors = self.kbench("verify", "--only", "known-samples", status=3, environment=environment)
        self.assertRegex(output, r"known-samples +\S.* - +not run\n")
        self.assertIn("1 of 1 checks were not run", errors)
        (name, verdict, _truth, measured, detail), = self.rows()
        self.assertEqual((name, verdict, measured), ("known-samples", "not run", None))
        self.assertIn("none of the clients is set up", detail)

    def test_unknown_point_is_refused(self):
        _, errors = self.kbench("verify", "--only", "statistics,known-sample", status=2)
        self.assertIn("there is no point 'known-sample', did you mean 'known-samples'?", errors)
        _, errors = self.kbench("verify", "--only", "nothing of the kind", status=2)
        self.assertRegex(errors, r"there are known-samples, mock-rtt, .*driver-test")
        self.assertFalse(os.path.exists(self.database))


if __name__ == "__main__":
    unittest.main()
