-- SPDX-License-Identifier: Apache-2.0
--
-- What differs in environment between two campaigns
--
-- Each part of the machine's description (processor, kernel, versions of clients and libraries, limits …) that is not the same on
-- both sides; NULL: it is not there. No row: nothing differs.
--
-- :b  campaign; by default the newest one
-- :a  campaign to compare it with; by default the newest before it that ran in another environment
WITH b AS (
    SELECT id, environment_id FROM campaign
    WHERE nullif(:b, '') IS NULL OR id = :b
    ORDER BY id DESC LIMIT 1
),
a AS (
    SELECT g.id, g.environment_id FROM campaign AS g JOIN b
    WHERE CASE WHEN nullif(:a, '') IS NULL THEN g.id < b.id AND g.environment_id <> b.environment_id ELSE g.id = CAST(:a AS INTEGER) END
    ORDER BY g.id DESC LIMIT 1
),
part AS (
    SELECT 'a' AS side, leaf.fullkey, leaf.atom
    FROM a JOIN environment AS v ON v.id = a.environment_id JOIN json_tree(v.description) AS leaf
    WHERE leaf.atom IS NOT NULL
    UNION ALL
    SELECT 'b', leaf.fullkey, leaf.atom
    FROM b JOIN environment AS v ON v.id = b.environment_id JOIN json_tree(v.description) AS leaf
    WHERE leaf.atom IS NOT NULL
)
SELECT
    replace(substr(fullkey, 3), '"', '') AS part,
    max(atom) FILTER (WHERE side = 'a') AS value_a,
    max(atom) FILTER (WHERE side = 'b') AS value_b,
    (SELECT id FROM a) AS campaign_a,
    (SELECT id FROM b) AS campaign_b
FROM part
WHERE EXISTS (SELECT 1 FROM a)
GROUP BY fullkey
HAVING value_a IS NOT value_b
ORDER BY fullkey
