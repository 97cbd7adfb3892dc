-- SPDX-License-Identifier: Apache-2.0
--
-- What acks=all costs each client
--
-- Each client's cases of the newest revision that differ in acks alone, 1 against all: topic, record size, rate and all other
-- settings asked for are the same. The ratios (all to 1) are formed within blocks, and their median is given, as everywhere in kbench;
-- an interval stands beside it where the definition makes it a claim. What else a case can differ in (keys, compressibility,
-- producers, faults) stands in experiment.canonical. No row: no case differs in acks alone.
--
-- :experiment  version; by default the one that was run last
WITH chosen AS (
    SELECT id, version, revision FROM experiment
    WHERE version = coalesce(nullif(:experiment, ''), (
        SELECT e.version FROM campaign AS g JOIN experiment AS e ON e.id = g.experiment_id ORDER BY g.id DESC LIMIT 1))
    ORDER BY revision DESC LIMIT 1
),
pair AS (
    SELECT
        c.id AS case_id, c.name AS case_name, r.id AS run_id, c.record_size, c.partitions, c.replication_factor, c.rate_per_sec,
        (SELECT t.id FROM trial AS t WHERE t.case_id = c.id AND t.run_id = r.id AND t.status = 'ok' ORDER BY t.block LIMIT 1) AS trial_id
    FROM chosen
    JOIN experiment_case AS c ON c.experiment_id = chosen.id
    JOIN run AS r ON r.experiment_id = chosen.id
),
asked AS (
    SELECT
        pair.*,
        (SELECT max(CASE v.requested WHEN '-1' THEN 'all' ELSE v.requested END) FROM trial_setting AS v
            WHERE v.trial_id = pair.trial_id AND v.canonical = 'acks' AND v.applied) AS acks,
        (SELECT group_concat(item, ' ') FROM (
            SELECT coalesce(o.canonical, o.native) || '=' || o.requested AS item FROM trial_setting AS o
            WHERE o.trial_id = pair.trial_id AND o.requested IS NOT NULL AND o.canonical IS NOT 'acks'
            ORDER BY item)) AS rest
    FROM pair WHERE pair.trial_id IS NOT NULL
),
compared AS (
    SELECT one.run_id, one.case_id AS one_id, one.case_name AS case_acks_1, every.case_id AS every_id, every.case_name AS case_acks_all
    FROM asked AS one
    JOIN asked AS every ON every.run_id = one.run_id AND every.record_size = one.record_size AND every.partitions = one.partitions
        AND every.replication_factor = one.replication_factor AND every.rate_per_sec IS one.rate_per_sec AND every.rest IS one.rest
    WHERE one.acks = '1' AND every.acks = 'all'
),
blocks AS ( -- the other side is looked up for each trial: for a join SQLite would go through all trials there are
    SELECT
        compared.*,
        (SELECT t.records_per_sec FROM trial AS t WHERE t.case_id = compared.every_id AND t.run_id = o.run_id AND t.block = o.block
            AND t.status = 'ok') / nullif(o.records_per_sec, 0) AS rate_ratio,
        (SELECT t.latency_p99_ms FROM trial AS t WHERE t.case_id = compared.every_id AND t.run_id = o.run_id AND t.block = o.block
            AND t.status = 'ok') / nullif(o.latency_p99_ms, 0) AS p99_ratio
    FROM compared
    JOIN trial AS o ON o.case_id = compared.one_id AND o.run_id = compared.run_id AND o.status = 'ok'
),
ratios AS (
    SELECT run_id, one_id, every_id, case_acks_1, case_acks_all, 'rate' AS figure, rate_ratio AS ratio FROM blocks WHERE rate_ratio > 0
    UNION ALL
    SELECT run_id, one_id, every_id, case_acks_1, case_acks_all, 'p99', p99_ratio FROM blocks WHERE p99_ratio > 0
),
placed AS (
    SELECT
        *, row_number() OVER (PARTITION BY run_id, one_id, every_id, figure ORDER BY ratio) AS place,
        count(*) OVER (PARTITION BY run_id, one_id, every_id, figure) AS n
    FROM ratios
)
SELECT
    chosen.version AS experiment, chosen.revision, r.name AS run_name, m.case_acks_1, m.case_acks_all,
    max(m.n) FILTER (WHERE m.figure = 'rate') AS blocks,
    exp(avg(ln(m.ratio)) FILTER (WHERE m.figure = 'rate')) AS records_per_sec_ratio, -- the middle one, or the mean of the logarithms of two
    100 * (1 - exp(avg(ln(m.ratio)) FILTER (WHERE m.figure = 'rate'))) AS throughput_lost_percent,
    exp(avg(ln(m.ratio)) FILTER (WHERE m.figure = 'p99')) AS latency_p99_ratio
FROM chosen
JOIN placed AS m
JOIN run AS r ON r.id = m.run_id
WHERE m.place IN ((m.n + 1) / 2, (m.n + 2) / 2)
GROUP BY m.run_id, m.one_id, m.every_id
ORDER BY r.position, m.case_acks_1, m.case_acks_all
