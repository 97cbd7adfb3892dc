#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes bca_scipy.json, the bounds that tests/unit/test_statistics_bca.c compares ours with: BCa intervals of medians by
scipy.stats.bootstrap. Needs SciPy, which kbench itself does not. About two minutes. make_bca_scipy.py > bca_scipy.json

Ties: SciPy counts a resample whose median equals the sample's as half below it (percentileofscore's kind='mean'), and so does
kbench. Where the jackknife's medians are all equal SciPy's acceleration is 0/0 and it gives no bounds; kbench takes 0. No set
here is like that. The bounds are Monte-Carlo: `same` holds them for as many resamples as kbench draws, by SAME_SEEDS seeds,
`many` for ten times as many, by MANY_SEEDS."""
import json
import sys

import numpy
import scipy
from scipy.stats import bootstrap

SAME, SAME_SEEDS = 9999, 100
MANY, MANY_SEEDS = 100000, 5

# Records a second that kbench measured, five trials each or the trials of one client over several cases.
THROUGHPUTS = {
    "measured-5a": [352267, 388921, 391802, 387618, 391714],
    "measured-5b": [15272, 15967, 13553, 15031, 14562],
    "measured-10": [352267, 388921, 391802, 387618, 391714, 323934, 325013, 337708, 349573, 338676],
    "measured-15": [16916, 15630, 17959, 16220, 16483, 15272, 15967, 13553, 15031, 14562, 16106, 15530, 15422, 15126, 15506],
    "measured-20": [315305, 384306, 380630, 381280, 396919, 328437, 313283, 308941, 312230, 303334,
                    532323, 539525, 512556, 514892, 520516, 373225, 801294, 743669, 665129, 842727],
}


def with_ties(stream, n):
    """Whole numbers of which many are equal, but not all of the jackknife's medians."""
    while True:
        values = numpy.round(stream.normal(100, 3, n))
        if len({numpy.median(numpy.delete(values, i)) for i in range(n)}) > 1:
            return values


def data_sets():
    stream = numpy.random.default_rng(1993)
    for n in (5, 6, 7, 8, 10, 15, 21, 30, 40):
        yield f"normal-{n}", numpy.round(stream.normal(1000, 50, n), 3)
        yield f"log-normal-{n}", numpy.round(stream.lognormal(6, 0.5, n), 3)
    for n in (6, 9, 12, 25, 36):
        yield f"ties-{n}", with_ties(stream, n)
    for name, values in THROUGHPUTS.items():
        yield name, numpy.array(values, dtype=float)


def bounds(values, resamples, seeds):
    found = []
    for seed in range(seeds):
        interval = bootstrap((values,), numpy.median, n_resamples=resamples, method="BCa", confidence_level=0.95,
                             batch=10000, rng=numpy.random.default_rng(seed)).confidence_interval
        found.append((interval.low, interval.high))
    low, high = numpy.array(found).T
    return {"low": {"mean": low.mean(), "sd": low.std(ddof=1)}, "high": {"mean": high.mean(), "sd": high.std(ddof=1)}}


def main():
    sets = []
    for name, values in data_sets():
        print(f"  {name}", file=sys.stderr)
        sets.append({"name": name, "values": values.tolist(), "same": bounds(values, SAME, SAME_SEEDS),
                     "many": bounds(values, MANY, MANY_SEEDS)})
    head = {"scipy": scipy.__version__, "numpy": numpy.__version__, "confidence": 0.95,
            "same": {"resamples": SAME, "seeds": SAME_SEEDS}, "many": {"resamples": MANY, "seeds": MANY_SEEDS}}
    print(json.dumps(head)[:-1] + ', "sets": [')
    print(",\n".join(json.dumps(entry, allow_nan=False) for entry in sets))
    print("]}")


if __name__ == "__main__":
    main()
