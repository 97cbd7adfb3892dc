/* SPDX-License-Identifier: Apache-2.0 */
#include "report/wording.h"

#include <math.h>

#include "base/banned.h"

const char wording_ceiling[] =
    "They met one limit, that of the brokers or of the machine, and no difference between their "
    "throughputs is shown; what a record costs each of them still compares them.";

char *wording_case(const struct experiment_case *c)
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
    if (c->producer.count)
        text_append_char(&line, '.');
    return text_detach(&line);
}

char *wording_other_confidence(const struct report_model *model)
{
    double confidence = report_confidence(model, METRIC_RECORDS_PER_SEC);
    return confidence > INTERVAL_CONFIDENCE ? string_format(" (%g %% for records/s and MB/s)", 100 * confidence)
                                            : string_copy("");
}

void wording_how_to_read(const struct report_model *model, struct string_list *sentences)
{
    char *other_confidence = wording_other_confidence(model);
    string_list_push_format(sentences,
                            "Rates and average latency are the median of the trials, in brackets its 95 %% interval%s: "
                            "median [low, high]. With fewer than %d trials there is none, but n<%d and in parentheses "
                            "the lowest and the highest trial.",
                            other_confidence, INTERVAL_MIN_TRIALS, INTERVAL_MIN_TRIALS);
    free(other_confidence);
    string_list_push(
        sentences, "Latency percentiles are those of all trials' records together (merged histograms), the maximum is "
                   "the highest of all trials; in parentheses the lowest and the highest trial. A tool that keeps no "
                   "histogram has the median of its own figures instead, marked *.");
    string_list_push(sentences,
                     "1 MB is 1,048,576 bytes. \"Records sent\" is the sum over the trials, warm-up included.");
    string_list_push(
        sentences, "\"Wire\" is what the brokers received from producers (batches, replication not counted). \"Idle\" "
                   "is of the request handlers of the busiest broker; the cores and their time are those of the "
                   "client's machine.");
    string_list_push(
        sentences,
        "\"Limited by\" follows from fixed rules, the first that applies: the rate, where 99 % of what was due at a fixed "
        "rate was sent; the client, whose busiest thread ran for 90 % of the window, or whose threads together used one "
        "core (90 to 110 %) while cores were idle, since they take turns by an interpreter's lock; the machine, with 5 % "
        "of steal, or processes waiting for a disk for 20 % of the time (5 % where the disk was busy for 90 %); the "
        "brokers, when all cores were 95 % busy and they used 75 % of them, and else the machine; the brokers, when their "
        "handlers were idle for at most 30 %; else, and where the client's threads were not measured, it is not known.");
    if (model->baseline >= 0)
        string_list_push_format(
            sentences,
            "A ratio is to %s, formed block by block, so that what disturbed a whole block cancels: median [95 %% "
            "interval]. It is called a difference only when the interval excludes 1. \"Detectable\" is the smallest "
            "difference that would have been called one in 8 of 10 such experiments.",
            model->experiment->runs[model->baseline].title);
}

char *wording_evidence(const struct bottleneck_evidence *e)
{
    const struct {
        const char *what;
        double share;
    } parts[] = {
        {"client's CPU, of one core", e->client_cpu},
        {"cores busy", e->machine_busy},
        {"brokers' CPU", e->brokers_cpu},
        {"other processes' CPU", e->others_cpu},
        {"steal", e->steal},
        {"disk busy", e->disk_busy},
        {"waiting for the disk", e->stall_io},
        {"rate kept", e->rate_kept},
    };
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (isfinite(parts[i].share))
            text_append_format(&text, "%s%s %.*f %%", text.length ? ", " : "", parts[i].what,
                               parts[i].share < 0.1 ? 1 : 0, 100 * parts[i].share);
    return text_detach(&text);
}

char *wording_at_ceiling(const struct report_case *report_case)
{
    const struct string_list *runs = &report_case->at_ceiling;
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < runs->count; i++)
        text_append_format(&text, "%s%s", i == 0 ? "" : i + 1 == runs->count ? " and " : ", ", runs->items[i]);
    return text_detach(&text);
}

void wording_versions(const struct report_model *model, const struct experiment_run *run, struct string_list *clients,
                      struct string_list *brokers)
{
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        if (!report_counts(model, row) || !string_equal(row->run_name, run->name))
            continue;
        char *client = string_format("%s %s", row->client_library ? row->client_library : "?",
                                     row->client_version ? row->client_version : "?");
        if (!string_list_contains(clients, client))
            string_list_push(clients, client);
        if (row->broker_version && !string_list_contains(brokers, row->broker_version))
            string_list_push(brokers, row->broker_version);
        free(client);
    }
}
