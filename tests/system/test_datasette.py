# SPDX-License-Identifier: Apache-2.0
"""What `kbench export --datasette` writes, shown by a real Datasette on a port of its own."""
import html
import json
import os
import socket
import subprocess
import unittest
import urllib.parse
import urllib.request

from support import ROOT
from test_cookbook import PlayedTest

DATASETTE = os.path.join(ROOT, "build", "test-venv", "bin", "datasette")


class Metadata(PlayedTest):
    def setUp(self):
        super().setUp()
        _, self.said = self.kbench("export", "--datasette", "shown")
        self.metadata = json.loads(self.read("shown", "metadata.json"))

    def test_says_how_to_start_it(self):
        self.assertIn(f"datasette {self.database} --metadata shown/metadata.json", self.said)

    def test_holds_each_table_with_its_columns_and_units(self):
        tables = self.metadata["databases"]["kbench"]["tables"]
        columns = {(table, column): description for table, of_table in tables.items() for column, description in of_table["columns"].items()}
        documented = self.query("select table_name, column_name, unit, description from schema_doc where column_name <> ''")
        self.assertEqual(columns, {(table, column): f"{text} ({unit})" if unit else text for table, column, unit, text in documented})
        self.assertEqual(tables["results"]["units"]["latency_p99_ms"], "ms")
        self.assertEqual(tables["trial"]["units"]["dirty_bytes_max"], "byte")
        self.assertNotIn("records_per_sec", tables["results"]["units"])

    def test_holds_the_cookbook(self):
        queries = self.metadata["databases"]["kbench"]["queries"]
        listed = self.kbench("sql", "--cookbook")[0]
        self.assertEqual(list(queries), [line.split()[1][1:] for line in listed.splitlines() if "@" in line])
        self.assertEqual(queries["best-client"]["title"], "Best client of each case")
        self.assertEqual(queries["best-client"]["params"], ["experiment", "metric"])
        self.assertTrue(queries["best-client"]["hide_sql"])

    def test_names_the_database_as_its_file(self):
        os.rename(self.database, self.path("other.name.db"))
        self.kbench("export", "--datasette", "other", "--db", "other.name.db")
        self.assertEqual(list(json.loads(self.read("other", "metadata.json"))["databases"]), ["other.name"])


@unittest.skipUnless(os.path.exists(DATASETTE), "no Datasette")
class Served(PlayedTest):
    def setUp(self):
        super().setUp()
        self.kbench("export", "--datasette", "shown")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = open(self.path("datasette.log"), "w+", encoding="utf-8")
        self.addCleanup(self.log.close)
        self.server = subprocess.Popen(
            [DATASETTE, "serve", self.database, "--metadata", self.path("shown", "metadata.json"), "--host", "127.0.0.1",
             "--port", str(self.port)], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        self.addCleanup(self.stop)
        self.wait_until(self.answers, "Datasette to answer")

    def stop(self):
        if self.server.poll() is None:
            self.server.terminate()
        self.server.wait(60)

    def answers(self):
        self.assertIsNone(self.server.poll(), "Datasette has ended: " + self.read("datasette.log"))
        try:
            return self.get("/-/versions.json")
        except OSError:
            return None

    def get(self, path, **parameters):
        query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}{query}", timeout=60) as answer:
            return answer.read().decode()

    def canned(self, name, **parameters):
        return json.loads(self.get(f"/kbench/{name}.json", _shape="array", **parameters))

    def test_answers_the_cookbook_as_kbench_does(self):
        for name in ("best-client", "environment", "setting", "acks-cost", "claims", "loss"):
            with self.subTest(name):
                rows = self.canned(name)
                self.assertTrue(rows)
                self.assertEqual(rows, self.ask(name))
        self.assertEqual(self.canned("best-client", metric="latency_p99_ms", experiment="v1"),
                         self.ask("best-client", "metric=latency_p99_ms", "experiment=v1"))
        self.assertEqual(self.canned("environment", a="1", b="3"), self.ask("environment", "a=1", "b=3"))

    def test_shows_what_tables_and_columns_are(self):
        page = html.unescape(self.get("/kbench/trial"))
        self.assertIn("One row per trial: one measured execution of a case with a run", page)
        self.assertIn("99th percentile of the latency (ms)", page)
        self.assertIn("Median of the latency: half of the window's records took no longer (ms)",
                      html.unescape(self.get("/kbench/results")))
        front = html.unescape(self.get("/kbench"))
        for words in ("Best client of each case", "What acks=all costs each client", "Apache-2.0"):
            self.assertIn(words, front)
        form = html.unescape(self.get("/kbench/best-client"))
        self.assertIn('name="metric"', form)
        self.assertIn("by default records_per_sec", form)


if __name__ == "__main__":
    unittest.main()
