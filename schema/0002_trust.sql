-- SPDX-License-Identifier: Apache-2.0
--
-- Version 2: what disturbed a trial, what its clients and brokers were busy with, claims against other versions and against
-- published numbers, their verdicts, and the checks of the instrument itself.

ALTER TABLE trial ADD COLUMN records_due INTEGER;       -- at a fixed rate: due by the stop
ALTER TABLE trial ADD COLUMN records_disordered INTEGER; -- by `verify: content`
ALTER TABLE trial ADD COLUMN verified TEXT CHECK (verified IN ('count', 'content'));
ALTER TABLE trial ADD COLUMN client_busiest_thread_cpu_s REAL; -- these down to disk_busy_percent of the window
ALTER TABLE trial ADD COLUMN broker_idle_percent REAL;  -- of the request handlers of the busiest broker
ALTER TABLE trial ADD COLUMN broker_bytes_in INTEGER;   -- batches that producers brought, all brokers
ALTER TABLE trial ADD COLUMN broker_gc_s REAL;          -- pauses of the broker that had most
ALTER TABLE trial ADD COLUMN broker_gc_max_ms REAL;     -- the longest pause of any broker
ALTER TABLE trial ADD COLUMN disk_busy_percent REAL;
ALTER TABLE trial ADD COLUMN trend_percent REAL;        -- change of the throughput over the window (Theil-Sen)
ALTER TABLE trial ADD COLUMN trend_p_value REAL;        -- two-sided (Mann-Kendall)

-- Which of the definition's rules a trial broke; such a trial has the status 'disturbed'.
CREATE TABLE trial_disturbance (
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    rule     TEXT NOT NULL, -- the key under design.disturbance
    measured REAL NOT NULL, -- both in the rule's unit: a share, or bytes
    bound    REAL NOT NULL,
    PRIMARY KEY (trial_id, rule)
) STRICT, WITHOUT ROWID;

-- A claim may be about one pair alone, about another version, or about a published number. No version has written a
-- verdict before this one.
DROP TABLE claim_verdict;
ALTER TABLE claim RENAME TO claim_1;
CREATE TABLE claim (
    id            INTEGER PRIMARY KEY,
    experiment_id INTEGER NOT NULL REFERENCES experiment (id),
    position      INTEGER NOT NULL,
    name          TEXT NOT NULL,
    quote         TEXT NOT NULL,
    metric        TEXT NOT NULL,
    of_case       TEXT NOT NULL,
    of_run        TEXT NOT NULL,
    of_version    TEXT, -- another version that was measured
    of_published  TEXT, -- a published table
    to_case       TEXT, -- NULL: the figure itself is judged, no ratio
    to_run        TEXT,
    to_version    TEXT,
    to_published  TEXT,
    ratio_low     REAL,
    ratio_high    REAL,
    range_low     REAL,
    range_high    REAL,
    UNIQUE (experiment_id, name)
) STRICT;
INSERT INTO claim (id, experiment_id, position, name, quote, metric, of_case, of_run, to_case, to_run, ratio_low, ratio_high)
SELECT id, experiment_id, position, name, quote, metric, of_case, of_run, to_case, to_run, ratio_low, ratio_high FROM claim_1;
DROP TABLE claim_1;

-- A claim belongs to a revision, and so does its verdict.
CREATE TABLE claim_verdict (
    claim_id INTEGER NOT NULL REFERENCES claim (id),
    basis    TEXT NOT NULL CHECK (basis IN ('measured', 'published')),
    verdict  TEXT NOT NULL CHECK (verdict IN ('holds', 'fails', 'undecided')),
    trials   INTEGER NOT NULL,
    value    REAL, -- the ratio, or the figure of a claim without one
    ci_low   REAL,
    ci_high  REAL,
    note     TEXT,
    PRIMARY KEY (claim_id, basis)
) STRICT, WITHOUT ROWID;

-- One row per `kbench verify`: is the instrument true?
CREATE TABLE verification (
    id             INTEGER PRIMARY KEY,
    ran_at         TEXT NOT NULL,
    kbench_version TEXT NOT NULL,
    git_commit     TEXT,
    environment_id INTEGER REFERENCES environment (id),
    seconds        REAL NOT NULL,
    passed         INTEGER NOT NULL CHECK (passed IN (0, 1))
) STRICT;

CREATE TABLE verification_point (
    verification_id INTEGER NOT NULL REFERENCES verification (id),
    position        INTEGER NOT NULL,
    name            TEXT NOT NULL,
    truth           TEXT NOT NULL,
    measured        TEXT,
    verdict         TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'not run')),
    detail          TEXT,
    PRIMARY KEY (verification_id, position)
) STRICT, WITHOUT ROWID;
