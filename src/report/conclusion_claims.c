/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a claim's verdict hangs on the disturbed trials: all are judged a second time, with the other choice of trials. */
#include "report/model.h"

#include "base/banned.h"

static const char *verdict_of(const struct report_claim *claim)
{
    return claim->measured.judged ? verdict_name(claim->measured.verdict) : "not judged";
}

static void state_changed(struct report_model *model, const struct report_model *other)
{
    const char *otherwise = model->include_disturbed ? "without the disturbed trials" : "with the disturbed trials";
    size_t count = model->experiment->claim_count, changed = 0;
    struct text list = TEXT_INIT;
    for (size_t i = 0; i < count; i++) {
        const char *here = verdict_of(&model->claims[i]), *there = verdict_of(&other->claims[i]);
        if (!string_equal(here, there))
            text_append_format(&list, "%s%s (%s here, %s %s)", changed++ ? ", " : "", model->claims[i].claim->name,
                               here, there, otherwise);
    }
    if (changed > 0)
        string_list_push_format(&model->validity, "%zu of %zu claims have another verdict %s: %s.", changed, count,
                                otherwise, list.bytes);
    else
        string_list_push_format(&model->validity, "No claim has another verdict %s.", otherwise);
    text_release(&list);
}

bool report_claims_compare(struct store *store, struct report_model *model, struct error *error)
{
    struct report_model other;
    if (model->experiment->claim_count == 0 || model->disturbances.count == 0)
        return true;
    if (!report_model_load_all(store, model->row.version, !model->include_disturbed, &other, error))
        return false;
    bool ok = report_claims_load(store, &other, error);
    if (ok)
        state_changed(model, &other);
    report_model_release(&other);
    return ok;
}
