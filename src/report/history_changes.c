/* SPDX-License-Identifier: Apache-2.0 */
/* The changelog in Markdown: what the author of a definition wrote, and told apart from it what kbench sees itself. */
#include "report/format.h"
#include "report/history.h"
#include "report/shown.h"

#include "base/banned.h"

/* Of each kind of difference at most so many are listed; `kbench compare` has the others. */
#define LISTED_MAX 20

static void difference_line(const struct comparison_difference *difference, struct text *text)
{
    char *line = string_format("%s: %s \xe2\x86\x92 %s", difference->name, difference->a, difference->b);
    text_append(text, "  - ");
    format_markdown(text, line);
    text_append_char(text, '\n');
    free(line);
}

/* "definition", "broker setting, which no definition asks for", … with a line for each difference of that kind. */
static void differences_of(const struct history_step *step, enum difference_kind kind, bool intended, struct text *text)
{
    size_t count = 0;
    for (size_t i = 0; i < step->difference_count; i++) {
        const struct comparison_difference *difference = &step->differences[i];
        if (difference->kind != kind || difference->intended != intended)
            continue;
        if (count++ == 0)
            text_append_format(text, "- Seen by kbench, %s%s:\n", difference_kind_name(kind),
                               intended ? "" : ", which no definition asks for");
        if (count <= LISTED_MAX)
            difference_line(difference, text);
    }
    if (count > LISTED_MAX)
        text_append_format(text, "  - and %zu more, which `kbench compare` lists\n", count - LISTED_MAX);
}

static void differences(const struct history_step *step, struct text *text)
{
    for (int kind = DIFFERENCE_DEFINITION; kind >= DIFFERENCE_MACHINE; kind--) {
        differences_of(step, (enum difference_kind)kind, true, text);
        differences_of(step, (enum difference_kind)kind, false, text);
    }
    if (step->difference_count == 0)
        text_append(text, "- Seen by kbench: nothing that is known differs but the figures\n");
}

static void result_line(const struct history_result *result, struct text *text)
{
    struct text line = TEXT_INIT;
    text_append_format(&line, "%s of %s/%s: ", result->metric, result->case_name, result->run_name);
    shown_interval(&result->before, format_number, &line);
    text_append(&line, " \xe2\x86\x92 ");
    shown_interval(&result->after, format_number, &line);
    text_append(&line, ", ratio ");
    shown_interval(&result->ratio, format_ratio, &line);
    text_append_format(&line, ", %s", result->verdict);
    text_append(text, "  - ");
    format_markdown(text, line.bytes);
    text_append_char(text, '\n');
    text_release(&line);
}

static void results(const struct history_step *step, struct text *text)
{
    if (step->result_count == 0) {
        text_append(text, "- Results: no pair has trials on both sides\n");
        return;
    }
    if (!step->judged) {
        text_append(text, "- Results: not judged, since the two are not known to be of one machine\n");
        return;
    }
    text_append_format(
        text,
        "- Seen by kbench, results: %zu of %zu changed beyond their 95 %% interval, and chance alone makes that "
        "of up to 5 in 100; no difference is shown in %zu, too few trials have %zu%s\n",
        step->changed, step->result_count, step->not_shown, step->too_few, step->changed ? ":" : "");
    for (size_t i = 0; i < step->result_count; i++)
        if (step->results[i].changed)
            result_line(&step->results[i], text);
}

static void pairs_line(const char *what, const struct string_list *pairs, struct text *text)
{
    if (pairs->count == 0)
        return;
    text_append_format(text, "- %s: ", what);
    for (size_t i = 0; i < pairs->count; i++) {
        text_append(text, i ? ", " : "");
        format_markdown(text, pairs->items[i]);
    }
    text_append_char(text, '\n');
}

static void author(const struct history *history, size_t index, struct text *text)
{
    const struct string_list *changes = &history->revisions[index].changes;
    if (history_repeats_changes(history, index))
        return; /* said at the revision before */
    for (size_t i = 0; i < changes->count; i++) {
        text_append(text, i == 0 ? "- By its author:\n  - " : "  - ");
        format_markdown(text, changes->items[i]);
        text_append_char(text, '\n');
    }
}

static void step_lines(const struct history *history, const struct history_revision *revision, struct text *text)
{
    const struct history_step *step = revision->step;
    if (revision->problem) {
        text_append(text, "- Not compared: ");
        format_markdown(text, revision->problem);
        text_append_char(text, '\n');
    } else if (!step) {
        text_append(text, "- The first that this database holds\n");
    } else {
        char *before = history_name(&history->revisions[step->before]);
        text_append(text, "- Compared with ");
        format_markdown(text, before);
        text_append(text, "\n");
        free(before);
        differences(step, text);
        results(step, text);
        pairs_line("Not measured before", &step->only_after, text);
        pairs_line("No longer measured", &step->only_before, text);
    }
}

void report_markdown_changes(const struct history *history, struct text *text)
{
    for (size_t i = history->revision_count; i-- > 0;) {
        const struct history_revision *revision = &history->revisions[i];
        char *name = history_name(revision);
        text_append(text, "**");
        format_markdown(text, name);
        text_append(text, "**");
        if (revision->row.first_started)
            text_append_format(text, " (measured from %.10s)", revision->row.first_started);
        text_append(text, "\n\n");
        author(history, i, text);
        step_lines(history, revision, text);
        text_append_char(text, '\n');
        free(name);
    }
}
