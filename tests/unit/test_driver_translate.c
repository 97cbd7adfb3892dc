/* SPDX-License-Identifier: Apache-2.0 */
/* Each rule of the translation from Kafka's names and units to a client's, and of the comparison with what is in force. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/driver.h"
#include "driver/driver_yaml.h"
#include "driver/setting.h"

#include "base/banned.h"

static const char yaml[] = "protocol: 1\n"
                           "title: t\n"
                           "language: C\n"
                           "library: l\n"
                           "kind: client\n"
                           "clusters: [local]\n"
                           "workloads: [produce]\n"
                           "command: [x]\n"
                           "settings:\n"
                           "  acks: {name: acks, type: integer}\n"
                           "  batch.size: {name: batch_size, type: integer}\n"
                           "  buffer.memory: {name: queue.kbytes, type: integer, scale: 0.0009765625}\n"
                           "  linger.ms: {name: linger_s, type: real, scale: 0.001}\n"
                           "  delivery.timeout.ms: {name: tenths, type: integer, scale: 0.1}\n"
                           "  enable.idempotence: {name: idempotent, type: boolean}\n"
                           "  compression.type: codec\n"
                           "  sasl.jaas.config: jaas\n"
                           "  ssl.truststore.type: {always: PEM}\n"
                           "  max.block.ms: {unsupported: it waits for ever}\n";

struct fixture {
    struct driver driver;
    struct experiment experiment;
    struct experiment_case c;
    struct experiment_run run;
    struct property_list client;
    struct driver_job job;
    json_t *settings;
    struct setting_list list;
    struct error error;
};

static void add(struct property_list *list, const char *name, const char *value)
{
    list->items = memory_resized(list->items, list->count + 1, sizeof *list->items);
    list->items[list->count++] = (struct property){string_copy(name), string_copy(value), {4, (int)list->count + 20}};
}

static void release_properties(struct property_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].name);
        free(list->items[i].value);
    }
    free(list->items);
}

static int set_up(void **state)
{
    static char file[] = "v9.yaml", name[] = "r";
    struct fixture *f = memory_zeroed(1, sizeof *f);
    struct error_list errors = {0};
    assert_true(driver_yaml_read(&f->driver, "driver.yaml", yaml, sizeof yaml - 1, &errors));
    f->driver.name = string_copy("d");
    f->experiment.file = file;
    f->run.name = name;
    f->job = (struct driver_job){.experiment = &f->experiment,
                                 .c = &f->c,
                                 .run = &f->run,
                                 .role = "producer",
                                 .client_properties = &f->client};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    driver_release(&f->driver);
    release_properties(&f->c.producer);
    release_properties(&f->c.consumer);
    release_properties(&f->client);
    release_properties(&f->run.config);
    string_list_release(&f->run.allow_unsupported);
    json_decref(f->settings);
    setting_list_release(&f->list);
    free(f);
    return 0;
}

static void translate(struct fixture *f)
{
    if (!driver_translate(&f->driver, &f->job, &f->settings, &f->list, &f->error))
        fail_msg("%s", f->error.message);
}

static void assert_settings(const struct fixture *f, const char *expected)
{
    char *line = json_line(f->settings);
    assert_string_equal(line, expected);
    free(line);
}

static void assert_refused(struct fixture *f, const char *part)
{
    assert_false(driver_translate(&f->driver, &f->job, &f->settings, &f->list, &f->error));
    assert_null(f->settings);
    assert_int_equal(f->list.count, 0);
    assert_int_equal(f->error.category, ERROR_INPUT);
    assert_string_equal(f->error.file, "v9.yaml");
    assert_int_equal(f->error.line, 4);
    if (!strstr(f->error.message, part))
        fail_msg("'%s' is not in: %s", part, f->error.message);
}

static const struct setting_record *record(const struct fixture *f, const char *native, const char *requested)
{
    for (size_t i = 0; i < f->list.count; i++)
        if (string_equal(f->list.items[i].native, native) && string_equal(f->list.items[i].requested, requested))
            return &f->list.items[i];
    fail_msg("no record of '%s'", native);
    return NULL;
}

static void test_types_and_units(void **state)
{
    struct fixture *f = *state;
    add(&f->c.producer, "acks", "1");
    add(&f->c.producer, "batch.size", "8196");
    add(&f->c.producer, "buffer.memory", "67108864");
    add(&f->c.producer, "linger.ms", "500");
    add(&f->c.producer, "enable.idempotence", "false");
    add(&f->c.producer, "compression.type", "1");
    add(&f->c.consumer, "not.mine", "1");
    translate(f);
    assert_settings(f, "{\"acks\":1,\"batch_size\":8196,\"codec\":\"1\",\"idempotent\":false,\"linger_s\":0.5"
                       ",\"queue.kbytes\":65536}");
    assert_int_equal(f->list.count, 6);
    const struct setting_record *buffer = record(f, "queue.kbytes", "67108864");
    assert_string_equal(buffer->canonical, "buffer.memory");
    assert_string_equal(buffer->handed, "65536");
    assert_true(buffer->applied);
    assert_null(buffer->in_force);
}

static void test_scaled_integers_are_rounded_up(void **state)
{
    struct fixture *f = *state;
    add(&f->c.producer, "buffer.memory", "1025");
    add(&f->c.producer, "delivery.timeout.ms", "30");
    translate(f);
    assert_settings(f, "{\"queue.kbytes\":2,\"tenths\":3}");
}

static void test_reals_are_written_short(void **state)
{
    struct fixture *f = *state;
    add(&f->c.producer, "linger.ms", "5");
    translate(f);
    assert_string_equal(record(f, "linger_s", "5")->handed, "0.005");
}

static void test_acks_is_a_number_or_a_word(void **state)
{
    struct fixture *f = *state;
    add(&f->c.producer, "acks", "all");
    translate(f);
    assert_settings(f, "{\"acks\":\"all\"}");
}

static void test_wrong_values_are_refused(void **state)
{
    static const char *const rows[][2] = {
        {"batch.size", "8k"},
        {"batch.size", ""},
        {"batch.size", "1.5"},
        {"batch.size", " 1"},
        {"batch.size", "99999999999999999999"},
        {"buffer.memory", "-1"},
        {"linger.ms", "nan"},
        {"linger.ms", "5ms"},
        {"enable.idempotence", "yes"},
        {"acks", "every"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *f = *state;
        add(&f->c.producer, rows[i][0], rows[i][1]);
        assert_refused(f, "run 'r': driver 'd' cannot take");
        release_properties(&f->c.producer);
        f->c.producer = (struct property_list){0};
    }
}

static void test_unsupported_needs_permission(void **state)
{
    struct fixture *f = *state;
    add(&f->c.producer, "max.block.ms", "60000");
    assert_refused(f, "cannot honour 'max.block.ms': it waits for ever");
    string_list_push(&f->run.allow_unsupported, "max.block.ms");
    translate(f);
    assert_settings(f, "{}");
    const struct setting_record *allowed = record(f, NULL, "60000");
    assert_string_equal(allowed->canonical, "max.block.ms");
    assert_false(allowed->applied);
    assert_null(allowed->handed);
}

/* What the client has anyway is applied, though it is told nothing. */
static void test_the_one_value_that_it_has(void **state)
{
    struct fixture *f = *state;
    add(&f->client, "ssl.truststore.type", "JKS");
    assert_refused(f, "cannot take 'JKS' for 'ssl.truststore.type', expected PEM");
    property_list_set(&f->client, "ssl.truststore.type", "PEM");
    translate(f);
    assert_settings(f, "{}");
    const struct setting_record *fixed = record(f, NULL, "PEM");
    assert_string_equal(fixed->canonical, "ssl.truststore.type");
    assert_true(fixed->applied);
    assert_null(fixed->handed);
    assert_null(fixed->in_force);
}

static void test_unknown_is_refused_with_the_nearest_name(void **state)
{
    struct fixture *f = *state;
    add(&f->c.producer, "batch.sise", "1");
    assert_refused(f, "does not know the setting 'batch.sise' (did you mean 'batch.size'?)");
    f->driver.passes_unknown = true;
    translate(f);
    assert_settings(f, "{\"batch.sise\":\"1\"}");
    assert_true(record(f, "batch.sise", "1")->applied);
}

static void test_config_wins_over_the_map(void **state)
{
    struct fixture *f = *state;
    add(&f->c.producer, "batch.size", "8196");
    add(&f->run.config, "batch_size", "64");
    add(&f->run.config, "queue.kbytes", "7"); /* in the client's unit: not scaled */
    add(&f->run.config, "socket_options", "007");
    add(&f->run.config, "retries", "3");
    add(&f->run.config, "ratio", "0.5");
    add(&f->run.config, "flag", "true");
    translate(f);
    assert_settings(f, "{\"batch_size\":64,\"flag\":true,\"queue.kbytes\":7,\"ratio\":0.5,\"retries\":3"
                       ",\"socket_options\":\"007\"}");
    assert_false(record(f, "batch_size", "8196")->applied);
    const struct setting_record *winner = record(f, "batch_size", "64");
    assert_true(winner->applied);
    assert_null(winner->canonical);
}

static void test_case_wins_over_cluster_and_secrets_are_kept(void **state)
{
    struct fixture *f = *state;
    add(&f->client, "sasl.jaas.config", "hunter2");
    add(&f->client, "compression.type", "gzip");
    add(&f->c.producer, "compression.type", "zstd");
    translate(f);
    assert_settings(f, "{\"codec\":\"zstd\",\"jaas\":\"hunter2\"}");
    assert_int_equal(f->list.count, 2);
    const struct setting_record *secret = record(f, "jaas", REDACTED);
    assert_true(secret->secret);
    assert_string_equal(secret->handed, REDACTED);
}

static void test_values_in_force(void **state)
{
    struct fixture *f = *state;
    add(&f->c.producer, "acks", "all");
    add(&f->c.producer, "batch.size", "8196");
    add(&f->c.producer, "buffer.memory", "67108864");
    add(&f->c.producer, "enable.idempotence", "false");
    add(&f->c.producer, "sasl.jaas.config", "hunter2");
    translate(f);
    json_t *reported = json_pack("{s:i, s:i, s:f, s:s, s:s, s:i, s:i, s:n, s:i}", "acks", -1, "batch_size", 16384,
                                 "queue.kbytes", 65536.0, "idempotent", "False", "jaas", "hunter2", "tenths", 1200,
                                 "own", 3, "nothing", "batch.size", 1);
    setting_list_confirm(&f->list, &f->driver, reported);
    json_decref(reported);
    assert_false(record(f, "acks", "all")->differs);
    assert_string_equal(record(f, "acks", "all")->in_force, "-1");
    assert_true(record(f, "batch_size", "8196")->differs);
    assert_string_equal(record(f, "batch_size", "8196")->in_force, "16384");
    assert_false(record(f, "queue.kbytes", "67108864")->differs);
    assert_false(record(f, "idempotent", "false")->differs);
    assert_string_equal(record(f, "jaas", REDACTED)->in_force, REDACTED);
    assert_string_equal(record(f, "tenths", NULL)->canonical, "delivery.timeout.ms");
    assert_null(record(f, "own", NULL)->canonical);
    assert_false(record(f, "own", NULL)->applied);
    /* Kafka's name, but the client's own setting: it is not what 'batch.size' became. */
    assert_null(record(f, "batch.size", NULL)->canonical);
    assert_int_equal(f->list.count, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_types_and_units, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scaled_integers_are_rounded_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reals_are_written_short, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_acks_is_a_number_or_a_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_values_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unsupported_needs_permission, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_one_value_that_it_has, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unknown_is_refused_with_the_nearest_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_config_wins_over_the_map, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_case_wins_over_cluster_and_secrets_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_values_in_force, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("driver_translate", tests, NULL, NULL);
}
