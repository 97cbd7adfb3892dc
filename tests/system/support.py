# SPDX-License-Identifier: Apache-2.0
"""What the system tests share: a scratch folder, the program as a user starts it, its database, processes that end."""
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("KBENCH_PROGRAM", os.path.join(ROOT, "build", "kbench"))
OUT = os.environ.get("KBENCH_TEST_OUT", os.path.join(ROOT, "build"))

# Bounds against a hang, far above what anything takes; no test asserts a time.
COMMAND_TIMEOUT_S = 180

# Without the rules of disturbance that are on by default: the machine that runs the tests has other things to do, too.
MOCK_DEFINITION = """\
version: {version}
title: {title}
cluster: {{kind: mock, brokers: 3}}
cases:
  - name: plain
    topic: {{partitions: 2, replication.factor: 1}}
    measure: {{warmup: 200ms, duration: 500ms}}
runs:
  - {{name: nothing, driver: 'null'}}
design:
  trials: {{min: {trials}}}
  timeout: 20s
  retries: {retries}
  disturbance: {{steal: off, other-cpu: off, stall-memory: off, broker-gc: off}}
"""


class SystemTest(unittest.TestCase):
    """Each test has a folder of its own; what it started is ended, by its own id, also when it fails."""

    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="kbench-test-")
        self.addCleanup(self.scratch.cleanup)
        self.folder = self.scratch.name
        self.database = os.path.join(self.folder, "results", "kbench.db")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, content):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb" if isinstance(content, bytes) else "w") as file:
            file.write(content)
        return path

    def write_driver(self, name, program, *arguments, python=sys.executable, **keys):
        """A driver below drivers/, which KBENCH_DRIVERS has to name: a program of this folder, told by its arguments what to do."""
        command = [python, os.path.join(ROOT, "tests", "system", program), *arguments]
        keys = {"protocol": 1, "title": "A test", "language": "Python", "library": "none", "kind": "test", "delivers": "false",
                "clusters": "[mock]", "workloads": "[produce]", "passes-unknown": "true", "command": command, **keys}
        return self.write(f"drivers/{name}/driver.yaml", "".join(f"{key}: {value}\n" for key, value in keys.items()))

    def read(self, *names):
        with open(self.path(*names), encoding="utf-8") as file:
            return file.read()

    def mock_definition(self, version="t1", title="A test", trials=1, retries=0, change=lambda text: text):
        text = MOCK_DEFINITION.format(version=version, title=title, trials=trials, retries=retries)
        return self.write(f"{version}.yaml", change(text))

    def environment(self, **more):
        return dict(os.environ, KBENCH_HOME=ROOT, KBENCH_BUILD=os.path.join(ROOT, "build"), KBENCH_DB=self.database,
                    NO_COLOR="1", **more)

    def kbench(self, *arguments, status=0, environment=None, stdin=None):
        """Run to the end; its exit status must be `status`. Returns (standard output, standard error)."""
        done = subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=environment or self.environment(), input=stdin,
                              stdin=subprocess.DEVNULL if stdin is None else None,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=COMMAND_TIMEOUT_S)
        output, errors = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        self.assertEqual(done.returncode, status, f"kbench {' '.join(arguments)}\n{output}\n{errors}")
        return output, errors

    def start(self, *arguments, environment=None):
        """Start without waiting; a process group of its own that is ended with the test."""
        process = subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, env=environment or self.environment(),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   start_new_session=True)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()

    def wait_until(self, condition, what, timeout_s=60):
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            value = condition()
            if value:
                return value
            time.sleep(0.05)
        return self.fail(f"not within {timeout_s} s: {what}")

    def query(self, sql, *parameters):
        """Rows of the test's database, by SQLite itself and not by kbench."""
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return connection.execute(sql, parameters).fetchall()
        finally:
            connection.close()

    def assert_database_is_whole(self):
        self.assertEqual(self.query("pragma integrity_check"), [("ok",)])
        self.assertEqual(self.query("pragma foreign_key_check"), [])


def descendants(pid):
    """Process ids below `pid`, from /proc."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    parents[int(name)] = int(file.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found, frontier = [], [pid]
    while frontier:
        frontier = [child for child, parent in parents.items() if parent in frontier]
        found += frontier
    return found


def is_alive(pid):
    """Whether it runs (a zombie does not)."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False
