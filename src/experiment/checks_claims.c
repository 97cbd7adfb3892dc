/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "experiment/checks.h"
#include "experiment/metric.h"

#include "base/banned.h"

struct claim_side {
    const char *key; /* "of" or "to" */
    const char *case_name, *run_name, *version, *published;
};

/* A pair of another version, or of a published table, is looked for when the claim is judged. */
static void check_side(const struct experiment *experiment, const struct claim_side *side,
                       const struct yaml_node *claim, struct problems *problems)
{
    const struct yaml_node *node = yaml_node_get(claim, side->key);
    if (!node)
        return;
    if (side->version && side->published)
        problems_add(problems, yaml_node_place(node, "published"),
                     "both 'version' and 'published' are given, expected one of them: measured or published figures");
    if (side->version || side->published)
        return;
    bool known = checks_known_case(experiment, side->case_name, false, yaml_node_place(node, "case"), problems);
    known = checks_known_run(experiment, side->run_name, yaml_node_place(node, "run"), problems) && known;
    if (known && experiment_find_pair(experiment, experiment_find_case(experiment, side->case_name),
                                      experiment_find_run(experiment, side->run_name)) < 0)
        problems_add(problems, node->position,
                     "the claim is about a pair that is excluded, expected one that is measured");
}

static void check_bound(const struct claim *claim, const struct yaml_node *node, struct problems *problems)
{
    bool has_to = yaml_node_get(node, "to");
    bool has_ratio = yaml_node_get(node, "ratio"), has_range = yaml_node_get(node, "range");
    if (has_to && claim->metric && metric_is_count(claim->metric))
        problems_add(problems, yaml_node_place(node, "to"),
                     "'%s' can be 0 and has no ratio, expected 'range' and no 'to'", claim->metric);
    if (has_to && (!claim->to_case || !claim->to_run))
        problems_add(problems, yaml_node_place(node, "to"), "'to' has no '%s', expected a case and a run",
                     claim->to_case ? "run" : "case");
    if (has_to && has_range)
        problems_add(problems, yaml_node_place(node, "range"),
                     "'range' bounds a figure and 'to' makes it a ratio, expected 'ratio'");
    else if (has_to && !has_ratio)
        problems_add(problems, node->position, "the claim has no 'ratio', expected [low, high]");
    if (!has_to && has_ratio)
        problems_add(
            problems, yaml_node_place(node, "ratio"),
            "a ratio to nothing, expected the pair it is divided by as 'to', or 'range' for the figure itself");
    else if (!has_to && !has_range)
        problems_add(problems, node->position,
                     "the claim has no bound, expected 'to' and 'ratio', or 'range' for the figure itself");
}

void checks_claim(const struct experiment *experiment, const struct claim *claim, const struct yaml_node *node,
                  struct problems *problems)
{
    if (node->kind != YAML_MAPPING)
        return;
    check_side(experiment,
               &(struct claim_side){"of", claim->of_case, claim->of_run, claim->of_version, claim->of_published}, node,
               problems);
    check_side(experiment,
               &(struct claim_side){"to", claim->to_case, claim->to_run, claim->to_version, claim->to_published}, node,
               problems);
    check_bound(claim, node, problems);
}
