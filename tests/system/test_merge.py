# SPDX-License-Identifier: Apache-2.0
"""kbench merge, and a version as a database of its own: what is taken, what is refused, and that the report says the same."""
import os
import shutil
import sqlite3
import subprocess
import unittest

from support import SystemTest

PUBLISHED = "version,case,run,source_title,records_per_sec\np1,plain,nothing,Post,0.5\np2,plain,nothing,Post,1\n"


class Merge(SystemTest):
    measured = None  # the database of one campaign and two published tables, which every test gets a copy of

    def setUp(self):
        super().setUp()
        if Merge.measured is None:
            self.kbench("run", self.mock_definition(trials=5, change=lambda text: text + "report: {published: p1}\n"))
            self.kbench("import", self.write("p.csv", PUBLISHED))
            with sqlite3.connect(self.database) as connection:
                connection.execute("pragma wal_checkpoint(truncate)")
            connection.close()
            with open(self.database, "rb") as file:
                Merge.measured = file.read()
        self.write(os.path.relpath(self.database, self.folder), Merge.measured)

    def change(self, database, sql):
        with sqlite3.connect(database) as connection:
            connection.execute(sql)
        connection.close()

    def rows(self, database):
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            return [line for line in connection.iterdump() if not line.startswith("INSERT INTO \"schema_doc")]
        finally:
            connection.close()

    def report(self, database, name):
        self.kbench("report", "t1", "--db", database, "--out", self.path(name), "--format", "md,csv,json", "--no-charts")
        return {file: self.read(name, file) for file in sorted(os.listdir(self.path(name)))}

    def test_into_an_empty_database_and_again(self):
        _, errors = self.kbench("merge", self.database, "--db", self.path("new.db"))
        self.assertIn("5 trials in 1 campaigns, 1 definitions, 2 published numbers", errors)
        rows = self.rows(self.path("new.db"))
        self.assertEqual(rows, self.rows(self.database))
        self.assertIn(": 0 new rows;", self.kbench("merge", self.database, "--db", self.path("new.db"))[1])
        self.assertEqual(self.rows(self.path("new.db")), rows)
        self.assertEqual(self.report(self.path("new.db"), "a"), self.report(self.database, "b"))

    def test_conflicts_write_nothing(self):
        other = self.path("other.db")
        for change, words in (
                ("update trial set records_per_sec = 7 where block = 3",
                 "trial 3 of plain/nothing, attempt 1, of t1@1: records_per_sec is '7.0' in 'other.db' and '"),
                ("update experiment set sha256 = replace(hex(zeroblob(32)), '0', 'a')", "version t1, revision 1: sha256 is"),
                ("update published set records_per_sec = 9 where version = 'p1'", "plain/nothing of p1 in Post")):
            shutil.copy(self.database, other)
            self.change(other, change)
            # Something that is new, so that a part of it could have been taken.
            self.change(other, "insert into published (version, case_name, run_name, source_title) values ('p9', 'a', 'b', 'c')")
            before = self.rows(self.database)
            self.assertIn(words, self.kbench("merge", "other.db", status=2)[1])
            self.assertEqual(self.rows(self.database), before)

    def test_two_machines_with_versions_of_their_own(self):
        other = self.path("other.db")
        self.kbench("run", self.mock_definition(version="t2", trials=1), "--db", other)
        self.kbench("merge", other)
        self.assertEqual(self.query("select experiment, count(*), count(distinct campaign_id) from results where "
                                    "source = 'measured' group by 1 order by 1"), [("t1", 5, 1), ("t2", 1, 1)])
        self.assert_database_is_whole()
        self.assertIn("plain/nothing", self.kbench("compare", "t1", "t2")[0])

    def test_an_older_schema_is_brought_up_to_date_in_a_copy(self):
        other = self.path("older.db")
        connection = sqlite3.connect(other)
        for script in sorted(os.listdir(os.path.join(self.environment()["KBENCH_HOME"], "schema")))[:2]:
            with open(os.path.join(self.environment()["KBENCH_HOME"], "schema", script)) as file:
                connection.executescript(file.read())
        connection.executescript("pragma user_version = 2; insert into published (version, case_name, run_name, "
                                 "source_title, records_per_sec) values ('p7', 'a', 'b', 'c', 3)")
        connection.close()
        with open(other, "rb") as file:
            before = file.read()
        self.kbench("merge", other)
        self.assertEqual(self.query("select records_per_sec, source from published where version = 'p7'"),
                         [(3.0, "published")])
        with open(other, "rb") as file:
            self.assertEqual(file.read(), before)

    def test_a_newer_schema_is_refused(self):
        other = self.path("newer.db")
        shutil.copy(self.database, other)
        self.change(other, "pragma user_version = 99")
        self.assertIn("made by a newer kbench", self.kbench("merge", other, status=2)[1])

    def test_what_was_taken_stays_and_nothing_leaves_no_database(self):
        bad = self.write("bad.sql", "garbage;\n")
        self.assertIn("bad.sql:1:1", self.kbench("merge", bad, self.database, "--db", "new.db", status=2)[1])
        self.assertFalse(os.path.exists(self.path("new.db")))
        self.kbench("merge", self.database, bad, "--db", "new.db", status=2)
        self.assertEqual(self.rows(self.path("new.db")), self.rows(self.database))

    def test_a_version_that_was_only_published(self):
        for arguments in (["explain", "p1", "plain/nothing", "records_per_sec"], ["bundle", "p1"], ["compare", "t1", "p1"]):
            self.assertIn("there is no version 'p1' in 'results/kbench.db' that was measured, only numbers of others",
                          self.kbench(*arguments, status=2)[1].replace(self.database, "results/kbench.db"))

    def test_names_that_are_none(self):
        self.assertIn("there is no file 'none.db'", self.kbench("merge", "none.db", "--db", "new.db", status=2)[1])
        self.assertFalse(os.path.exists(self.path("new.db")))
        self.assertIn("'kbench merge t1.sql' takes it", self.kbench("import", "t1.sql", status=2)[1])
        self.assertIn("is the database itself", self.kbench("merge", self.database, status=2)[1])

    def test_a_version_as_text(self):
        text = self.path("t1.sql")
        self.kbench("export", "t1", "--format", "sql", "--out", text)
        with open(text, "rb") as file:
            self.assertEqual(subprocess.run(["sqlite3", "-bail", self.path("plain.db")], stdin=file).returncode, 0)
        self.kbench("merge", text, "--db", self.path("merged.db"))
        whole = self.report(self.database, "whole")
        self.assertEqual(self.report(self.path("plain.db"), "plain"), whole)
        self.assertEqual(self.report(self.path("merged.db"), "merged"), whole)
        again, _ = self.kbench("export", "t1", "--format", "sql", "--db", self.path("merged.db"))
        self.assertNotIn("'p2'", again)  # no definition names it

    def test_a_compact_version_gives_the_same_report(self):
        self.kbench("export", "t1", "--format", "db", "--compact", "--out", self.path("t1.db"))
        self.assertEqual(self.report(self.path("t1.db"), "a"), self.report(self.database, "b"))
        self.assertIn("is there already", self.kbench("export", "t1", "--format", "db", "--out", "t1.db", status=2)[1])
        self.assertIn("name it with --out", self.kbench("export", "t1", "--format", "db", status=2)[1])
        self.assertIn("no version 't9'", self.kbench("export", "t9", "--format", "sql", status=2)[1])


if __name__ == "__main__":
    unittest.main()
