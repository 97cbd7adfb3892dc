/* SPDX-License-Identifier: Apache-2.0 */
#include "report/explain.h"
#include "report/format.h"

#include "base/banned.h"

/* "there is no case 'a'", "no run 'b'", or both are there and the definition leaves their pair out. */
static void no_pair(const struct report_model *model, const char *case_name, const char *run_name, struct error *error)
{
    struct string_list cases = {0}, runs = {0};
    for (size_t i = 0; i < model->case_count; i++)
        string_list_push(&cases, model->cases[i].c->name);
    for (size_t i = 0; i < model->experiment->run_count; i++)
        string_list_push(&runs, model->experiment->runs[i].name);
    bool is_case = string_list_contains(&cases, case_name), is_run = string_list_contains(&runs, run_name);
    const char *what = is_case ? "run" : "case", *name = is_case ? run_name : case_name;
    if (is_case && is_run)
        error_set(error, ERROR_INPUT, "version '%s' leaves '%s' out of case '%s'", model->row.version, run_name,
                  case_name);
    else {
        error_set(error, ERROR_INPUT, "version '%s' has no %s '%s'", model->row.version, what, name);
        error_suggest_from(error, name, is_case ? &runs : &cases);
    }
    string_list_release(&cases);
    string_list_release(&runs);
}

const struct report_pair *report_explain_find(const struct report_model *model, const char *name, struct error *error)
{
    const char *slash = strrchr(name, '/');
    if (!slash) {
        error_set(error, ERROR_INPUT, "'%s' is no pair, expected CASE/RUN such as '%s/%s'", name,
                  model->cases[0].c->name, model->experiment->runs[0].name);
        return NULL;
    }
    char *case_name = string_format("%.*s", (int)(slash - name), name);
    const struct report_pair *pair = report_model_find_pair(model, case_name, slash + 1);
    if (!pair)
        no_pair(model, case_name, slash + 1, error);
    free(case_name);
    return pair;
}
