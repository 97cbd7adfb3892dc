/* SPDX-License-Identifier: Apache-2.0 */
/* What stands along the time axis of the chart of all trials: campaigns, borders of blocks, tics. */
#include <math.h>

#include "report/charts_data.h"
#include "report/format.h"

#include "base/banned.h"

#define AXIS_PX 790.0 /* about the length of the axis */
#define TIC_PX 80.0   /* at least between two tics */
#define NAME_PX 76.0  /* for "campaign 12", for "block 12" */
#define DATED_PX 250.0
#define NUMBER_PX 18.0

static double px_of(const struct chart_time *time, double seconds)
{
    return AXIS_PX * seconds / time->length_s;
}

/* The caller frees. */
static char *campaign_label(const struct chart_campaign *c, double room_px)
{
    if (room_px >= DATED_PX && isfinite(c->starts_s))
        return string_format("campaign %lld, %.10s %.5s UTC", (long long)c->id, c->started_at, c->started_at + 11);
    if (room_px >= NAME_PX)
        return string_format("campaign %lld", (long long)c->id);
    return room_px >= NUMBER_PX ? string_format("%lld", (long long)c->id) : string_copy("");
}

static void append_campaigns(const struct chart_time *time, struct text *text)
{
    text_append(text, "# campaigns: start, end, label\n");
    for (size_t i = 0; i < time->count; i++) {
        const struct chart_campaign *c = &time->campaigns[i];
        if (c->length_s <= 0)
            continue;
        double room = px_of(time, c->length_s);
        char *label = campaign_label(c, room);
        text_append_format(text, "%.3f %.3f ", c->at_s, c->at_s + c->length_s);
        format_gnuplot(text, label, 0);
        text_append_char(text, '\n');
        free(label);
    }
    text_append(text, "\n\n");
}

static int last_block(const struct chart_subject *subject)
{
    int last = 0;
    for (size_t i = 0; i < subject->model->results.count; i++)
        if (chart_trials_shows(subject, &subject->model->results.items[i]) &&
            subject->model->results.items[i].block > last)
            last = subject->model->results.items[i].block;
    return last;
}

/* By block (from 1): where on the axis its first trial in the campaign begins; NAN: it has none there. */
static double *find_borders(const struct chart_subject *subject, const struct chart_time *time,
                            const struct chart_campaign *campaign, int blocks)
{
    double *borders = memory_zeroed((size_t)blocks + 1, sizeof *borders);
    for (int block = 0; block <= blocks; block++)
        borders[block] = NAN;
    for (size_t i = 0; i < subject->model->results.count; i++) {
        const struct store_result_row *row = &subject->model->results.items[i];
        if (row->campaign_id == campaign->id && chart_trials_shows(subject, row) && row->block >= 0)
            borders[row->block] = fmin(borders[row->block], chart_time_of(time, row));
    }
    return borders;
}

static void append_border(const struct chart_time *time, double at, double end, int block, struct text *text)
{
    double room = px_of(time, end - at);
    text_append_format(text, "%.3f ", at);
    if (room >= NAME_PX)
        text_append_format(text, "\"block %d\"\n", block);
    else if (room >= NUMBER_PX)
        text_append_format(text, "\"%d\"\n", block);
    else
        text_append(text, "\"\"\n");
}

/* Only where the design runs one block after the other. */
static void append_borders(const struct chart_subject *subject, const struct chart_time *time, struct text *text)
{
    int blocks = last_block(subject);
    text_append(text, "# blocks: start, label\nNaN \"\"\n"); /* a data set must not be empty */
    for (size_t i = 0; i < time->count; i++) {
        const struct chart_campaign *campaign = &time->campaigns[i];
        if (campaign->length_s <= 0 || subject->model->experiment->design.order != ORDER_BLOCKED)
            continue;
        double *borders = find_borders(subject, time, campaign, blocks);
        double end = campaign->at_s + campaign->length_s;
        for (int block = blocks; block > 0; block--) {
            if (!(borders[block] < end)) /* absent, or run after the block behind it began */
                continue;
            append_border(time, borders[block], end, block, text);
            end = borders[block];
        }
        free(borders);
    }
    text_append(text, "\n\n");
}

struct unit {
    const char *name;
    double seconds;
};

static const struct unit *unit_for(double length_s)
{
    static const struct unit units[] = {{"seconds", 1}, {"minutes", 60}, {"hours", 3600}};
    return length_s < 300 ? &units[0] : length_s < 3 * 3600 ? &units[1] : &units[2];
}

/* The least of 1, 2 and 5 times a power of ten that is not below `least`. */
static double step_above(double least)
{
    double power = pow(10, floor(log10(least))), first = least / power;
    return power * (first <= 1 ? 1 : first <= 2 ? 2 : first <= 5 ? 5 : 10);
}

/* Each campaign counts from its own start. */
static const char *append_tics(const struct chart_time *time, struct text *text)
{
    const struct unit *unit = unit_for(time->length_s);
    double step = time->length_s > 0 ? step_above(TIC_PX / AXIS_PX * time->length_s / unit->seconds) : 1;
    text_append(text, "# tics: time, label\n");
    for (size_t i = 0; i < time->count; i++) {
        double length = time->campaigns[i].length_s / unit->seconds;
        for (int tic = 0; tic * step < length && (tic == 0 || (tic + 0.4) * step < length || time->shown == 1); tic++)
            text_append_format(text, "%.3f \"%.6g\"\n", time->campaigns[i].at_s + tic * step * unit->seconds,
                               tic * step);
    }
    text_append(text, "\n\n");
    return unit->name;
}

const char *chart_time_append(const struct chart_subject *subject, const struct chart_time *time, struct text *text)
{
    append_campaigns(time, text);
    append_borders(subject, time, text);
    return append_tics(time, text);
}
