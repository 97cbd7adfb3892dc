/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/checks.h"

#include "base/banned.h"

static void complain_twice(const char *what, const char *name, struct position position, int first_line,
                           struct problems *problems)
{
    problems_add(problems, position, "%s '%s' is there twice, expected another name than on line %d", what, name,
                 first_line);
}

static void check_unique(const struct experiment *experiment, struct problems *problems)
{
    for (size_t i = 0; i < experiment->case_count; i++) {
        const struct experiment_case *c = &experiment->cases[i];
        int first = c->name ? experiment_find_case(experiment, c->name) : (int)i;
        if (first < (int)i)
            complain_twice("the case", c->name, c->position, experiment->cases[first].position.line, problems);
    }
    for (size_t i = 0; i < experiment->run_count; i++) {
        const struct experiment_run *run = &experiment->runs[i];
        int first = run->name ? experiment_find_run(experiment, run->name) : (int)i;
        if (first < (int)i)
            complain_twice("the run", run->name, run->position, experiment->runs[first].position.line, problems);
    }
    for (size_t i = 0; i < experiment->claim_count; i++)
        for (size_t j = 0; j < i; j++)
            if (experiment->claims[i].name && string_equal(experiment->claims[i].name, experiment->claims[j].name)) {
                complain_twice("the claim", experiment->claims[i].name, experiment->claims[i].position,
                               experiment->claims[j].position.line, problems);
                break;
            }
}

/* Say that `name` names none of `names` (some of which may be NULL: they could not be read). */
static void complain_nothing(const char *what, const char *name, const struct string_list *names,
                             struct position position, struct problems *problems)
{
    char *suggestion = problems_suggestion(name, (const char *const *)names->items, names->count);
    problems_add(problems, position, "there is no %s '%s', expected one of the definition's%s", what, name, suggestion);
    free(suggestion);
}

bool checks_known_run(const struct experiment *experiment, const char *name, struct position position,
                      struct problems *problems)
{
    if (!name || experiment_find_run(experiment, name) >= 0)
        return name != NULL;
    struct string_list names = {0};
    for (size_t i = 0; i < experiment->run_count; i++)
        if (experiment->runs[i].name)
            string_list_push(&names, experiment->runs[i].name);
    complain_nothing("run", name, &names, position, problems);
    string_list_release(&names);
    return false;
}

static bool names_a_case(const struct experiment *experiment, const char *name, bool or_a_sweep)
{
    for (size_t i = 0; i < experiment->case_count; i++)
        if (experiment->cases[i].name && (or_a_sweep ? experiment_case_matches(&experiment->cases[i], name)
                                                     : string_equal(experiment->cases[i].name, name)))
            return true;
    return false;
}

bool checks_known_case(const struct experiment *experiment, const char *name, bool or_a_sweep, struct position position,
                       struct problems *problems)
{
    if (!name || names_a_case(experiment, name, or_a_sweep))
        return name != NULL;
    struct string_list names = {0};
    for (size_t i = 0; i < experiment->case_count; i++)
        if (experiment->cases[i].name)
            string_list_push(&names, experiment->cases[i].name);
    complain_nothing("case", name, &names, position, problems);
    string_list_release(&names);
    return false;
}

static void check_exclusions(const struct experiment *experiment, const struct yaml_node *root,
                             struct problems *problems)
{
    const struct yaml_node *list = yaml_node_get(root, "exclude");
    for (size_t i = 0; i < experiment->exclusion_count; i++) {
        const struct exclusion *exclusion = &experiment->exclusions[i];
        const struct yaml_node *node = list->items[i];
        checks_known_case(experiment, exclusion->case_name, true, yaml_node_place(node, "case"), problems);
        checks_known_run(experiment, exclusion->run_name, yaml_node_place(node, "run"), problems);
        for (size_t j = 0; j < i; j++)
            if (exclusion->case_name && exclusion->run_name &&
                string_equal(exclusion->case_name, experiment->exclusions[j].case_name) &&
                string_equal(exclusion->run_name, experiment->exclusions[j].run_name)) {
                problems_add(problems, node->position, "the pair is excluded twice, expected it once");
                break;
            }
    }
    if (experiment->case_count && experiment->run_count && !experiment->pair_count)
        problems_add(problems, yaml_node_place(root, "exclude"),
                     "every pair is excluded, expected at least one to measure");
}

void checks_names(const struct experiment *experiment, const struct yaml_node *root, struct problems *problems)
{
    check_unique(experiment, problems);
    check_exclusions(experiment, root, problems);
    for (size_t i = 0; i < experiment->claim_count; i++)
        checks_claim(experiment, &experiment->claims[i], yaml_node_get(root, "claims")->items[i], problems);
    checks_known_run(experiment, experiment->report.baseline, yaml_node_place(root, "report/baseline"), problems);
}
