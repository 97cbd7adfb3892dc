-- SPDX-License-Identifier: Apache-2.0
--
-- The results database, version 1. Applied once, inside a transaction; never edited once published: a change is a new
-- file with the next number. Times are UTC in ISO 8601. NULL means "not known", never 0. The public interface are the
-- views in views.sql; the tables may change with a migration.

PRAGMA application_id = 0x6b62636e; -- "kbcn": tells kbench's databases from other programs'

-- One row per definition that was run. A changed definition under the same version is a new revision.
CREATE TABLE experiment (
    id            INTEGER PRIMARY KEY,
    version       TEXT NOT NULL,
    revision      INTEGER NOT NULL CHECK (revision >= 1),
    title         TEXT NOT NULL,
    supersedes    TEXT,
    canonical     TEXT NOT NULL, -- the definition with all defaults, keys sorted (YAML)
    as_written    TEXT NOT NULL,
    sha256        TEXT NOT NULL CHECK (length(sha256) = 64), -- of the canonical form: the identity
    git_commit    TEXT,
    git_dirty     INTEGER CHECK (git_dirty IN (0, 1)),
    registered_at TEXT NOT NULL,
    UNIQUE (version, revision)
) STRICT;

CREATE TABLE experiment_case (
    id                 INTEGER PRIMARY KEY,
    experiment_id      INTEGER NOT NULL REFERENCES experiment (id),
    position           INTEGER NOT NULL, -- in the definition, from 0
    name               TEXT NOT NULL,
    title              TEXT NOT NULL,
    workload           TEXT NOT NULL,
    record_size        INTEGER NOT NULL CHECK (record_size > 0),
    partitions         INTEGER NOT NULL,
    replication_factor INTEGER NOT NULL,
    rate_per_sec       REAL,             -- NULL: as fast as possible
    UNIQUE (experiment_id, name)
) STRICT;

CREATE TABLE run (
    id            INTEGER PRIMARY KEY,
    experiment_id INTEGER NOT NULL REFERENCES experiment (id),
    position      INTEGER NOT NULL,
    name          TEXT NOT NULL,
    title         TEXT NOT NULL,
    driver        TEXT NOT NULL,
    version       TEXT, -- of the client library, where the definition asks for one
    UNIQUE (experiment_id, name)
) STRICT;

CREATE TABLE claim (
    id            INTEGER PRIMARY KEY,
    experiment_id INTEGER NOT NULL REFERENCES experiment (id),
    position      INTEGER NOT NULL,
    name          TEXT NOT NULL,
    quote         TEXT NOT NULL,
    metric        TEXT NOT NULL,
    of_case       TEXT NOT NULL,
    of_run        TEXT NOT NULL,
    to_case       TEXT NOT NULL,
    to_run        TEXT NOT NULL,
    ratio_low     REAL,
    ratio_high    REAL,
    UNIQUE (experiment_id, name)
) STRICT;

CREATE TABLE claim_verdict (
    claim_id      INTEGER PRIMARY KEY REFERENCES claim (id),
    verdict       TEXT NOT NULL CHECK (verdict IN ('holds', 'fails', 'undecided')),
    trials        INTEGER NOT NULL,
    ratio         REAL,
    ratio_ci_low  REAL,
    ratio_ci_high REAL
) STRICT;

-- One row per distinct state of a machine: its identity is the SHA-256 of the JSON (keys sorted, one line).
CREATE TABLE environment (
    id            INTEGER PRIMARY KEY,
    sha256        TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    description   TEXT NOT NULL CHECK (json_valid(description)),
    first_seen_at TEXT NOT NULL
) STRICT;

-- One row per start of the runner.
CREATE TABLE campaign (
    id             INTEGER PRIMARY KEY,
    experiment_id  INTEGER NOT NULL REFERENCES experiment (id),
    environment_id INTEGER REFERENCES environment (id),
    started_at     TEXT NOT NULL,
    ended_at       TEXT, -- NULL while it runs, and when it died: nobody saw when
    how            TEXT CHECK (how IN ('completed', 'interrupted', 'failed', 'died')), -- NULL while it runs
    command_line   TEXT,
    seed           INTEGER NOT NULL CHECK (seed >= 0),
    kbench_version TEXT,
    pid            INTEGER NOT NULL,
    pid_started    INTEGER, -- clock ticks after boot, from /proc: process ids are used again
    boot_id        TEXT,
    cluster_s      REAL,
    warmup_s       REAL,
    measured_s     REAL,
    total_s        REAL,
    notes          TEXT CHECK (notes IS NULL OR json_valid(notes))
) STRICT;
CREATE INDEX campaign_by_experiment ON campaign (experiment_id);
CREATE INDEX campaign_not_ended ON campaign (id) WHERE how IS NULL;

-- What the brokers answered to DescribeConfigs.
CREATE TABLE broker_config (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    broker      INTEGER NOT NULL,
    name        TEXT NOT NULL,
    value       TEXT,
    source      TEXT,
    PRIMARY KEY (campaign_id, broker, name)
) STRICT, WITHOUT ROWID;

-- One measured execution of a case with a run. Attempts count on over the campaigns of a revision.
CREATE TABLE trial (
    id                      INTEGER PRIMARY KEY,
    campaign_id             INTEGER NOT NULL REFERENCES campaign (id),
    case_id                 INTEGER NOT NULL REFERENCES experiment_case (id),
    run_id                  INTEGER NOT NULL REFERENCES run (id),
    block                   INTEGER NOT NULL CHECK (block >= 1),
    attempt                 INTEGER NOT NULL CHECK (attempt >= 1),
    status                  TEXT NOT NULL CHECK (status IN ('ok', 'failed', 'disturbed', 'interrupted')),
    cause                   TEXT,
    source                  TEXT NOT NULL CHECK (source IN ('measured', 'tool')),
    started_at              TEXT NOT NULL,
    topic                   TEXT,
    warmup_s                REAL,
    duration_s              REAL,    -- of the window as it was measured
    record_size             INTEGER,
    records_sent            INTEGER, -- these three of the whole trial, from the driver
    records_acked           INTEGER,
    records_failed          INTEGER,
    records_stored          INTEGER, -- end offsets less start offsets, from the brokers
    records_lost            INTEGER,
    records_duplicated      INTEGER,
    window_records          INTEGER, -- acknowledged in the window
    records_per_sec         REAL,
    mb_per_sec              REAL,    -- 1 MB is 1,048,576 bytes
    latency_avg_ms          REAL,
    latency_p50_ms          REAL,
    latency_p95_ms          REAL,
    latency_p99_ms          REAL,
    latency_p999_ms         REAL,
    latency_max_ms          REAL,
    client_cpu_s            REAL,    -- of the window, as all that follow to frequency_mhz
    broker_cpu_s            REAL,
    other_cpu_s             REAL,
    steal_percent           REAL,
    stall_cpu_percent       REAL,
    stall_io_percent        REAL,
    stall_memory_percent    REAL,
    dirty_bytes_max         INTEGER,
    frequency_mhz           REAL,
    client_max_rss_bytes    INTEGER,
    samples                 INTEGER,
    samples_negative        INTEGER,
    samples_out_of_range    INTEGER,
    samples_before_start    INTEGER,
    samples_late            INTEGER,
    samples_truncated_bytes INTEGER,
    run_s                   REAL,
    setup_s                 REAL,
    teardown_s              REAL,
    client_library          TEXT,
    client_version          TEXT,
    broker_version          TEXT,
    cluster_kind            TEXT,
    versions                TEXT CHECK (versions IS NULL OR json_valid(versions)), -- as the driver told them
    command_line            TEXT,
    UNIQUE (case_id, run_id, block, attempt)
) STRICT;
CREATE INDEX trial_by_campaign ON trial (campaign_id, status);

CREATE TABLE trial_setting (
    trial_id  INTEGER NOT NULL REFERENCES trial (id),
    position  INTEGER NOT NULL, -- in the order in which they were given
    canonical TEXT,             -- Kafka's own name
    native    TEXT,             -- the client's name
    requested TEXT,
    in_force  TEXT,             -- as the client said
    applied   INTEGER NOT NULL CHECK (applied IN (0, 1)),
    PRIMARY KEY (trial_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE trial_latency (
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    role     TEXT NOT NULL CHECK (role IN ('producer', 'consumer')),
    payload  TEXT NOT NULL, -- HdrHistogram V2, compressed, base64
    PRIMARY KEY (trial_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE trial_interval (
    trial_id      INTEGER NOT NULL REFERENCES trial (id),
    interval_ms   INTEGER NOT NULL CHECK (interval_ms > 0),
    offset_ms     INTEGER NOT NULL, -- from the trial's start
    records       INTEGER,
    bytes         INTEGER,
    failed        INTEGER,
    p50_ns        INTEGER,
    p99_ns        INTEGER,
    max_ns        INTEGER,
    client_cpu_s  REAL,
    broker_cpu_s  REAL,
    steal_percent REAL,
    PRIMARY KEY (trial_id, interval_ms, offset_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE trial_event (
    trial_id  INTEGER NOT NULL REFERENCES trial (id),
    position  INTEGER NOT NULL,
    offset_ms INTEGER, -- from the trial's start
    kind      TEXT NOT NULL CHECK (kind IN ('fault', 'warning', 'stderr', 'error-code')),
    message   TEXT NOT NULL,
    PRIMARY KEY (trial_id, position)
) STRICT, WITHOUT ROWID;

-- Numbers that others published, with where they stand. Reference only, never mixed with measured ones.
CREATE TABLE published (
    id                INTEGER PRIMARY KEY,
    version           TEXT NOT NULL, -- of the publication that they belong to
    case_name         TEXT NOT NULL,
    run_name          TEXT NOT NULL,
    record_size       INTEGER,
    records_sent      INTEGER,
    records_acked     INTEGER,
    records_failed    INTEGER,
    duration_s        REAL,
    records_per_sec   REAL,
    mb_per_sec        REAL,
    latency_avg_ms    REAL,
    latency_p50_ms    REAL,
    latency_p95_ms    REAL,
    latency_p99_ms    REAL,
    latency_p999_ms   REAL,
    latency_max_ms    REAL,
    client_library    TEXT,
    client_version    TEXT,
    broker_version    TEXT,
    runtime           TEXT,
    settings          TEXT, -- what decides the result, as published
    source_title      TEXT NOT NULL,
    source_version    TEXT,
    source_date       TEXT,
    source_repository TEXT,
    source_commit     TEXT,
    note              TEXT, -- what a reader must know before using the number
    UNIQUE (version, case_name, run_name, source_title)
) STRICT;

-- Medians, intervals and ratios over trials, written by the report.
CREATE TABLE summary (
    experiment_id INTEGER NOT NULL REFERENCES experiment (id),
    case_id       INTEGER NOT NULL REFERENCES experiment_case (id),
    run_id        INTEGER NOT NULL REFERENCES run (id),
    metric        TEXT NOT NULL,
    trials        INTEGER NOT NULL,
    median        REAL,
    ci_low        REAL,
    ci_high       REAL,
    relative_to   TEXT,
    ratio         REAL,
    ratio_ci_low  REAL,
    ratio_ci_high REAL,
    PRIMARY KEY (experiment_id, case_id, run_id, metric)
) STRICT, WITHOUT ROWID;
