/* SPDX-License-Identifier: Apache-2.0 */
#include "verify/verify.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "runner/lock.h"
#include "verify/point.h"

#include "base/banned.h"

/* Their numbers are in the database: a new one goes behind the others, so that they keep theirs. */
static const struct verification_point *const points[] = {
    &point_known_samples, &point_mock_rtt, &point_coordinated_omission, &point_rate, &point_hdrhistogram, &point_loss,
    &point_statistics,    &point_fidelity, &point_driver_test,
};
#define POINT_COUNT (sizeof points / sizeof *points)

static const char *const verdicts[] = {[POINT_PASS] = "pass", [POINT_FAIL] = "fail", [POINT_NOT_RUN] = "not run"};

enum point_verdict point_verdict(bool passes)
{
    return passes ? POINT_PASS : POINT_FAIL;
}

void verification_tell(struct verification *verification, const char *part, enum point_verdict verdict, char *truth,
                       char *measured, char *detail)
{
    struct store_verification *found = verification->found;
    found->points = memory_resized(found->points, found->point_count + 1, sizeof *found->points);
    found->points[found->point_count++] = (struct store_verification_point){
        .position = verification->position++,
        .name = part ? string_format("%s/%s", verification->point->name, part) : string_copy(verification->point->name),
        .truth = truth,
        .measured = measured,
        .verdict = string_copy(verdicts[verdict]),
        .detail = detail,
    };
}

static bool refuse_name(const char *name, struct error *error)
{
    const char *names[POINT_COUNT];
    for (size_t i = 0; i < POINT_COUNT; i++)
        names[i] = points[i]->name;
    error_set(error, ERROR_INPUT, "there is no point '%s'", name);
    return error_suggest(error, name, names, POINT_COUNT);
}

/* Which points are meant; a name that is none is refused before anything runs. */
static bool choose(const char *only, bool chosen[POINT_COUNT], struct error *error)
{
    bool ok = true;
    for (size_t i = 0; i < POINT_COUNT; i++)
        chosen[i] = only == NULL;
    while (ok && only) {
        size_t length = strcspn(only, ","), i = 0;
        char *name = string_format("%.*s", (int)length, only);
        while (i < POINT_COUNT && !string_equal(points[i]->name, name))
            i++;
        if (i < POINT_COUNT)
            chosen[i] = true;
        else
            ok = refuse_name(name, error);
        free(name);
        only = only[length] ? only + length + 1 : NULL;
    }
    return ok;
}

/* False only when interrupted: what could not be checked is a row of the table. */
static bool check(struct verification *verification, const struct verification_point *point, int number,
                  struct error *error)
{
    struct error of_point = ERROR_INIT;
    verification->point = point;
    verification->position = number * STORE_VERIFICATION_PARTS;
    if (verification->options->verbosity >= 0)
        fprintf(stderr, "kbench: checking %s\n", point->name);
    if (point->check(verification, &of_point))
        return true;
    if (interrupt_count() > 0)
        return error_set(error, ERROR_INTERRUPTED, "interrupted");
    verification_tell(verification, NULL, POINT_NOT_RUN, string_copy(point->truth), NULL,
                      string_copy(of_point.message));
    return true;
}

static bool check_all(struct verification *verification, const bool chosen[POINT_COUNT], struct error *error)
{
    struct store_verification *found = verification->found;
    int64_t begun_ns = clock_monotonic_ns();
    for (size_t i = 0; i < POINT_COUNT; i++)
        if (chosen[i] && !check(verification, points[i], (int)i, error))
            return false;
    found->seconds = (double)(clock_monotonic_ns() - begun_ns) / NS_PER_S;
    found->passed = verify_judge(found, NULL);
    return true;
}

bool verify_run(const struct verify_options *options, struct store_verification *found, struct error *error)
{
    bool chosen[POINT_COUNT];
    *found = (struct store_verification){.id = STORE_ABSENT, .environment_id = STORE_ABSENT};
    if (!choose(options->only, chosen, error))
        return false;
    int lock;
    char *lock_path = string_format("%s/kbench.lock", options->folder);
    char *work_folder = string_format("%s/work", options->folder);
    struct verification verification = {.options = options, .work_folder = work_folder, .found = found};
    bool ok = lock_take(lock_path, &lock, error);
    if (ok) {
        ok = file_remove_tree(work_folder, error) && file_make_folder(work_folder, error) &&
             check_all(&verification, chosen, error);
        file_remove_tree(work_folder, NULL);
        close(lock);
    }
    free(work_folder);
    free(lock_path);
    return ok;
}

bool verify_judge(const struct store_verification *found, struct error *error)
{
    size_t failed = 0, not_run = 0;
    for (size_t i = 0; i < found->point_count; i++) {
        failed += string_equal(found->points[i].verdict, verdicts[POINT_FAIL]);
        not_run += string_equal(found->points[i].verdict, verdicts[POINT_NOT_RUN]);
    }
    if (failed > 0)
        return error_set(error, ERROR_ANSWER_NO, "%zu of %zu checks failed%s", failed, found->point_count,
                         not_run > 0 ? ", and some were not run" : "");
    if (not_run > 0)
        return error_set(error, ERROR_UNAVAILABLE, "%zu of %zu checks were not run", not_run, found->point_count);
    return true;
}
