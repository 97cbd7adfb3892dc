# SPDX-License-Identifier: Apache-2.0
"""The command line: what is refused, what --help says, and each command that reads or fills a database."""
import csv
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import unittest

from misbehaving import GOOD, MisbehavingTest
from support import PROGRAM, ROOT, SystemTest

PUBLISHED = os.path.join(ROOT, "experiments", "published", "post-v1.0.csv")
SOURCES = os.path.join(ROOT, "src", "commands")
COMMANDS = ("check", "plan", "run", "status", "report", "publish", "sql", "import", "export", "drivers", "doctor", "cluster",
            "driver-test", "verify", "claims", "compare", "explain", "merge", "bundle", "reproduce", "init", "completion", "man")

# A command line, and words of what is said of it. {good} is a definition, {published} a file of published numbers.
REFUSED = (
    (["chekc", "x.yaml"], "there is no command 'chekc', did you mean 'check'?"),
    (["nothing-like-it"], "'kbench --help' lists them"),
    (["--trials", "3"], "there is no command '--trials'"),
    (["run"], "'kbench run' needs: FILE"),
    (["run", "{good}", "other.yaml"], "does not take 'other.yaml'"),
    (["run", "{good}", "--trails", "3"], "did you mean '--trials'?"),
    (["run", "{good}", "--trials"], "option '--trials' needs a value: N"),
    (["run", "{good}", "--trials="], "option '--trials' needs a value: N"),
    (["run", "{good}", "--trials", "three"], "takes a whole number, not 'three'"),
    (["run", "{good}", "--trials", "3x"], "takes a whole number, not '3x'"),
    (["run", "{good}", "--trials", "-1"], "'-1'"),
    (["run", "{good}", "--trials", "0"], "from 1 to 10000"),
    (["run", "{good}", "--trials", "99999999999999999999"], "'99999999999999999999'"),
    (["run", "{good}", "--trials", "1", "--trials", "2"], "given twice"),
    (["run", "{good}", "--dry-run=yes"], "'--dry-run' takes no value"),
    (["run", "{good}", "--quiet=yes"], "'--quiet' takes no value"),
    (["run", "{good}", "-t"], "has no option '-t'"),
    (["run", "{good}", "--only", "plane/nothing"], "plain"),
    (["run", "{good}", "--only", "plain/nothin"], "nothing"),
    (["run", "{good}", "--only", "plain"], "plain"),
    (["run", "{good}", "--only", ""], "option '--only' needs a value"),
    (["plan"], "'kbench plan' needs: FILE"),
    (["plan", "{good}", "--trials", "0"], "1 to 10000"),
    (["plan", "{good}", "--only", "plane/nothing"], "plain"),
    (["plan", "{good}", "--dry-run"], "has no option '--dry-run'"),
    (["check"], "'kbench check' needs: FILE"),
    (["check", "{good}", "--shema"], "did you mean '--schema'?"),
    (["status", "v2"], "does not take 'v2'"),
    (["status", "--bd", "x"], "has no option '--bd'"),
    (["report"], "there is no database"),
    (["report", "v2", "--fromat", "csv"], "did you mean '--format'?"),
    (["report", "v2", "--format", "cvs"], "there are md, html, csv and json"),
    (["report", "v2", "--format", "md,"], "is no format"),
    (["report", "../etc"], "'../etc' is no version"),
    (["report", "v2", "--db", "none.db"], "there is no database 'none.db'"),
    (["sql", "select 1", "select 2"], "does not take 'select 2'"),
    (["sql", "select 1", "--format", "jsn"], "did you mean 'json'?"),
    (["import"], "'kbench import' needs: FILE"),
    (["import", "none.csv"], "there is no file 'none.csv'"),
    (["import", "{published}", "none.csv"], "there is no file 'none.csv'"),
    (["import", "{published}", "--replac"], "did you mean '--replace'?"),
    (["drivers", "c"], "does not take 'c'"),
    (["drivers", "--format", "xml"], "'xml' is no format; there are table and json"),
    (["drivers", "--no-prob"], "did you mean '--no-probe'?"),
    (["doctor", "now"], "does not take 'now'"),
    (["doctor", "--fix"], "has no option '--fix'"),
    (["cluster"], "'kbench cluster' needs: up|down|status"),
    (["cluster", "upp"], "did you mean 'up'?"),
    (["cluster", "begin"], "there are up, down and status"),
    (["cluster", "up", "none.yaml"], "none.yaml"),
    (["cluster", "up", "{good}"], "only a local one"),
)


class CommandLine(SystemTest):
    def test_what_is_wrong_is_told_and_nothing_done(self):
        good = self.write("bad.yaml", GOOD)
        for words, message in REFUSED:
            arguments = [word.format(good=good, published=PUBLISHED) for word in words]
            with self.subTest(" ".join(words)):
                output, errors = self.kbench(*arguments, status=2)
                self.assertEqual(output, "")
                self.assertIn(message, errors)
                self.assertTrue(errors.startswith("kbench: "), errors)
                self.assertFalse(os.path.exists(self.database))

    def test_without_a_command_it_lists_them(self):
        output, errors = self.kbench(status=2)
        self.assertEqual(output, "")
        for listed in (errors, self.kbench("--help")[0], self.kbench("help")[0]):
            self.assertEqual(re.findall(r"^  ([a-z-]+) +\S", listed, re.M), list(COMMANDS))

    def test_the_version(self):
        self.assertRegex(self.kbench("--version")[0], r"^kbench \d+\.\d+\.\d+\n$")

    def test_help_names_each_option(self):
        for command in COMMANDS:
            with self.subTest(command), open(
                    os.path.join(SOURCES, f"{command.replace('-', '_')}.c"), encoding="utf-8") as source:
                options = re.findall(r'\{OPTION_[A-Z]+, "([a-z-]+)", [^,]+, "(.*)"\},', source.read())
                for flag in ("--help", "-h"):
                    output, errors = self.kbench(command, flag)
                    self.assertEqual(errors, "")
                    self.assertTrue(output.startswith(f"usage: kbench {command}"))
                    self.assertLessEqual(max(map(len, output.splitlines())), 120)
                    output = re.sub(r"\n {25}(?=\S)", " ", output)
                    for name, text in [*options, ("help", ""), ("quiet", "(-q)"), ("verbose", "(-v)")]:
                        self.assertRegex(output, rf"\n  --{name} .*{re.escape(text)}\n")

    def test_help_wins_over_missing_arguments_and_does_nothing(self):
        self.kbench("run", "--help", "--amend")
        self.assertFalse(os.path.exists(self.database))

    def test_output_that_nobody_can_take(self):
        for arguments in (["check", "--schema"], ["--help"], ["--version"]):
            with open("/dev/full", "w") as full:
                done = subprocess.run([PROGRAM, *arguments], env=self.environment(), stdout=full, stderr=subprocess.PIPE,
                                      text=True, timeout=60)
            self.assertEqual(done.returncode, 3)
            self.assertIn("standard output", done.stderr)

    def test_a_reader_that_has_enough(self):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run([PROGRAM, "check", "--schema"], env=self.environment(), stdout=writing, stderr=subprocess.PIPE,
                              text=True, timeout=60)
        os.close(writing)
        self.assertEqual((done.returncode, done.stderr), (-signal.SIGPIPE, ""))


class Sql(SystemTest):
    def setUp(self):
        super().setUp()
        self.kbench("import", PUBLISHED)

    def test_it_only_reads(self):
        other = self.path("other.db")
        before = self.query("select * from published")
        for query in ("delete from published", "insert into claim_verdict (claim_id) values (1)", "drop table published",
                      "update published set records_per_sec = 1", "create table t (a)", "pragma user_version = 7",
                      "pragma journal_mode = delete", f"attach '{other}' as other", f"vacuum into '{other}'", "begin", "vacuum",
                      "reindex", "with t as (select 1) insert into claim_verdict (claim_id) select * from t",
                      "select 1; delete from published", "", "-- nothing"):
            with self.subTest(query):
                output, errors = self.kbench("sql", query, status=2)
                self.assertEqual(output, "")
                self.assertTrue(errors.startswith("kbench: "), errors)
        self.assertEqual(self.query("select * from published"), before)
        self.assertFalse(os.path.exists(other))

    def test_a_query_that_is_wrong(self):
        _, errors = self.kbench("sql", "select recrods from results", status=2)
        self.assertIn("recrods", errors)

    def test_the_formats(self):
        query = "select run_name, records_per_sec, trial, 'a,\"b\" | c' as t from results where run_name = 'pure-java' limit 1"
        table, _ = self.kbench("sql", query)
        self.assertIn("records_per_sec", table.splitlines()[0])
        self.assertIn("747417.671943", table)
        rows = list(csv.DictReader(io.StringIO(self.kbench("sql", query, "--format", "csv")[0])))
        self.assertEqual(rows, [{"run_name": "pure-java", "records_per_sec": "747417.671943", "trial": "", "t": 'a,"b" | c'}])
        rows = json.loads(self.kbench("sql", "--format=json", query)[0])
        self.assertEqual(rows, [{"run_name": "pure-java", "records_per_sec": 747417.671943, "trial": None, "t": 'a,"b" | c'}])

    def test_a_database_that_is_not_there(self):
        for arguments in (["sql", "select 1"], ["status"], ["report", "v1.0"]):
            with self.subTest(arguments[0]):
                output, errors = self.kbench(*arguments, "--db", "none.db", status=2)
                self.assertEqual(output, "")
                self.assertIn("none.db", errors)
        self.assertFalse(os.path.exists(self.path("none.db")))


class Import(SystemTest):
    def test_the_posts_numbers_twice(self):
        _, first = self.kbench("import", PUBLISHED)
        rows = self.query("select * from published order by id")
        _, second = self.kbench("import", PUBLISHED)
        self.assertIn("12 rows new", first)
        self.assertIn("0 rows new", second)
        self.assertEqual(len(rows), 12)
        self.assertEqual(self.query("select * from published order by id"), rows)
        self.assertEqual(self.query("select experiment, source, count(*), count(latency_p99_ms), max(status) from results"),
                         [("v1.0", "published", 12, 12, "ok")])
        rate, = self.query("select records_per_sec from results where case_name = 'no-replication' and run_name = 'pure-java'")[0]
        self.assertEqual(rate, 747417.671943)
        self.assert_database_is_whole()

    def test_other_values_only_when_told(self):
        self.kbench("import", PUBLISHED)
        with open(PUBLISHED, encoding="utf-8") as file:
            other = self.write("other.csv", file.read().replace("747417.671943", "1.5"))
        before = self.query("select * from published")
        output, errors = self.kbench("import", other, status=2)
        self.assertEqual(output, "")
        self.assertIn("--replace", errors)
        self.assertEqual(self.query("select * from published"), before)
        self.kbench("import", other, "--replace")
        self.assertEqual(self.query("select records_per_sec from published where records_per_sec < 2"), [(1.5,)])

    def test_files_that_are_wrong_change_nothing(self):
        with open(PUBLISHED, encoding="utf-8") as file:
            lines = file.read().splitlines()
        for name, content, words in (("misspelt column", [lines[0].replace("records_per_sec", "records_per_sex"), *lines[1:]],
                                      "did you mean 'records_per_sec'?"),
                                     ("no number", [*lines[:2], lines[2].replace("753046.071359", "many")], ":3"),
                                     ("too few fields", [*lines[:2], "v1.0,no-replication"], ":3"),
                                     ("open quote", [*lines[:2], '"' + lines[2]], "quote"),
                                     ("nothing", [], "wrong.csv")):
            with self.subTest(name):
                path = self.write("wrong.csv", "\n".join(content) + "\n" if content else "")
                output, errors = self.kbench("import", path, status=2)
                self.assertEqual(output, "")
                self.assertIn(words, errors)
                self.assertEqual(self.query("select count(*) from published"), [(0,)])


class Status(SystemTest):
    def test_before_and_after_a_campaign(self):
        self.kbench("import", PUBLISHED)
        self.assertIn("No campaign yet", self.kbench("status")[0])
        definition = self.mock_definition(trials=3)
        self.kbench("run", definition, "--trials", "1")
        output, _ = self.kbench("status")
        self.assertRegex(output, r"\n +1  t1 +\S+ +completed +1 +0 +0 +0 ")
        self.assertIn("t1 revision 1: 1 of 3 trials have a result, 2 left:\n    2 of 3  plain/nothing", output)
        self.kbench("run", definition)
        self.assertIn("3 of 3 trials have a result, 0 left", self.kbench("status")[0])

    def test_a_campaign_that_runs_and_one_that_died(self):
        process = self.start("run", self.mock_definition(trials=500))
        self.wait_until(lambda: self.has_campaign(), "the campaign to begin")
        output, _ = self.kbench("status")
        self.assertIn(f"A campaign is running: process {process.pid}.", output)
        self.assertRegex(output, r"\n +1  t1 +\S+ +running ")
        self.end(process)
        output, _ = self.kbench("status")
        self.assertNotIn("is running", output)
        self.assertRegex(output, r"\n +1  t1 +\S+ +died ")

    def has_campaign(self):
        try:
            return self.query("select count(*) from campaign") == [(1,)]
        except sqlite3.OperationalError:
            return False


class Report(MisbehavingTest):
    TITLE = "A | `b` <script>alert(1)</script> *c* [d](javascript:e) $f$ & \\g"

    def test_an_unknown_version_names_the_nearest(self):
        self.kbench("run", self.mock_definition(version="t1"))
        output, errors = self.kbench("report", "t2", status=2)
        self.assertEqual(output, "")
        self.assertIn("there is no version 't2'", errors)
        self.assertIn("did you mean 't1'?", errors)
        self.assertFalse(os.path.exists(self.path("results", "t2")))

    def test_csv_alone(self):
        self.kbench("run", self.mock_definition(trials=2))
        self.kbench("report", "t1", "--format", "csv", "--no-charts", "--out", self.path("out"))
        names = os.listdir(self.path("out"))
        self.assertTrue(names)
        self.assertEqual([name for name in names if not name.endswith(".csv")], [])
        tables = {}
        for name in names:
            with open(self.path("out", name), newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file))
            self.assertEqual({len(row) for row in rows}, {len(rows[0])}, name)
            tables[name] = rows
        trials = [rows for rows in tables.values() if "trial" in rows[0] and "records_per_sec" in rows[0]]
        self.assertTrue(trials, tables.keys())
        column = trials[0][0].index("records_per_sec")
        self.assertEqual(sorted(float(row[column]) for row in trials[0][1:]),
                         [rate for rate, in self.query("select records_per_sec from results order by 1")])

    def test_text_from_outside_is_escaped(self):
        self.add_driver("tells-markdown")
        self.add_driver("dies-at-once")
        definition = self.define(["tells-markdown", "dies-at-once"])
        title = json.dumps(self.TITLE)
        self.write("bad.yaml", self.read("bad.yaml").replace("title: A test", f"title: {title}").replace(
            "- name: plain\n", f"- name: plain\n    title: {title}\n").replace(
            "{name: nothing,", f"{{name: nothing, title: {title},"))
        self.kbench("run", definition, status=1)
        self.kbench("report", "bad", "--out", self.path("out"))
        text = self.read("out", "report.md")
        self.assertIn(r"A \| \`b\` &lt;script&gt;alert(1)&lt;/script&gt; \*c\* \[d\](javascript:e) &#36;f&#36; &amp; \\g", text)
        for raw in ("<script", "`b`", "[d](", "$f$", "<img", "\x1b"):
            self.assertNotIn(raw, text)
        self.assert_tables_are_whole(text)
        for root, _, names in os.walk(self.path("out")):
            for name in names:
                if name.endswith((".svg", ".json")):
                    with open(os.path.join(root, name), encoding="utf-8") as file:
                        content = file.read()
                    self.assertNotIn("\x1b", content, name)
                    if name.endswith(".svg"):
                        self.assertNotIn("<script", content, name)
                    else:
                        json.loads(content)

    def assert_tables_are_whole(self, text):
        """Every row of a table has as many cells as the row above it."""
        def cells(line):
            return len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))

        lines = text.splitlines()
        for above, line in zip(lines, lines[1:]):
            if above.startswith("|") and line.startswith("|"):
                self.assertEqual(cells(above), cells(line), f"{above}\n{line}")


if __name__ == "__main__":
    unittest.main()
