/* SPDX-License-Identifier: Apache-2.0 */
/* The runner's parts that need neither cluster nor driver: the lock, the payload, loss and duplication. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "folder.h"
#include "runner/lock.h"
#include "runner/payload.h"
#include "runner/trial_verify.h"

/* ---- lock ---- */

static void lock_names_its_holder(void **state)
{
    (void)state;
    char *path = string_format("%s/lock", folder);
    struct error error = ERROR_INIT;
    int mine, second;
    assert_true(lock_take(path, &mine, &error));
    assert_false(lock_take(path, &second, &error));
    assert_int_equal(error.category, ERROR_UNAVAILABLE);
    char *pid = string_format("%ld", (long)getpid());
    assert_non_null(strstr(error.message, pid));
    assert_int_equal(lock_holder(path), getpid());
    close(mine);
    assert_int_equal(lock_holder(path), 0);
    free(pid);
    free(path);
}

static void lock_of_a_dead_process_is_free(void **state)
{
    (void)state;
    char *path = string_format("%s/lock", folder);
    struct error error = ERROR_INIT;
    int fd;
    pid_t child = fork();
    if (child == 0)
        _exit(lock_take(path, &fd, &error) ? 0 : 1); /* dies with the lock */
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(lock_take(path, &fd, &error));
    close(fd);
    free(path);
}

/* ---- payload ---- */

static unsigned long compressed_percent(double compressibility, struct text *content, int64_t *records)
{
    struct experiment experiment = {.design = {.seed = 7}};
    struct experiment_case c = {.record_size_bytes = 1000, .record_compressibility = compressibility};
    struct payload payload = {0};
    struct error error = ERROR_INIT;
    assert_true(payload_make(&experiment, &c, folder, &payload, &error));
    assert_true(file_read(payload.file, 64 << 20, content, &error));
    *records = payload.records;
    payload_release(&payload);
    unsigned long size = compressBound(content->length);
    unsigned char *out = memory_zeroed(size, 1);
    assert_int_equal(compress(out, &size, (const unsigned char *)content->bytes, content->length), Z_OK);
    free(out);
    return 100 * size / content->length;
}

static void payload_is_as_compressible_as_declared(void **state)
{
    (void)state;
    struct text random = TEXT_INIT, half = TEXT_INIT, constant = TEXT_INIT;
    int64_t records;
    assert_true(compressed_percent(0, &random, &records) >= 99);
    assert_in_range(compressed_percent(0.5, &half, &records), 45, 60);
    assert_true(compressed_percent(1, &constant, &records) < 2);
    assert_int_equal((int64_t)random.length, records * 1000);
    text_release(&random);
    text_release(&half);
    text_release(&constant);
}

static void payload_has_distinct_records_and_is_the_same_again(void **state)
{
    (void)state;
    struct text first = TEXT_INIT, again = TEXT_INIT;
    int64_t records;
    compressed_percent(0.9, &first, &records);
    assert_true(records > 1000);
    for (int64_t i = 1; i < records; i++)
        assert_memory_not_equal(first.bytes, first.bytes + i * 1000, 1000);
    file_remove_tree(folder, NULL);
    file_make_folder(folder, NULL);
    compressed_percent(0.9, &again, &records);
    assert_int_equal(first.length, again.length);
    assert_memory_equal(first.bytes, again.bytes, first.length);
    text_release(&first);
    text_release(&again);
}

/* ---- loss and duplication ---- */

static void check_delivery(int64_t sent, int64_t acked, int64_t stored, int64_t lost, int64_t duplicated)
{
    struct trial trial = {0};
    store_trial_init(&trial.row);
    trial.row.records_sent = sent;
    trial.row.records_acked = acked;
    trial_verify_take_count(&trial, stored);
    assert_int_equal(trial.row.records_stored, stored);
    assert_int_equal(trial.row.records_lost, lost);
    assert_int_equal(trial.row.records_duplicated, duplicated);
}

static void loss_and_duplication_follow_from_the_counts(void **state)
{
    (void)state;
    check_delivery(100, 100, 100, 0, 0);
    check_delivery(100, 100, 97, 3, 0);
    check_delivery(100, 100, 104, 0, 4);
    check_delivery(100, 90, 95, 0, 0); /* a record that failed may be stored all the same */
    check_delivery(STORE_ABSENT, STORE_ABSENT, 5, STORE_ABSENT, STORE_ABSENT);
}

static void check_content(int64_t sent, int64_t acked, int64_t distinct, int64_t lost, const char *warning)
{
    struct trial trial = {0};
    store_trial_init(&trial.row);
    trial.row.records_sent = sent;
    trial.row.records_acked = acked;
    trial.row.records_failed = sent - acked;
    const struct sequence_counts counts = {.items = distinct + 7, .distinct = distinct, .copies = 7, .disordered = 2};
    trial_verify_take_content(&trial, distinct + 7, &counts);
    assert_string_equal(trial.row.verified, "content");
    assert_int_equal(trial.row.records_stored, distinct + 7);
    assert_int_equal(trial.row.records_lost, lost);
    assert_int_equal(trial.row.records_duplicated, 7);
    assert_int_equal(trial.row.records_disordered, 2);
    assert_int_equal(trial.row.event_count, warning != NULL);
    if (warning)
        assert_non_null(strstr(trial.events[0].message, warning));
    trial_release(&trial);
}

/* By counts alone the seven copies would hide the loss. */
static void loss_follows_from_the_contents(void **state)
{
    (void)state;
    check_content(100, 100, 100, 0, NULL);
    check_content(100, 100, 97, 3, NULL);
    check_content(100, 90, 100, 0, NULL);
    check_content(100, 90, 95, 0, "0 to 5 acknowledged records are lost: 5 of 100 are not stored, but 10 failed");
    check_content(100, 90, 80, 10, "10 to 20 acknowledged records are lost");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lock_names_its_holder, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(lock_of_a_dead_process_is_free, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(payload_is_as_compressible_as_declared, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(payload_has_distinct_records_and_is_the_same_again, make_folder, remove_folder),
        cmocka_unit_test(loss_and_duplication_follow_from_the_counts),
        cmocka_unit_test(loss_follows_from_the_contents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
