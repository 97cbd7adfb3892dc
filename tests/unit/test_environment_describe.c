/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "environment/environment.h"

#include "base/banned.h"

struct place {
    char root[64];
    char data[96], keys[96], other_keys[96], key[112];
};

static int make_place(void **state)
{
    struct place *place = memory_zeroed(1, sizeof *place);
    *state = place;
    snprintf(place->root, sizeof place->root, "/tmp/kbench-test-XXXXXX");
    if (!mkdtemp(place->root))
        return -1;
    snprintf(place->data, sizeof place->data, "%s/work/data", place->root);
    snprintf(place->keys, sizeof place->keys, "%s/results", place->root);
    snprintf(place->other_keys, sizeof place->other_keys, "%s/other", place->root);
    snprintf(place->key, sizeof place->key, "%s/.host-key", place->keys);
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    file_remove_tree(place->root, NULL);
    free(place);
    return 0;
}

static char *described(const struct place *place)
{
    json_t *environment = environment_describe(place->data, place->keys);
    char *line = json_line(environment);
    json_decref(environment);
    return line;
}

static void test_the_same_each_time(void **state)
{
    struct place *place = *state;
    char *first = described(place);
    assert_true(file_make_folder(place->data, NULL)); /* as a campaign would */
    char *second = described(place);
    assert_true(file_remove_tree(place->data, NULL));
    char *third = described(place);
    assert_string_equal(first, second);
    assert_string_equal(first, third);
    free(first);
    free(second);
    free(third);
}

static void check_nothing_empty(const json_t *object)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        assert_false(json_is_null(value));
        if (json_is_string(value))
            assert_true(json_string_length(value) > 0);
        if (json_is_object(value))
            check_nothing_empty(value);
    }
}

static void test_what_every_linux_tells(void **state)
{
    struct place *place = *state;
    json_t *environment = environment_describe(place->data, place->keys);
    assert_true(json_get_integer(environment, "cpu_cores", 0) >= 1);
    assert_true(json_get_integer(environment, "memory_bytes", 0) > 1 << 20);
    assert_true(string_starts_with(json_get_string(environment, "kernel", ""), "Linux "));
    assert_non_null(json_get_string(environment, "log_file_system", NULL));
    assert_non_null(json_get_string(environment, "librdkafka", NULL));
    assert_non_null(json_get_string(environment, "sqlite", NULL));
    assert_non_null(json_get_string(environment, "compiler", NULL));
    assert_non_null(json_get_string(environment, "kbench_version", NULL));
    assert_non_null(json_get_string(json_object_get(environment, "sysctl"), "vm.swappiness", NULL));
    assert_non_null(json_object_get(json_object_get(environment, "ulimit"), "nofile"));
    check_nothing_empty(environment);
    json_decref(environment);
}

static void test_the_host_is_told_apart_but_not_named(void **state)
{
    struct place *place = *state;
    char host[256] = "";
    assert_int_equal(gethostname(host, sizeof host - 1), 0);
    json_t *here = environment_describe(place->data, place->keys),
           *elsewhere = environment_describe(place->data, place->other_keys);
    const char *hash = json_get_string(here, "host_hash", "");
    assert_int_equal(strlen(hash), 64);
    /* Another key is another hash: not one that a list of host names would give. */
    assert_string_not_equal(hash, json_get_string(elsewhere, "host_hash", ""));
    char plain[65];
    file_sha256_hex(host, strlen(host), plain);
    assert_string_not_equal(hash, plain);
    struct stat status;
    assert_int_equal(stat(place->key, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    json_decref(here);
    json_decref(elsewhere);
}

static void test_a_spoilt_key_leaves_the_hash_out(void **state)
{
    struct place *place = *state;
    assert_true(file_make_folder(place->keys, NULL));
    assert_true(file_write(place->key, "short", 5, NULL));
    json_t *environment = environment_describe(place->data, place->keys);
    assert_null(json_object_get(environment, "host_hash"));
    json_decref(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_same_each_time, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_what_every_linux_tells, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_the_host_is_told_apart_but_not_named, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_a_spoilt_key_leaves_the_hash_out, make_place, remove_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
