#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that arrows.py can fail: each rule on a source that breaks it, and on one that only looks like it."""
import os
import subprocess
import sys
import tempfile
import unittest

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
sys.dont_write_bytecode = True
import arrows  # noqa: E402

SPDX = "/* SPDX-License-Identifier: Apache-2.0 */\n"
BANNED = '#include "base/banned.h"\n'


def findings(path, body, banned=BANNED):
    return [message for _, message in arrows.check_file(path, SPDX + body + banned)]


class Includes(unittest.TestCase):
    def test_down_is_allowed(self):
        for path, header in [("src/report/a.c", "store/store.h"), ("src/store/a.c", "experiment/experiment.h"),
                             ("src/base/a.c", "base/b.h"), ("src/main.c", "commands/command.h"),
                             ("src/commands/a.c", "runner/b.h")]:
            self.assertEqual(findings(path, f'#include "{header}"\n'), [], path)

    def test_up_and_across_are_not(self):
        for path, header in [("src/base/a.c", "measure/b.h"), ("src/store/a.c", "driver/b.h"),
                             ("src/measure/a.c", "experiment/b.h"), ("src/cluster/a.c", "runner/b.h"),
                             ("src/report/a.c", "runner/b.h"), ("src/runner/a.c", "commands/b.h")]:
            self.assertRegex(findings(path, f'  #  include "{header}"\n')[0], "may not know", path)

    def test_main(self):
        message = findings("src/main.c", '#include "store/store.h"\n')[0]
        self.assertRegex(message, "main.c includes base and commands only")

    def test_without_a_room(self):
        self.assertRegex(findings("src/base/a.c", '#include "b.h"\n')[0], "not of a room")

    def test_in_a_comment_or_a_header(self):
        comments = '/*\n#include "store/store.h"\n*/\n// #include "store/store.h"\n'
        self.assertEqual(findings("src/base/a.c", comments), [])
        self.assertRegex(findings("src/base/a.h", '#include "store/store.h"\n', "")[0], "may not know")

    def test_libraries(self):
        self.assertRegex(findings("src/runner/a.c", "#include <sqlite3.h>\n")[0], "is for src/")
        self.assertRegex(findings("src/driver/a.c", "#include <librdkafka/rdkafka.h>\n")[0], "is for src/")
        self.assertEqual(findings("src/store/a.c", "#include <sqlite3.h>\n"), [])
        self.assertEqual(findings("tests/unit/a.c", "#include <sqlite3.h>\n"), [])

    def test_banned_is_last(self):
        self.assertRegex(findings("src/base/a.c", "", '#include "base/text.h"\n')[0], "the last include")
        self.assertRegex(findings("src/base/a.c", "", BANNED + "#include <math.h>\n")[0], "the last include")
        self.assertRegex(findings("src/base/a.c", "", "int x;\n")[0], "the last include")
        self.assertEqual(findings("src/base/a.h", "", ""), [])
        self.assertEqual(findings("src/drivers/c/main.c", "", ""), [])


class Words(unittest.TestCase):
    def test_sql(self):
        for statement in ["SELECT 1", "INSERT INTO t VALUES (1)", "INSERT OR IGNORE INTO t", "UPDATE t SET a = 1",
                          "DELETE FROM t", "PRAGMA integrity_check", "select a from t"]:
            self.assertRegex(findings("src/runner/a.c", f'call("{statement}");\n')[0], "SQL stands", statement)
            self.assertEqual(findings("src/store/a.c", f'call("{statement}");\n'), [], statement)
        other = '/* SELECT 1 */ call("select one, update the other, delete", SELECT);\n'
        self.assertEqual(findings("src/runner/a.c", other), [])

    def test_exit(self):
        for call in ["exit(1);", "_exit (1);", "x = 1; exit(2);"]:
            self.assertRegex(findings("src/runner/a.c", call + "\n")[0], "exit", call)
        other = 'on_exit_do(1); x.exit(1); p->exit(2); say("exit(1)"); // exit(1)\n'
        self.assertEqual(findings("src/runner/a.c", other), [])
        self.assertEqual(findings("src/main.c", "exit(1);\n"), [])

    def test_gnuplot(self):
        for string in ["gnuplot", "plots/throughput.gp", "set terminal svg"]:
            self.assertRegex(findings("src/report/html.c", f'call("{string}");\n')[0], "gnuplot", string)
            self.assertEqual(findings("src/report/charts.c", f'call("{string}");\n'), [], string)
        self.assertEqual(findings("src/report/html.c", 'say("charts need gnuplot to be there");\n'), [])


class Lengths(unittest.TestCase):
    def test_functions(self):
        function = "static void f(void)\n{{\n{}}}\n"
        self.assertEqual(findings("src/base/a.c", "", BANNED + function.format("    x();\n" * 100)), [])
        long_one = function.format("    x();\n" * 101)
        self.assertRegex(findings("src/base/a.c", "", BANNED + long_one)[0], "101 lines in a function")

    def test_files(self):
        self.assertEqual(findings("src/base/a.c", "int x;\n" * 598), [])
        self.assertRegex(findings("src/base/a.c", "int x;\n" * 599)[0], "601 lines in a file")


class Licence(unittest.TestCase):
    def test_first_lines(self):
        for path, text in [("src/base/a.h", "int x;\n"), ("plots/a.gp", "plot x\n"),
                           ("tests/run.py", "#!/usr/bin/env python3\npass\n")]:
            self.assertRegex(list(arrows.check_file(path, text))[0][1], "SPDX", path)
        script = "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"
        self.assertEqual(list(arrows.check_file("tests/lint/lint.sh", script)), [])
        self.assertEqual(list(arrows.check_file("experiments/results/v2.sql", "BEGIN;\n")), [])


class Program(unittest.TestCase):
    def test_says_where_and_fails(self):
        with tempfile.TemporaryDirectory() as root:
            subprocess.run(["git", "init", "-q", root], check=True)
            os.makedirs(os.path.join(root, "src/base"))
            path = os.path.join(root, "src/base/a.c")
            for body, status, output in [("", 0, ""),
                                         ('#include "store/store.h"\n', 1,
                                          'src/base/a.c:2: base may not know store: "store/store.h"\n')]:
                with open(path, "w", encoding="utf-8") as file:
                    file.write(SPDX + body + BANNED)
                done = subprocess.run([sys.executable, os.path.join(FOLDER, "arrows.py"), root],
                                      stdout=subprocess.PIPE, text=True)
                self.assertEqual((done.returncode, done.stdout), (status, output))


if __name__ == "__main__":
    unittest.main()
