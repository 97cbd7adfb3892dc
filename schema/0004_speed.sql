-- SPDX-License-Identifier: Apache-2.0
--
-- Version 4: a question takes no longer in a database of a million trials than in a small one.

-- What few trials are. An index of some rows grows with those alone, and storing any other trial costs nothing more. SQLite uses one
-- only where a query's condition is one of the index's own: hence each status by its name beside "not ok", and 'published', which no
-- trial is, but of which the view `results` asks its trials too.
CREATE INDEX trial_not_ok ON trial (status)
    WHERE status <> 'ok' OR status = 'failed' OR status = 'disturbed' OR status = 'interrupted';
CREATE INDEX trial_lossy ON trial (records_lost) WHERE records_lost > 0;
CREATE INDEX trial_duplicating ON trial (records_duplicated) WHERE records_duplicated > 0;
CREATE INDEX trial_not_measured ON trial (source) WHERE source = 'tool' OR source = 'published';

-- From a name to the trials: they are found by their case and run, or by their campaign.
CREATE INDEX experiment_by_supersedes ON experiment (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX experiment_case_by_name ON experiment_case (name);
CREATE INDEX run_by_name ON run (name);
CREATE INDEX run_by_driver ON run (driver);
CREATE INDEX campaign_by_environment ON campaign (environment_id);
CREATE INDEX summary_by_metric ON summary (metric);

-- What the planner is to think of: the rows of each index, and how many share its first column, its first two, … (sqlite.org,
-- "Manual control of query plans using SQLITE_STAT tables"). Without it a version, of which there are one or two rows, and a metric, of
-- which there are a hundred thousand, look alike. The numbers are those of a large database in every database: plans do not change
-- while it grows, and nothing has to be analysed. They err towards the indexes of names.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('environment', 'sqlite_autoindex_environment_1', '40 1'),
    ('experiment', 'sqlite_autoindex_experiment_1', '5000 2 1'),
    ('experiment', 'experiment_by_supersedes', '5000 2'),
    ('experiment_case', 'sqlite_autoindex_experiment_case_1', '25000 5 1'),
    ('experiment_case', 'experiment_case_by_name', '25000 500'),
    ('run', 'sqlite_autoindex_run_1', '30000 6 1'),
    ('run', 'run_by_name', '30000 500'),
    ('run', 'run_by_driver', '30000 500'),
    ('claim', 'sqlite_autoindex_claim_1', '100000 25 1'),
    ('claim_verdict', 'claim_verdict', '100000 1 1'),
    ('campaign', 'campaign_by_experiment', '10000 2'),
    ('campaign', 'campaign_by_environment', '10000 300'),
    ('campaign', 'campaign_not_ended', '10 1'),
    ('broker_config', 'broker_config', '600000 60 20 1'),
    ('trial', 'sqlite_autoindex_trial_1', '1000000 30 6 1 1'),
    ('trial', 'trial_by_campaign', '1000000 100 30'),
    ('trial', 'trial_not_ok', '40000 10000'),
    ('trial', 'trial_lossy', '1000 100'),
    ('trial', 'trial_duplicating', '1000 100'),
    ('trial', 'trial_not_measured', '1000 1000'),
    ('trial_setting', 'trial_setting', '10000000 10 1'),
    ('trial_latency', 'trial_latency', '1000000 1 1'),
    ('trial_interval', 'trial_interval', '100000000 120 60 1'),
    ('trial_event', 'trial_event', '20000 1 1'),
    ('trial_disturbance', 'trial_disturbance', '20000 1 1'),
    ('summary', 'summary', '3000000 500 100 20 1'),
    ('summary', 'summary_by_metric', '3000000 1000'),
    ('published', 'sqlite_autoindex_published_1', '200 10 2 1 1'),
    ('verification', NULL, '200'),
    ('verification_point', 'verification_point', '6000 30 1');
ANALYZE sqlite_schema;
