-- SPDX-License-Identifier: Apache-2.0
--
-- Slow drift over the blocks
--
-- How much each pair's throughput changed from its first block to its last in the newest revision: a straight line by least squares
-- through its trials that are ok, at least three, as a share of their mean. The largest change comes first. One that all pairs share
-- is the machine's, and ratios within blocks do not see it.
--
-- :experiment  version; by default the one that was run last
WITH chosen AS (
    SELECT id, version, revision FROM experiment
    WHERE version = coalesce(nullif(:experiment, ''), (
        SELECT e.version FROM campaign AS g JOIN experiment AS e ON e.id = g.experiment_id ORDER BY g.id DESC LIMIT 1))
    ORDER BY revision DESC LIMIT 1
),
sums AS (
    SELECT t.case_id, t.run_id, count(*) AS n, min(t.block) AS first, max(t.block) AS last, avg(t.records_per_sec) AS mean,
        sum(1.0 * t.block) AS x, sum(t.records_per_sec) AS y, sum(t.block * t.records_per_sec) AS xy, sum(1.0 * t.block * t.block) AS xx
    FROM trial AS t -- no join: SQLite would rather go through all trials there are
    WHERE t.case_id IN (SELECT c.id FROM experiment_case AS c JOIN chosen ON c.experiment_id = chosen.id) AND t.status = 'ok' AND t.records_per_sec IS NOT NULL
    GROUP BY t.case_id, t.run_id
)
SELECT
    chosen.version AS experiment, chosen.revision, c.name AS case_name, r.name AS run_name, s.n AS trials,
    s.first AS first_block, s.last AS last_block, s.mean AS records_per_sec_mean,
    100 * (s.last - s.first) * (s.n * s.xy - s.x * s.y) / nullif(s.n * s.xx - s.x * s.x, 0) / nullif(s.mean, 0) AS change_percent
FROM chosen
JOIN sums AS s
JOIN experiment_case AS c ON c.id = s.case_id
JOIN run AS r ON r.id = s.run_id
WHERE s.n >= 3
ORDER BY abs(change_percent) DESC
