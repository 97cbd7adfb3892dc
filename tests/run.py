#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the unit programs and the system tests and ends with the line "N passed, N failed[, N skipped]".

Each unit program is a cmocka program that writes TAP. A program that crashes, or that ends without having run a test,
counts as one failure. System tests are Python's unittest in tests/system; they find the program in KBENCH_PROGRAM.
"""
import argparse
import fnmatch
import os
import re
import subprocess
import sys
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
UNIT_TIMEOUT_S = 120


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


def select(suite, pattern):
    chosen = unittest.TestSuite()
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            chosen.addTests(select(item, pattern))
        elif isinstance(item, unittest.loader._FailedTest) or matches(item.id(), pattern):
            chosen.addTest(item)
    return chosen


def run_system_tests(out, pattern, count):
    os.environ["KBENCH_PROGRAM"] = os.path.join(ROOT, out, "kbench")
    os.environ["KBENCH_TEST_OUT"] = os.path.join(ROOT, out)
    folder = os.path.join(ROOT, "tests", "system")
    suite = select(unittest.defaultTestLoader.discover(folder, top_level_dir=folder), pattern)
    if suite.countTestCases() == 0:
        return
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=Result).run(suite)
    broken = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    count.failed += broken
    count.skipped += len(result.skipped)
    count.passed += result.testsRun - broken - len(result.skipped)


def main():
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
