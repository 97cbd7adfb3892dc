/* SPDX-License-Identifier: Apache-2.0 */
/* The time axis of the chart of all trials: the campaigns one behind the other, without what lies between them. */
#include <math.h>

#include "base/clock.h"
#include "report/charts_data.h"

#include "base/banned.h"

#define GAP 0.02 /* between two campaigns, as a share of all their lengths */

static struct chart_campaign *campaign_of(const struct chart_time *time, const struct store_result_row *row)
{
    for (size_t i = 0; i < time->count; i++)
        if (time->campaigns[i].id == row->campaign_id)
            return &time->campaigns[i];
    return NULL;
}

/* From the start of its campaign to that of the trial; a clock that was set back in between gives 0. */
static double offset_of(const struct chart_campaign *campaign, const struct store_result_row *row)
{
    return fmax(clock_iso8601_seconds(row->started_at) - campaign->starts_s, 0);
}

static double or_zero(double value)
{
    return isfinite(value) ? value : 0;
}

void chart_time_measure(const struct chart_subject *subject, struct chart_time *time)
{
    const struct report_model *model = subject->model;
    *time = (struct chart_time){.campaigns = memory_zeroed(model->campaigns.count + 1, sizeof *time->campaigns),
                                .count = model->campaigns.count};
    for (size_t i = 0; i < time->count; i++) {
        const struct store_campaign_row *row = &model->campaigns.items[i];
        time->campaigns[i] = (struct chart_campaign){.id = row->id,
                                                     .started_at = row->started_at,
                                                     .starts_s = clock_iso8601_seconds(row->started_at)};
    }
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        struct chart_campaign *campaign = chart_trials_shows(subject, row) ? campaign_of(time, row) : NULL;
        if (campaign)
            campaign->length_s = fmax(campaign->length_s, offset_of(campaign, row) + or_zero(row->warmup_s) +
                                                              fmax(or_zero(row->duration_s), 1));
    }
    for (size_t i = 0; i < time->count; i++)
        time->measured_s += time->campaigns[i].length_s;
    double gap = GAP * time->measured_s, at = 0;
    for (size_t i = 0; i < time->count; i++) {
        if (time->campaigns[i].length_s <= 0)
            continue;
        time->campaigns[i].at_s = time->shown++ > 0 ? at + gap : 0;
        at = time->campaigns[i].at_s + time->campaigns[i].length_s;
    }
    time->length_s = at;
}

void chart_time_release(struct chart_time *time)
{
    free(time->campaigns);
}

double chart_time_of(const struct chart_time *time, const struct store_result_row *row)
{
    const struct chart_campaign *campaign = campaign_of(time, row);
    return campaign ? campaign->at_s + offset_of(campaign, row) : NAN;
}
