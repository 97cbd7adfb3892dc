# SPDX-License-Identifier: Apache-2.0
"""Real brokers: a local cluster's life and end, and an external one that asks for a password and for TLS."""
import glob
import json
import os
import signal
import socket
import subprocess
import tempfile
import unittest

from support import OUT, ROOT, SystemTest, is_alive

JARS = sorted(glob.glob(os.path.join(ROOT, "build", "lib", "kafka-[0-9]*")))
KAFKA = os.path.basename(JARS[0])[len("kafka-"):] if JARS else None
JAVA_HOME = os.environ.get("JAVA_HOME")
REACH = os.path.join(OUT, "tests", "tools", "cluster_reach")

DEFINITION = """\
version: {version}
title: A test
cluster: {cluster}
cases:
  - {{name: plain, topic: {{partitions: 1, replication.factor: 1}}}}
runs:
  - {{name: nothing, driver: 'null'}}
"""


def tool(name):
    return os.path.join(JAVA_HOME, "bin", name) if JAVA_HOME else name


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


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


BROKER = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=INSIDE://127.0.0.1:{inside},PASSWORD://127.0.0.1:{password},SECURE://127.0.0.1:{secure},\
CONTROLLER://127.0.0.1:{controller}
listener.security.protocol.map=INSIDE:PLAINTEXT,PASSWORD:SASL_PLAINTEXT,SECURE:SSL,CONTROLLER:PLAINTEXT
inter.broker.listener.name=INSIDE
controller.listener.names=CONTROLLER
log.dirs={folder}/data
offsets.topic.replication.factor=1
sasl.enabled.mechanisms=PLAIN
listener.name.password.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
user_scott="tiger-7301";
ssl.keystore.type=PKCS12
ssl.keystore.location={folder}/keys.p12
ssl.keystore.password=changeit
"""


@unittest.skipUnless(JARS, "no broker's jars: 'make setup'")
class SecuredClusterTest(ClusterTest):
    """One broker, set up by hand, that listens with SASL/PLAIN and with TLS."""

    @classmethod
    def setUpClass(cls):
        cls.broker_folder = tempfile.TemporaryDirectory(prefix="kbench-test-")
        cls.addClassCleanup(cls.broker_folder.cleanup)
        folder = cls.broker_folder.name
        names = ("inside", "password", "secure", "controller")
        cls.ports = dict(zip(names, free_ports(len(names))))
        config = os.path.join(folder, "server.properties")
        with open(config, "w") as file:
            file.write(BROKER.format(folder=folder, **cls.ports))
        store = ["-keystore", f"{folder}/keys.p12", "-storepass", "changeit", "-alias", "broker"]
        cls.run_tool([tool("keytool"), "-genkeypair", *store, "-keyalg", "RSA", "-storetype", "PKCS12",
                      "-dname", "CN=localhost", "-ext", "SAN=ip:127.0.0.1", "-validity", "2"])
        cls.certificate = f"{folder}/broker.pem"
        cls.run_tool([tool("keytool"), "-exportcert", *store, "-rfc", "-file", cls.certificate])
        java = [tool("java"), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", f"{JARS[0]}/*"]
        cls.run_tool([*java, "kafka.tools.StorageTool", "format", "-t", "AAAAAAAAAAAAAAAAAAAAAQ", "-c", config])
        with open(os.path.join(folder, "broker.log"), "w") as log:
            broker = subprocess.Popen([*java, "kafka.Kafka", config], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        cls.addClassCleanup(cls.end_broker, broker)
        cls.broker = broker

    @staticmethod
    def run_tool(command):
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)

    @staticmethod
    def end_broker(broker):
        broker.kill()
        broker.wait()

    def setUp(self):
        super().setUp()
        inside = self.define_external(f"127.0.0.1:{self.ports['inside']}", version="inside")
        self.wait_until(lambda: subprocess.run([REACH, inside, "make", "ready"], cwd=self.folder, timeout=60,
                                               env=self.environment(), capture_output=True).returncode == 0,
                        "the broker is ready")

    def define_sasl(self, password):
        return self.define_external(f"127.0.0.1:{self.ports['password']}", **{
            "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN", "sasl.username": "scott",
            "sasl.password": password})

    def test_the_right_password_from_the_environment(self):
        output = self.reach(self.define_sasl("${env:SECRET}"), "make", "sasl", SECRET="tiger-7301")
        self.assertIn("brokers 1\n", output)

    def test_the_same_as_java_writes_it(self):
        definition = self.define_external(f"127.0.0.1:{self.ports['password']}", **{
            "security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN",
            "sasl.jaas.config": "org.apache.kafka.common.security.plain.PlainLoginModule required "
                                'username="scott" password="${env:SECRET}";'})
        self.assertIn("brokers 1\n", self.reach(definition, "make", "jaas", SECRET="tiger-7301"))

    def test_a_wrong_password_is_refused_and_not_shown(self):
        output = self.reach(self.define_sasl("${env:SECRET}"), "make", "sasl", status=3, SECRET="lion-9157")
        self.assertIn("refuses", output)
        self.assertIn("Authentication failed", output)
        self.assertNotIn("lion-9157", output)

    def test_a_name_that_is_not_set(self):
        output = self.reach(self.define_sasl("${env:KBENCH_TEST_NOT_SET}"), "make", "sasl", status=3)
        self.assertIn("'KBENCH_TEST_NOT_SET' is not set", output)

    def test_tls_with_the_brokers_certificate(self):
        definition = self.define_external(f"127.0.0.1:{self.ports['secure']}", **{
            "security.protocol": "SSL", "ssl.truststore.type": "PEM", "ssl.truststore.location": self.certificate})
        self.assertIn("brokers 1\n", self.reach(definition, "make", "tls"))

    def test_tls_with_an_unknown_certificate_is_refused(self):
        definition = self.define_external(f"127.0.0.1:{self.ports['secure']}", **{"security.protocol": "SSL"})
        output = self.reach(definition, "make", "tls", status=3)
        self.assertIn("refuses", output)
        self.assertIn("certificate verify failed", output)

    def test_without_tls_where_it_is_needed(self):
        output = self.reach(self.define_external(f"127.0.0.1:{self.ports['secure']}"), "make", "tls", status=3)
        self.assertIn(f"127.0.0.1:{self.ports['secure']}", output)


if __name__ == "__main__":
    unittest.main()
