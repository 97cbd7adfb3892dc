/* SPDX-License-Identifier: Apache-2.0 */
/* The data of the chart of versions: each run's throughput in this version, in another one, and in a published table. */
#include <math.h>

#include "report/charts_data.h"
#include "report/compare.h"
#include "report/format.h"
#include "report/origin.h"

#include "base/banned.h"

#define NAME_WIDTH 40.0 /* of a version's name in the legend */

const struct report_pair *chart_versions_other(const struct chart_subject *subject, const struct report_pair *pair)
{
    const struct report_pair *found =
        subject->other ? report_model_find_pair(subject->other, pair->c->name, pair->run->name) : NULL;
    return found && found->metrics[METRIC_RECORDS_PER_SEC].value.n > 0 ? found : NULL;
}

const struct store_result_row *chart_versions_published(const struct chart_subject *subject,
                                                        const struct report_pair *pair)
{
    const struct store_result_rows *rows = &subject->model->published;
    for (size_t i = 0; i < rows->count; i++)
        if (string_equal(rows->items[i].case_name, pair->c->name) &&
            string_equal(rows->items[i].run_name, pair->run->name) && rows->items[i].records_per_sec > 0)
            return &rows->items[i];
    return NULL;
}

static bool has_own(const struct report_pair *pair)
{
    return pair->metrics[METRIC_RECORDS_PER_SEC].value.n > 0;
}

/* As a comparison of the two would judge. */
static bool same_machine(const struct report_model *a, const struct report_model *b)
{
    struct comparison comparison = {.a = *a, .b = *b}; /* borrowed: only the differences are its own */
    comparison_find_differences(&comparison);
    bool same = !comparison.other_machine;
    comparison_differences_free(comparison.differences, comparison.difference_count);
    return same;
}

void chart_versions_name(const struct chart_subject *subject, struct chart_versions *versions)
{
    const struct store_experiment_row *row = &subject->model->row;
    const struct report_case *report_case = subject->report_case;
    *versions = (struct chart_versions){0};
    bool other = false, published = false;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        other = other || (has_own(pair) && chart_versions_other(subject, pair));
        published = published || (has_own(pair) && chart_versions_published(subject, pair));
    }
    bool same = other && string_equal(row->version, subject->other->row.version);
    versions->own = same ? string_format("%s, revision %d", row->version, row->revision) : string_copy(row->version);
    if (other)
        versions->other = same ? string_format("%s, revision %d", row->version, subject->other->row.revision)
                               : string_copy(subject->other->row.version);
    versions->other_machine = other && !same_machine(subject->model, subject->other);
    if (published)
        versions->published = string_copy(subject->model->experiment->report.published);
}

void chart_versions_release(struct chart_versions *versions)
{
    free(versions->own);
    free(versions->other);
    free(versions->published);
}

static void append_measured(struct text *text, size_t row, const struct interval *value)
{
    struct text figure = TEXT_INIT;
    format_number(&figure, value->estimate);
    if (!value->has_bounds)
        text_append_format(&figure, " (n = %zu)", value->n);
    text_append_format(text, "%zu ", row);
    chart_append_interval(text, value);
    text_append_char(text, ' ');
    format_gnuplot(text, figure.bytes, 0);
    text_append_char(text, '\n');
    text_release(&figure);
}

static void append_published(struct text *text, size_t row, double value, const char *origin)
{
    struct text figure = TEXT_INIT;
    format_number(&figure, value);
    text_append_format(&figure, " (%s)", origin);
    text_append_format(text, "%zu %.9g %.9g %.9g ", row, value, value, value);
    format_gnuplot(text, figure.bytes, 0);
    text_append_char(text, '\n');
    text_release(&figure);
}

/* One data set of the chart; its number is what the script tells them apart by. */
enum set { SET_OWN, SET_OTHER, SET_PUBLISHED, SET_COUNT };

static void append_set(const struct chart_subject *subject, enum set set, const char *name, const char *remark,
                       struct chart_data *data)
{
    struct text *text = &data->points;
    const char *origin = origin_of(&subject->model->published)->word;
    char *title = string_format("%s%s", name, remark);
    chart_label(text, title, NAME_WIDTH, 1);
    free(title);
    text_append(text, " median low high text\n");
    size_t row = 0;
    for (size_t i = 0; i < subject->report_case->pair_count; i++) {
        const struct report_pair *pair = &subject->report_case->pairs[i];
        if (!has_own(pair))
            continue;
        const struct report_pair *measured = set == SET_OWN     ? pair
                                             : set == SET_OTHER ? chart_versions_other(subject, pair)
                                                                : NULL;
        const struct store_result_row *published = chart_versions_published(subject, pair);
        if (measured)
            append_measured(text, row, &measured->metrics[METRIC_RECORDS_PER_SEC].value);
        else if (set == SET_PUBLISHED && published)
            append_published(text, row, published->records_per_sec, origin);
        row++;
    }
    text_append(text, "\n\n");
    chart_data_add_style(data, set);
}

bool chart_versions_data(const struct chart_subject *subject, struct chart_data *data)
{
    struct chart_versions versions;
    chart_versions_name(subject, &versions);
    const char *const names[SET_COUNT] = {versions.own, versions.other, versions.published};
    char *remark = string_format(", %s: not measured here", origin_of(&subject->model->published)->word);
    const char *const remarks[SET_COUNT] = {"", versions.other_machine ? ", not known to be of the same machine" : "",
                                            remark};
    double widest = 0;
    size_t rows = 0;
    for (int set = 0; set < SET_COUNT; set++)
        if (names[set])
            append_set(subject, (enum set)set, names[set], remarks[set], data);
    free(remark);
    text_append(&data->points, "# runs: row, label, its lines\n");
    for (size_t i = 0; i < subject->report_case->pair_count; i++)
        if (has_own(&subject->report_case->pairs[i])) {
            text_append_format(&data->points, "%zu ", rows++);
            chart_row_label(&data->points, &subject->report_case->pairs[i], &widest);
            text_append_char(&data->points, '\n');
        }
    chart_data_add_label_room(data, widest);
    string_list_push_format(&data->arguments, "%zu", rows);
    bool found = versions.other || versions.published;
    chart_versions_release(&versions);
    return found;
}
