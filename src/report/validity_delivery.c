/* SPDX-License-Identifier: Apache-2.0 */
/* What arrived of what was sent, and what arrived of the samples. */
#include <inttypes.h>

#include "report/validity.h"

#include "base/banned.h"

static void state_delivery(struct report_model *model)
{
    struct text list = TEXT_INIT;
    EACH_PAIR(model, pair)
    {
        if (pair->lost.total <= 0 && pair->duplicated.total <= 0 && pair->failed_records.total <= 0)
            continue;
        validity_append_pair(&list, pair);
        text_append_format(&list, " (%" PRId64 " lost, %" PRId64 " duplicated, %" PRId64 " failed of %" PRId64 " sent)",
                           pair->lost.total, pair->duplicated.total, pair->failed_records.total, pair->sent.total);
    }
    if (list.length)
        string_list_push_format(
            &model->validity,
            "Not every record arrived once. Lost: acknowledged but not stored; duplicated: stored more often than "
            "sent; failed: the client said so. A rate of records that were not stored is no throughput: %s.",
            list.bytes);
    text_clear(&list);
    EACH_PAIR(model, pair)
    {
        if (pair->lost.known < pair->trial_count)
            validity_append_pair(&list, pair);
    }
    if (list.length)
        string_list_push_format(&model->validity, "Delivery could not be verified in every trial: %s.", list.bytes);
    text_clear(&list);
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        if (string_equal(row->source, "published") || report_counts(model, row))
            continue;
        if ((row->records_lost != STORE_ABSENT && row->records_lost > 0) ||
            (row->records_duplicated != STORE_ABSENT && row->records_duplicated > 0))
            text_append_format(&list, "%s%s/%s block %d", list.length ? ", " : "", row->case_name, row->run_name,
                               row->block);
    }
    if (list.length)
        string_list_push_format(&model->validity,
                                "Records were lost or duplicated in trials that are left out as well: %s.", list.bytes);
    text_release(&list);
}

static void state_samples(struct report_model *model)
{
    int64_t negative = 0, out_of_range = 0, before_start = 0, late = 0;
    bool known = false;
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        known = known || row->samples_negative != STORE_ABSENT;
        negative += row->samples_negative > 0 ? row->samples_negative : 0;
        out_of_range += row->samples_out_of_range > 0 ? row->samples_out_of_range : 0;
        before_start += row->samples_before_start > 0 ? row->samples_before_start : 0;
        late += row->samples_late > 0 ? row->samples_late : 0;
    }
    if (negative + out_of_range + before_start + late > 0)
        string_list_push_format(&model->validity,
                                "Samples that are not what they should be, over all trials: %" PRId64
                                " negative (left out of the "
                                "histograms), %" PRId64
                                " above the histograms' range (counted as its maximum), %" PRId64
                                " begun before the start, %" PRId64
                                " too late for their interval's percentiles (counted in all else).",
                                negative, out_of_range, before_start, late);
    else if (known)
        string_list_push(
            &model->validity,
            "No sample was negative, out of the histograms' range, begun before its trial's start or late.");
}

void validity_state_delivery(struct report_model *model)
{
    state_delivery(model);
    state_samples(model);
}
