-- SPDX-License-Identifier: Apache-2.0
--
-- The post's numbers beside ours
--
-- Each published number whose case and run were measured too, beside the median of the newest revision, in columns of their own. A
-- published number has no interval and another machine behind it: what can be compared are the ratios to the same baseline, each
-- formed within its own table. Needs kbench import experiments/published/*.csv, and the summaries that kbench report writes.
--
-- :experiment  version; by default the one that was run last
-- :published   publication; by default all of them
WITH chosen AS (
    SELECT id, version, revision FROM experiment
    WHERE version = coalesce(nullif(:experiment, ''), (
        SELECT e.version FROM campaign AS g JOIN experiment AS e ON e.id = g.experiment_id ORDER BY g.id DESC LIMIT 1))
    ORDER BY revision DESC LIMIT 1
)
SELECT
    c.name AS case_name, r.name AS run_name,
    p.version AS published, p.records_per_sec AS published_records_per_sec, p.latency_p99_ms AS published_latency_p99_ms,
    chosen.version AS experiment, chosen.revision, rate.trials, rate.median AS records_per_sec,
    rate.ci_low AS records_per_sec_ci_low, rate.ci_high AS records_per_sec_ci_high, p99.median AS latency_p99_ms,
    rate.relative_to, p.records_per_sec / nullif(base.records_per_sec, 0) AS published_ratio,
    rate.ratio, rate.ratio_ci_low, rate.ratio_ci_high
FROM chosen
JOIN experiment_case AS c ON c.experiment_id = chosen.id
JOIN run AS r ON r.experiment_id = chosen.id
JOIN published AS p ON p.case_name = c.name AND p.run_name = r.name AND p.source = 'published'
    AND (nullif(:published, '') IS NULL OR p.version = :published)
JOIN summary AS rate ON rate.experiment_id = chosen.id AND rate.case_id = c.id AND rate.run_id = r.id AND rate.metric = 'records_per_sec'
LEFT JOIN summary AS p99 ON p99.experiment_id = chosen.id AND p99.case_id = c.id AND p99.run_id = r.id AND p99.metric = 'latency_p99_ms'
LEFT JOIN published AS base ON base.version = p.version AND base.source_title = p.source_title AND base.case_name = p.case_name
    AND base.run_name = rate.relative_to
ORDER BY p.version, p.source_title, c.position, r.position
