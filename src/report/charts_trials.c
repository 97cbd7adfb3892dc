/* SPDX-License-Identifier: Apache-2.0 */
/* The data of the chart of all trials over the campaigns' time, a panel a case. */
#include <math.h>

#include "report/charts_data.h"

#include "base/banned.h"

/* Where a trial without a rate is drawn: on a line of its own below the others. */
enum lane { LANE_NONE, LANE_FAILED, LANE_INTERRUPTED, LANE_EMPTY, LANE_COUNT };
static const char *const lane_names[LANE_COUNT] = {"", "failed", "interrupted", "empty"};

/* What all panels share. */
struct frame {
    double low, high;      /* records/s; NAN: no trial has a rate */
    int lanes[LANE_COUNT]; /* the lane's number from the top; 0: it is not needed */
};

bool chart_trials_shows(const struct chart_subject *subject, const struct store_result_row *row)
{
    return !string_equal(row->source, "published") && row->campaign_id != STORE_ABSENT &&
           (!subject->report_case || string_equal(row->case_name, subject->report_case->c->name));
}

static enum lane lane_of(const struct store_result_row *row)
{
    if (string_equal(row->status, "failed"))
        return LANE_FAILED;
    if (string_equal(row->status, "interrupted"))
        return LANE_INTERRUPTED;
    return row->records_per_sec > 0 ? LANE_NONE : LANE_EMPTY;
}

static struct frame find_frame(const struct chart_subject *subject)
{
    struct frame frame = {.low = NAN, .high = NAN};
    for (size_t i = 0; i < subject->model->results.count; i++) {
        const struct store_result_row *row = &subject->model->results.items[i];
        if (!chart_trials_shows(subject, row))
            continue;
        enum lane lane = lane_of(row);
        frame.lanes[lane] = 1;
        if (lane != LANE_NONE)
            continue;
        frame.low = fmin(frame.low, row->records_per_sec);
        frame.high = fmax(frame.high, row->records_per_sec);
    }
    int number = 0;
    for (int lane = LANE_FAILED; lane < LANE_COUNT; lane++)
        frame.lanes[lane] = frame.lanes[lane] ? ++number : 0;
    return frame;
}

static void append_trial(const struct chart_subject *subject, const struct frame *frame, const struct chart_time *time,
                         const struct store_result_row *row, struct text *text)
{
    enum lane lane = lane_of(row);
    double at = chart_time_of(time, row);
    if (!isfinite(at))
        return;
    text_append_format(text, "%.3f ", at);
    if (lane == LANE_NONE)
        text_append_format(text, "rate %.9g", row->records_per_sec);
    else
        text_append_format(text, "line %d", frame->lanes[lane]);
    text_append_format(text, " %d %d\n", experiment_find_run(subject->model->experiment, row->run_name),
                       string_equal(row->status, "disturbed"));
}

static bool has_trials(const struct chart_subject *subject, const struct experiment_case *c)
{
    for (size_t i = 0; i < subject->model->results.count; i++)
        if (chart_trials_shows(subject, &subject->model->results.items[i]) &&
            string_equal(subject->model->results.items[i].case_name, c->name))
            return true;
    return false;
}

/* The titles of the panels, then a data set for each. Returns how many there are. */
static size_t append_panels(const struct chart_subject *subject, const struct frame *frame,
                            const struct chart_time *time, struct text *text)
{
    struct text panels = TEXT_INIT;
    size_t count = 0;
    text_append(text, "# panels: title\n");
    for (size_t i = 0; i < subject->model->case_count; i++) {
        const struct experiment_case *c = subject->model->cases[i].c;
        if (!has_trials(subject, c))
            continue;
        count++;
        chart_label(text, subject->report_case ? "" : c->title, CHART_PANEL_TITLE_WIDTH, 1);
        text_append(text, "\n");
        text_append(&panels, "\n\n# trials: time, records/s or the number of a line, style, disturbed\n");
        for (size_t j = 0; j < subject->model->results.count; j++) {
            const struct store_result_row *row = &subject->model->results.items[j];
            if (chart_trials_shows(subject, row) && string_equal(row->case_name, c->name))
                append_trial(subject, frame, time, row, &panels);
        }
    }
    text_append(text, panels.bytes);
    text_release(&panels);
    return count;
}

static bool is_shown(const struct chart_subject *subject, const struct experiment_run *run)
{
    for (size_t i = 0; i < subject->model->results.count; i++)
        if (chart_trials_shows(subject, &subject->model->results.items[i]) &&
            string_equal(subject->model->results.items[i].run_name, run->name))
            return true;
    return false;
}

static size_t append_legend(const struct chart_subject *subject, struct text *text)
{
    const struct experiment *experiment = subject->model->experiment;
    struct chart_legend legend = {0};
    for (size_t i = 0; i < experiment->run_count; i++)
        if (is_shown(subject, &experiment->runs[i]))
            chart_legend_add(&legend, experiment->runs[i].title, (int)i);
    return chart_legend_append(&legend, text);
}

bool chart_trials_data(const struct chart_subject *subject, struct chart_data *data)
{
    struct chart_time time;
    chart_time_measure(subject, &time);
    struct frame frame = find_frame(subject);
    const char *unit = chart_time_append(subject, &time, &data->points);
    size_t lines = append_legend(subject, &data->points);
    size_t panels = append_panels(subject, &frame, &time, &data->points);
    struct text lanes = TEXT_INIT;
    for (int lane = LANE_FAILED; lane < LANE_COUNT; lane++)
        if (frame.lanes[lane])
            text_append_format(&lanes, "%s%s", lanes.length ? " " : "", lane_names[lane]);
    string_list_push_format(&data->arguments, "%s since the start of the campaign", unit);
    string_list_push_format(&data->arguments, "%.3f %zu %zu %.9g %.9g", time.length_s, panels, lines,
                            isfinite(frame.low) ? frame.low : 0, isfinite(frame.high) ? frame.high : 0);
    string_list_push(&data->arguments, lanes.bytes);
    text_release(&lanes);
    bool shown = time.shown > 0;
    chart_time_release(&time);
    return shown;
}
