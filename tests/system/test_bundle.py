# SPDX-License-Identifier: Apache-2.0
"""kbench bundle and kbench reproduce: what is given away, that it is the same each time, and what comes out alike elsewhere."""
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import tarfile
import time
import unittest

from support import PROGRAM, SystemTest

SECOND_CASE = """\
  - name: two
    topic: {partitions: 1, replication.factor: 1}
    measure: {warmup: 200ms, duration: 500ms}
runs:
  - {name: other, driver: 'null'}
"""
CLAIMS = """\
claims:
  - {name: as-fast, quote: One is as fast as the other, metric: records_per_sec, of: {case: plain, run: other},
     to: {case: plain, run: nothing}, ratio: [0.5, 2]}
  - {name: as-published, quote: As they said, metric: records_per_sec, of: {case: plain, run: nothing},
     to: {case: plain, run: nothing, published: p1}, ratio: [0.5, 2000000]}
report: {baseline: nothing, published: p1}
"""
PUBLISHED = "version,case,run,source_title,records_per_sec\np1,plain,nothing,Post,1000\n"
POST = "# A post\n\n<!-- kbench:table case=plain -->\n<!-- /kbench -->\n"


def definition(text):
    return text.replace("runs:\n", SECOND_CASE) + CLAIMS


class Bundle(SystemTest):
    measured = None  # a database of one campaign, which every test gets a copy of
    bundled = None   # the bundle of it, for tests that only read one

    def setUp(self):
        super().setUp()
        if Bundle.measured is None:
            self.kbench("run", self.mock_definition(trials=5, change=definition))
            self.kbench("import", self.write("p.csv", PUBLISHED))
            self.set_rates(self.database, 1000, 1100)
            with open(self.database, "rb") as file:
                Bundle.measured = file.read()
        self.write(os.path.relpath(self.database, self.folder), Bundle.measured)

    def change(self, database, sql):
        with sqlite3.connect(database) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
            connection.execute(sql)
        connection.close()

    def set_rates(self, database, nothing, other):
        """Nothing is left to chance: a little more from block to block, and the second client's spread is not the first's."""
        self.change(database, f"update trial set records_per_sec = (select case name when 'nothing' then {nothing} + block "
                              f"else {other} + 3 * ((block * 7) % 5) end from run where run.id = run_id), "
                              "latency_p50_ms = 1, latency_p99_ms = 2, client_cpu_s = 1")

    def bundle(self, name="b.tar.gz", *arguments, environment=None, status=0):
        path = self.path(name)
        return path, self.kbench("bundle", "t1", "--out", path, *arguments, environment=environment, status=status)[1]

    def any_bundle(self, name="b.tar.gz"):
        if Bundle.bundled is None:
            with open(self.bundle("made.tar.gz")[0], "rb") as file:
                Bundle.bundled = file.read()
        return self.write(name, Bundle.bundled)

    def members(self, path):
        with tarfile.open(path) as archive:
            return archive.getmembers()

    @staticmethod
    def sha256(path):
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()

    def unpack(self, path, name="unpacked"):
        os.makedirs(self.path(name))
        subprocess.run(["tar", "-xzf", path, "-C", self.path(name)], check=True)
        return self.path(name, "kbench-t1")

    def test_tar_and_sqlite_are_enough(self):
        self.write("t1.md", POST)
        self.kbench("publish", "t1", "t1.md")
        path, _ = self.bundle("b.tar.gz", "--post", "t1.md")
        folder = self.unpack(path)
        subprocess.run(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=folder, check=True)
        names = {member.name.removeprefix("kbench-t1/") for member in self.members(path)}
        for name in ("README.md", "SHA256SUMS", "results.db", "definition/t1.yaml", "definition/canonical.yaml",
                     "report/report.md", "report/report.html", "report/results.csv", "report/report.json", "post/t1.md",
                     "setup/pom.xml", "setup/drivers/null/driver.yaml"):
            self.assertIn(name, names)
        count = subprocess.run(["sqlite3", "results.db", "select count(*) from results where source = 'measured'"],
                               cwd=folder, check=True, stdout=subprocess.PIPE)
        self.assertEqual(count.stdout, b"20\n")
        with open(os.path.join(folder, "definition", "t1.yaml")) as file:
            self.assertEqual(file.read(), self.read("t1.yaml") if os.path.exists(self.path("t1.yaml")) else
                             self.query("select as_written from experiment")[0][0])
        with open(os.path.join(folder, "definition", "canonical.yaml"), "rb") as file:
            self.assertEqual(hashlib.sha256(file.read()).hexdigest(), self.query("select sha256 from experiment")[0][0])
        with open(os.path.join(folder, "README.md")) as file:
            readme = file.read()
        query = readme.split("in `sqlite3 results.db`:\n\n")[1].split("\n\n")[0]
        rows = subprocess.run(["sqlite3", "results.db", query], cwd=folder, check=True, stdout=subprocess.PIPE).stdout
        self.assertEqual(len(rows.split()), 5, query)

    def test_the_same_input_gives_the_same_bytes(self):
        first, _ = self.bundle("a.tar.gz")
        copy = self.path("elsewhere", "other.db")
        os.makedirs(os.path.dirname(copy))
        shutil.copy(self.database, copy)
        self.kbench("report", "t1", "--db", copy, "--out", self.path("out"), "--no-charts")
        second, _ = self.bundle("b.tar.gz", "--db", copy)
        self.assertEqual(self.sha256(first), self.sha256(second))
        ended = self.query("select max(cast(strftime('%s', ended_at) as integer)) from campaign")[0][0]
        self.assertEqual({(member.mtime, member.uid, member.gid, member.uname) for member in self.members(first)},
                         {(ended, 0, 0, "")})

    def test_a_secret_is_not_given_away(self):
        for sql, words in (
                ("update trial set command_line = 'client --token ghp_" + "a" * 36 + "' where block = 2",
                 "results.db, table trial, column command_line, row id "),
                ("insert into trial_setting values (1, 99, 'ssl.key.password', null, 'hunter2', null, 1)",
                 "results.db, table trial_setting, column requested, row trial_id 1, position 99: a value of "
                 "'ssl.key.password'"),
                ("insert into trial_event values (1, 99, null, 'stderr', 'login with correct horse battery')",
                 "column message, row trial_id 1, position 99: the value of the environment variable KAFKA_PASSWORD")):
            self.write(os.path.relpath(self.database, self.folder), Bundle.measured)
            self.change(self.database, sql)
            path, errors = self.bundle(status=1, environment=self.environment(KAFKA_PASSWORD="correct horse battery"))
            self.assertIn(words, errors)
            for secret in ("a" * 36, "hunter2", "correct horse"):
                self.assertNotIn(secret, errors)
            self.assertFalse(os.path.exists(path))
        self.write(os.path.relpath(self.database, self.folder), Bundle.measured)
        self.change(self.database, "insert into trial_setting values (1, 99, 'ssl.key.password', null, '<redacted>', null, 1)")
        self.bundle(environment=self.environment(KAFKA_PASSWORD="correct horse battery"))

    def test_a_secret_in_the_post(self):
        self.write("t1.md", POST + "\nWe ran it with sasl.password=hunter2\n")
        self.kbench("publish", "t1", "t1.md")
        _, errors = self.bundle("b.tar.gz", "--post", "t1.md", status=1)
        self.assertRegex(errors, r"post/t1\.md:\d+: a value of 'sasl\.password'")

    def test_a_stale_post_is_not_given_away(self):
        self.write("t1.md", POST)
        self.assertIn("'kbench publish t1 t1.md' first", self.bundle("b.tar.gz", "--post", "t1.md", status=1)[1])
        self.assertFalse(os.path.exists(self.path("b.tar.gz")))

    def test_what_is_refused(self):
        self.assertIn("no version 't9'", self.kbench("bundle", "t9", status=2)[1])
        self.assertIn("there is no bundle 'none.tar.gz'", self.kbench("reproduce", "none.tar.gz", status=2)[1])
        with tarfile.open(self.path("evil.tar.gz"), "w:gz") as archive:
            archive.add(self.database, "kbench-t1/../../evil.db")
        self.assertIn("would lie outside", self.kbench("reproduce", "evil.tar.gz", status=2)[1])
        os.symlink("/etc", self.path("link"))
        with tarfile.open(self.path("link.tar.gz"), "w:gz") as archive:
            archive.add(self.path("link"), "kbench-t1/link")
        self.assertIn("neither a file nor a folder", self.kbench("reproduce", "link.tar.gz", status=2)[1])
        os.makedirs(self.path("empty"))
        self.assertIn("'empty' is no bundle: it has no SHA256SUMS", self.kbench("reproduce", "empty", status=2)[1])
        os.symlink("/dev/null", self.path("null"))
        for name in ("empty", "null"):
            self.assertIn("no file that an archive can take the place of", self.bundle(name, status=2)[1])
        self.assertTrue(os.path.islink(self.path("null")))

    def test_an_interrupted_bundle_leaves_nothing(self):
        scratch = self.path("scratch")
        os.makedirs(scratch)
        process = subprocess.Popen([PROGRAM, "bundle", "t1", "--out", self.path("b.tar.gz")], stderr=subprocess.PIPE, text=True,
                                   env=self.environment(TMPDIR=scratch), cwd=self.folder)
        while process.poll() is None and not os.listdir(scratch):
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        self.assertEqual(os.listdir(scratch), [])
        self.assertFalse(os.path.exists(self.path("b.tar.gz")))

    def test_a_changed_bundle(self):
        path = self.any_bundle()
        folder = self.unpack(path)
        with open(os.path.join(folder, "definition", "t1.yaml"), "a") as file:
            file.write("# more\n")
        self.assertIn("'definition/t1.yaml' is not what SHA256SUMS says", self.kbench("reproduce", folder, status=2)[1])
        os.remove(os.path.join(folder, "definition", "t1.yaml"))
        self.assertIn("'definition/t1.yaml' is not what SHA256SUMS says", self.kbench("reproduce", folder, status=2)[1])

    def test_reproduced_in_another_folder(self):
        path = self.any_bundle()
        os.makedirs(self.path("there"))
        moved = shutil.move(path, self.path("there", "x.tar.gz"))
        output, errors = self.kbench("reproduce", moved, "--trials", "5", "--only", "plain/*", "--db",
                                     self.path("there", "mine.db"))
        self.assertIn("10 trials to run", errors)
        self.assertRegex(output, r"(?m)^records_per_sec, ratio to nothing$")
        self.assertRegex(output, r"(?m)^  plain/other +1\.\d+ \[.*\] +\d.*\[.*\] +\d.*\[.*\] +\d+\.\d %  (alike|other: \w+ here)$")
        self.assertIn("Only the bundle has trials of two/other / two/nothing", output)
        self.assertRegex(output, r"(?m)^  as-fast +holds +\w+")
        output, errors = self.kbench("reproduce", moved, "--trials", "5", "--only", "plain/*", "--db",
                                     self.path("there", "mine.db"))
        self.assertIn("0 trials to run", errors)

    def test_a_claim_that_flips(self):
        path = self.any_bundle()
        here = self.path("here.db")
        shutil.copy(self.database, here)
        output, _ = self.kbench("reproduce", path, "--no-run", "--db", here)
        self.assertRegex(output, r"(?m)^  plain/other .* alike$")
        self.assertIn("\n0 of 2 claims flipped", output)
        self.set_rates(here, 1000, 3300)
        output, errors = self.kbench("reproduce", path, "--no-run", "--db", here, status=1)
        self.assertIn("claims that came out the other way: as-fast", errors)
        self.assertRegex(output, r"(?m)^  as-fast +holds +fails, flipped$")
        self.assertRegex(output, r"(?m)^  as-published +holds +holds *$")
        self.assertRegex(output, r"(?m)^  plain/other +1\.\d+ .* 3\.\d+ .* other: higher here$")
        self.assertRegex(output, r"(?m)^  plain/other +1,10\d\.0 .* 3,30\d\.0 ")
        self.change(here, "update trial set status = 'failed' where block = 1")
        output, _ = self.kbench("reproduce", path, "--no-run", "--db", here)
        self.assertRegex(output, r"(?m)^  as-fast +holds +undecided *$")
        self.assertRegex(output, r"(?m)^  plain/other .* n<5$")
        self.assertNotIn("The definition here", output)
        self.change(here, f"update experiment set sha256 = '{'a' * 64}'")
        output, _ = self.kbench("reproduce", path, "--no-run", "--db", here)
        self.assertRegex(output, r"The definition here is another one: SHA-256 a{64}, the bundle's is [0-9a-f]{64}\.")

    def test_a_driver_that_is_not_here(self):
        folder = self.unpack(self.any_bundle())
        definition = os.path.join(folder, "definition", "t1.yaml")
        with open(definition) as file:
            text = file.read()
        with open(definition, "w") as file:
            file.write(text.replace("driver: 'null'", "driver: nul"))
        subprocess.run("sha256sum $(cut -c67- SHA256SUMS) > sums && mv sums SHA256SUMS", shell=True, cwd=folder, check=True)
        _, errors = self.kbench("reproduce", folder, status=2)
        self.assertRegex(errors, rf"(?m)^{folder}: definition/t1\.yaml:\d+:\d+: there is no driver 'nul'")

    def test_no_database_to_judge(self):
        path = self.any_bundle()
        self.assertIn("there is no database 'results/reproduce-t1.db'",
                      self.kbench("reproduce", path, "--no-run", status=2)[1])


if __name__ == "__main__":
    unittest.main()
