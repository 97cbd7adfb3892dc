# SPDX-License-Identifier: Apache-2.0
"""Open loads on a mock cluster whose brokers are slow, stand still or go away on purpose: what is measured and told of it."""
import statistics
import unittest

from misbehaving import MisbehavingTest
from support import SystemTest

DEFINITION = """\
version: faulty
title: A test
cluster: {kind: mock, brokers: 3%s}
defaults:
  load: {rate: 1000}
  topic: {partitions: 3, replication.factor: 1}
  measure: {warmup: 200ms, duration: 3s}
  producer: {linger.ms: 0}
cases:
  - {name: one%s}
runs:
  - {name: c, driver: c}
design: {trials: {min: 1}, timeout: 60s, retries: 0, disturbance: {steal: off, other-cpu: off, stall-memory: off, broker-gc: off}}
"""


class MockFaults(SystemTest):
    def run_case(self, cluster="", case="", status=0):
        return self.kbench("run", self.write("faulty.yaml", DEFINITION % (cluster, case)), status=status)

    def events(self, kind="fault"):
        return self.query("select offset_ms, message from trial_event where kind = ? order by offset_ms", kind)

    def tenths(self):
        """Records acknowledged in each tenth of a second, by its offset in ms."""
        return dict(self.query("select offset_ms, records from trial_interval where interval_ms = 100"))

    def test_no_latency_is_below_the_round_trip(self):
        self.run_case(cluster=", rtt: 40ms")
        row, = self.query("select status, latency_p50_ms, records_lost, records_sent, records_due from results")
        status, p50, lost, sent, due = row
        self.assertEqual((status, lost), ("ok", 0))
        self.assertGreaterEqual(p50, 40)
        self.assertLessEqual(sent, due)
        fastest, = self.query("select min(p50_ns) from trial_interval where interval_ms = 1000")
        self.assertGreaterEqual(fastest[0], 40_000_000)

    def test_a_pause_is_charged_to_every_record_that_was_due(self):
        self.run_case(case=", faults: [{at: 1s, do: pause, for: 1s}]")
        self.assertEqual(self.query("select status, records_lost, records_failed from results"), [("ok", 0, 0)])
        (offset, message), = self.events()
        self.assertGreaterEqual(offset, 1000)
        self.assertRegex(message, r"^paused all brokers for 1\.\d\d\d s$")
        tenths = self.tenths()
        whole = [at for at in tenths if offset + 100 <= at and at + 100 <= offset + 1000]
        self.assertGreaterEqual(len(whole), 7)
        self.assertEqual([tenths[at] for at in whole], [0] * len(whole))
        # A third of the window's records were due in the pause, evenly: a sixth of all waited for half of it, or longer.
        p99, longest = self.query("select latency_p99_ms, latency_max_ms from results")[0]
        self.assertGreaterEqual(p99, 900)
        self.assertGreaterEqual(longest, 950)

    def test_brokers_go_away_and_come_back(self):
        self.run_case(case=", measure: {duration: 6s}, faults: [{at: 1s, do: kill, for: 500ms}, "
                           "{at: 5s, do: kill, for: 500ms, broker: 3}]")
        self.assertEqual(self.query("select status, records_lost, records_failed from results"), [("ok", 0, 0)])
        first, second = self.events()
        self.assertGreaterEqual(first[0], 1000)
        self.assertGreaterEqual(second[0], 5000)
        self.assertRegex(first[1], r"^killed all brokers, started again after 0\.[5-9]\d\d s$")
        self.assertRegex(second[1], r"^killed broker 3, started again after 0\.[5-9]\d\d s$")
        # The client connects again within its back-off, and so within the window.
        self.assertGreaterEqual(self.query("select latency_max_ms from results")[0][0], 450)

    def test_poisson_arrivals_come_in_bursts(self):
        self.run_case(case=", load: {arrivals: poisson}")
        sent, due = self.query("select records_sent, records_due from results")[0]
        self.assertLessEqual(sent, due)
        # In a Poisson process the variance of a count is its mean; evenly spaced ones have none.
        counts = [records for at, records in sorted(self.tenths().items()) if 300 <= at < 3000]
        self.assertGreater(statistics.variance(counts) / statistics.mean(counts), 0.3)

    def test_contents_need_a_reader_of_another_library(self):
        _, errors = self.run_case(case=", verify: content", status=3)
        self.assertIn("case 'one': 'verify: content' needs a reader of another library than that of driver 'c', and none is set up "
                      "here for a mock cluster", errors)


class FallingBehind(MisbehavingTest):
    def test_a_rate_that_is_not_kept_is_told(self):
        self.kbench("run", self.define(["falls-behind", "keeps-up"]))
        rows = self.query("select run_name, records_sent, records_due, group_concat(message) from results "
                          "left join trial_event using (trial_id) group by trial_id")
        expected = {"falls-behind": lambda sent: (2 * sent, f"the driver did not keep the rate: {2 * sent} records were due, "
                                                            f"it sent {sent} of them"),
                    "keeps-up": lambda sent: (sent, None),
                    "nothing": lambda sent: (None, None)}  # has no rate
        self.assertEqual({run for run, *_ in rows}, set(expected))
        for run, sent, due, warning in rows:
            with self.subTest(run):
                self.assertEqual((due, warning), expected[run](sent))


if __name__ == "__main__":
    unittest.main()
