-- SPDX-License-Identifier: Apache-2.0
--
-- 99th percentile of the latency against CPU time
--
-- Each pair of the newest revision: medians over its trials of throughput, of the 99th percentile, and of what the client spent on
-- it. Who is slow and spends little waits; who spends much is limited by its own code. Needs the summaries that kbench report writes.
--
-- :experiment  version; by default the one that was run last
WITH chosen AS (
    SELECT id, version, revision FROM experiment
    WHERE version = coalesce(nullif(:experiment, ''), (
        SELECT e.version FROM campaign AS g JOIN experiment AS e ON e.id = g.experiment_id ORDER BY g.id DESC LIMIT 1))
    ORDER BY revision DESC LIMIT 1
)
SELECT
    chosen.version AS experiment, chosen.revision, c.name AS case_name, r.name AS run_name, max(s.trials) AS trials,
    max(s.median) FILTER (WHERE s.metric = 'latency_p99_ms') AS latency_p99_ms, -- there is one row of each metric
    max(s.median) FILTER (WHERE s.metric = 'latency_p50_ms') AS latency_p50_ms,
    max(s.median) FILTER (WHERE s.metric = 'records_per_sec') AS records_per_sec,
    max(s.median) FILTER (WHERE s.metric = 'client_cpu_us_per_record') AS client_cpu_us_per_record,
    max(s.median) FILTER (WHERE s.metric = 'client_cpu_percent') AS client_cpu_percent,
    max(s.median) FILTER (WHERE s.metric = 'client_busiest_thread_percent') AS client_busiest_thread_percent
FROM chosen
JOIN summary AS s ON s.experiment_id = chosen.id
JOIN experiment_case AS c ON c.id = s.case_id
JOIN run AS r ON r.id = s.run_id
GROUP BY c.position, r.position
ORDER BY c.position, latency_p99_ms
