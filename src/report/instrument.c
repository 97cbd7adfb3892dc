/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What taking samples costs a client: the throughput with samples to that without, block by block, from the experiment
 * "instrument" of the same database. Its cases differ in nothing but `measure: {samples: …}`.
 */
#include <math.h>

#include "report/model.h"

#include "base/banned.h"

static int find_case(const struct experiment *experiment, bool samples)
{
    for (size_t i = 0; i < experiment->case_count; i++)
        if (experiment->cases[i].samples == samples)
            return (int)i;
    return -1;
}

/* Acknowledged records over the whole run of a block's 'ok' trial, or NAN: without samples nothing else is known, and the same
 * must be taken with them, for a window would leave out the flush and weigh the client's start more. */
static double rate_of(const struct store_result_rows *rows, const char *case_name, const char *run_name, int block)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_result_row *row = &rows->items[i];
        if (row->block == block && string_equal(row->status, "ok") && string_equal(row->source, "measured") &&
            string_equal(row->case_name, case_name) && string_equal(row->run_name, run_name))
            return row->records_acked == STORE_ABSENT ? NAN : (double)row->records_acked / row->run_s;
    }
    return NAN;
}

static void add_cost(struct report_model *model, const struct experiment *instrument,
                     const struct store_result_rows *rows, const struct experiment_run *run, const char *with,
                     const char *without)
{
    size_t n = 0;
    double *sampled = memory_zeroed(rows->count + 1, sizeof *sampled);
    double *counted = memory_zeroed(rows->count + 1, sizeof *counted);
    int blocks = 0;
    for (size_t i = 0; i < rows->count; i++)
        blocks = rows->items[i].block > blocks ? rows->items[i].block : blocks;
    for (int block = 1; block <= blocks; block++) {
        sampled[n] = rate_of(rows, with, run->name, block);
        counted[n] = rate_of(rows, without, run->name, block);
        if (sampled[n] > 0 && counted[n] > 0)
            n++;
    }
    if (n > 0) {
        model->instrument = memory_resized(model->instrument, model->instrument_count + 1, sizeof *model->instrument);
        struct report_instrument *cost = &model->instrument[model->instrument_count++];
        *cost = (struct report_instrument){.driver = string_copy(run->driver)};
        char *label = string_format("instrument:%s", run->name);
        interval_of_ratio(sampled, counted, n, instrument->design.seed, label, &cost->ratio);
        free(label);
    }
    free(sampled);
    free(counted);
}

bool report_instrument_load(struct store *store, struct report_model *model, struct error *error)
{
    int64_t id = store_find_experiment(store, REPORT_INSTRUMENT_VERSION);
    if (id == STORE_ABSENT)
        return true;
    struct store_experiment_row row = {0};
    struct store_result_rows rows = {0};
    struct experiment *instrument = NULL;
    bool ok = store_read_experiment(store, REPORT_INSTRUMENT_VERSION, 0, &row, error) &&
              (instrument = report_definition(&row, error)) && store_read_results(store, row.id, &rows, error);
    int with = ok ? find_case(instrument, true) : -1, without = ok ? find_case(instrument, false) : -1;
    for (size_t i = 0; with >= 0 && without >= 0 && i < instrument->run_count; i++)
        add_cost(model, instrument, &rows, &instrument->runs[i], instrument->cases[with].name,
                 instrument->cases[without].name);
    store_result_rows_release(&rows);
    experiment_free(instrument);
    store_experiment_row_release(&row);
    return ok;
}

void report_instrument_release(struct report_model *model)
{
    for (size_t i = 0; i < model->instrument_count; i++)
        free(model->instrument[i].driver);
    free(model->instrument);
}
