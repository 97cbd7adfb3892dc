/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be said of the settings of a case: footnotes to a run's name, and what differs between the runs. */
#include "report/difference.h"
#include "report/format.h"
#include "report/wording.h"
#include "report/markdown.h"

#include "base/banned.h"

void report_markdown_footnotes(const struct report_pair *pair, int *number, struct text *text, struct text *notes)
{
    for (size_t i = 0; i < pair->setting_count; i++) {
        char *note = wording_setting_note(pair, &pair->settings[i]);
        if (!note)
            continue;
        text_append_format(text, "<sup>%d</sup>", ++*number);
        text_append_format(notes, "<sup>%d</sup> ", *number);
        format_markdown(notes, note);
        text_append(notes, "<br>\n");
        free(note);
    }
}

static void setting_cell(const struct report_pair *pair, const char *canonical, struct text *text)
{
    const struct report_setting *setting = difference_setting(pair, canonical);
    char *value = wording_setting_value(setting);
    char *native = setting ? format_list(&setting->natives) : NULL;
    text_append_char(text, ' ');
    format_markdown(text, value);
    if (native && native[0] && !string_equal(native, canonical)) {
        text_append(text, "<br>(");
        format_markdown(text, native);
        text_append_char(text, ')');
    }
    text_append(text, " |");
    free(native);
    free(value);
}

/* The runs that have trials: the others had no chance to tell. */
static void deciding_header(const struct report_case *report_case, struct text *text)
{
    struct text rule = TEXT_INIT;
    text_append(text, "| Setting |");
    text_append(&rule, "| --- |");
    for (size_t i = 0; i < report_case->pair_count; i++) {
        if (report_case->pairs[i].trial_count == 0)
            continue;
        text_append_char(text, ' ');
        format_markdown(text, report_case->pairs[i].run->title);
        text_append(text, " |");
        text_append(&rule, " --- |");
    }
    text_append_format(text, "\n%s\n", rule.bytes);
    text_release(&rule);
}

static void deciding_table(const struct report_case *report_case, const struct string_list *names, struct text *text)
{
    deciding_header(report_case, text);
    for (size_t i = 0; i < names->count; i++) {
        text_append(text, "| ");
        format_markdown(text, names->items[i]);
        text_append(text, " |");
        for (size_t j = 0; j < report_case->pair_count; j++)
            if (report_case->pairs[j].trial_count > 0)
                setting_cell(&report_case->pairs[j], names->items[i], text);
        text_append_char(text, '\n');
    }
    text_append_char(text, '\n');
}

static void own_settings(const struct report_case *report_case, struct text *text)
{
    char *line = wording_own_settings(report_case);
    if (line[0]) {
        text_append(text, "Given to single clients under names of their own: ");
        format_markdown(text, line);
        text_append(text, ".\n\n");
    }
    free(line);
}

static void other_settings(const struct string_list *names, struct text *text)
{
    struct text line = TEXT_INIT;
    for (size_t i = 0; i < names->count; i++)
        text_append_format(&line, "%s%s", i ? ", " : "", names->items[i]);
    if (line.length) {
        text_append(text,
                    "These differ too, and should not matter to a run without failures (report.json has the values): ");
        format_markdown(text, line.bytes);
        text_append(text, ".\n\n");
    }
    text_release(&line);
}

void report_markdown_settings(const struct report_case *report_case, struct text *text)
{
    struct differences differences;
    if (!report_case->has_trials)
        return;
    differences_find(report_case, &differences);
    text_append(text, "What differs between the clients beside the client: ");
    if (differences.deciding.count) {
        text_append(
            text,
            "these of the settings that decide throughput and latency, as the clients report them (in parentheses "
            "the client's own name, whose unit may be another).\n\n");
        deciding_table(report_case, &differences.deciding, text);
    } else
        text_append(text, "no setting that decides throughput or latency, as far as the clients tell.\n\n");
    own_settings(report_case, text);
    other_settings(&differences.others, text);
    differences_release(&differences);
}
