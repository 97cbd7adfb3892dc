# SPDX-License-Identifier: Apache-2.0
"""Campaigns on a cluster that asks for a login over TLS: one definition for all clients, and no secret anywhere."""
import json
import os
import unittest

from brokers import JARS, PLAIN, Broker, jaas
from support import SystemTest

RECORDS = 200
DRIVERS = ("java", "c", "kafka-python", "confluent-python", "jython")
# A part of each password that is written alike in every format.
SECRETS = ("er-7301", "lion-9157")

DEFINITION = """\
version: {version}
title: A test
cluster:
  kind: external
  bootstrap.servers: {servers}
  client: {client}
cases:
  - name: plain
    topic: {{partitions: 1, replication.factor: 1}}
    record: {{key: random}}
    producer: {{acks: all}}
    measure: {{warmup: 0s, records: {records}}}
runs: {runs}
design: {{trials: {{min: 1}}, disturbance: {{steal: off, other-cpu: off, stall-memory: off, broker-gc: off}}, warmup: 0s, retries: 0}}
"""


@unittest.skipUnless(JARS, "no broker's jars: 'make setup'")
class SecuredCampaignTest(SystemTest):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker()
        cls.addClassCleanup(cls.broker.end)

    def define(self, mechanism, version="t1", **login):
        client = {"security.protocol": "SASL_SSL", "sasl.mechanism": mechanism, "ssl.truststore.type": "PEM",
                  "ssl.truststore.location": self.broker.certificate, **login}
        # What costs a JVM most here is its start.
        runs = [{"name": driver, "driver": driver, **({"jvm": ["-XX:TieredStopAtLevel=1"]} if driver[0] == "j" else {})}
                for driver in DRIVERS]
        text = DEFINITION.format(version=version, servers=self.broker.address("both"), client=json.dumps(client),
                                 records=RECORDS, runs=json.dumps(runs))
        return self.write(f"{version}.yaml", text)

    def run_all(self, definition, password, status=0):
        """What it said, after a look for secrets in all that it said and left behind."""
        said = self.kbench("run", definition, status=status, environment=self.environment(SECRET=password))
        said += self.kbench("report", "t1") if status == 0 else ()
        left = [os.path.join(folder, name) for folder, _, names in os.walk(self.folder) for name in names]
        self.assertIn(self.database, left)
        for secret in SECRETS:
            self.assertNotIn(secret, "".join(said))
            for path in left:
                with open(path, "rb") as file:
                    self.assertNotIn(secret.encode(), file.read(), path)
        return "".join(said)

    def assert_all_have_run(self):
        self.assertEqual(self.query("select run_name, status, records_acked, records_stored from results order by 1"),
                         [(driver, "ok", RECORDS, RECORDS) for driver in sorted(DRIVERS)])
        self.assertEqual(self.query("select distinct requested, applied from trial_setting "
                                    "where canonical = 'ssl.truststore.type' and requested is not null"), [("PEM", 1)])
        self.assertEqual(self.query("select count(*), min(applied), min(requested), max(requested) from trial_setting "
                                    "where canonical = 'sasl.password'"),
                         [(len(DRIVERS), 1, "<redacted>", "<redacted>")])

    def test_user_name_and_password(self):
        user, password = PLAIN
        self.run_all(self.define("PLAIN", **{"sasl.username": user, "sasl.password": "${env:SECRET}"}), password)
        self.assert_all_have_run()

    def test_the_words_of_javas_clients(self):
        user, password = PLAIN
        login = jaas("plain.Plain", username=user, password="${env:SECRET}")
        self.run_all(self.define("PLAIN", **{"sasl.jaas.config": login}), password)
        self.assert_all_have_run()

    def test_a_wrong_password(self):
        logins = {
            "in-two": {"sasl.username": PLAIN[0], "sasl.password": "${env:SECRET}"},
            "in-one": {"sasl.jaas.config": jaas("plain.Plain", username=PLAIN[0], password="${env:SECRET}")},
        }
        for form, login in logins.items():
            with self.subTest(form):
                said = self.run_all(self.define("PLAIN", form, **login), "lion-9157", status=3)
                self.assertIn("Authentication failed", said)


if __name__ == "__main__":
    unittest.main()
