/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be said of the settings of a case: footnotes to a run's name, and what differs between the runs. */
#include "report/difference.h"
#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

/* A value that the client says is in force under Kafka's own name, other than what was asked for. */
static bool is_other_than_asked(const struct report_setting *setting)
{
    return setting->applied && setting->requested.count == 1 && setting->in_force.count > 0 &&
           setting->natives.count == 1 && string_equal(setting->natives.items[0], setting->canonical) &&
           (setting->in_force.count > 1 ||
            !difference_same_value(setting->requested.items[0], setting->in_force.items[0]));
}

void report_markdown_footnotes(const struct report_pair *pair, int *number, struct text *text, struct text *notes)
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

/* What is in force; else what was asked for and whether the client has it; else nothing is known. */
static char *value_of(const struct report_setting *setting)
{
    if (setting && setting->in_force.count > 0)
        return format_list(&setting->in_force);
    if (!setting || setting->requested.count == 0)
        return string_copy("not told");
    char *asked = format_list(&setting->requested);
    char *value = string_format(setting->applied ? "%s (asked for)" : "%s not applied", asked);
    free(asked);
    return value;
}

static void setting_cell(const struct report_pair *pair, const char *canonical, struct text *text)
{
    const struct report_setting *setting = difference_setting(pair, canonical);
    char *value = value_of(setting);
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

/* Settings that Kafka's names do not cover, and arguments of a client's JVM; properties of the JVM may be secrets. */
static void own_settings(const struct report_case *report_case, struct text *text)
{
    struct text line = TEXT_INIT;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        struct text own = TEXT_INIT;
        for (size_t j = 0; j < pair->own_settings.count; j++)
            text_append_format(&own, "%s%s", own.length ? ", " : "", pair->own_settings.items[j]);
        for (size_t j = 0; j < pair->run->jvm.count; j++)
            if (!string_starts_with(pair->run->jvm.items[j], "-D"))
                text_append_format(&own, "%s%s", own.length ? ", " : "", pair->run->jvm.items[j]);
        if (own.length)
            text_append_format(&line, "%s%s: %s", line.length ? "; " : "", pair->run->title, own.bytes);
        text_release(&own);
    }
    if (line.length) {
        text_append(text, "Given to single clients under names of their own: ");
        format_markdown(text, line.bytes);
        text_append(text, ".\n\n");
    }
    text_release(&line);
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
