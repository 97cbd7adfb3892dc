/* SPDX-License-Identifier: Apache-2.0 */
/* The markers for people, from the same tables that they are read by. */
#include "publish/kinds.h"
#include "publish/publish.h"
#include "publish/value.h"

#include "base/banned.h"

#define NAME_WIDTH 18
#define METRIC_WIDTH 34

static void describe_kind(const struct marker_kind *kind, struct text *text)
{
    text_append_format(text, "  %s", kind->name);
    for (const struct marker_attribute *attribute = kind->attributes; attribute->name; attribute++)
        text_append_format(text, attribute->required ? " %s=%s" : " [%s=%s]", attribute->name, attribute->argument);
    text_append_format(text, "\n      %s\n", kind->help);
}

static void describe_names(enum value_subject subject, struct text *text)
{
    text_append_format(text, "\n  %s of=\n", value_subject_example(subject));
    for (const struct value_name *name = value_names; name->name; name++)
        if (name->subject == subject)
            text_append_format(text, "    %-*s %s\n", NAME_WIDTH, name->name, name->help);
}

static void describe_metrics(struct text *text)
{
    size_t count;
    const struct metric_documentation *documents = metric_documents(&count);
    text_append(text, "\n  metric=\n");
    for (size_t i = 0; i < count; i++)
        text_append_format(text, "    %-*s %s\n", METRIC_WIDTH,
                           documents[i].name ? documents[i].name : "latency_p<percentile>_ms", documents[i].title);
}

void publish_describe_markers(struct text *text)
{
    text_append(
        text,
        "A marker and its end stand on lines of their own, those of a value within a sentence:\n\n"
        "  <!-- kbench:table case=no-replication -->\n"
        "  <!-- /kbench -->\n\n"
        "  Java sent <!-- kbench:value pair=no-replication/pure-java metric=records_per_sec --><!-- /kbench --> records/s.\n\n"
        "A value with blanks is written NAME=\"VALUE\". Kinds:\n\n");
    for (const struct marker_kind *kind = marker_kinds; kind->name; kind++)
        describe_kind(kind, text);
    text_append(text, "\nValues, by what they are of:\n");
    for (int subject = 0; subject < VALUE_SUBJECTS; subject++)
        describe_names((enum value_subject)subject, text);
    describe_metrics(text);
    text_append_format(
        text, "\n  setting=NAME\n    of pair= as the client has it in force, of case= as it is asked for, else of "
              "the brokers\n\n  environment=NAME\n    a name that an 'environment' marker shows\n\n  format=\n");
    for (const struct value_format *format = value_formats; format->name; format++)
        text_append_format(text, "    %-*s %s\n", NAME_WIDTH, format->name, format->help);
}
