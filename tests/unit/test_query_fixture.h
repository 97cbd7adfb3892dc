/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of statements share: a small database, kbench's commands in this process, and what they ask of the database. */
#ifndef KBENCH_TEST_QUERY_FIXTURE_H
#define KBENCH_TEST_QUERY_FIXTURE_H

#include "test_report_fixture.h"

#include <fcntl.h>
#include <unistd.h>

#include "commands/options.h"
#include "commands/table.h"
#include "statements.h"
#include "store/database.h"

#define MORE                                                                                                           \
    "claims:\n"                                                                                                        \
    "  - {name: same, quote: They are the same, metric: records_per_sec, of: {case: one, run: other}, "                \
    "to: {case: one, run: base}, ratio: [0.5, 1.5]}\n"

static inline struct store_trial full_trial(const struct fixture *f, const char *run, int block, const char *status)
{
    static const struct store_trial_setting settings[] = {{.canonical = "acks", .native = "acks", .applied = true},
                                                          {.canonical = "linger.ms",
                                                           .native = "linger",
                                                           .applied = true}};
    static const struct store_interval intervals[] = {{.interval_ms = 1000, .records = 1},
                                                      {.interval_ms = 1000, .offset_ms = 1000, .records = 2}};
    static const struct store_event events[] = {{.offset_ms = 1, .kind = "warning", .message = "m"}};
    static const struct store_disturbance disturbances[] = {{.rule = "steal", .measured = 0.1, .bound = 0.02}};
    struct store_trial trial = trial_of(f, 1, run, block, 100 + block);
    trial.status = status;
    trial.settings = settings;
    trial.setting_count = 2;
    trial.intervals = intervals;
    trial.interval_count = 2;
    trial.events = events;
    trial.event_count = 1;
    trial.disturbances = disturbances;
    trial.disturbance_count = 1;
    return trial;
}

static inline int query_set_up(void **state)
{
    statements_watch();
    fixture_set_up(state, MORE);
    struct fixture *f = *state;
    static const char *const runs[] = {"base", "other", "third"};
    for (int block = 1; block <= 6; block++)
        for (int run = 0; run < 3; run++) {
            struct store_trial trial = full_trial(f, runs[run], block, block == 6 && run == 1 ? "disturbed" : "ok");
            put(f, &trial);
        }
    statements_forget();
    return 0;
}

static inline int query_tear_down(void **state)
{
    statements_forget();
    return fixture_tear_down(state);
}

/* As main() does, without what it prints. */
static inline void run_command(struct fixture *f, const char *line)
{
    struct string_list words = {0};
    struct parsed_options parsed;
    struct error error = ERROR_INIT;
    char *copy = string_copy(line), *rest = copy, *word;
    while ((word = strsep(&rest, " ")))
        string_list_push(&words, word);
    string_list_push_format(&words, "--db=%s", f->path);
    string_list_push(&words, "-q");
    const struct command *command = command_find(words.items[0], &error);
    fflush(stdout);
    int kept = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    bool ok = command && options_parse(command, (int)words.count, words.items, &parsed, &error) &&
              command->run(&parsed.invocation, &error);
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    close(nowhere);
    if (!ok)
        fail_msg("%s: %s", line, error.message);
    options_release(&parsed);
    string_list_release(&words);
    free(copy);
}

/* Another version, and so many campaigns of it that none of the first version's is shown. */
static inline void begin_another_version(struct fixture *f)
{
    static const char definition[] = "version: t2\n"
                                     "title: Another\n"
                                     "cluster: {kind: external, bootstrap.servers: 'localhost:9092'}\n"
                                     "cases: [{name: one, topic: {partitions: 1, replication.factor: 1}}]\n"
                                     "runs: [{name: base, title: Base, driver: c}]\n";
    struct experiment *another = definition_parse("t2.yaml", definition);
    assert_int_equal(store_register_experiment(f->store, another, false, NULL, -1, &f->experiment_id, NULL),
                     STORE_REGISTERED);
    for (int i = 0; i < 30; i++)
        begin_campaign(f);
    experiment_free(another);
}

#endif
