#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what no compiler knows: the arrows between the rooms and the conventions of the sources.

Usage: arrows.py [ROOT]. Prints `file:line: message` for each finding and exits 1 when there is one.
"""
import os
import re
import subprocess
import sys

# A room may include itself and the rooms of lower floors.
FLOORS = [
    {"base"},
    {"experiment", "measure", "statistics"},
    {"cluster", "driver", "environment", "store"},
    {"runner", "report", "exchange"},
    {"verify", "publish"},
    {"bundle"},
    {"commands"},
]
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# (file or folder, what it may include against the floors): why.
ALLOWED_INCLUDES = {}

# Headers of libraries, and the only places that may include them.
ASK_FOR_VERSIONS = {"src/environment/software.c", "src/commands/doctor.c"}
LIBRARIES = {
    "sqlite3.h": {"src/store/"} | ASK_FOR_VERSIONS,
    "librdkafka/": {"src/cluster/"} | ASK_FOR_VERSIONS,
    "yaml.h": {"src/experiment/"},
    "zlib.h": {"src/measure/"},
    "cmark.h": {"src/publish/"},
    "cmocka.h": {"tests/"},
}

SQL = re.compile(r"\b(SELECT|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|"
                 r"CREATE\s+(TABLE|VIEW|INDEX)|PRAGMA|ROLLBACK|SAVEPOINT|VACUUM)\b|\b(?i:select)\b.*\b(?i:from)\b")
SQL_PLACES = ("src/store/", "tests/")

EXIT = re.compile(r"(?<![\w.>])(_exit|_Exit|quick_exit|exit)\s*\(")
EXIT_PLACES = {
    "src/main.c",
    "src/base/process.c",  # the child between fork and exec
}

# How gnuplot is run and what it is told; its name alone may stand in a text for people.
GNUPLOT = re.compile(r'^gnuplot$|\.gp$|\bset (terminal|output|xlabel|ylabel)\b')
GNUPLOT_PLACES = {"src/report/charts.c"} | ASK_FOR_VERSIONS

FILE_LINES = 600
FUNCTION_LINES = 100

SPDX = "SPDX-License-Identifier: Apache-2.0"
SPDX_ENDINGS = (".c", ".h", ".java", ".py", ".sh", ".sql", ".gp", ".mk", "Makefile")
DATA_FOLDER = "experiments/results/"  # databases as text: what was measured is no source

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
INCLUDE = re.compile(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def without_comments(text):
    """The text with comments blanked, its lines where they were; strings stay."""
    def blank(match):
        token = match.group(0)
        return token if token[0] in "\"'" else re.sub(r"[^\n]", " ", token)
    return re.sub(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|/\*.*?\*/|//[^\n]*', blank, text, flags=re.S)


def room_of(path):
    parts = path.split("/")
    return parts[1] if len(parts) == 3 and parts[0] == "src" and parts[1] in FLOOR else None


def allowed_against_floors(path, header):
    return any(path.startswith(place) and header.startswith(what) for place, what in ALLOWED_INCLUDES)


def check_include(path, header, is_system):
    """A message, or None."""
    if path.startswith("tests/"):
        return None
    for library, places in LIBRARIES.items():
        if is_system and header.startswith(library) and not path.startswith(tuple(places)):
            return f"<{header}> is for {', '.join(sorted(places))} only"
    if is_system:
        return None
    target = header.split("/")[0] if "/" in header else None
    if target not in FLOOR:
        return f'"{header}" is not of a room: say "room/{header}"'
    if path == "src/main.c":
        return None if target in ("base", "commands") else f'main.c includes base and commands only, not "{header}"'
    room = room_of(path)
    if room is None or target == room or FLOOR[target] < FLOOR[room] or allowed_against_floors(path, header):
        return None
    return f'{room} may not know {target}: "{header}"'


def check_includes(path, lines):
    last = None
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if match:
            last = (number, match.group(1))
            message = check_include(path, match.group(1) or match.group(2), match.group(1) is None)
            if message:
                yield number, message
    if path.startswith("src/") and path.endswith(".c") and (last is None or last[1] != "base/banned.h"):
        yield (last or (1,))[0], 'the last include is "base/banned.h"'


def check_words(path, lines):
    for number, line in enumerate(lines, 1):
        if not path.startswith(SQL_PLACES) and any(SQL.search(string) for string in STRING.findall(line)):
            yield number, "SQL stands in src/store and schema only"
        if path.startswith("src/") and path not in GNUPLOT_PLACES and \
                any(GNUPLOT.search(string) for string in STRING.findall(line)):
            yield number, "gnuplot is for src/report/charts.c and plots only"
        if path.startswith("src/") and path not in EXIT_PLACES and EXIT.search(STRING.sub('""', line)):
            yield number, "exit() is for main.c only: return an error"


def check_lengths(lines):
    """Functions as they are formatted here: the opening brace and the closing one alone at the left margin."""
    if len(lines) > FILE_LINES:
        yield len(lines), f"{len(lines)} lines in a file, at most {FILE_LINES}"
    opened = None
    for number, line in enumerate(lines, 1):
        if line.rstrip() == "{":
            opened = number
        elif line.startswith("}"):
            if opened and number - opened - 1 > FUNCTION_LINES:
                yield opened, f"{number - opened - 1} lines in a function, at most {FUNCTION_LINES}"
            opened = None


def check_file(path, text):
    lines = text.splitlines()
    if path.endswith(SPDX_ENDINGS) and not path.startswith(DATA_FOLDER) and not any(SPDX in line for line in lines[:2]):
        yield 1, f"the first line is missing: {SPDX}"
    if not path.startswith(("src/", "tests/")) or not path.endswith((".c", ".h")):
        return
    yield from check_lengths(lines)
    if path.startswith("src/drivers/"):  # programs of their own
        return
    code = without_comments(text).splitlines()
    yield from check_includes(path, code)
    yield from check_words(path, code)


def source_files(root):
    """What git knows or would be added, without what is ignored."""
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            check=True, stdout=subprocess.PIPE).stdout
    return sorted(path for path in listed.decode().split("\0") if path and os.path.isfile(os.path.join(root, path)))


def main(arguments):
    root = arguments[0] if arguments else os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    found = 0
    for path in source_files(root):
        if not path.endswith(SPDX_ENDINGS):
            continue
        with open(os.path.join(root, path), encoding="utf-8") as file:
            for line, message in check_file(path, file.read()):
                print(f"{path}:{line}: {message}")
                found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
