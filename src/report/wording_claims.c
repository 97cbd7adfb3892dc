/* SPDX-License-Identifier: Apache-2.0 */
#include "report/format.h"
#include "report/origin.h"
#include "report/wording.h"

#include "base/banned.h"

void wording_claims(const struct report_model *model, struct string_list *sentences)
{
    const struct origin *origin = origin_of(&model->published);
    string_list_push(
        sentences,
        "Each sentence is held against what was measured here: it holds when the whole 95 % interval lies "
        "within the bounds, fails when the whole of it lies outside, and is undecided when the interval crosses a bound "
        "or there is none. A ratio is formed block by block.");
    if (model->experiment->report.published)
        string_list_push_format(sentences, "Beside it stands what was %s as %s: one number each, without a spread, %s.",
                                origin->word, model->experiment->report.published, origin->where);
}

void wording_claim_notes(const struct report_claim *found, struct string_list *sentences)
{
    const char *name = found->claim->name;
    if (found->measured.note)
        string_list_push_format(sentences, "%s: %s.", name, found->measured.note);
    if (report_claim_contradicts_post(found))
        string_list_push_format(sentences,
                                "%s: by the post's own published numbers the sentence, read this way, does not hold.",
                                name);
    if (found->differences.count > 1) {
        char *list = format_list(&found->differences);
        string_list_push_format(sentences,
                                "%s: the two cases differ in %zu settings at once, so no one of them is shown to be "
                                "the cause: %s.",
                                name, found->differences.count, list);
        free(list);
    }
}

void wording_claims_disagree(const struct report_model *model, size_t first, struct string_list *sentences)
{
    if (report_claims_disagree(model, first, false))
        string_list_push(sentences,
                         "Of what was measured here the sentence is true in one reading or for one client, and not in "
                         "the other.");
    if (report_claims_disagree(model, first, true))
        string_list_push(sentences,
                         "By the published numbers alone it is true in one reading or for one client, and not in the "
                         "other: the sentence is ambiguous.");
}
