/* SPDX-License-Identifier: Apache-2.0 */
/* What can be said of a case. */
#include "publish/value.h"
#include "publish/value_what.h"

#include "base/banned.h"

static size_t trials_of(const struct report_case *report_case)
{
    size_t trials = 0;
    for (size_t i = 0; i < report_case->pair_count; i++)
        trials += report_case->pairs[i].trial_count;
    return trials;
}

static bool set_seconds(int64_t ms, struct value *value)
{
    *value = (struct value){.type = ms % 1000 ? VALUE_NUMBER : VALUE_COUNT, .numbers = {(double)ms / 1000}};
    return true;
}

bool value_of_case(const struct value_request *request, struct value *value, struct error *error)
{
    const struct report_case *report_case =
        publication_case(request->publication, attributes_get(request->attributes, "case"), error);
    if (!report_case)
        return false;
    const struct experiment_case *c = report_case->c;
    switch (request->name->what) {
    case CASE_PARTITIONS: value_set_count(value, c->partitions); return true;
    case CASE_REPLICATION: value_set_count(value, c->replication_factor); return true;
    case CASE_RECORD_BYTES: value_set_count(value, c->record_size_bytes); return true;
    case CASE_WARMUP: return set_seconds(c->warmup_ms, value);
    case CASE_WINDOW:
        if (c->duration_ms == 0)
            return error_set(error, ERROR_INPUT, "the trials of '%s' end with their records, not with a time", c->name);
        return set_seconds(c->duration_ms, value);
    case CASE_TRIALS: value_set_count(value, (int64_t)trials_of(report_case)); return true;
    default: value_set_text(value, c->title); return true;
    }
}
