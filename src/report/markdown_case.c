/* SPDX-License-Identifier: Apache-2.0 */
/* The section of one case: the post's table, the ratios, footnotes, the settings that differ. */
#include <math.h>

#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

static void describe(const struct experiment_case *c, struct text *text)
{
    struct text line = TEXT_INIT;
    text_append_format(&line, "Case %s: %d partition%s, replication factor %d; records of %lld bytes, ", c->name,
                       c->partitions, c->partitions == 1 ? "" : "s", c->replication_factor,
                       (long long)c->record_size_bytes);
    if (c->rate_per_sec > 0)
        text_append_format(&line, "%g records/s offered; ", c->rate_per_sec);
    else
        text_append(&line, "as fast as possible; ");
    text_append_format(&line, "warm-up %g s, ", (double)c->warmup_ms / 1000);
    if (c->duration_ms > 0)
        text_append_format(&line, "window %g s.", (double)c->duration_ms / 1000);
    else
        text_append_format(&line, "%lld records.", (long long)c->records);
    for (size_t i = 0; i < c->producer.count; i++)
        text_append_format(&line, "%s%s=%s", i ? ", " : " Producer: ", c->producer.items[i].name,
                           c->producer.items[i].value);
    format_markdown(text, line.bytes);
    text_append(text, c->producer.count ? ".\n\n" : "\n\n");
    text_release(&line);
}

static void spread(struct text *text, double low, double high)
{
    text_append(text, "<br>(");
    format_number(text, low);
    text_append(text, " to ");
    format_number(text, high);
    text_append_char(text, ')');
}

/* median [interval], or median (range) with too few trials. */
static void median_cell(const struct report_figure *figure, struct text *text)
{
    text_append_char(text, ' ');
    format_number(text, figure->value.estimate);
    if (figure->value.has_bounds) {
        text_append(text, "<br>[");
        format_number(text, figure->value.low);
        text_append(text, ", ");
        format_number(text, figure->value.high);
        text_append_char(text, ']');
    } else if (figure->value.n > 1) {
        spread(text, figure->lowest, figure->highest);
    }
    text_append(text, " |");
}

/* What all trials say together, (lowest trial to highest trial). */
static void merged_cell(const struct report_figure *figure, struct text *text)
{
    bool merged = isfinite(figure->merged);
    text_append_char(text, ' ');
    format_number(text, merged ? figure->merged : figure->value.estimate);
    if (!merged && figure->value.n > 0)
        text_append(text, "\\*");
    if (figure->value.n > 1)
        spread(text, figure->lowest, figure->highest);
    text_append(text, " |");
}

static void ratio_cell(const struct report_pair *pair, enum report_metric metric, const char *more, const char *less,
                       struct text *text)
{
    const struct interval *ratio = &pair->metrics[metric].ratio;
    text_append_char(text, ' ');
    if (pair->is_baseline) {
        text_append(text, pair->trial_count ? "1" : "\xe2\x80\x93");
    } else {
        format_ratio(text, ratio->n ? ratio->estimate : NAN);
        if (ratio->n && ratio->has_bounds) {
            text_append(text, " [");
            format_ratio(text, ratio->low);
            text_append(text, ", ");
            format_ratio(text, ratio->high);
            text_append_format(text, "] %s", ratio->low > 1 ? more : ratio->high < 1 ? less : "no difference shown");
            if (ratio->n != pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n) /* what the row's "Blocks" counts */
                text_append_format(text, " (%zu blocks)", ratio->n);
        } else if (ratio->n) {
            text_append_format(text, " (%zu block%s: no interval)", ratio->n, ratio->n == 1 ? "" : "s");
        }
    }
    text_append(text, " |");
}

static void sum_cell(const struct report_sum *sum, size_t trials, struct text *text)
{
    text_append_char(text, ' ');
    format_count(text, sum->known ? sum->total : STORE_ABSENT);
    if (sum->known && sum->known < trials)
        text_append_format(text, " (known in %zu of %zu)", sum->known, trials);
    text_append(text, " |");
}

/* ---- footnotes ---- */

static bool same_value(const char *a, const char *b)
{
    char *end_a, *end_b;
    if (string_equal(a, b))
        return true;
    if ((string_equal(a, "all") && string_equal(b, "-1")) || (string_equal(a, "-1") && string_equal(b, "all")))
        return true;
    double x = strtod(a, &end_a), y = strtod(b, &end_b);
    return end_a != a && end_b != b && !*end_a && !*end_b && x == y;
}

/* A value that the client says is in force under Kafka's own name, other than what was asked for. */
static bool is_other_than_asked(const struct report_setting *setting)
{
    return setting->applied && setting->requested.count == 1 && setting->in_force.count > 0 &&
           setting->natives.count == 1 && string_equal(setting->natives.items[0], setting->canonical) &&
           (setting->in_force.count > 1 || !same_value(setting->requested.items[0], setting->in_force.items[0]));
}

/* Appends the pair's footnotes to `notes`, and their numbers to `text`. */
static void footnotes(const struct report_pair *pair, int *number, struct text *text, struct text *notes)
{
    for (size_t i = 0; i < pair->setting_count; i++) {
        const struct report_setting *setting = &pair->settings[i];
        bool other = is_other_than_asked(setting);
        if (setting->applied && !other)
            continue;
        char *asked = format_list(&setting->requested), *in_force = format_list(&setting->in_force);
        char *note = string_format("%s: %s=%s %s%s%s", pair->run->title, setting->canonical, asked,
                                   other ? "was asked for, in force was " : "was asked for and is not applied",
                                   other || !in_force[0] ? "" : "; in force was ", in_force);
        text_append_format(text, "<sup>%d</sup>", ++*number);
        text_append_format(notes, "<sup>%d</sup> ", *number);
        format_markdown(notes, note);
        text_append(notes, ".<br>\n");
        free(note);
        free(asked);
        free(in_force);
    }
}

/* ---- tables ---- */

struct columns {
    bool delivery, ratio; /* whether they are shown */
};

static void results_header(const struct report_model *model, struct columns columns, struct text *text)
{
    const struct experiment *experiment = model->experiment;
    size_t count = 7u + (columns.ratio ? 1u : 0u) + (columns.delivery ? 3u : 0u) + experiment->report.percentile_count;
    text_append(text, "| Run | Trials | Records sent | Records/s |");
    if (columns.ratio)
        text_append(text, " Ratio |");
    text_append(text, " MB/s | Average ms | Maximum ms |");
    for (size_t i = 0; i < experiment->report.percentile_count; i++) {
        text_append_char(text, ' ');
        format_percentile(text, experiment->report.percentiles[i]);
        text_append(text, " ms |");
    }
    text_append(text, columns.delivery ? " Lost | Duplicated | Failed |\n| --- |" : "\n| --- |");
    for (size_t i = 1; i < count; i++)
        text_append(text, " ---: |");
    text_append_char(text, '\n');
}

static void results_row(const struct report_model *model, const struct report_pair *pair, struct columns columns,
                        int *number, struct text *text, struct text *notes)
{
    text_append(text, "| ");
    format_markdown(text, pair->run->title);
    if (pair->is_tool)
        text_append(text, " (tool)");
    footnotes(pair, number, text, notes);
    text_append_format(text, " | %zu", pair->trial_count);
    if (pair->trial_count < INTERVAL_MIN_TRIALS)
        text_append_format(text, " (n&lt;%d)", INTERVAL_MIN_TRIALS);
    text_append(text, " |");
    sum_cell(&pair->sent, pair->trial_count, text);
    median_cell(&pair->metrics[METRIC_RECORDS_PER_SEC], text);
    if (columns.ratio) {
        text_append_char(text, ' ');
        format_ratio(text, pair->is_baseline && pair->trial_count ? 1
                           : pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n
                               ? pair->metrics[METRIC_RECORDS_PER_SEC].ratio.estimate
                               : NAN);
        text_append(text, " |");
    }
    median_cell(&pair->metrics[METRIC_MB_PER_SEC], text);
    median_cell(&pair->metrics[METRIC_LATENCY_AVG], text);
    merged_cell(&pair->metrics[METRIC_LATENCY_MAX], text);
    for (size_t i = 0; i < model->experiment->report.percentile_count; i++)
        merged_cell(&pair->percentiles[i], text);
    if (columns.delivery) {
        sum_cell(&pair->lost, pair->trial_count, text);
        sum_cell(&pair->duplicated, pair->trial_count, text);
        sum_cell(&pair->failed_records, pair->trial_count, text);
    }
    text_append_char(text, '\n');
}

static void results_table(const struct report_model *model, const struct report_case *report_case, struct text *text)
{
    struct columns columns = {.ratio = false};
    struct text notes = TEXT_INIT;
    int number = 0;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        columns.delivery =
            columns.delivery || pair->lost.total > 0 || pair->duplicated.total > 0 || pair->failed_records.total > 0;
        columns.ratio = columns.ratio || pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n > 0;
    }
    results_header(model, columns, text);
    for (size_t i = 0; i < report_case->pair_count; i++)
        results_row(model, &report_case->pairs[i], columns, &number, text, &notes);
    text_append_char(text, '\n');
    if (notes.length)
        text_append_format(text, "%s\n", notes.bytes);
    text_release(&notes);
}

static void ratio_table(const struct report_model *model, const struct report_case *report_case, struct text *text)
{
    bool any = false;
    for (size_t i = 0; i < report_case->pair_count; i++)
        any = any || report_case->pairs[i].metrics[METRIC_RECORDS_PER_SEC].ratio.n > 0;
    if (!any)
        return;
    text_append(text, "Relative to ");
    format_markdown(text, model->experiment->runs[model->baseline].title);
    text_append(
        text,
        ", block by block:\n\n| Run | Blocks | Records/s | Latency, 50th | Latency, 99th | CPU time of the client for a record |\n"
        "| --- | ---: | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        if (pair->is_baseline)
            continue;
        text_append(text, "| ");
        format_markdown(text, pair->run->title);
        text_append_format(text, " | %zu |", pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n);
        ratio_cell(pair, METRIC_RECORDS_PER_SEC, "faster", "slower", text);
        ratio_cell(pair, METRIC_LATENCY_P50, "higher", "lower", text);
        ratio_cell(pair, METRIC_LATENCY_P99, "higher", "lower", text);
        ratio_cell(pair, METRIC_CLIENT_CPU_PER_RECORD, "more", "less", text);
        text_append_char(text, '\n');
    }
    text_append_char(text, '\n');
}

/* ---- settings that differ between the runs of the case ---- */

static const struct report_setting *find_setting(const struct report_pair *pair, const char *canonical)
{
    for (size_t i = 0; i < pair->setting_count; i++)
        if (string_equal(pair->settings[i].canonical, canonical) && pair->settings[i].in_force.count > 0)
            return &pair->settings[i];
    return NULL;
}

static bool differs(const struct report_case *report_case, const char *canonical)
{
    const struct report_setting *first = NULL;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_setting *setting = find_setting(&report_case->pairs[i], canonical);
        if (!setting)
            continue;
        if (setting->in_force.count > 1 || (first && !same_value(first->in_force.items[0], setting->in_force.items[0])))
            return true;
        first = first ? first : setting;
    }
    return false;
}

static void setting_row(const struct report_case *report_case, const char *canonical, struct text *text)
{
    text_append(text, "| ");
    format_markdown(text, canonical);
    text_append(text, " |");
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_setting *setting = find_setting(&report_case->pairs[i], canonical);
        char *value = setting ? format_list(&setting->in_force) : NULL;
        char *native = setting ? format_list(&setting->natives) : NULL;
        text_append_char(text, ' ');
        format_markdown(text, value ? value : "\xe2\x80\x93");
        if (native && native[0] && !string_equal(native, canonical)) {
            text_append(text, "<br>(");
            format_markdown(text, native);
            text_append_char(text, ')');
        }
        text_append(text, " |");
        free(native);
        free(value);
    }
    text_append_char(text, '\n');
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void settings_table(const struct report_case *report_case, struct text *text)
{
    struct string_list names = {0};
    for (size_t i = 0; i < report_case->pair_count; i++)
        for (size_t j = 0; j < report_case->pairs[i].setting_count; j++) {
            const char *canonical = report_case->pairs[i].settings[j].canonical;
            if (!string_list_contains(&names, canonical) && differs(report_case, canonical))
                string_list_push(&names, canonical);
        }
    if (names.count) {
        qsort(names.items, names.count, sizeof *names.items, by_text);
        text_append(
            text,
            "Producer settings in force that differ between the runs, as the clients report them (in parentheses the "
            "client's own name, whose unit may be another):\n\n| Setting |");
        for (size_t i = 0; i < report_case->pair_count; i++) {
            text_append_char(text, ' ');
            format_markdown(text, report_case->pairs[i].run->title);
            text_append(text, " |");
        }
        text_append(text, "\n| --- |");
        for (size_t i = 0; i < report_case->pair_count; i++)
            text_append(text, " --- |");
        text_append_char(text, '\n');
        for (size_t i = 0; i < names.count; i++)
            setting_row(report_case, names.items[i], text);
        text_append_char(text, '\n');
    }
    string_list_release(&names);
}

void report_markdown_case(const struct report_model *model, const struct report_case *report_case, struct text *text)
{
    text_append(text, "### ");
    format_markdown(text, report_case->c->title);
    text_append(text, "\n\n");
    describe(report_case->c, text);
    results_table(model, report_case, text);
    ratio_table(model, report_case, text);
    settings_table(report_case, text);
}
