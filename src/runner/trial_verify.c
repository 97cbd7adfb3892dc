/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/trial_verify.h"

#include <inttypes.h>

#include "runner/content.h"
#include "runner/trial_row.h"

#include "base/banned.h"

void trial_verify_take_count(struct trial *trial, int64_t stored)
{
    struct store_trial *row = &trial->row;
    row->verified = "count";
    row->records_stored = stored;
    if (row->records_acked == STORE_ABSENT || row->records_sent == STORE_ABSENT)
        return;
    row->records_lost = row->records_acked > stored ? row->records_acked - stored : 0;
    row->records_duplicated = stored > row->records_sent ? stored - row->records_sent : 0;
}

void trial_verify_take_content(struct trial *trial, int64_t stored, const struct sequence_counts *counts)
{
    struct store_trial *row = &trial->row;
    struct sequence_loss loss;
    sequence_loss(row->records_sent, row->records_acked, counts->distinct, &loss);
    row->verified = "content";
    row->records_stored = stored;
    row->records_lost = loss.least;
    row->records_duplicated = counts->copies;
    row->records_disordered = counts->disordered;
    if (loss.most == loss.least)
        return;
    char *message =
        string_format("%" PRId64 " to %" PRId64 " acknowledged records are lost: %" PRId64 " of %" PRId64
                      " are not stored, but %" PRId64 " failed and which ones is not known; the least is counted",
                      loss.least, loss.most, row->records_sent - counts->distinct, row->records_sent,
                      row->records_failed);
    trial_row_add_event(trial, STORE_ABSENT, "warning", message);
    free(message);
}

static bool check_strangers(const struct sequence_counts *counts, struct error *error)
{
    if (counts->foreign == 0)
        return true;
    return error_set(error, ERROR_UNAVAILABLE,
                     "%" PRId64 " of the topic's %" PRId64 " records have no number that this trial's drivers sent",
                     counts->foreign, counts->items);
}

static bool verify_content(const struct trial_request *request, struct trial *trial, int64_t stored,
                           struct error *error)
{
    struct sequence_counter *counter =
        sequence_counter_new(trial->sent, (size_t)request->c->producers, (size_t)request->c->partitions);
    const struct sequence_counts *counts = sequence_counter_counts(counter);
    bool ok = content_read_back(request, stored, counter, error) && check_strangers(counts, error);
    if (ok)
        trial_verify_take_content(trial, stored, counts);
    sequence_counter_free(counter);
    return ok;
}

bool trial_verify(const struct trial_request *request, struct trial *trial, struct error *error)
{
    int64_t stored;
    if (!request->driver->is_delivering)
        return true;
    int64_t acked = trial->row.records_acked == STORE_ABSENT ? 0 : trial->row.records_acked;
    if (!cluster_await_records(request->cluster, request->topic, request->c->partitions, acked, &stored, error)) {
        trial->cluster_failed = true;
        return error_prefix(error, "the stored records could not be counted");
    }
    if (request->c->verify == VERIFY_CONTENT && !request->until)
        return verify_content(request, trial, stored, error);
    trial_verify_take_count(trial, stored);
    return true;
}
