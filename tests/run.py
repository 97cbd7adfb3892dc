#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the unit programs and the system tests and ends with the line "N passed, N failed[, N skipped]".

Each unit program is a cmocka program that writes TAP. A program that crashes, or that ends without having run a test,
counts as one failure. System tests are Python's unittest in tests/system; they find the program in KBENCH_PROGRAM. Each of
their classes is a process of its own, and as many run at a time as there are cores, four at most: most of them wait most of the
time. What a class prints comes when it has ended.
"""
import argparse
import concurrent.futures
import fnmatch
import json
import os
import re
import subprocess
import sys
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SYSTEM = os.path.join(ROOT, "tests", "system")
UNIT_TIMEOUT_S = 120
CLASSES_AT_ONCE = 4


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0


def matches(name, pattern):
    return not pattern or fnmatch.fnmatch(name, f"*{pattern}*")


def run_unit_program(path, count):
    environment = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="TAP", KBENCH_HOME=ROOT)
    try:
        done = subprocess.run([path], cwd=ROOT, env=environment, timeout=UNIT_TIMEOUT_S,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output, status = done.stdout.decode(errors="replace"), done.returncode
    except subprocess.TimeoutExpired as late:
        output, status = (late.stdout or b"").decode(errors="replace"), f"no end after {UNIT_TIMEOUT_S} s"
    failed = len(re.findall(r"^not ok ", output, re.M))
    skipped = len(re.findall(r"^ok .*# SKIP", output, re.M))
    passed = len(re.findall(r"^ok ", output, re.M)) - skipped
    # What TAP does not tell: a crash, a sanitizer's finding, a program without a test.
    if (status != 0 and failed == 0) or passed + failed + skipped == 0:
        failed += 1
    count.passed += passed
    count.failed += failed
    count.skipped += skipped
    print(f"{'ok    ' if failed == 0 else 'FAILED'} {os.path.basename(path)}: {passed} passed, {failed} failed", flush=True)
    if failed:
        print(f"{output}\n(status {status})", flush=True)


class Result(unittest.TextTestResult):
    """unittest's own, with the time that each test took."""

    def startTest(self, test):
        self.started = time.monotonic()
        super().startTest(test)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.stream.writeln(f"       {time.monotonic() - self.started:.1f} s")


def flatten(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from flatten(item)
        else:
            yield item


def find_system_tests(pattern):
    """The names of the tests, by class. A file that cannot be loaded is a class with one failing test."""
    sys.path.insert(0, SYSTEM)
    classes = {}
    for test in flatten(unittest.defaultTestLoader.discover(SYSTEM, top_level_dir=SYSTEM)):
        if isinstance(test, unittest.loader._FailedTest):
            classes[test.id()] = [test.id().rsplit(".", 1)[1]]
        elif matches(test.id(), pattern):
            classes.setdefault(test.id().rsplit(".", 1)[0], []).append(test.id())
    return classes


def run_class(names):
    """In the process of a class: its tests, and on the last line what became of them."""
    sys.path.insert(0, SYSTEM)
    suite = unittest.defaultTestLoader.loadTestsFromNames(names)
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=Result).run(suite)
    broken = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    print(json.dumps([result.testsRun - broken - skipped, broken, skipped]), flush=True)


def start_class(names):
    done = subprocess.run([sys.executable, os.path.abspath(__file__), "--class", *names], cwd=ROOT,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output, _, last = done.stdout.decode(errors="replace").rstrip("\n").rpartition("\n")
    try:
        passed, failed, skipped = json.loads(last)
    except ValueError:  # it died: none of its tests has a verdict
        output, passed, failed, skipped = f"{output}\n{last}\n(status {done.returncode})", 0, len(names), 0
    return output, max(passed, 0), failed, skipped


def run_system_tests(out, pattern, count):
    os.environ["KBENCH_PROGRAM"] = os.path.join(ROOT, out, "kbench")
    os.environ["KBENCH_TEST_OUT"] = os.path.join(ROOT, out)
    classes = find_system_tests(pattern)
    with concurrent.futures.ThreadPoolExecutor(min(os.cpu_count() or 1, CLASSES_AT_ONCE)) as pool:
        running = {pool.submit(start_class, names): name for name, names in classes.items()}
        for done in concurrent.futures.as_completed(running):
            output, passed, failed, skipped = done.result()
            print(f"{'ok    ' if failed == 0 else 'FAILED'} {running[done]}: {passed} passed, {failed} failed\n{output}",
                  flush=True)
            count.passed += passed
            count.failed += failed
            count.skipped += skipped


def main():
    if sys.argv[1:2] == ["--class"]:
        return run_class(sys.argv[2:])
    options = argparse.ArgumentParser()
    options.add_argument("--out", required=True)
    options.add_argument("--pattern", default="")
    options.add_argument("--no-system", action="store_true")
    options.add_argument("programs", nargs="*")
    options = options.parse_args()
    count = Count()
    for program in options.programs:
        if matches(os.path.basename(program), options.pattern):
            run_unit_program(program, count)
    if not options.no_system:
        run_system_tests(options.out, options.pattern, count)
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped", flush=True)
    return 1 if count.failed or count.passed == 0 else 0


sys.exit(main())
