/* SPDX-License-Identifier: Apache-2.0 */
/* Point: lost and duplicated records are as another client finds them in the topic. */
#include <inttypes.h>

#include "base/file.h"
#include "base/json.h"
#include "base/process.h"
#include "runner/trial.h"
#include "verify/trials.h"

#include "base/banned.h"

#define RUN "c"
#define READ_MS 60000
#define OUTPUT_BYTES 65536

static const struct loss_case {
    const char *name;
    bool loses_nothing; /* whatever happens to one of three brokers */
} cases[] = {{"acks-0", false}, {"acks-1", false}, {"acks-all", true}};

/* What the other client has found, by case; the topics are gone when the campaign has ended. */
struct readings {
    json_t *by_case;
};

/* ---- the other client ---- */

static bool run_reader(const char *bootstrap, const char *topic, struct text *output, struct error *error)
{
    char *python = string_format("%s/venv/bin/python", file_build());
    char *script = string_format("%s/src/verify/read_sequences.py", file_home());
    const char *const arguments[] = {python, script, bootstrap, topic, NULL};
    const struct process_spec spec = {.arguments = arguments};
    struct text error_output = TEXT_INIT;
    struct process_result result;
    bool ok = process_run(&spec, READ_MS, OUTPUT_BYTES, output, &error_output, &result, error) &&
              (result.status == 0 ||
               error_set(error, ERROR_UNAVAILABLE, "it ended with status %d: %s", result.status, error_output.bytes));
    text_release(&error_output);
    free(script);
    free(python);
    return ok || error_prefix(error, "reading the topic with kafka-python");
}

static bool read_topic(void *context, const struct trial_request *request, const struct store_trial *row,
                       struct error *error)
{
    (void)row;
    struct readings *readings = context;
    struct text output = TEXT_INIT;
    bool ok = run_reader(cluster_bootstrap_servers(request->cluster), request->topic, &output, error);
    json_t *reading = ok ? json_parse(output.bytes, output.length, error) : NULL;
    text_release(&output);
    return reading && json_object_set_new(readings->by_case, request->c->name, reading) == 0;
}

/* ---- judging ---- */

static void judge(struct verification *verification, const struct loss_case *loss, const struct store_result_row *row,
                  const json_t *reading)
{
    int64_t stored = json_get_integer(reading, "stored", STORE_ABSENT);
    int64_t distinct = json_get_integer(reading, "distinct", STORE_ABSENT);
    int64_t disordered = json_get_integer(reading, "disordered", STORE_ABSENT);
    int64_t lost = row->records_acked > distinct ? row->records_acked - distinct : 0;
    bool passes = row->records_stored == stored && row->records_lost == lost &&
                  row->records_duplicated == stored - distinct && row->records_disordered == disordered &&
                  (lost == 0 || !loss->loses_nothing);
    verification_tell(verification, loss->name, point_verdict(passes),
                      string_format("%" PRId64 " lost, %" PRId64 " twice, %" PRId64 " out of order", lost,
                                    stored - distinct, disordered),
                      string_format("%" PRId64 " lost, %" PRId64 " twice, %" PRId64 " out of order", row->records_lost,
                                    row->records_duplicated, row->records_disordered),
                      string_format("of %" PRId64 " acknowledged; the truth is kafka-python's reading, %" PRId64
                                    " records, kbench counted %" PRId64 "%s",
                                    row->records_acked, stored, row->records_stored,
                                    loss->loses_nothing ? "; none may be lost" : ""));
}

static bool check(struct verification *verification, struct error *error)
{
    struct trials trials;
    struct readings readings = {.by_case = json_object()};
    const struct trial_inspector inspector = {.inspect = read_topic, .context = &readings};
    bool ok = trials_run_inspected(verification, "loss", &inspector, &trials, error);
    for (size_t i = 0; ok && i < sizeof cases / sizeof *cases; i++) {
        const struct store_result_row *row = trials_need(verification, &trials, cases[i].name, RUN, cases[i].name);
        if (row)
            judge(verification, &cases[i], row, json_object_get(readings.by_case, cases[i].name));
    }
    trials_release(&trials);
    json_decref(readings.by_case);
    return ok;
}

const struct verification_point point_loss = {
    .name = "loss",
    .truth = "lost and duplicated as another client finds",
    .check = check,
};
