/* SPDX-License-Identifier: Apache-2.0 */
/* What makes a row of each table the same row in another database. */
#include "store/copy.h"

#include "base/banned.h"

/* Which trial or campaign an id of the other database means; behind the former stands the id, and a parenthesis. */
#define TRIAL_WHOSE_ID_IS                                                                                              \
    "(SELECT 'trial ' || t.block || ' of ' || c.name || '/' || r.name || ', attempt ' || t.attempt || ', of ' || "     \
    "e.version || '@' || e.revision FROM " COPY_SOURCE ".trial t "                                                     \
    "JOIN " COPY_SOURCE ".experiment_case c ON c.id = t.case_id JOIN " COPY_SOURCE ".run r ON r.id = t.run_id "        \
    "JOIN " COPY_SOURCE ".experiment e ON e.id = c.experiment_id WHERE t.id = "
#define CAMPAIGN(id) "(SELECT 'the campaign of ' || started_at FROM " COPY_SOURCE ".campaign WHERE id = " id ")"

#define PART_OF_EXPERIMENT                                                                                             \
    .identity = "experiment_id,name", .owner = {"experiment_id", "experiment"}, .has_id = true,                        \
    .label = "theirs.name || ' of ' || (SELECT version || '@' || revision FROM " COPY_SOURCE ".experiment WHERE id = " \
             "theirs.experiment_id)"
#define PART_OF_TRIAL(what)                                                                                            \
    .owner = {"trial_id", "trial"}, .label = "'" what " of ' || " TRIAL_WHOSE_ID_IS "theirs.trial_id)"

/* How a campaign ended is learned later than that it began. */
#define END_OF_CAMPAIGN "ended_at,how,cluster_s,warmup_s,measured_s,total_s,notes"

const struct copy_table copy_tables[] = {
    {.name = "experiment",
     .identity = "version,revision",
     .free = "as_written,git_commit,git_dirty,registered_at",
     .label = "'version ' || theirs.version || ', revision ' || theirs.revision",
     .advice = "one version and revision is one definition: give one of the two another version",
     .has_id = true},
    {.name = "experiment_case", PART_OF_EXPERIMENT},
    {.name = "run", PART_OF_EXPERIMENT},
    {.name = "claim", PART_OF_EXPERIMENT},
    {.name = "environment",
     .identity = "sha256",
     .free = "first_seen_at",
     .label = "'environment ' || theirs.sha256",
     .has_id = true},
    {.name = "campaign",
     .identity = "experiment_id,started_at,seed,pid",
     .free = END_OF_CAMPAIGN,
     .label = CAMPAIGN("theirs.id"),
     .owner = {"experiment_id", "experiment"},
     .other = {{"environment_id", "environment"}},
     .has_id = true},
    {.name = "broker_config",
     .identity = "campaign_id,broker,name",
     .label = "theirs.name || ' of broker ' || theirs.broker || ' in ' || " CAMPAIGN("theirs.campaign_id"),
     .owner = {"campaign_id", "campaign"},
     .repeats = true},
    {.name = "trial",
     .identity = "case_id,run_id,block,attempt",
     .label = TRIAL_WHOSE_ID_IS "theirs.id)",
     .advice = "two measurements of one trial are not one: compare the two databases with "
               "'kbench compare VERSION VERSION --db A --db-b B'",
     .owner = {"campaign_id", "campaign"},
     .other = {{"case_id", "experiment_case"}, {"run_id", "run"}},
     .has_id = true},
    {.name = "trial_setting", .identity = "trial_id,position", PART_OF_TRIAL("a setting"), .repeats = true},
    {.name = "trial_latency", .identity = "trial_id,role", PART_OF_TRIAL("the latency")},
    {.name = "trial_interval", .identity = "trial_id,interval_ms,offset_ms", PART_OF_TRIAL("an interval")},
    {.name = "trial_event", .identity = "trial_id,position", PART_OF_TRIAL("an event")},
    {.name = "trial_disturbance", .identity = "trial_id,rule", PART_OF_TRIAL("a disturbance")},
    {.name = "published",
     .identity = "version,case_name,run_name,source_title",
     .label = "theirs.case_name || '/' || theirs.run_name || ' of ' || theirs.version || ' in ' || theirs.source_title",
     .advice = "'kbench import --replace' takes one of the two",
     .has_id = true},
    {.name = "verification",
     .identity = "ran_at,kbench_version,git_commit,environment_id",
     .label = "'the verification of ' || theirs.ran_at",
     .other = {{"environment_id", "environment"}},
     .has_id = true},
    {.name = "verification_point",
     .identity = "verification_id,position",
     .label = "'point ' || theirs.name || ' of a verification'",
     .owner = {"verification_id", "verification"}},
    {.name = "summary",
     .identity = "experiment_id,case_id,run_id,metric",
     .owner = {"experiment_id", "experiment"},
     .other = {{"case_id", "experiment_case"}, {"run_id", "run"}},
     .derived = true},
    {.name = "claim_verdict", .identity = "claim_id,basis", .owner = {"claim_id", "claim"}, .derived = true},
    {.name = NULL},
};
