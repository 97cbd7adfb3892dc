/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/plan.h"

#include "base/banned.h"

static bool case_fits(const struct experiment_case *c, const char *pattern)
{
    return string_equal(pattern, "*") || experiment_case_matches(c, pattern);
}

static bool run_fits(const struct experiment_run *run, const char *pattern)
{
    return string_equal(pattern, "*") || string_equal(run->name, pattern);
}

/* Say why nothing was selected: a name that is none, or a pair that is excluded. */
static bool explain_nothing(const struct experiment *experiment, const char *case_name, const char *run_name,
                            struct error *error)
{
    bool case_known = false, run_known = false;
    struct string_list cases = {0}, runs = {0};
    for (size_t i = 0; i < experiment->case_count; i++) {
        case_known = case_known || case_fits(&experiment->cases[i], case_name);
        string_list_push(&cases, experiment->cases[i].name);
    }
    for (size_t i = 0; i < experiment->run_count; i++) {
        run_known = run_known || run_fits(&experiment->runs[i], run_name);
        string_list_push(&runs, experiment->runs[i].name);
    }
    const struct string_list *names = case_known ? &runs : &cases;
    const char *wrong = case_known ? run_name : case_name;
    if (case_known && run_known)
        error_set(error, ERROR_INPUT, "--only: '%s/%s' is excluded by the definition", case_name, run_name);
    else {
        error_set(error, ERROR_INPUT, "--only: there is no %s '%s'", case_known ? "run" : "case", wrong);
        error_suggest_from(error, wrong, names);
    }
    string_list_release(&cases);
    string_list_release(&runs);
    return false;
}

static bool select_part(const struct experiment *experiment, const char *part, bool *selected, struct error *error)
{
    const char *slash = strchr(part, '/');
    if (!slash || slash == part || !slash[1])
        return error_set(error, ERROR_INPUT, "--only: '%s' is no pair, expected case/run (either may be *)", part);
    char *case_name = string_format("%.*s", (int)(slash - part), part);
    const char *run_name = slash + 1;
    bool any = false;
    for (size_t i = 0; i < experiment->pair_count; i++) {
        const struct experiment_pair *pair = &experiment->pairs[i];
        if (case_fits(&experiment->cases[pair->case_index], case_name) &&
            run_fits(&experiment->runs[pair->run_index], run_name))
            selected[i] = any = true;
    }
    if (!any)
        explain_nothing(experiment, case_name, run_name, error);
    free(case_name);
    return any;
}

/* The length up to the next comma outside of a sweep's bracket. */
static size_t part_length(const char *text)
{
    bool within = false;
    size_t length = 0;
    for (; text[length] && (within || text[length] != ','); length++)
        within = text[length] == '[' || (within && text[length] != ']');
    return length;
}

bool plan_select(const struct experiment *experiment, const char *only, bool *selected, struct error *error)
{
    memset(selected, 0, experiment->pair_count * sizeof *selected);
    for (const char *at = only;;) {
        size_t length = part_length(at);
        char *part = string_format("%.*s", (int)length, at);
        bool ok = select_part(experiment, part, selected, error);
        free(part);
        if (!ok || !at[length])
            return ok;
        at += length + 1;
    }
}
