/* SPDX-License-Identifier: Apache-2.0 */
/* What a record cost the client, the brokers and the wire, and what limited each run. */
#include "report/html_parts.h"
#include "report/wording.h"

#include "base/banned.h"

#define MIB (1024.0 * 1024)

static void median(struct html *html, const struct report_pair *pair, enum report_metric metric)
{
    html_cell_median(html, &(struct html_source){pair, report_metric_name(metric)}, &pair->metrics[metric]);
}

static void figure(struct html *html, const struct report_pair *pair, enum report_metric metric, double unit)
{
    html_cell_figure(html, &(struct html_source){pair, report_metric_name(metric)},
                     pair->metrics[metric].value.estimate / unit);
}

static void share(struct html *html, const struct report_pair *pair, enum report_metric metric, double value)
{
    html_cell_share(html, &(struct html_source){pair, report_metric_name(metric)}, value);
}

static void row(struct html *html, const struct report_pair *pair)
{
    char *evidence = wording_evidence(&pair->evidence);
    text_append(html->text, "<tr><th scope=\"row\">");
    format_html(html->text, pair->run->title);
    text_append(html->text, "</th>");
    figure(html, pair, METRIC_RECORDS_PER_CLIENT_CPU, 1);
    median(html, pair, METRIC_CLIENT_CPU_PER_RECORD);
    median(html, pair, METRIC_BROKER_CPU_PER_MILLION);
    figure(html, pair, METRIC_CLIENT_RSS, MIB);
    figure(html, pair, METRIC_WIRE_BYTES_PER_RECORD, 1);
    share(html, pair, METRIC_CLIENT_BUSIEST_THREAD, pair->evidence.client_thread);
    share(html, pair, METRIC_BROKER_IDLE, pair->evidence.broker_idle);
    html_cell_text(html, bottleneck_name(pair->bottleneck));
    html_cell_text(html, evidence);
    text_append(html->text, "</tr>\n");
    free(evidence);
}

static void ceiling(struct html *html, const struct report_case *report_case)
{
    if (report_case->at_ceiling.count == 0)
        return;
    char *runs = wording_at_ceiling(report_case);
    text_append(html->text, "<p><strong>This case does not compare these clients with each other:</strong> ");
    format_html(html->text, runs);
    text_append_format(html->text, ". %s</p>\n", wording_ceiling);
    free(runs);
}

void html_efficiency(struct html *html, const struct report_case *report_case)
{
    static const char *const columns[] = {"Records per CPU second of the client",
                                          "Client CPU, µs a record",
                                          "Brokers' CPU, s a million records",
                                          "Client memory, MiB",
                                          "Wire, bytes a record",
                                          "Client's busiest thread",
                                          "Brokers' handlers idle"};
    if (!report_case->has_trials)
        return;
    html_table_begin(html, "efficiency sortable",
                     "What a record costs, and what limited the run: medians of the trials' windows");
    html_column(html, "Run", NULL);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        html_column(html, columns[i], "number");
    html_column(html, "Limited by", NULL);
    html_column(html, "Of the machine", NULL);
    html_table_rows(html);
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (report_case->pairs[i].trial_count > 0)
            row(html, &report_case->pairs[i]);
    html_table_end(html);
    ceiling(html, report_case);
}
