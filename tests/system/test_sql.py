# SPDX-License-Identifier: Apache-2.0
"""kbench sql beside plain queries: values of parameters, the cookbook, the schema, a terminal, and databases that may only be read."""
import csv
import io
import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import unittest

from support import PROGRAM, ROOT, SystemTest

PUBLISHED = os.path.join(ROOT, "experiments", "published", "post-v1.0.csv")
NOBODY = 65534


class Parameters(SystemTest):
    def setUp(self):
        super().setUp()
        self.kbench("import", PUBLISHED)

    def rows(self, *arguments):
        return json.loads(self.kbench("sql", *arguments, "--format", "json")[0])

    def test_values_are_given_by_name(self):
        query = "select count(*) as n from results where run_name = :run and records_per_sec > :least"
        self.assertEqual(self.rows(query, "run=pure-java", "least=400000"), [{"n": 2}])
        self.assertEqual(self.rows(query, "least=400000.5", "run=pure-python"), [{"n": 0}])

    def test_a_value_is_a_number_only_where_it_reads_back_as_typed(self):
        for value, kind in (("5", "integer"), ("-5", "integer"), ("2.5", "real"), ("1.10", "text"), ("007", "text"), ("1e3", "text"),
                            ("", "text"), ("nan", "text"), ("a=b", "text"), ("9223372036854775808", "text")):
            with self.subTest(value):
                self.assertEqual(self.rows("select typeof(:v) as t, :v as v", f"v={value}")[0]["t"], kind)
        self.assertEqual(self.rows("select :v as v", "v=a=b")[0]["v"], "a=b")

    def test_what_is_wrong_with_them(self):
        for arguments, words in ((["select :case", "run=x"], "the query has no parameter 'run'; there is only case"),
                                 (["select :case", "cas=x"], "did you mean 'case'?"),
                                 (["select 1", "x=1"], "the query has no parameter 'x'"),
                                 (["select :case"], "the query's parameter ':case' has no value: give case=VALUE"),
                                 (["select :a", "a=1", "a=2"], "parameter 'a' is given twice"),
                                 (["select ?", "a=1"], "the query has no parameter 'a'"),
                                 (["select ?"], "write :NAME"),
                                 (["@best-client", "metrc=x"], "did you mean 'metric'?"),
                                 (["@best-cleint"], "did you mean 'best-client'?"),
                                 (["@99"], "the cookbook has no query '99'"),
                                 (["@best-client", "v2"], "does not take 'v2'"),
                                 (["--show", "select 1"], "--show needs a query of the cookbook"),
                                 (["--cookbook", "loss"], "does not take 'loss'"),
                                 (["--cookbook", "--schema"], "one at a time"),
                                 (["--schema", "trail"], "did you mean 'trial'?"),
                                 (["--schema", "trial", "run"], "does not take 'run'"),
                                 (["select 1", "--format", "md"], "there are table, csv and json")):
            with self.subTest(arguments):
                output, errors = self.kbench("sql", *arguments, status=2)
                self.assertEqual(output, "")
                self.assertIn(words, errors)


class Cookbook(SystemTest):
    def test_a_value_that_is_not_there(self):
        self.kbench("run", self.mock_definition())
        self.kbench("report", "t1", "--no-charts")
        for name, value, words in (("best-client", "experiment=t2", "experiment: there is no version 't2' in"),
                                   ("best-client", "metric=record_per_sec", "did you mean 'records_per_sec'?"),
                                   ("client-history", "driver=nul", "did you mean 'null'?"),
                                   ("client-history", "revisions=few", "revisions: 'few' is no whole number"),
                                   ("environment", "a=7", "a: there is no campaign '7' in"),
                                   ("environment", "b=x", "there is only 1")):
            with self.subTest(value):
                output, errors = self.kbench("sql", f"@{name}", value, status=2)
                self.assertEqual(output, "")
                self.assertIn(words, errors)
        for value in ("experiment=t1", "experiment=", "metric=mb_per_sec"):
            self.kbench("sql", "@best-client", value)
        self.kbench("sql", "@published", "published=v1.0")  # of nothing there is no nearest name

    def test_lists_and_shows_without_a_database(self):
        listed = self.kbench("sql", "--cookbook")[0]
        self.assertRegex(listed, r"(?m)^ 1  @best-client +Best client of each case$")
        self.assertRegex(listed, r"(?m)^      metric +a metric of summaries; by default records_per_sec$")
        self.assertEqual(len(re.findall(r"(?m)^ *\d+  @", listed)), len(os.listdir(os.path.join(ROOT, "schema", "cookbook"))))
        with open(os.path.join(ROOT, "schema", "cookbook", "03-loss.sql"), encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(self.kbench("sql", "@loss", "--show")[0], text)
        self.assertEqual(self.kbench("sql", "--show", "@3")[0], text)
        self.assertFalse(os.path.exists(self.database))


class Schema(SystemTest):
    def setUp(self):
        super().setUp()
        self.kbench("import", PUBLISHED)

    def tables(self):
        return {name for name, in self.query("""select name from sqlite_schema where type in ('table', 'view')
                                                and name not like 'sqlite_%'""")}

    def test_lists_the_tables(self):
        lines = self.kbench("sql", "--schema")[0].splitlines()
        self.assertRegex(lines[2], r"^results +view +One row per trial")
        names = {line.split()[0] for line in lines[2:]}
        self.assertEqual(names, self.tables())

    def test_one_table(self):
        output = self.kbench("sql", "--schema", "trial")[0]
        self.assertTrue(output.startswith("Table trial: One row per trial"))
        self.assertRegex(output, r"(?m)^latency_p99_ms +REAL +ms +99th percentile of the latency$")
        self.assertRegex(output, r"(?m)^topic +TEXT +– ")

    def test_for_programs(self):
        rows = json.loads(self.kbench("sql", "--schema", "--format", "json")[0])
        self.assertEqual([(row["table_name"], row["column_name"] or "", row["unit"], row["description"]) for row in rows],
                         self.query("""select d.* from schema_doc d join sqlite_schema m on m.name = d.table_name left join
                                       pragma_table_info(d.table_name) c on c.name = d.column_name
                                       order by m.type desc, m.rowid, coalesce(c.cid, -1)"""))
        table = list(csv.DictReader(io.StringIO(self.kbench("sql", "--schema", "summaries", "--format", "csv")[0])))
        self.assertEqual({row["table_name"] for row in table}, {"summaries"})
        self.assertIn({"table_name": "summaries", "column_name": "ratio", "type": "REAL", "unit": "ratio",
                       "description": "To the baseline: median of the ratios formed within blocks"}, table)

    def test_as_a_page(self):
        page = self.kbench("sql", "--schema", "--format", "md")[0]
        self.assertEqual(set(re.findall(r"(?m)^## `(.*)`", page)), self.tables())
        self.assertIn("| `broker_gc_max_ms` | REAL | ms | The longest such pause of any broker |\n", page)
        for above, line in zip(page.splitlines(), page.splitlines()[1:]):
            if above.startswith("|") and line.startswith("|"):
                self.assertEqual(above.count("|"), line.count("|"), line)
        one = self.kbench("sql", "--schema", "run", "--format", "md")[0]
        self.assertEqual(re.findall(r"(?m)^## `(.*)`", one), ["run"])


class Terminal(SystemTest):
    def test_long_text_is_cut_on_a_terminal_alone(self):
        self.kbench("import", PUBLISHED)
        query = "select substr(replace(hex(zeroblob(100)), '0', 'x'), 1, 100) as long, 1 as n, substr(hex(zeroblob(100)), 1, 100) as last"
        master, slave = pty.openpty()
        try:
            subprocess.run([PROGRAM, "sql", query], env=self.environment(), stdout=slave, check=True, timeout=60)
            shown = os.read(master, 1 << 16).decode().replace("\r\n", "\n")
        finally:
            os.close(slave)
            os.close(master)
        self.assertIn("x" * 59 + "…  1  " + "0" * 100 + "\n", shown)
        self.assertIn("x" * 100 + "  1  " + "0" * 100 + "\n", self.kbench("sql", query)[0])


@unittest.skipUnless(os.geteuid() == 0, "needs to start the program as somebody who may not write")
class ReadOnly(SystemTest):
    """A database in a folder that whoever asks may not write, as in a mounted archive; it is one with a write-ahead log."""

    def setUp(self):
        super().setUp()
        self.kbench("import", PUBLISHED)
        os.chmod(self.folder, 0o755)
        os.chmod(os.path.dirname(self.database), 0o755)
        os.chmod(self.database, 0o644)

    def ask(self, database, status=0):
        program = self.path("kbench")  # nobody may not be able to reach the sources' folder
        shutil.copy(PROGRAM, program)
        shutil.copytree(os.path.join(ROOT, "schema"), self.path("schema"), dirs_exist_ok=True)
        done = subprocess.run([program, "sql", "select count(*) as n from published", "--db", database, "--format", "csv"],
                              cwd=self.folder, env=dict(self.environment(), KBENCH_HOME=self.folder), user=NOBODY, group=NOBODY,
                              extra_groups=[], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout, done.stderr

    def test_a_folder_that_may_not_be_written(self):
        self.assertEqual(self.query("pragma journal_mode"), [("wal",)])
        self.kbench("import", PUBLISHED)  # whoever closes it last takes the log away
        self.assertEqual(self.ask(self.database)[0], "n\n12\n")
        self.assertEqual(os.listdir(os.path.dirname(self.database)), ["kbench.db"])

    def test_while_somebody_writes(self):
        writer = sqlite3.connect(self.database)
        self.addCleanup(writer.close)
        writer.execute("insert into published (version, case_name, run_name, source_title) values ('x', 'y', 'z', 't')")
        writer.commit()
        for ending in ("-wal", "-shm"):
            os.chmod(self.database + ending, 0o644)
        self.assertEqual(self.ask(self.database)[0], "n\n13\n")

    def test_a_log_that_was_left_behind(self):
        """Copied with its log while somebody wrote: without the log rows would be missing, and nobody can make the file that reading
        both takes. It must not answer with less than there is."""
        writer = sqlite3.connect(self.database)
        self.addCleanup(writer.close)
        writer.execute("insert into published (version, case_name, run_name, source_title) values ('x', 'y', 'z', 't')")
        writer.commit()
        os.mkdir(self.path("copy"))
        for ending in ("", "-wal"):
            shutil.copy(self.database + ending, self.path("copy", "kbench.db" + ending))
            os.chmod(self.path("copy", "kbench.db" + ending), 0o644)
        output, errors = self.ask(self.path("copy", "kbench.db"), status=3)
        self.assertEqual(output, "")
        self.assertIn("kbench.db-wal' can only be read in a folder that may be written", errors)


if __name__ == "__main__":
    unittest.main()
