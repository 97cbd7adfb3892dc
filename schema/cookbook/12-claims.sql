-- SPDX-License-Identifier: Apache-2.0
--
-- Which claims hold
--
-- The claims of the newest revision: what the trials say of each, and beside it what the author's own published table says. Needs
-- kbench report or kbench claims.
--
-- :experiment  version; by default the one that was run last
WITH chosen AS (
    SELECT id, version, revision FROM experiment
    WHERE version = coalesce(nullif(:experiment, ''), (
        SELECT e.version FROM campaign AS g JOIN experiment AS e ON e.id = g.experiment_id ORDER BY g.id DESC LIMIT 1))
    ORDER BY revision DESC LIMIT 1
)
SELECT
    chosen.version AS experiment, chosen.revision, c.name AS claim, measured.verdict, measured.value, measured.ci_low, measured.ci_high,
    coalesce(c.ratio_low, c.range_low) AS holds_from, coalesce(c.ratio_high, c.range_high) AS holds_to, measured.trials,
    published.verdict AS published_verdict, published.value AS published_value, c.metric, c.quote
FROM chosen
JOIN claim AS c ON c.experiment_id = chosen.id
LEFT JOIN claim_verdict AS measured ON measured.claim_id = c.id AND measured.basis = 'measured'
LEFT JOIN claim_verdict AS published ON published.claim_id = c.id AND published.basis = 'published'
ORDER BY c.position
