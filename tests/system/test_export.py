# SPDX-License-Identifier: Apache-2.0
"""kbench export: what other programs read is what the database holds."""
import csv
import datetime
import glob
import io
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import unittest

from support import PROGRAM, ROOT, SystemTest

PUBLISHED = os.path.join(ROOT, "experiments", "published", "post-v1.0.csv")
JARS = glob.glob(os.path.join(ROOT, "build", "lib", "hdrhistogram", "*.jar"))
READER = os.path.join(ROOT, "tests", "system", "HistogramLog.java")
HEAD = '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"'

# Two versions without a cluster: `a` with names and values that formats must escape, `b` with two revisions.
ROWS = """\
insert into experiment (id, version, revision, title, canonical, as_written, sha256, registered_at) values
  (1, 'a', 1, 'A', '', '', hex(zeroblob(32)), '2026-01-01T00:00:00.000Z'),
  (2, 'b', 1, 'B', '', '', hex(zeroblob(32)), '2026-01-02T00:00:00.000Z'),
  (3, 'b', 2, 'B', '', '', hex(zeroblob(32)), '2026-01-03T00:00:00.000Z');
insert into experiment_case (id, experiment_id, position, name, title, workload, record_size, partitions, replication_factor)
  values (1, 1, 0, 'a case, 100%', 'Case "A"', 'produce', 100, 6, 1), (2, 2, 0, 'c', 'C', 'produce', 100, 1, 1),
         (3, 3, 0, 'c', 'C', 'produce', 100, 1, 1);
insert into run (id, experiment_id, position, name, title, driver) values
  (1, 1, 0, 'r/1', 'R' || char(13, 10) || '1', 'c'), (2, 2, 0, 'r', 'R', 'c'), (3, 3, 0, 'r', 'R', 'c');
insert into campaign (id, experiment_id, started_at, seed, pid) values
  (1, 1, '2026-01-01T00:00:00.000Z', 1, 1), (2, 2, '2026-01-02T00:00:00.000Z', 1, 1), (3, 3, '2026-01-03T00:00:00.000Z', 1, 1);
insert into trial (id, campaign_id, case_id, run_id, block, attempt, status, cause, source, started_at, setup_s, warmup_s,
                   duration_s, records_per_sec, window_records, client_library) values
  (1, 1, 1, 1, 1, 1, 'disturbed', 'steal | "x"', 'measured', '2026-01-01T00:00:10.250Z', 0.5, 2, 6.125, 0.1 + 0.2, 5, ''),
  (2, 1, 1, 1, 1, 2, 'ok', NULL, 'measured', '2026-01-01T00:01:00.000Z', 0.5, 2, 6, 1e10, 7, NULL),
  (3, 2, 2, 2, 1, 1, 'ok', NULL, 'measured', '2026-01-02T00:00:00.000Z', 0.5, 2, 6, 3, 3, NULL),
  (4, 3, 3, 3, 1, 1, 'ok', NULL, 'measured', '2026-01-03T00:00:00.000Z', 0.5, 2, 6, 4, 4, NULL);
insert into trial_setting values (1, 0, 'acks', 'request.required.acks', 'all', '-1', 1),
                                 (1, 1, NULL, 'own.key', 'x', NULL, 0);
insert into trial_disturbance values (1, 'steal', 0.0625, 0.01);
insert into trial_event values (1, 0, 12, 'stderr', 'line 1' || char(10) || '"line" 2'), (1, 1, NULL, 'warning', 'w');
insert into trial_interval (trial_id, interval_ms, offset_ms, records, p50_ns) values (1, 1000, 0, 5, 1999), (1, 1000, 1000, 0, NULL);
"""


class ExportTest(SystemTest):
    def setUp(self):
        super().setUp()
        self.kbench("import", PUBLISHED)

    def script(self, sql):
        connection = sqlite3.connect(self.database)
        connection.executescript(sql)
        connection.close()

    def export(self, *arguments):
        return self.kbench("export", *arguments)[0]


class Rows(ExportTest):
    def setUp(self):
        super().setUp()
        self.script(ROWS)

    def database_rows(self, where="1"):
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        rows = connection.execute(f"select * from results where {where} order by trial_id is null, trial_id, experiment, "
                                  "case_name, run_name").fetchall()
        connection.close()
        return rows

    def test_csv_is_the_view_to_the_bit(self):
        output = subprocess.run([PROGRAM, "export"], env=self.environment(), stdout=subprocess.PIPE, check=True).stdout
        found = list(csv.reader(io.StringIO(output.decode(), newline="")))
        rows = self.database_rows()
        self.assertEqual(len(rows), 4 + 12)
        self.assertEqual(found[0], rows[0].keys())
        for read, row in zip(found[1:], rows):
            for text, value, name in zip(read, row, row.keys()):
                self.assertEqual(type(value)(text) if value is not None else text, "" if value is None else value, name)
        self.assertEqual(len(found), 1 + len(rows))
        self.assertIn(b'"a case, 100%"', output)
        # RFC 4180: lines end with CRLF; a text of no characters is not an absent one.
        self.assertEqual(output.count(b"\n"), output.count(b"\r\n"))
        self.assertEqual(found[1][found[0].index("client_library")], "")
        self.assertIn(b',"",', output)

    def test_json_lines_hold_what_belongs_to_a_trial(self):
        lines = [json.loads(line) for line in self.export("--format", "jsonl", "--intervals").splitlines()]
        rows = self.database_rows()
        self.assertEqual(len(lines), len(rows))
        for line, row in zip(lines, rows):
            self.assertEqual({name: line[name] for name in row.keys()}, dict(row))
        first, second, published = lines[0], lines[1], lines[-1]
        self.assertEqual(first["trial_setting"], [
            {"canonical": "acks", "native": "request.required.acks", "requested": "all", "in_force": "-1", "applied": 1},
            {"canonical": None, "native": "own.key", "requested": "x", "in_force": None, "applied": 0}])
        self.assertEqual(first["trial_disturbance"], [{"rule": "steal", "measured": 0.0625, "bound": 0.01}])
        self.assertEqual(first["trial_event"], [{"offset_ms": 12, "kind": "stderr", "message": 'line 1\n"line" 2'},
                                                {"offset_ms": None, "kind": "warning", "message": "w"}])
        self.assertEqual([(i["offset_ms"], i["records"], i["p50_ns"]) for i in first["trial_interval"]],
                         [(0, 5, 1999), (1000, 0, None)])
        self.assertEqual([second[f"trial_{part}"] for part in ("setting", "disturbance", "event", "interval")], [[], [], [], []])
        self.assertNotIn("trial_setting", published)
        self.assertNotIn("trial_interval", json.loads(self.export("a", "--format", "jsonl").splitlines()[0]))

    def selected(self, *arguments):
        return [(row["experiment"], row["revision"], row["trial_id"])
                for row in csv.DictReader(io.StringIO(self.export(*arguments)))]

    def test_what_is_asked_for(self):
        self.assertEqual(self.selected("b"), [("b", "2", "4")])
        self.assertEqual(self.selected("b@1"), [("b", "1", "3")])
        self.assertEqual(self.selected("a", "--case", "a case, 100%", "--run", "r/1"), [("a", "1", "1"), ("a", "1", "2")])
        self.assertEqual(self.selected("v1.0", "--case", "no-replication", "--run", "pure-java"), [("v1.0", "", "")])
        self.assertEqual([row[2] for row in self.selected("--case", "c")], ["3", "4"])

    def test_what_is_not_there(self):
        for arguments, words in ((["c9"], "there is no version 'c9'"), (["b@3"], "version 'b' has no revision 3"),
                                 (["b@x"], "expected one such as v2, or v2@1"), (["v1.0@1"], "there is no version 'v1.0'"),
                                 (["a", "--case", "a case, 10%"], "did you mean 'a case, 100%'?"),
                                 (["a", "--case", "c"], "there is no case 'c' in a"),
                                 (["--run", "pure-jawa"], "did you mean 'pure-java'?"),
                                 (["--format", "jsnl"], "did you mean 'jsonl'?"),
                                 (["--format", "hdr"], "--format hdr is about one version"),
                                 (["v1.0", "--format", "hdr"], "no trial of 'v1.0' that was asked for has a histogram"),
                                 (["--db", "none.db"], "there is no database 'none.db'")):
            with self.subTest(arguments):
                path = self.write("out.csv", "before")
                output, errors = self.kbench("export", *arguments, "--out", path, status=2)
                self.assertEqual(output, "")
                self.assertIn(words, errors)
                self.assertEqual(self.read("out.csv"), "before")
                self.assertEqual([name for name in os.listdir(self.folder) if "tmp" in name], [])

    def test_a_file_is_whole_or_not_there(self):
        path = self.path("out.csv")
        self.assertEqual(self.export("--out", path), "")
        with open(path, encoding="utf-8", newline="") as file:
            self.assertEqual(list(csv.reader(file)), list(csv.reader(io.StringIO(self.export()))))
        _, errors = self.kbench("export", "--out", self.path("nowhere", "out.csv"), status=3)
        self.assertIn("nowhere/out.csv", errors)
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "export"], env=self.environment(), stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 3)
        self.assertIn("standard output", done.stderr)

    def test_what_a_file_must_not_take_the_place_of(self):
        with open(self.database, "rb") as file:
            before = file.read()
        for arguments in ([], ["a", "--format", "sql"]):
            _, errors = self.kbench("export", *arguments, "--out", self.database, status=2)
            self.assertIn("is the database itself", errors)
        with open(self.database, "rb") as file:
            self.assertEqual(file.read(), before)
        _, errors = self.kbench("export", "--out", self.folder, status=2)
        self.assertIn("is a folder", errors)
        os.symlink("/dev/full", self.path("full"))
        for arguments in ([], ["a", "--format", "jsonl"]):
            _, errors = self.kbench("export", *arguments, "--out", self.path("full"), status=3)
            self.assertIn("cannot write", errors)
        self.assertTrue(stat.S_ISCHR(os.stat(self.path("full")).st_mode))

    def test_a_link_stays_one(self):
        os.symlink("real.csv", self.path("link.csv"))
        self.write("real.csv", "before")
        self.kbench("export", "--out", self.path("link.csv"))
        self.assertTrue(os.path.islink(self.path("link.csv")))
        with open(self.path("real.csv"), encoding="utf-8", newline="") as file:
            self.assertEqual(file.read(), self.export())


class Memory(ExportTest):
    TRIALS = 20000
    ROOM_KB = 8 * 1024  # SQLite's own caches; the rows are three times as much

    def peak_kb(self, *arguments):
        process = subprocess.Popen([PROGRAM, "export", *arguments], env=self.environment(), stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return usage.ru_maxrss

    def test_it_does_not_grow_with_the_rows(self):
        self.script(ROWS)
        with open(os.path.join(ROOT, "tests", "data", "histogram", "log-normal.payload"), encoding="ascii") as file:
            payload = file.read().strip()
        self.script(f"insert into trial_latency select id, 'producer', '{payload}' from trial")
        formats = (["b", "--format", "csv"], ["b", "--format", "jsonl"], ["b", "--format", "hdr"])
        few = [self.peak_kb(*arguments) for arguments in formats]
        self.script(f"""\
            with recursive n (i) as (select 5 union all select i + 1 from n where i < {self.TRIALS})
            insert into trial (id, campaign_id, case_id, run_id, block, attempt, status, source, started_at, setup_s, warmup_s,
                               duration_s, cause)
            select i, 3, 3, 3, i, 1, 'ok', 'measured', '2026-01-03T00:00:00.000Z', 0, 0, 1, printf('%.1000c', 'x') from n;
            insert into trial_event select id, 0, 0, 'stderr', 'x' from trial where id >= 5;
            insert into trial_latency select id, 'producer', '{payload}' from trial where id >= 5 and id % 10 = 0""")
        many = [self.peak_kb(*arguments) for arguments in formats]
        for arguments, before, after in zip(formats, few, many):
            with self.subTest(arguments):
                self.assertLess(after - before, self.ROOM_KB)


@unittest.skipUnless(JARS and shutil.which("java"), "needs a JDK and the HdrHistogram jar: make setup")
class HistogramLog(ExportTest):
    def read_log(self, path):
        """By Java's own reader: {tag: (start, end, count, maximum, [percentiles])} in its order, and the log's start time."""
        done = subprocess.run(["java", "-XX:TieredStopAtLevel=1", "-cp", os.pathsep.join(JARS), READER, path],
                              stdout=subprocess.PIPE, text=True, check=True, timeout=120)
        *lines, start = done.stdout.splitlines()
        found = {}
        for line in lines:
            tag, *numbers = line.split(" ")
            begin, end, count, maximum, *percentiles = map(int, numbers)
            self.assertNotIn(tag, found)
            found[tag] = (begin, end, count, maximum, percentiles)
        return found, float(start.split()[1])

    @staticmethod
    def milliseconds(iso8601):
        return datetime.datetime.fromisoformat(iso8601.replace("Z", "+00:00")).timestamp() * 1000

    def test_measured_trials(self):
        self.kbench("run", self.mock_definition(trials=3))
        path = self.path("t1.hlog")
        self.kbench("export", "t1", "--format", "hdr", "--out", path)
        found, start = self.read_log(path)
        rows = self.query("select trial, started_at, setup_s + warmup_s, duration_s, window_records, latency_max_ms, "
                          "latency_p50_ms, latency_p95_ms, latency_p99_ms, latency_p999_ms from results "
                          "where source = 'measured' order by started_at")
        self.assertEqual(len(rows), 3)
        self.assertEqual(list(found), [f"plain/nothing/{row[0]}" for row in rows])
        for (trial, started, before, duration, count, maximum, *percentiles), log in zip(rows, found.values()):
            with self.subTest(trial=trial):
                begin = self.milliseconds(started) + 1000 * before
                self.assertAlmostEqual(log[0], begin, delta=2)
                self.assertAlmostEqual(log[1] - log[0], 1000 * duration, delta=2)
                self.assertEqual(log[2], count)
                self.assertEqual(log[3] / 1e6, maximum)
                self.assertEqual([value / 1e6 for value in log[4]], percentiles)
        self.assertAlmostEqual(1000 * start, next(iter(found.values()))[0], delta=2)

    def test_form_of_the_log(self):
        self.script(ROWS)
        with open(os.path.join(ROOT, "tests", "data", "histogram", "log-normal.payload"), encoding="ascii") as file:
            payload = file.read().strip()
        self.script(f"insert into trial_latency select id, 'producer', '{payload}' from trial where id > 1;"
                    f"insert into trial_latency select 1, value, '{payload}' from json_each('[\"producer\", \"consumer\"]')")
        path = self.path("a.hlog")
        self.kbench("export", "a", "--format", "hdr", "--out", path)
        found, start = self.read_log(path)
        case, run = "a%20case%2C%20100%25", "r%2F1"
        self.assertEqual(list(found), [f"{case}/{run}/1/disturbed", f"{case}/{run}/1/disturbed/consumer", f"{case}/{run}/1.2"])
        self.assertEqual(start, 1767225612.75)  # 2026-01-01T00:00:10.250Z and 2.5 s of set-up and warm-up
        lines = self.read("a.hlog").splitlines()
        self.assertTrue(lines[0].startswith("#[Logged by kbench "))
        self.assertEqual(lines[1], "#[Histogram log format version 1.3]")
        self.assertEqual(lines[2], "#[StartTime: 1767225612.750 (seconds since epoch), 2026-01-01T00:00:12Z]")
        self.assertIn("nanoseconds", lines[3])
        self.assertEqual(lines[5], HEAD)
        count, maximum = found[f"{case}/{run}/1.2"][2:4]
        self.assertEqual(count, 20000)
        self.assertEqual(lines[8], f"Tag={case}/{run}/1.2,1767225662.500,6.000,{maximum / 1e6:.3f},{payload}")
        self.assertEqual(len(lines), 9)

    def test_a_histogram_that_cannot_be_read(self):
        self.script(ROWS + "insert into trial_latency values (2, 'producer', 'rubbish')")
        output, errors = self.kbench("export", "a", "--format", "hdr", "--out", self.path("a.hlog"), status=2)
        self.assertIn("trial 2: ", errors)
        self.assertFalse(os.path.exists(self.path("a.hlog")))


if __name__ == "__main__":
    unittest.main()
