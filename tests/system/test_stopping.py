# SPDX-License-Identifier: Apache-2.0
"""How many trials a pair gets: by precision, and by what disturbed them."""
import json
import signal
import sqlite3
import subprocess
import sys
import unittest

from support import SystemTest

DEFINITION = """\
version: paced
title: A test
cluster: {{kind: mock, brokers: 1}}
cases:
  - name: plain
    topic: {{partitions: 1, replication.factor: 1}}
    measure: {{warmup: 0s, duration: {duration}}}
runs: [{runs}]
design:
  trials: {{{trials}}}
  timeout: 60s
  retries: 0
  disturbance: {{{disturbance}}}
"""

UNDISTURBED = "steal: off, other-cpu: off, stall-memory: off"
OPEN = "min: 5, max: 8, precision: 5%"
BLOCKS = "select run_name, trial from results where status = 'ok' order by run_name, trial"
# A busy loop ends by itself if the test that started it does not live to end it.
BUSY = "import time\nend = time.monotonic() + 120\nwhile time.monotonic() < end: pass"


class PacedTest(SystemTest):
    def environment(self, **more):
        return super().environment(KBENCH_DRIVERS=self.path("drivers"), **more)

    def define(self, modes, trials=OPEN, disturbance=UNDISTURBED, duration="300ms"):
        for mode in modes:
            self.write_driver(mode, "paced_driver.py", mode, title=mode)
        runs = ", ".join(f"{{name: {mode}, driver: {mode}}}" for mode in modes)
        return self.write("paced.yaml", DEFINITION.format(runs=runs, trials=trials, disturbance=disturbance,
                                                          duration=duration))

    def count(self, status):
        try:
            return self.query("select count(*) from results where status = ?", status)[0][0]
        except sqlite3.OperationalError:  # no database yet, or one that is being made
            return 0

    def notes(self):
        return json.loads(self.query("select notes from campaign order by id desc limit 1")[0][0])


class Precision(PacedTest):
    # The first run is the baseline: it goes on with the one that is not known well enough.
    MODES = ["steady", "alternating", "ramping-0"]
    EXPECTED = [(run, block) for run, blocks in (("alternating", 8), ("ramping-0", 5), ("steady", 8))
                for block in range(1, blocks + 1)]

    def test_wide_pairs_go_on_and_narrow_ones_stop(self):
        _, errors = self.kbench("run", self.define(self.MODES))
        self.assertEqual(self.query(BLOCKS), self.EXPECTED)
        self.assertIn("15 to 24 trials to run", errors)
        self.assertIn("[1/at most 24] block 1", errors)
        self.assertRegex(errors, r"precision of 5 % not reached by\n  plain/alternating: half-width \d+ % after 8 trials")
        notes = {note["run"]: note for note in self.notes()["precision"]}
        self.assertEqual({run: (note["case"], note["trials"], note["reached"]) for run, note in notes.items()},
                         {"steady": ("plain", 8, True), "alternating": ("plain", 8, False), "ramping-0": ("plain", 5, True)})
        self.assertGreater(notes["alternating"]["half_width"], 0.05)
        self.assertLess(notes["steady"]["half_width"], 0.05)
        self.assertIn("21 of 21 trials have a result, 0 left\n", self.kbench("status")[0])
        self.assertIn("0 trials to run, 21 there already", self.kbench("run", self.path("paced.yaml"))[1])

    def test_all_narrow(self):
        _, errors = self.kbench("run", self.define(["steady", "ramping-0"]))
        self.assertEqual(self.query("select run_name, count(*) from results group by 1 order by 1"),
                         [("ramping-0", 5), ("steady", 5)])
        self.assertIn("precision of 5 % reached by all pairs", errors)

    def test_a_number_of_trials_is_exact(self):
        self.kbench("run", self.define(self.MODES), "--trials", "2")
        self.assertEqual(self.query("select run_name, count(*) from results group by 1 order by 1"),
                         [("alternating", 2), ("ramping-0", 2), ("steady", 2)])
        self.assertNotIn("precision", self.notes())
        status, _ = self.kbench("status")
        self.assertIn("6 of 15 to 24 trials have a result, 9 to 18 left:\n", status)
        self.assertIn("    3 to   6  plain/alternating (2 trials, too few for an interval)\n", status)

    def test_killed_at_any_moment_it_comes_to_the_same_blocks(self):
        definition = self.define(self.MODES)
        for trials in (4, 16, 19):
            process = self.start("run", definition)
            self.wait_until(lambda: self.count("ok") >= trials, f"{trials} trials to be stored")
            process.send_signal(signal.SIGKILL)
            process.communicate()
        self.kbench("run", definition)
        self.assertEqual(self.query(BLOCKS), self.EXPECTED)
        self.assert_database_is_whole()

    def test_the_plan_says_least_and_most(self):
        output, _ = self.kbench("plan", self.define(self.MODES))
        self.assertIn("3 pairs, 5 to 8 blocks (blocked, seed 1), 15 to 24 trials\n", output)
        self.assertRegex(output, r"expected time: \d.* to \d.*\n")
        self.assertEqual(output.count("plain/alternating\n"), 5)
        self.assertIn("blocks 6 to 8:\n", output)
        output, _ = self.kbench("plan", self.path("paced.yaml"), "--trials", "7")
        self.assertIn("7 blocks (blocked, seed 1), 21 trials\n", output)
        self.assertNotIn(" to ", output)


class Disturbance(PacedTest):
    TREND = f"{UNDISTURBED}, trend: 20%, repeats: 2"
    ATTEMPTS = "select trial, attempt, status from results order by 1, 2"

    def test_a_disturbed_trial_is_repeated_until_one_is_not(self):
        _, errors = self.kbench("run", self.define(["ramping-1"], "min: 1", self.TREND, "6s"))
        self.assertEqual(self.query(self.ATTEMPTS), [(1, 1, "disturbed"), (1, 2, "ok")])
        (rule, measured, bound), = self.query("select rule, measured, bound from trial_disturbance")
        self.assertEqual((rule, bound), ("trend", 0.2))
        self.assertGreater(measured, bound)
        cause, = self.query("select cause from results where attempt = 1")[0]
        self.assertRegex(cause, r"^the throughput changed by \d+ % over the window \(bound 20 %\)$")
        self.assertIn("disturbed, attempt 1: " + cause, errors)
        self.assertIn("1 trials and 1 disturbed in", errors)

    def test_its_repeats_are_used_up_over_campaigns(self):
        definition = self.define(["ramping-9"], "min: 1", self.TREND, "6s")
        process = self.start("run", definition)
        self.wait_until(lambda: self.count("disturbed") == 1, "the first trial to be stored")
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.assertIn("0 of 1 trials have a result, 1 left", self.kbench("status")[0])
        _, errors = self.kbench("run", definition)
        self.assertEqual(self.query(self.ATTEMPTS), [(1, n, "disturbed") for n in (1, 2, 3)])
        self.assertIn("plain/ramping-9 was disturbed in all 3 trials", errors)
        _, errors = self.kbench("run", definition)
        self.assertIn("0 trials to run, 1 there already", errors)
        self.assertEqual(self.count("disturbed"), 3)

    def test_a_failure_is_not_a_disturbance(self):
        self.kbench("run", self.mock_definition(retries=1, change=lambda text: text.replace(
            "driver: 'null'}", "driver: 'null', config: {null.fault: die, null.fault.at.ms: 100}}")), status=1,
            environment=SystemTest.environment(self))
        self.assertEqual(self.query(self.ATTEMPTS), [(1, 1, "failed"), (1, 2, "failed")])
        self.assertEqual(self.query("select count(*) from trial_disturbance"), [(0,)])

    def test_a_busy_loop_beside_it_is_found_out(self):
        busy = subprocess.Popen([sys.executable, "-c", BUSY])
        self.addCleanup(busy.wait)
        self.addCleanup(busy.kill)
        rules = "steal: off, stall-memory: off, other-cpu: 5%, repeats: 1"
        definition = self.define(["steady"], "min: 2", rules, "1s")
        self.kbench("run", definition)
        self.assertEqual(self.query(self.ATTEMPTS), [(block, n, "disturbed") for block in (1, 2) for n in (1, 2)])
        for rule, measured, bound in self.query("select rule, measured, bound from trial_disturbance"):
            self.assertEqual((rule, bound), ("other-cpu", 0.05))
            self.assertGreater(measured, bound)
        self.assertEqual(self.query("select count(*) from trial_disturbance"), [(4,)])
        self.assertRegex(self.query("select cause from results")[0][0], r"^other processes used .* of the cores' time")

    def test_a_bad_rule_is_told_before_anything_starts(self):
        _, errors = self.kbench("run", self.define(["steady"], "min: 1", "steal: 2"), status=2)
        self.assertIn("'steal' is '2', a number without a unit, expected off, or a percentage such as 3%", errors)


if __name__ == "__main__":
    unittest.main()
