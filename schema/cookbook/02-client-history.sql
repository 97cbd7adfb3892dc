-- SPDX-License-Identifier: Apache-2.0
--
-- How a client changed between versions
--
-- Every revision in which a driver was measured, by case, with the client's version in it, the median, and the ratio to the
-- baseline of the same revision. Absolute figures of different machines say nothing about the client: compare the ratios, or the
-- medians of rows with the same environment. Needs the summaries that kbench report writes.
--
-- :driver  driver of the client; by default kafka-python
-- :metric  a metric of summaries; by default records_per_sec
SELECT
    c.name AS case_name, r.name AS run_name, e.version AS experiment, e.revision, seen.client_version, seen.environment_id,
    s.metric, s.trials, s.median, s.ci_low, s.ci_high, s.relative_to, s.ratio, s.ratio_ci_low, s.ratio_ci_high
FROM run AS r
JOIN experiment AS e ON e.id = r.experiment_id
JOIN summary AS s ON s.experiment_id = e.id AND s.run_id = r.id
JOIN experiment_case AS c ON c.id = s.case_id
LEFT JOIN (
    SELECT t.case_id, t.run_id, group_concat(DISTINCT t.client_version) AS client_version,
        group_concat(DISTINCT g.environment_id) AS environment_id
    FROM run AS of_driver
    JOIN experiment_case AS of_run ON of_run.experiment_id = of_driver.experiment_id
    JOIN trial AS t ON t.case_id = of_run.id AND t.run_id = of_driver.id AND t.status = 'ok'
    JOIN campaign AS g ON g.id = t.campaign_id
    WHERE of_driver.driver = coalesce(nullif(:driver, ''), 'kafka-python')
    GROUP BY t.case_id, t.run_id
) AS seen ON seen.case_id = s.case_id AND seen.run_id = s.run_id
WHERE r.driver = coalesce(nullif(:driver, ''), 'kafka-python') AND s.metric = coalesce(nullif(:metric, ''), 'records_per_sec')
ORDER BY c.name, r.name, e.registered_at, e.id
