/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/publication.h"

#include "report/explain.h"

#include "base/banned.h"

bool publication_load(struct publication *publication, struct store *store, const char *version,
                      const struct document *document, const char *path, struct error *error)
{
    *publication = (struct publication){.store = store, .document = document};
    if (!report_model_load(store, version, &publication->model, error))
        return false;
    if (report_claims_load(store, &publication->model, error)) {
        publication_charts_begin(&publication->charts, path);
        return true;
    }
    report_model_release(&publication->model);
    return false;
}

void publication_release(struct publication *publication)
{
    if (publication->has_history)
        history_release(&publication->history);
    publication_charts_release(&publication->charts);
    report_model_release(&publication->model);
}

const struct history *publication_history(struct publication *publication, struct error *error)
{
    if (!publication->has_history)
        publication->has_history = history_load(publication->store, &publication->model, &publication->history, error);
    return publication->has_history ? &publication->history : NULL;
}

const struct report_case *publication_case(const struct publication *publication, const char *name, struct error *error)
{
    const struct report_model *model = &publication->model;
    struct string_list names = {0};
    for (size_t i = 0; i < model->case_count; i++) {
        if (string_equal(model->cases[i].c->name, name)) {
            string_list_release(&names);
            return &model->cases[i];
        }
        string_list_push(&names, model->cases[i].c->name);
    }
    error_set(error, ERROR_INPUT, "there is no case '%s' in version '%s'", name, model->row.version);
    error_suggest_from(error, name, &names);
    string_list_release(&names);
    return NULL;
}

const struct report_pair *publication_pair(const struct publication *publication, const char *name, struct error *error)
{
    return report_explain_find(&publication->model, name, error);
}

const struct report_claim *publication_claim(const struct publication *publication, const char *name,
                                             struct error *error)
{
    const struct report_model *model = &publication->model;
    struct string_list names = {0};
    for (size_t i = 0; i < model->claim_count; i++) {
        if (string_equal(model->claims[i].claim->name, name)) {
            string_list_release(&names);
            return &model->claims[i];
        }
        string_list_push(&names, model->claims[i].claim->name);
    }
    error_set(error, ERROR_INPUT, "there is no claim '%s' in version '%s'", name, model->row.version);
    error_suggest_from(error, name, &names);
    string_list_release(&names);
    return NULL;
}
