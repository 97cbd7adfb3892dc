-- SPDX-License-Identifier: Apache-2.0
--
-- What a setting did, over all experiments
--
-- Every pair of every revision by the value of one setting: as the client says that it is in force, under its own name, in the pair's
-- first trial that is ok (and, when it is another one, in its last). to_lowest is the pair's throughput to that of the same client at
-- the lowest value within the same revision, where topic, record size, rate and all other settings asked for are the same; what else
-- a case can differ in (keys, compressibility, producers, faults) stands in experiment.canonical. Needs the summaries that kbench
-- report writes.
--
-- :setting    Kafka's name of the setting; by default linger.ms
-- :revisions  how many of the newest revisions to look at; by default 500
WITH recent AS (
    SELECT id, version, revision FROM experiment ORDER BY id DESC LIMIT coalesce(CAST(nullif(:revisions, '') AS INTEGER), 500)
),
pair AS (
    SELECT
        e.id AS experiment_id, e.version, e.revision, c.id AS case_id, c.name AS case_name, r.id AS run_id, r.name AS run_name,
        r.driver, c.position, s.trials, s.median AS records_per_sec, c.record_size, c.partitions, c.replication_factor, c.rate_per_sec,
        (SELECT t.id FROM trial AS t WHERE t.case_id = c.id AND t.run_id = r.id AND t.status = 'ok' ORDER BY t.block LIMIT 1) AS first_id,
        (SELECT t.id FROM trial AS t WHERE t.case_id = c.id AND t.run_id = r.id AND t.status = 'ok' ORDER BY t.block DESC LIMIT 1) AS last_id
    FROM recent AS e
    JOIN experiment_case AS c ON c.experiment_id = e.id
    JOIN run AS r ON r.experiment_id = e.id
    JOIN summary AS s ON s.experiment_id = e.id AND s.case_id = c.id AND s.run_id = r.id AND s.metric = 'records_per_sec'
),
told AS (
    SELECT
        pair.*, v.native, v.requested,
        CASE WHEN last.in_force IS v.in_force THEN v.in_force ELSE v.in_force || ', then ' || last.in_force END AS in_force,
        coalesce(v.in_force, CASE WHEN v.applied THEN v.requested END) AS value,
        (
            SELECT group_concat(item, ' ') FROM (
                SELECT coalesce(o.canonical, o.native) || '=' || o.requested AS item FROM trial_setting AS o
                WHERE o.trial_id = pair.first_id AND o.requested IS NOT NULL AND o.canonical IS NOT v.canonical
                ORDER BY item)
        ) AS rest
    FROM pair
    JOIN trial_setting AS v ON v.trial_id = pair.first_id AND v.canonical = coalesce(nullif(:setting, ''), 'linger.ms')
    LEFT JOIN trial_setting AS last ON last.trial_id = pair.last_id AND last.canonical = v.canonical AND last.native IS v.native
)
SELECT
    told.driver, told.native, told.in_force, told.requested, told.version AS experiment, told.revision, told.case_name, told.run_name,
    told.trials, told.records_per_sec,
    CASE WHEN count(*) OVER alike > 1 THEN told.records_per_sec / first_value(told.records_per_sec) OVER rising END AS to_lowest,
    p50.median AS latency_p50_ms, p99.median AS latency_p99_ms
FROM told
LEFT JOIN summary AS p50 ON p50.experiment_id = told.experiment_id AND p50.case_id = told.case_id AND p50.run_id = told.run_id
    AND p50.metric = 'latency_p50_ms'
LEFT JOIN summary AS p99 ON p99.experiment_id = told.experiment_id AND p99.case_id = told.case_id AND p99.run_id = told.run_id
    AND p99.metric = 'latency_p99_ms'
WINDOW
    alike AS (
        PARTITION BY told.run_id, told.native, told.record_size, told.partitions, told.replication_factor, told.rate_per_sec, told.rest),
    rising AS (alike ORDER BY CAST(told.value AS REAL), told.position)
ORDER BY told.driver, told.native, CAST(told.value AS REAL), told.value, told.experiment_id, told.position, told.run_name
