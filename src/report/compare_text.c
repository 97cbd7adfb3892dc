/* SPDX-License-Identifier: Apache-2.0 */
/* A comparison for people. */
#include <math.h>

#include "report/compare.h"
#include "report/format.h"
#include "report/shown.h"

#include "base/banned.h"

static void side(const struct report_model *model, const char *letter, struct text *text)
{
    size_t trials = 0;
    for (size_t i = 0; i < model->case_count; i++)
        for (size_t j = 0; j < model->cases[i].pair_count; j++)
            trials += model->cases[i].pairs[j].trial_count;
    text_append_format(text, "%s: %s, revision %d: %zu trials", letter, model->row.version, model->row.revision,
                       trials);
    if (model->campaigns.count)
        text_append_format(text, ", campaigns from %s", model->campaigns.items[0].started_at);
    text_append_char(text, '\n');
}

static void difference_lines(const struct comparison *comparison, bool intended, const char *head, struct text *text)
{
    bool any = false;
    for (size_t i = 0; i < comparison->difference_count; i++) {
        const struct comparison_difference *difference = &comparison->differences[i];
        if (difference->intended != intended)
            continue;
        if (!any)
            text_append_format(text, "\n%s\n", head);
        any = true;
        char *line = string_format("  %-14s  %s: %s -> %s", difference_kind_name(difference->kind), difference->name,
                                   difference->a, difference->b);
        format_clean(text, line);
        text_append_char(text, '\n');
        free(line);
    }
}

static char *number_text(double value)
{
    struct text text = TEXT_INIT;
    format_number(&text, value);
    return text_detach(&text);
}

static void pair_line(const struct comparison *comparison, const struct comparison_pair *pair, int width,
                      struct text *text)
{
    char *name = string_format("%s/%s", pair->a->c->name, pair->a->run->name);
    char *a = number_text(pair->median_a.estimate), *b = number_text(pair->median_b.estimate);
    char *ratio = shown_interval_text(&pair->ratio, format_ratio);
    char *detectable = isfinite(pair->detectable) ? string_format("%.1f %%", 100 * pair->detectable) : string_copy("-");
    text_append_format(text, "  %-*s  %12s  %12s  %3zu %3zu  %-22s  %10s  %s%s\n", width, name, a, b, pair->median_a.n,
                       pair->median_b.n, ratio, detectable, comparison_verdict(comparison, pair),
                       pair->regressed ? ", a regression" : "");
    free(name);
    free(a);
    free(b);
    free(ratio);
    free(detectable);
}

static void pairs_table(const struct comparison *comparison, struct text *text)
{
    int width = 4;
    for (size_t i = 0; i < comparison->pair_count; i++) {
        const struct report_pair *pair = comparison->pairs[i].a;
        int length = (int)(strlen(pair->c->name) + strlen(pair->run->name)) + 1;
        width = length > width ? length : width;
    }
    text_append_format(text,
                       "\n%s, B to A: medians; the ratio with its 95 %% interval, of samples that nothing pairs "
                       "(Hodges-Lehmann, Mann-Whitney)\n",
                       comparison->metric);
    text_append_format(text, "  %-*s  %12s  %12s  %3s %3s  %-22s  %10s  %s\n", width, "pair", "A", "B", "nA", "nB",
                       "B/A", "detectable", "verdict");
    for (size_t i = 0; i < comparison->pair_count; i++)
        pair_line(comparison, &comparison->pairs[i], width, text);
}

static void missing_line(const struct string_list *list, const char *letter, struct text *text)
{
    if (list->count == 0)
        return;
    char *names = format_list(list);
    text_append_format(text, "Only %s has trials of %s.\n", letter, names);
    free(names);
}

void comparison_text_differences(const struct comparison *comparison, struct text *text)
{
    if (comparison->difference_count == 0)
        text_append(text, "\nNothing that is known of them differs but their figures.\n");
    difference_lines(comparison, false, "Differs, and no definition asks for it:", text);
    difference_lines(comparison, true, "Differs as intended:", text);
}

void comparison_text(const struct comparison *comparison, struct text *text)
{
    side(&comparison->a, "A", text);
    side(&comparison->b, "B", text);
    comparison_text_differences(comparison, text);
    if (comparison->other_machine)
        text_append(
            text,
            comparison->judged
                ? "\nThe sides are not known to be of one machine, and are judged all the same, as asked for. That is "
                  "weak: the interval has the spread of trials on each machine, and none of what another CPU, "
                  "disk or neighbour makes of the same software.\n"
                : "\nThe sides are not known to be of one machine: what differs may be the machine's. No verdict; "
                  "--across-machines gives one all the same.\n");
    pairs_table(comparison, text);
    missing_line(&comparison->only_a, "A", text);
    missing_line(&comparison->only_b, "B", text);
}
