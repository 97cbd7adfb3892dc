/* SPDX-License-Identifier: Apache-2.0 */
#include "verify/play.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "runner/content.h"
#include "verify/play_samples.h"

#include "base/banned.h"

#define POLL_MS 5
#define TIMEOUT_NS (60 * NS_PER_S)
#define GRACE_MS 2000
#define TOPIC_PARTITIONS 1
#define MOCK_CLUSTER "{kind: mock, brokers: 1}"
#define LOCAL_CLUSTER "{kind: local, kafka: 4.3.1, brokers: 1, jvm: [-Xms512m, -Xmx512m]}"

/* A play while it runs. */
struct stage {
    const struct play_ground *ground;
    const struct play_plan *plan;
    struct play *play;
    struct experiment *experiment;
    struct payload payload;
    struct driver_process *process;
    struct play_samples samples;
    char *topic, *schedule_file;
    int64_t deadline_ns;
    size_t fault_steps; /* begun and ended ones */
};

struct experiment *play_experiment(const struct driver *driver, const char *definition, struct error *error)
{
    struct error_list errors = {0};
    struct text yaml = TEXT_INIT;
    bool mock = string_list_contains(&driver->clusters, cluster_kind_name(CLUSTER_MOCK));
    text_append_format(&yaml,
                       "version: conformance\ntitle: Conformance\ncluster: %s\n"
                       "cases: [{name: play, topic: {partitions: %d, replication.factor: 1}, %s}]\n"
                       "runs: [{name: driver, driver: \"%s\", allow-unsupported: [buffer.memory, delivery.timeout.ms, "
                       "request.timeout.ms, batch.size, linger.ms, enable.idempotence]}]\n",
                       mock ? MOCK_CLUSTER : LOCAL_CLUSTER, TOPIC_PARTITIONS, definition, driver->name);
    struct experiment *experiment = experiment_parse("conformance.yaml", yaml.bytes, yaml.length, &errors);
    if (!experiment)
        *error = errors.items[0];
    error_list_release(&errors);
    text_release(&yaml);
    return experiment;
}

/* ---- the broker's part ---- */

/* Faults begin and end in the order of their times; they do not overlap. */
static bool tick_faults(struct stage *stage, int64_t now_ns, struct error *error)
{
    const struct experiment_case *c = &stage->experiment->cases[0];
    while (stage->fault_steps < 2 * c->fault_count) {
        const struct fault *fault = &c->faults[stage->fault_steps / 2];
        bool ends = stage->fault_steps % 2;
        int64_t due_ns = stage->play->begun_ns + (fault->at_ms + (ends ? fault->for_ms : 0)) * NS_PER_MS;
        if (now_ns < due_ns)
            return true;
        stage->fault_steps++;
        if (!ends)
            cluster_begin_fault(stage->ground->cluster, fault);
        else if (!cluster_end_fault(stage->ground->cluster, fault, error))
            return false;
    }
    return true;
}

/* ---- the driver's part ---- */

/* What the driver does wrong goes to the play; false is for what ends the whole test. */
static bool await(struct stage *stage, enum driver_state wanted, struct error *error)
{
    struct play *play = stage->play;
    enum driver_state state = DRIVER_STARTING;
    while (state < wanted) {
        state = driver_poll(stage->process, POLL_MS, &play->error);
        if (!play_samples_read(&stage->samples, play->stop_ns, error))
            return false;
        int64_t now_ns = clock_monotonic_ns();
        if (interrupt_count() > 0)
            return error_set(error, ERROR_INTERRUPTED, "interrupted");
        if (play->begun_ns && !tick_faults(stage, now_ns, error))
            return false;
        if (state < wanted && play->begun_ns && stage->plan->stop_ms && !play->stop_ns &&
            now_ns >= play->begun_ns + stage->plan->stop_ms * NS_PER_MS) {
            play->stop_ns = now_ns;
            if (!driver_command_stop(stage->process, &play->error))
                return true;
        }
        if (state < wanted && now_ns > stage->deadline_ns) {
            error_set(&play->error, ERROR_UNAVAILABLE, "nothing came for %" PRId64 " s where '%s' was to come",
                      TIMEOUT_NS / NS_PER_S, wanted == DRIVER_READY ? "ready" : "done");
            return true;
        }
    }
    return true;
}

static bool converse(struct stage *stage, struct error *error)
{
    struct play *play = stage->play;
    stage->deadline_ns = clock_monotonic_ns() + TIMEOUT_NS;
    if (!await(stage, DRIVER_READY, error) || play->error.category != ERROR_NONE)
        return play->error.category != ERROR_NONE;
    play->begun_ns = clock_monotonic_ns();
    stage->deadline_ns = play->begun_ns + TIMEOUT_NS;
    if (!driver_command_start(stage->process, &play->error))
        return true;
    if (!await(stage, DRIVER_DONE, error))
        return false;
    play->ended_ns = clock_monotonic_ns();
    play->has_ended = play->error.category == ERROR_NONE;
    return play_samples_read(&stage->samples, play->stop_ns, error);
}

static void append_name(struct text *text, const char *name)
{
    text_append_format(text, "%s%s", text->length ? ", " : "", name);
}

static void take_settings(struct play *play, const struct setting_list *settings)
{
    for (size_t i = 0; i < settings->count; i++) {
        const struct setting_record *setting = &settings->items[i];
        if (!setting->requested || setting->secret)
            continue;
        const char *name = setting->canonical ? setting->canonical : setting->native;
        if (!setting->applied)
            append_name(&play->unapplied, name);
        else if (setting->differs)
            append_name(&play->different, name);
        else if (!setting->in_force)
            append_name(&play->untold, name);
    }
}

static void take_outcome(struct stage *stage)
{
    struct play *play = stage->play;
    struct driver_outcome outcome;
    driver_outcome(stage->process, &outcome);
    play->sent = outcome.sent;
    play->acked = outcome.acked;
    play->failed = outcome.failed;
    play->due = outcome.due;
    take_settings(play, outcome.settings);
    const char *code;
    json_t *count;
    json_object_foreach(outcome.errors, code, count) play->errors += json_integer_value(count);
    play->odd_bytes = play_samples_take(&stage->samples, &play->samples, &play->sample_count, &play->lateness_ns);
}

/* ---- the topic afterwards ---- */

static bool count_stored(struct stage *stage, struct error *error)
{
    return cluster_await_records(stage->ground->cluster, stage->topic, TOPIC_PARTITIONS, stage->play->acked,
                                 &stage->play->stored, error);
}

static bool read_numbers(struct stage *stage, struct error *error)
{
    const struct play_ground *ground = stage->ground;
    struct play *play = stage->play;
    const struct driver *reader =
        content_choose_reader(ground->drivers, ground->driver, stage->experiment->cluster.kind);
    if (!reader)
        return true;
    const struct trial_request request = {.experiment = stage->experiment,
                                          .c = &stage->experiment->cases[0],
                                          .run = &stage->experiment->runs[0],
                                          .driver = ground->driver,
                                          .drivers = ground->drivers,
                                          .cluster = ground->cluster,
                                          .work_folder = ground->folder,
                                          .topic = stage->topic};
    struct sequence_counter *counter = sequence_counter_new(&play->sent, 1, TOPIC_PARTITIONS);
    bool ok = content_read_back(&request, play->stored, counter, error);
    const struct sequence_counts *counts = sequence_counter_counts(counter);
    play->misnumbered = counts->copies + counts->foreign + play->sent - counts->distinct;
    play->reader = string_copy(reader->library);
    sequence_counter_free(counter);
    return ok;
}

/* ---- the whole ---- */

static bool prepare(struct stage *stage, struct error *error)
{
    const struct play_plan *plan = stage->plan;
    stage->experiment = play_experiment(stage->ground->driver, plan->definition, error);
    if (!stage->experiment)
        return false;
    const struct experiment_case *c = &stage->experiment->cases[0];
    if (!payload_make(stage->experiment, c, stage->ground->folder, &stage->payload, error) ||
        !play_samples_open(&stage->samples, stage->ground->folder, error))
        return false;
    if (plan->schedule) {
        stage->schedule_file = string_format("%s/play.schedule", stage->ground->folder);
        if (!file_write(stage->schedule_file, plan->schedule, (size_t)plan->schedule_records * sizeof *plan->schedule,
                        error))
            return false;
    }
    return cluster_create_topic(stage->ground->cluster, stage->topic, TOPIC_PARTITIONS, 1, &c->topic_config, error);
}

static bool start(struct stage *stage)
{
    const struct driver_job job = {
        .experiment = stage->experiment,
        .c = &stage->experiment->cases[0],
        .run = &stage->experiment->runs[0],
        .role = "producer",
        .topic = stage->topic,
        .bootstrap_servers = cluster_bootstrap_servers(stage->ground->cluster),
        .client_properties = cluster_client_properties(stage->ground->cluster),
        .payload_file = stage->payload.file,
        .payload_records = stage->payload.records,
        .fifo = stage->ground->driver->is_tool ? NULL : stage->samples.path,
        .seed = 1,
        .is_numbered = stage->plan->is_numbered,
        .schedule_file = stage->schedule_file,
        .schedule_records = stage->plan->schedule_records,
        .schedule_span_ns = stage->plan->schedule_span_ns,
    };
    stage->process = driver_start(stage->ground->driver, &job, &stage->play->error);
    return stage->process != NULL;
}

static bool perform(struct stage *stage, struct error *error)
{
    struct play *play = stage->play;
    if (!start(stage))
        return true;
    bool ok = converse(stage, error);
    driver_process_end(stage->process, GRACE_MS);
    take_outcome(stage);
    if (!ok || !play->has_ended || !stage->ground->driver->is_delivering)
        return ok;
    return count_stored(stage, error) && (!stage->plan->is_numbered || read_numbers(stage, error));
}

bool play_run(const struct play_ground *ground, const struct play_plan *plan, struct play *play, struct error *error)
{
    *play = (struct play){.sent = -1,
                          .acked = -1,
                          .failed = -1,
                          .due = -1,
                          .stored = -1,
                          .misnumbered = -1,
                          .unapplied = TEXT_INIT,
                          .different = TEXT_INIT,
                          .untold = TEXT_INIT};
    struct stage stage = {.ground = ground, .plan = plan, .play = play};
    play_samples_init(&stage.samples);
    stage.topic = string_format("kbench-conformance-%s-%" PRId64, ground->driver->name, clock_monotonic_ns());
    bool ok = prepare(&stage, error) && perform(&stage, error);
    /* A fault that the driver did not wait for must not outlast its play. */
    if (stage.fault_steps % 2)
        ok = cluster_end_fault(ground->cluster, &stage.experiment->cases[0].faults[stage.fault_steps / 2],
                               ok ? error : NULL) &&
             ok;
    driver_process_free(stage.process);
    play_samples_release(&stage.samples);
    payload_release(&stage.payload);
    experiment_free(stage.experiment);
    free(stage.schedule_file);
    free(stage.topic);
    return ok;
}

void play_release(struct play *play)
{
    text_release(&play->unapplied);
    text_release(&play->different);
    text_release(&play->untold);
    free(play->samples);
    free(play->reader);
}
