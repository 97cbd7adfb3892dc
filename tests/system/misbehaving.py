# SPDX-License-Identifier: Apache-2.0
"""Campaigns with drivers that do one thing wrong each (misbehaving_driver.py), and with secrets."""
import os

from support import SystemTest, is_alive

GOOD = """\
version: bad
title: A test
cluster: {kind: mock, brokers: 3}
cases:
  - name: plain
    topic: {partitions: 2, replication.factor: 1}
    measure: {warmup: 200ms, duration: 500ms}
runs:
  - {name: nothing, driver: 'null'}
design:
  trials: {min: 1}
  timeout: 20s
  disturbance: {steal: off, other-cpu: off, stall-memory: off, broker-gc: off}
"""

EXTERNAL_WITH_SECRETS = """\
cluster:
  kind: external
  bootstrap.servers: ${env:KBENCH_TEST_SERVERS}
  client: {client.id: 'for-${env:KBENCH_TEST_SECRET}', sasl.username: scott, sasl.password: '${env:KBENCH_TEST_SECRET}'}"""


class MisbehavingTest(SystemTest):
    def setUp(self):
        super().setUp()
        os.makedirs(self.path("pids"))
        os.makedirs(self.path("drivers"))

    def add_driver(self, mode, title="A test", delivers=False):
        self.write_driver(mode, "misbehaving_driver.py", mode, title=title, delivers=str(delivers).lower(),
                          clusters="[mock, external]")

    def environment(self, **more):
        return super().environment(KBENCH_DRIVERS=self.path("drivers"), KBENCH_TEST_PIDS=self.path("pids"), **more)

    def define(self, modes, retries=0, timeout="60s", version="bad"):
        for mode in modes:
            if not os.path.exists(self.path("drivers", mode)):
                self.add_driver(mode)
        runs = "".join(f"  - {{name: {mode}, driver: {mode}}}\n" for mode in modes)
        return self.write(f"{version}.yaml", GOOD.replace("version: bad", f"version: {version}").replace(
            "design:\n", f"{runs}design:\n  retries: {retries}\n  order: sequential\n").replace("20s", timeout))

    def assert_all_ended(self):
        pids = [int(name) for name in os.listdir(self.path("pids"))]
        self.assertTrue(pids, "no driver was ever started")
        self.assertEqual([pid for pid in pids if is_alive(pid)], [])
        self.assertFalse(os.path.exists(self.path("results", "work")))

    def assert_told_nowhere(self, secrets, *texts):
        """Neither in what was printed nor in any byte of what was written below results/."""
        contents = {"what was printed": "".join(texts).encode()}
        for root, _, names in os.walk(self.path("results")):
            for name in names:
                with open(os.path.join(root, name), "rb") as file:
                    contents[os.path.join(root, name)] = file.read()
        for secret in secrets:
            for name, content in contents.items():
                at = content.find(secret.encode())
                self.assertEqual(at, -1, f"{name}: {content[max(0, at - 100):at + 100]}")
