/* SPDX-License-Identifier: Apache-2.0 */
/*
 * million DATABASE TRIALS DEFINITION: a new database with so many trials, as years of one definition's campaigns would make them.
 * The same arguments make the same rows.
 *
 * The definition's own version comes first, whole. Others follow until the trials are used up: "ci-1", "ci-2", …, each tenth
 * of them a second revision of the one before, each superseding the one before in a series of SERIES_LENGTH. 4 of 100 trials are
 * failed, disturbed or interrupted and were repeated; some lost records. What is less than in a database of campaigns, to
 * keep the file small: a trial has four settings and a histogram of few values, and only the first version's trials
 * and one of 500 others have intervals.
 */
#include <sys/stat.h>

#include "tools/million_version.h"

enum { SERIES_LENGTH = 20, REVISED = 10, VERIFICATIONS = 200, POINTS = 30, PUBLISHED = 200 };

static struct experiment *read_definition(const char *path)
{
    struct error error = ERROR_INIT;
    struct error_list errors = {0};
    struct text content = TEXT_INIT;
    struct experiment *experiment = NULL;
    if (file_read(path, EXPERIMENT_LENGTH_MAX, &content, &error))
        experiment = experiment_parse(path, content.bytes, content.length, &errors);
    if (!experiment)
        fprintf(stderr, "million: %s\n", errors.count ? errors.items[0].message : error.message);
    error_list_release(&errors);
    text_release(&content);
    return experiment;
}

/* What belongs to no version. */
static void put_rest(struct filler *filler)
{
    for (int i = 0; i < ENVIRONMENT_COUNT; i++)
        put_environment(filler, i);
    for (int i = 0; i < VERIFICATIONS; i++) {
        int64_t id = put(filler, INTO_VERIFICATION,
                         STORE_VALUES(value_text(filler_time(filler, 0)), value_text("0.1.0"), value_text("e72e3c5"),
                                      value_integer(1 + i % ENVIRONMENT_COUNT), value_real(600), value_integer(1)));
        for (int point = 1; point <= POINTS; point++)
            put(filler, INTO_POINT,
                STORE_VALUES(value_integer(id), value_integer(point * STORE_VERIFICATION_PARTS), value_text("a point"),
                             value_text("20 ms"), value_text("20.1 ms"), value_text("pass")));
    }
    for (int i = 0; i < PUBLISHED; i++) {
        char *version = string_format("others-%d", i / 10 + 1), *run = string_format("client-%d", i % 10);
        put(filler, INTO_PUBLISHED,
            STORE_VALUES(value_text(version), value_text("no-replication"), value_text(run), value_integer(100),
                         value_integer(50000000), value_real(786980), value_real(75.1), value_real(20), value_real(500),
                         value_text("A post of others")));
        free(version);
        free(run);
    }
}

static void put_versions(struct filler *filler, struct version *version, const struct plan *plan)
{
    char name[32] = "", before[32] = "";
    const struct experiment *experiment = version->experiment;
    snprintf(version->client_version, sizeof version->client_version, "4.3.1");
    version->intervals = true;
    version->id = put_definition(filler, experiment, experiment->version, 1, experiment->supersedes);
    put_version(filler, version, plan);
    version->intervals = false;
    for (int number = 0, next = 1; filler->trials_left > 0; number++) {
        bool is_revision = number % REVISED == REVISED - 1, begins = number % SERIES_LENGTH == 0;
        if (!is_revision) {
            memcpy(before, name, sizeof before);
            snprintf(name, sizeof name, "ci-%d", next++);
        }
        snprintf(version->client_version, sizeof version->client_version, "3.%d.%d", number / 100, number % 100);
        version->id = put_definition(filler, experiment, name, 1 + is_revision, begins ? NULL : before);
        put_version(filler, version, plan);
    }
}

static void fill(const char *path, int64_t trials, const struct experiment *experiment)
{
    static struct latency latencies[LATENCY_COUNT];
    struct filler filler;
    struct plan plan;
    plan_make(experiment, experiment->design.trials_max, NULL, &plan);
    filler_begin(&filler, path, trials);
    latencies_draw(filler.random, latencies);
    struct version version = {
        .experiment = experiment,
        .case_ids = memory_zeroed(experiment->case_count, sizeof *version.case_ids),
        .run_ids = memory_zeroed(experiment->run_count, sizeof *version.run_ids),
        .latencies = latencies,
    };
    put_rest(&filler);
    put_versions(&filler, &version, &plan);
    free(version.case_ids);
    free(version.run_ids);
    latencies_release(latencies);
    filler_end(&filler);
    plan_release(&plan);
}

int main(int argc, char **argv)
{
    struct error error = ERROR_INIT;
    struct stat status;
    int64_t trials = argc == 4 ? strtoll(argv[2], NULL, 10) : 0;
    if (trials < 1 || file_exists(argv[1])) {
        fprintf(stderr, "usage: million DATABASE TRIALS DEFINITION, DATABASE being new\n");
        return 2;
    }
    struct experiment *experiment = read_definition(argv[3]);
    struct store *store = experiment ? store_open(argv[1], &error) : NULL;
    if (experiment && !store)
        fprintf(stderr, "million: %s\n", error.message);
    store_close(store);
    if (store) {
        int64_t began_ns = clock_monotonic_ns();
        fill(argv[1], trials, experiment);
        stat(argv[1], &status);
        printf("%lld trials in %.0f s, %lld MB on disk\n", (long long)trials,
               (double)(clock_monotonic_ns() - began_ns) / 1e9, (long long)status.st_size / 1000000);
    }
    experiment_free(experiment);
    return store ? 0 : 2;
}
