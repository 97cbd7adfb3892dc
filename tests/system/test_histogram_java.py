# SPDX-License-Identifier: Apache-2.0
"""Java's HdrHistogram library reads kbench's payloads, and kbench the library's: all figures are the same to the bit."""
import glob
import math
import os
import random
import shutil
import subprocess
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
JARS = glob.glob(os.path.join(ROOT, "build", "lib", "hdrhistogram", "*.jar"))
OUT = os.environ.get("KBENCH_TEST_OUT", os.path.join(ROOT, "build"))
KBENCH = [os.path.join(OUT, "tests", "tools", "histogram_figures")]
JAVA = ["java", "-XX:TieredStopAtLevel=1", "-cp", os.pathsep.join(JARS),
        os.path.join(ROOT, "src", "verify", "HistogramFigures.java")]
HOUR_NS = 3600 * 10**9
LATENCY = (1000, HOUR_NS, 3)


def latencies(seed, count):
    """Log-normal around a millisecond, with a long tail, in nanoseconds."""
    stream = random.Random(seed)
    return [(min(int(stream.lognormvariate(math.log(1e6), 2)), HOUR_NS), 1) for _ in range(count)]


# name: (lowest, highest, digits), [(value, count)]
HISTOGRAMS = {
    "empty": (LATENCY, []),
    "zeros": (LATENCY, [(0, 3)]),
    "one value": (LATENCY, [(123456789, 1)]),
    "both ends of the range": (LATENCY, [(0, 1), (HOUR_NS, 1)]),
    "equal halves": (LATENCY, [(1000000, 10), (2000000, 10)]),
    "a long tail": (LATENCY, [(1000000, 999999999), (2000000, 1)]),
    "large counts": (LATENCY, [(5, 2**62), (10**9, 2**40), (2 * 10**9, 2**61)]),
    "each power of two and its neighbours": (LATENCY, [(2**i + d, i + 1) for i in range(2, 41) for d in (-1, 0, 1)]),
    "log-normal": (LATENCY, latencies(1, 20000)),
    "one digit": ((1, 1000000, 1), [(value, 1) for value in range(0, 1000000, 777)]),
    "five digits": ((1, 10**9, 5), [(root * root, root) for root in range(1, 3000)]),
    "a lowest that is no power of two": ((1500, 10**12, 2), [(i * 997, 2) for i in range(1, 5000)]),
    "the widest range": ((1, 2**63 - 1, 3), [(2**62 + 5, 1), (2**63 - 1, 2), (7, 3)]),
}


def figures(program, lines):
    """One list of lines for each histogram; the first is its payload."""
    done = subprocess.run(program, input="".join(line + "\n" for line in lines), stdout=subprocess.PIPE, text=True,
                          check=True, timeout=120)
    return [text.splitlines() for text in done.stdout.split("\n\n")[:-1]]


def without_doubtful_maximum(lines):
    """The library itself has two answers for the maximum when nothing is above the first counter: 0 of what was recorded,
    the counter's highest value of what was decoded."""
    return [line for line in lines[1:] if line not in ("max 0", "max 511")]


@unittest.skipUnless(JARS and shutil.which("java"), "needs a JDK and the HdrHistogram jar: make setup")
class HistogramJava(unittest.TestCase):
    def test_both_say_the_same(self):
        made = ["make " + " ".join(str(number) for numbers in (configuration, *counts) for number in numbers)
                for configuration, counts in HISTOGRAMS.values()]
        ours, theirs = figures(KBENCH, made), figures(JAVA, made)
        ours_read = figures(JAVA, ["read " + lines[0].split()[1] for lines in ours])
        theirs_read = figures(KBENCH, ["read " + lines[0].split()[1] for lines in theirs])
        for i, name in enumerate(HISTOGRAMS):
            for what, lines in [("recorded by Java", theirs), ("kbench's payload, read by Java", ours_read),
                                ("Java's payload, read by kbench", theirs_read)]:
                with self.subTest(histogram=name, what=what):
                    self.assertEqual(without_doubtful_maximum(ours[i]), without_doubtful_maximum(lines[i]))


if __name__ == "__main__":
    unittest.main()
