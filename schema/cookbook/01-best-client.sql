-- SPDX-License-Identifier: Apache-2.0
--
-- Best client of each case
--
-- The client with the best median in each case of the newest revision, and which other ones cannot be told apart from it, because
-- their intervals overlap or they have too few trials for one. Two clients with the same median are two rows. More is better of
-- rates; of everything else (latency, CPU time, memory) less is. Needs the summaries that kbench report writes.
--
-- :experiment  version; by default the one that was run last
-- :metric      a metric of summaries; by default records_per_sec
WITH chosen AS (
    SELECT id, version, revision FROM experiment
    WHERE version = coalesce(nullif(:experiment, ''), (
        SELECT e.version FROM campaign AS g JOIN experiment AS e ON e.id = g.experiment_id ORDER BY g.id DESC LIMIT 1))
    ORDER BY revision DESC LIMIT 1
),
placed AS (
    SELECT s.*, rank() OVER (
        PARTITION BY s.case_name
        ORDER BY CASE WHEN s.metric IN ('records_per_sec', 'mb_per_sec', 'records_per_client_cpu_s') THEN -s.median ELSE s.median END
    ) AS place
    FROM chosen JOIN summaries AS s ON s.experiment = chosen.version AND s.revision = chosen.revision
    WHERE s.metric = coalesce(nullif(:metric, ''), 'records_per_sec') AND s.median IS NOT NULL
)
SELECT
    best.experiment, best.revision, best.case_name, best.run_name, best.metric, best.trials, best.median, best.ci_low, best.ci_high,
    group_concat(other.run_name, ', ') AS not_told_apart_from
FROM placed AS best
JOIN chosen
JOIN experiment_case AS c ON c.experiment_id = chosen.id AND c.name = best.case_name
LEFT JOIN placed AS other ON other.case_name = best.case_name AND other.run_name <> best.run_name
    AND (best.ci_low IS NULL OR other.ci_low IS NULL OR (other.ci_low <= best.ci_high AND other.ci_high >= best.ci_low))
WHERE best.place = 1
GROUP BY c.position, best.run_name
ORDER BY c.position, best.run_name
