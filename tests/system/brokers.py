# SPDX-License-Identifier: Apache-2.0
"""A real broker that kbench did not start: as somebody else's cluster, with a listener for each kind of security."""
import glob
import os
import socket
import subprocess
import tempfile
import time

from support import OUT, ROOT

JARS = sorted(glob.glob(os.path.join(ROOT, "build", "lib", "kafka-[0-9]*")))
KAFKA = os.path.basename(JARS[0])[len("kafka-"):] if JARS else None
JAVA_HOME = os.environ.get("JAVA_HOME")
REACH = os.path.join(OUT, "tests", "tools", "cluster_reach")
READY_TIMEOUT_S = 60

LISTENERS = {"inside": "PLAINTEXT", "password": "SASL_PLAINTEXT", "secure": "SSL", "both": "SASL_SSL"}
# User name and password of each mechanism; PLAIN alone is on the listener without TLS.
PLAIN = ("scott", 'ti"g\\er-7301')
SCRAM = ("alice", "panther-4412")

CONFIG = r"""
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners={listeners},CONTROLLER://127.0.0.1:{controller}
listener.security.protocol.map={protocols},CONTROLLER:PLAINTEXT
inter.broker.listener.name=INSIDE
controller.listener.names=CONTROLLER
log.dirs={folder}/data
offsets.topic.replication.factor=1
listener.name.password.sasl.enabled.mechanisms=PLAIN
listener.name.both.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256
listener.name.password.plain.sasl.jaas.config={plain}
listener.name.both.plain.sasl.jaas.config={plain}
listener.name.both.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PKCS12
ssl.keystore.location={folder}/keys.p12
ssl.keystore.password=changeit
"""


def tool(name):
    return os.path.join(JAVA_HOME, "bin", name) if JAVA_HOME else name


def jaas(module, **options):
    """A login in the words of Java's clients; `module` is "plain.Plain" or "scram.Scram"."""
    words = " ".join('%s="%s"' % (name, value) for name, value in options.items())
    return f"org.apache.kafka.common.security.{module}LoginModule required {words};"


def _in_quotes(value):
    return value.replace("\\", "\\\\").replace('"', '\\"')


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _run(command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)


class Broker:
    """Up when made. Its certificate, in PEM, is the file `certificate`."""

    def __init__(self):
        self._scratch = tempfile.TemporaryDirectory(prefix="kbench-test-")
        self._folder = self._scratch.name
        self._ports = dict(zip([*LISTENERS, "controller"], free_ports(len(LISTENERS) + 1)))
        self._process = None
        try:
            self._make_keys()
            self._start()
            self._await_ready()
        except BaseException:
            self.end()
            raise

    def address(self, listener):
        return f"127.0.0.1:{self._ports[listener]}"

    def signal(self, number):
        """SIGSTOP: it stands still until SIGCONT."""
        self._process.send_signal(number)

    def end(self):
        if self._process:
            self._process.kill()
            self._process.wait()
        self._scratch.cleanup()

    def _make_keys(self):
        self.certificate = f"{self._folder}/broker.pem"
        store = ["-keystore", f"{self._folder}/keys.p12", "-storepass", "changeit", "-alias", "broker"]
        _run([tool("keytool"), "-genkeypair", *store, "-keyalg", "RSA", "-storetype", "PKCS12",
              "-dname", "CN=localhost", "-ext", "SAN=ip:127.0.0.1", "-validity", "2"])
        _run([tool("keytool"), "-exportcert", *store, "-rfc", "-file", self.certificate])

    def _write_config(self):
        user, password = PLAIN
        plain = jaas("plain.Plain", **{f"user_{user}": _in_quotes(password)}).replace("\\", "\\\\")
        listeners = ",".join(f"{name.upper()}://{self.address(name)}" for name in LISTENERS)
        protocols = ",".join(f"{name.upper()}:{protocol}" for name, protocol in LISTENERS.items())
        config = f"{self._folder}/server.properties"
        with open(config, "w") as file:
            file.write(CONFIG.format(folder=self._folder, controller=self._ports["controller"], listeners=listeners,
                                     protocols=protocols, plain=plain))
        return config

    def _start(self):
        config = self._write_config()
        java = [tool("java"), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", f"{JARS[0]}/*"]
        _run([*java, "kafka.tools.StorageTool", "format", "-t", "AAAAAAAAAAAAAAAAAAAAAQ", "-c", config,
              "--add-scram", "SCRAM-SHA-256=[name=%s,password=%s]" % SCRAM])
        with open(f"{self._folder}/broker.log", "w") as log:
            self._process = subprocess.Popen([*java, "kafka.Kafka", config], stdin=subprocess.DEVNULL, stdout=log,
                                             stderr=log)

    def _await_ready(self):
        definition = f"{self._folder}/ready.yaml"
        with open(definition, "w") as file:
            file.write("version: ready\ntitle: Is it there?\n"
                       f"cluster: {{kind: external, bootstrap.servers: '{self.address('inside')}'}}\n"
                       "cases: [{name: one, topic: {partitions: 1, replication.factor: 1}}]\n"
                       "runs: [{name: nothing, driver: 'null'}]\n")
        deadline = time.monotonic() + READY_TIMEOUT_S
        while subprocess.run([REACH, definition, "make", "ready"], cwd=self._folder, capture_output=True,
                             timeout=READY_TIMEOUT_S).returncode != 0:
            if self._process.poll() is not None or time.monotonic() > deadline:
                with open(f"{self._folder}/broker.log") as log:
                    raise AssertionError(f"the broker does not come up: {log.read()[-2000:]}")
