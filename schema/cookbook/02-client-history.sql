-- SPDX-License-Identifier: Apache-2.0
--
-- How a client changed between versions
--
-- Every revision in which a driver was measured, by case, with the client's version in it, the median, and the ratio to the
-- baseline of the same revision. Absolute figures of different machines say nothing about the client: compare the ratios, or the
-- medians of rows with the same environment. Needs the summaries that kbench report writes.
--
-- :driver     driver of the client; by default kafka-python
-- :metric     a metric of summaries; by default records_per_sec
-- :revisions  how many of the newest revisions to look at; by default 500
WITH recent AS (
    SELECT id, version, revision, registered_at FROM experiment
    ORDER BY id DESC LIMIT coalesce(CAST(nullif(:revisions, '') AS INTEGER), 500)
),
pair AS (
    SELECT
        e.id AS experiment_id, e.version, e.revision, e.registered_at, c.id AS case_id, c.name AS case_name, r.id AS run_id, r.name AS run_name
    FROM recent AS e
    JOIN run AS r ON r.experiment_id = e.id AND r.driver = coalesce(nullif(:driver, ''), 'kafka-python')
    JOIN experiment_case AS c ON c.experiment_id = e.id
)
SELECT
    pair.case_name, pair.run_name, pair.version AS experiment, pair.revision,
    (
        SELECT group_concat(DISTINCT t.client_version) FROM trial AS t
        WHERE t.case_id = pair.case_id AND t.run_id = pair.run_id AND t.status = 'ok'
    ) AS client_version,
    (
        SELECT group_concat(DISTINCT (SELECT g.environment_id FROM campaign AS g WHERE g.id = t.campaign_id)) FROM trial AS t
        WHERE t.case_id = pair.case_id AND t.run_id = pair.run_id AND t.status = 'ok'
    ) AS environment_id,
    s.metric, s.trials, s.median, s.ci_low, s.ci_high, s.relative_to, s.ratio, s.ratio_ci_low, s.ratio_ci_high
FROM pair
JOIN summary AS s ON s.experiment_id = pair.experiment_id AND s.case_id = pair.case_id AND s.run_id = pair.run_id
    AND s.metric = coalesce(nullif(:metric, ''), 'records_per_sec')
ORDER BY pair.case_name, pair.run_name, pair.registered_at, pair.experiment_id
