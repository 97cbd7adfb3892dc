/* SPDX-License-Identifier: Apache-2.0 */
/* What a record cost the client, the brokers and the wire, and what limited each run. */
#include "report/markdown_cells.h"
#include "report/wording.h"
#include "report/markdown.h"

#include "base/banned.h"

#define MIB (1024.0 * 1024)

static void median(struct text *text, const struct report_pair *pair, enum report_metric metric)
{
    cell_number(text, pair->metrics[metric].value.estimate);
}

static void row(struct text *text, const struct report_pair *pair)
{
    text_append_char(text, '|');
    cell_text(text, pair->run->title);
    median(text, pair, METRIC_RECORDS_PER_CLIENT_CPU);
    cell_median(text, &pair->metrics[METRIC_CLIENT_CPU_PER_RECORD]);
    cell_median(text, &pair->metrics[METRIC_BROKER_CPU_PER_MILLION]);
    cell_number(text, pair->metrics[METRIC_CLIENT_RSS].value.estimate / MIB);
    median(text, pair, METRIC_WIRE_BYTES_PER_RECORD);
    cell_share(text, pair->evidence.client_thread);
    cell_share(text, pair->evidence.broker_idle);
    cell_text(text, bottleneck_name(pair->bottleneck));
    char *evidence = wording_evidence(&pair->evidence);
    cell_text(text, evidence);
    free(evidence);
    text_append_char(text, '\n');
}

static void ceiling(const struct report_case *report_case, struct text *text)
{
    if (report_case->at_ceiling.count == 0)
        return;
    char *runs = wording_at_ceiling(report_case);
    text_append(text, "**This case does not compare these clients with each other:** ");
    format_markdown(text, runs);
    text_append_format(text, ". %s\n\n", wording_ceiling);
    free(runs);
}

void report_markdown_efficiency(const struct report_case *report_case, struct text *text)
{
    if (!report_case->has_trials)
        return;
    text_append(text,
                "What a record costs, and what limited the run (medians of the trials' windows):\n\n"
                "| Run | Records per CPU second of the client | Client CPU, µs a record | Brokers' CPU, s a million "
                "records | Client memory, MiB | Wire, bytes a record | Client's busiest thread | Brokers' handlers "
                "idle | Limited by | Of the machine |\n"
                "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |\n");
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (report_case->pairs[i].trial_count > 0)
            row(text, &report_case->pairs[i]);
    text_append_char(text, '\n');
    ceiling(report_case, text);
}
