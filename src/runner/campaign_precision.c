/* SPDX-License-Identifier: Apache-2.0 */
/* What a campaign under `precision` says of it at its end. */
#include <math.h>

#include "runner/campaign.h"

#include "base/banned.h"

static json_t *note_of(const char *case_name, const char *run_name, const struct pair_precision *precision)
{
    json_t *half_width = isfinite(precision->half_width) ? json_real(precision->half_width) : json_null();
    return json_pack("{s:s, s:s, s:i, s:o, s:b}", "case", case_name, "run", run_name, "trials", (int)precision->trials,
                     "half_width", half_width, "reached", precision->reached);
}

static void say_not_reached(struct campaign *campaign, const char *case_name, const char *run_name,
                            const struct pair_precision *precision)
{
    if (isfinite(precision->half_width))
        progress_say(&campaign->progress, "  %s/%s: half-width %.2g %% after %zu trials", case_name, run_name,
                     100 * precision->half_width, precision->trials);
    else
        progress_say(&campaign->progress, "  %s/%s: %zu trials, too few for an interval", case_name, run_name,
                     precision->trials);
}

static void note_pairs(struct campaign *campaign, const struct store_result_rows *results, json_t *notes)
{
    const struct experiment *experiment = campaign->experiment;
    size_t wide = 0;
    for (size_t i = 0; i < experiment->pair_count; i++) {
        const char *case_name = experiment->cases[experiment->pairs[i].case_index].name;
        const char *run_name = experiment->runs[experiment->pairs[i].run_index].name;
        struct pair_precision precision;
        if (!campaign->selected[i])
            continue;
        campaign_pair_precision(experiment, results, i, &precision);
        json_array_append_new(notes, note_of(case_name, run_name, &precision));
        if (precision.reached)
            continue;
        if (wide++ == 0)
            progress_say(&campaign->progress, "precision of %.3g %% not reached by",
                         100 * experiment->design.precision);
        say_not_reached(campaign, case_name, run_name, &precision);
    }
    if (!wide)
        progress_say(&campaign->progress, "precision of %.3g %% reached by all pairs",
                     100 * experiment->design.precision);
}

bool campaign_note_precision(struct campaign *campaign, struct error *error)
{
    struct store_result_rows results = {0};
    if (!(campaign->experiment->design.precision > 0) || campaign->options->trials > 0)
        return true;
    if (!store_read_results(campaign->store, campaign->experiment_id, &results, error))
        return false;
    json_t *notes = json_array();
    note_pairs(campaign, &results, notes);
    json_object_set_new(campaign->notes, "precision", notes);
    store_result_rows_release(&results);
    return true;
}
