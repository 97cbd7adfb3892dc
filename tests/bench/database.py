#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a database of a million trials costs: database.py OUT [TRIALS [DEFINITION]], OUT being the build folder.

Makes a small database and a large one by tests/tools/million.c, and asks both the same: the median time of ROUNDS runs, the small
and the large one in turn, and the steps of SQLite's virtual machine. A command's time holds the start of its process.
"""
import glob
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SMALL_TRIALS = 1000
ROUNDS = 5
INSERTIONS = 20
BOUND_S = {"status": 0.1}  # else one second


class Bench:
    def __init__(self, out, trials, definition):
        self.out = os.path.abspath(out)
        self.folder = os.path.join(self.out, "bench-database")
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        self.version = os.path.splitext(os.path.basename(definition))[0]
        sizes = (("small", SMALL_TRIALS), ("large", trials))
        self.databases = [self.make(name, count, definition) for name, count in sizes]

    def tool(self, name):
        return os.path.join(self.out, "tests", "tools", name)

    def run(self, *command):
        done = subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, env=dict(os.environ, KBENCH_HOME=ROOT))
        if done.returncode != 0:
            sys.exit(f"database: {' '.join(command)}: status {done.returncode}\n{done.stderr}")
        return done

    def make(self, name, trials, definition):
        database = os.path.join(self.folder, f"{name}.db")
        print(f"{name}:", self.run(self.tool("million"), database, str(trials), definition).stdout, end="", flush=True)
        tables = sorted(glob.glob(os.path.join(ROOT, "experiments", "published", "*.csv")))
        self.run(os.path.join(self.out, "kbench"), "import", *tables, "--db", database, "-q")
        return database

    def time_of(self, database, arguments):
        began = time.perf_counter()
        self.run(os.path.join(self.out, "kbench"), *arguments, "--db", database)
        return time.perf_counter() - began

    def steps_of(self, database, arguments):
        done = self.run(self.tool("statement_steps"), *arguments, "--db", database)
        return int(done.stderr.split("\n")[-2].split()[0])

    def ask(self, arguments):
        """Median seconds and steps of each database."""
        times = [[self.time_of(database, arguments) for database in self.databases] for _ in range(ROUNDS)]
        return [statistics.median(column) for column in zip(*times)], [self.steps_of(database, arguments)
                                                                       for database in self.databases]

    def insert(self):
        """The same of one more trial."""
        rounds = [[self.run(self.tool("trial_insertion"), database, str(INSERTIONS)).stdout.split()
                   for database in self.databases] for _ in range(ROUNDS)]
        times = [[float(milliseconds) / 1000 for milliseconds, _ in measured] for measured in rounds]
        return [statistics.median(column) for column in zip(*times)], [int(steps) for _, steps in rounds[-1]]


def readme_queries():
    """The arguments of each `kbench sql` that asks something of the trials."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        lines = re.findall(r"^ +build/kbench sql (.+)$", file.read(), re.M)
    commands = [shlex.split(line, comments=True) for line in lines]
    return [command for command in commands if command and not command[0].startswith("--")]


def questions(version):
    """Names and arguments."""
    yield "report, no charts", ["report", version, "--no-charts", "--out", "report", "-q"]
    yield "report", ["report", version, "--out", "report", "-q"]
    yield "index of all versions", ["report", "--out", "index", "-q"]
    yield "status", ["status"]
    yield "claims", ["claims", version]
    for query in readme_queries():
        yield " ".join(query), ["sql", *query, "--format", "csv"]


def print_row(name, cells):
    print(f"{name[:70]:70}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


def print_result(name, times, steps):
    bound = BOUND_S.get(name, 1.0)
    print_row(name, [*(f"{seconds * 1000:.1f}" for seconds in times), *steps,
                     "" if times[1] < bound else f"over {bound:g} s"])


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    trials = int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    definition = sys.argv[3] if len(sys.argv) > 3 else os.path.join(ROOT, "experiments", "v2.yaml")
    bench = Bench(sys.argv[1], trials, os.path.abspath(definition))
    print_row("", ["small, ms", "large, ms", "small, steps", "large, steps", ""])
    print_result("one more trial", *bench.insert())
    for name, arguments in questions(bench.version):
        print_result(name, *bench.ask(arguments))
    shutil.rmtree(bench.folder)


main()
