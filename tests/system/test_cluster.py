# SPDX-License-Identifier: Apache-2.0
"""Real brokers: a local cluster's life and end, and an external one that asks for a password and for TLS."""
import json
import os
import signal
import subprocess
import unittest

from brokers import JARS, KAFKA, PLAIN, REACH, SCRAM, Broker, jaas
from support import SystemTest, is_alive

DEFINITION = """\
version: {version}
title: A test
cluster: {cluster}
cases:
  - {{name: plain, topic: {{partitions: 1, replication.factor: 1}}}}
runs:
  - {{name: nothing, driver: 'null'}}
"""


@unittest.skipUnless(JARS, "no broker's jars: 'make setup'")
class ClusterTest(SystemTest):
    def define(self, cluster, version="t1"):
        return self.write(f"{version}.yaml", DEFINITION.format(version=version, cluster=cluster))

    def define_external(self, servers, version="t1", **properties):
        pairs = "".join(f"    {name}: {json.dumps(value)}\n" for name, value in properties.items())
        return self.define(f"\n  kind: external\n  bootstrap.servers: {servers}\n" +
                           (f"  client:\n{pairs}" if pairs else ""), version)

    def reach(self, definition, verb, topic, status=0, **environment):
        done = subprocess.run([REACH, definition, verb, topic], cwd=self.folder, env=self.environment(**environment),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr


class LocalClusterTest(ClusterTest):
    def up(self, brokers):
        """Returns (bootstrap servers, the supervisor's id, the brokers' ids). Whatever happens it ends with the test."""
        definition = self.define(f"{{kind: local, kafka: {KAFKA}, brokers: {brokers}, jvm: [-Xms256m, -Xmx256m]}}")
        self.addCleanup(self.kbench, "cluster", "down")
        output, _ = self.kbench("cluster", "up", definition)
        state = json.loads(self.read("results", "cluster.json"))
        self.assertEqual(output.strip(), state["bootstrap_servers"])
        self.assertEqual(len(state["broker_pids"]), brokers)
        self.assertTrue(all(map(is_alive, [state["pid"], *state["broker_pids"]])))
        return output.strip(), state["pid"], state["broker_pids"]

    def assert_all_end(self, pids):
        self.wait_until(lambda: not any(map(is_alive, pids)), "the end of supervisor and brokers", 20)

    def test_up_use_and_down(self):
        servers, supervisor, brokers = self.up(3)

        output, _ = self.kbench("cluster", "status")
        self.assertIn(servers, output)

        output, errors = self.kbench("cluster", "up")
        self.assertEqual(output.strip(), servers)
        self.assertIn(f"already up, held by process {supervisor}", errors)

        # As somebody else's cluster: what was made there goes, what was there stays.
        definition = self.define_external(servers)
        output = self.reach(definition, "make", "passing")
        self.assertIn("brokers 3\n", output)
        self.assertIn("records 0\n", output)
        self.assertNotIn("settings 0\n", output)
        self.reach(definition, "make", "passing")
        self.reach(definition, "keep", "staying")
        for _ in range(2):
            self.assertIn("already exists", self.reach(definition, "make", "staying", status=3))

        os.kill(brokers[1], signal.SIGKILL)
        self.wait_until(lambda: json.loads(self.read("results", "cluster.json"))["problem"], "the broker's end is noticed")
        _, errors = self.kbench("cluster", "status", status=1)
        self.assertIn("broker 2 was ended by signal 9; the end of its log", errors)
        self.assertIn("Kafka Server started", self.read("results", "cluster", "logs", "broker-2.log"))

        self.kbench("cluster", "down")
        self.assert_all_end([supervisor, *brokers])
        self.assertFalse(os.path.exists(self.path("results", "cluster", "data")))
        self.assertFalse(os.path.exists(self.path("results", "cluster.json")))
        self.assertIn("no cluster is up", self.kbench("cluster", "status", status=1)[1])
        self.assertIn("no cluster is up", self.kbench("cluster", "down")[1])

    def test_brokers_end_with_a_killed_supervisor(self):
        _, supervisor, brokers = self.up(1)
        os.kill(supervisor, signal.SIGKILL)
        self.assert_all_end([supervisor, *brokers])
        self.assertIn("its supervisor has died", self.kbench("cluster", "status", status=1)[1])
        self.assertIn("its supervisor had died", self.kbench("cluster", "down")[1])
        self.assertFalse(os.path.exists(self.path("results", "cluster", "data")))

    def test_a_broker_setting_that_is_none_is_told(self):
        definition = self.define(f"{{kind: local, kafka: {KAFKA}, config: {{num.network.threads: many}}}}")
        _, errors = self.kbench("cluster", "up", definition, status=2)
        self.assertIn("num.network.threads", errors)
        self.assertFalse(os.path.exists(self.path("results", "cluster", "data")))

    def test_a_local_cluster_of_the_wrong_kind_is_refused(self):
        _, errors = self.kbench("cluster", "up", self.define("{kind: mock}"), status=2)
        self.assertIn("only a local one", errors)


@unittest.skipUnless(JARS, "no broker's jars: 'make setup'")
class SecuredClusterTest(ClusterTest):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker()
        cls.addClassCleanup(cls.broker.end)

    def define_sasl(self, password):
        return self.define_external(self.broker.address("password"), **{
            "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN", "sasl.username": PLAIN[0],
            "sasl.password": password})

    def test_the_right_password_from_the_environment(self):
        output = self.reach(self.define_sasl("${env:SECRET}"), "make", "sasl", SECRET=PLAIN[1])
        self.assertIn("brokers 1\n", output)

    def test_the_same_as_java_writes_it(self):
        definition = self.define_external(self.broker.address("password"), **{
            "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN",
            "sasl.jaas.config": jaas("plain.Plain", username=PLAIN[0], password="${env:SECRET}")})
        self.assertIn("brokers 1\n", self.reach(definition, "make", "jaas", SECRET=PLAIN[1]))

    def test_scram_and_what_an_old_librdkafka_makes_of_it(self):
        user, password = SCRAM
        definition = self.define_external(self.broker.address("both"), **{
            "security.protocol": "SASL_SSL", "ssl.truststore.type": "PEM",
            "ssl.truststore.location": self.broker.certificate, "sasl.mechanism": "SCRAM-SHA-256",
            "sasl.jaas.config": jaas("scram.Scram", username=user, password="${env:SECRET}")})
        if subprocess.run(["pkg-config", "--atleast-version=2.6.1", "rdkafka"]).returncode == 0:
            self.assertIn("brokers 1\n", self.reach(definition, "make", "scram", SECRET=password))
        else:
            output = self.reach(definition, "make", "scram", status=3, SECRET=password)
            self.assertIn("Authentication failed", output)
            self.assertIn("it must be 2.6.1 or newer", output)

    def test_a_wrong_password_is_refused_and_not_shown(self):
        output = self.reach(self.define_sasl("${env:SECRET}"), "make", "sasl", status=3, SECRET="lion-9157")
        self.assertIn("refuses", output)
        self.assertIn("Authentication failed", output)
        self.assertNotIn("lion-9157", output)

    def test_a_name_that_is_not_set(self):
        output = self.reach(self.define_sasl("${env:KBENCH_TEST_NOT_SET}"), "make", "sasl", status=3)
        self.assertIn("'KBENCH_TEST_NOT_SET' is not set", output)

    def test_tls_with_the_brokers_certificate(self):
        definition = self.define_external(self.broker.address("secure"), **{
            "security.protocol": "SSL", "ssl.truststore.type": "PEM", "ssl.truststore.location": self.broker.certificate})
        self.assertIn("brokers 1\n", self.reach(definition, "make", "tls"))

    def test_tls_with_an_unknown_certificate_is_refused(self):
        definition = self.define_external(self.broker.address("secure"), **{"security.protocol": "SSL"})
        output = self.reach(definition, "make", "tls", status=3)
        self.assertIn("refuses", output)
        self.assertIn("certificate verify failed", output)

    def test_without_tls_where_it_is_needed(self):
        output = self.reach(self.define_external(self.broker.address("secure")), "make", "tls", status=3)
        self.assertIn(self.broker.address("secure"), output)


if __name__ == "__main__":
    unittest.main()
