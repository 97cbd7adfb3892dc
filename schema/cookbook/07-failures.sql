-- SPDX-License-Identifier: Apache-2.0
--
-- What failed, and why, by driver
--
-- The causes of failed trials, the most frequent first. A failed trial is in no figure.
--
-- :experiment  version; by default all of them
SELECT
    r.driver, t.cause, count(*) AS trials, count(DISTINCT e.version || '/' || e.revision) AS revisions,
    min(e.version || ': ' || c.name || '/' || r.name) AS for_example, min(t.started_at) AS first_at, max(t.started_at) AS last_at
FROM campaign AS g
JOIN experiment AS e ON e.id = g.experiment_id
JOIN trial AS t ON t.campaign_id = g.id AND t.status = 'failed'
JOIN experiment_case AS c ON c.id = t.case_id
JOIN run AS r ON r.id = t.run_id
WHERE nullif(:experiment, '') IS NULL OR e.version = :experiment
GROUP BY r.driver, t.cause
ORDER BY count(*) DESC, r.driver, t.cause
