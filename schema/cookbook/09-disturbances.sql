-- SPDX-License-Identifier: Apache-2.0
--
-- Trials disturbed, by which rule
--
-- How often each pair broke each rule of the definition's design.disturbance, the bound, and the least and the most that was
-- measured: shares of 1, for the rule dirty bytes. A trial that broke two rules counts under both. Disturbed trials are repeated and
-- are in no figure.
--
-- :experiment  version; by default all of them
SELECT
    e.version AS experiment, e.revision, d.rule, c.name AS case_name, r.name AS run_name, count(*) AS trials,
    d.bound, min(d.measured) AS measured_min, max(d.measured) AS measured_max
FROM trial_disturbance AS d
JOIN trial AS t ON t.id = d.trial_id
JOIN experiment_case AS c ON c.id = t.case_id
JOIN run AS r ON r.id = t.run_id
JOIN experiment AS e ON e.id = c.experiment_id
WHERE nullif(:experiment, '') IS NULL OR e.version = :experiment
GROUP BY e.id, d.rule, c.id, r.id, d.bound
ORDER BY e.id, d.rule, count(*) DESC, c.position, r.position
