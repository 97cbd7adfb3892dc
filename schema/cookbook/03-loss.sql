-- SPDX-License-Identifier: Apache-2.0
--
-- All trials that lost records
--
-- Every trial, whatever became of it, whose brokers hold fewer records than they had acknowledged.
--
-- :experiment  version; by default all of them
SELECT
    experiment, revision, case_name, run_name, trial, attempt, status, started_at, client_version,
    records_sent, records_acked, records_stored, records_lost, records_duplicated, verified,
    100.0 * records_lost / nullif(records_acked, 0) AS lost_percent, trial_id
FROM results
WHERE records_lost > 0 AND (nullif(:experiment, '') IS NULL OR experiment = :experiment)
ORDER BY experiment, revision, case_position, run_position, trial, attempt
