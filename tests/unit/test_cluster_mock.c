/* SPDX-License-Identifier: Apache-2.0 */
/* A whole life of a cluster, on librdkafka's mock: topics made, counted, deleted, and those of others left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <librdkafka/rdkafka.h>

#include "cluster/cluster.h"

#include "base/banned.h"

#define BROKERS 3

static int start(void **state)
{
    static const struct cluster_definition definition = {.kind = CLUSTER_MOCK, .brokers = BROKERS};
    static const struct cluster_options options = {.data_folder = NULL};
    struct error error = ERROR_INIT;
    *state = cluster_start(&definition, &options, &error);
    if (!*state)
        print_error("%s\n", error.message);
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    cluster_stop(*state);
    return 0;
}

static void make_topic(struct cluster *cluster, const char *topic, int partitions)
{
    struct error error = ERROR_INIT;
    bool made = cluster_create_topic(cluster, topic, partitions, BROKERS, NULL, &error);
    assert_string_equal(error.message, "");
    assert_true(made);
}

#define RECORD_BYTES 1000

/* Send `count` records of RECORD_BYTES, spread over the partitions, and wait for their acknowledgement. */
static void produce(struct cluster *cluster, const char *topic, int partitions, int count)
{
    char reason[256], value[RECORD_BYTES] = {0};
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    assert_int_equal(rd_kafka_conf_set(conf, "bootstrap.servers", cluster_bootstrap_servers(cluster), reason,
                                       sizeof reason),
                     RD_KAFKA_CONF_OK);
    rd_kafka_t *producer = rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason, sizeof reason);
    assert_non_null(producer);
    for (int i = 0; i < count; i++)
        assert_int_equal(rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(i % partitions),
                                           RD_KAFKA_V_VALUE(value, sizeof value), RD_KAFKA_V_END),
                         RD_KAFKA_RESP_ERR_NO_ERROR);
    assert_int_equal(rd_kafka_flush(producer, 60000), RD_KAFKA_RESP_ERR_NO_ERROR);
    rd_kafka_destroy(producer);
}

static void check_count(struct cluster *cluster, const char *topic, int partitions, int64_t expected)
{
    struct error error = ERROR_INIT;
    int64_t records = -1;
    bool counted = cluster_await_records(cluster, topic, partitions, expected, &records, &error);
    assert_string_equal(error.message, "");
    assert_true(counted);
    assert_int_equal(records, expected);
}

static void test_it_tells_what_it_is(void **state)
{
    struct cluster *cluster = *state;
    struct error error = ERROR_INIT;
    struct broker_setting_list settings;
    pid_t pids[BROKERS];
    char *version = string_format("librdkafka mock %s", rd_kafka_version_str());
    assert_string_equal(cluster_broker_version(cluster), version);
    free(version);
    assert_int_equal(cluster_broker_count(cluster), BROKERS);
    assert_int_equal(cluster_broker_pids(cluster, pids, BROKERS), 0);
    assert_int_equal(cluster_client_properties(cluster)->count, 0);
    assert_true(cluster_is_alive(cluster, &error));
    assert_true(cluster_revive(cluster, &error));
    assert_true(cluster_describe_brokers(cluster, &settings, &error));
    assert_int_equal(settings.count, 0);
}

static void test_records_are_counted(void **state)
{
    make_topic(*state, "counted", 4);
    check_count(*state, "counted", 4, 0);
    produce(*state, "counted", 4, 1001);
    check_count(*state, "counted", 4, 1001);
    produce(*state, "counted", 4, 9);
    check_count(*state, "counted", 4, 1010);
}

/* The mock keeps the last 5 MiB of a partition: its start moves, and what was stored counts all the same. */
static void test_records_that_were_dropped_since_count(void **state)
{
    make_topic(*state, "dropping", 1);
    produce(*state, "dropping", 1, 8000);
    check_count(*state, "dropping", 1, 8000);
}

static void test_fewer_than_expected_are_told_as_they_are(void **state)
{
    struct error error = ERROR_INIT;
    int64_t records;
    make_topic(*state, "fewer", 2);
    produce(*state, "fewer", 2, 10);
    assert_true(cluster_await_records(*state, "fewer", 2, 10, &records, &error));
    assert_int_equal(records, 10);
    assert_true(cluster_await_records(*state, "fewer", 2, 11, &records, &error));
    assert_int_equal(records, 10);
}

static void test_only_own_topics_are_deleted(void **state)
{
    struct error error = ERROR_INIT;
    make_topic(*state, "own", 1);
    assert_false(cluster_delete_topic(*state, "foreign", &error));
    assert_int_equal(error.category, ERROR_INPUT);
    assert_non_null(strstr(error.message, "'foreign' was not made by kbench"));
    assert_false(cluster_delete_topic(*state, "ow", &error));
    assert_true(cluster_delete_topic(*state, "own", &error));
    assert_false(cluster_delete_topic(*state, "own", &error));
    make_topic(*state, "kept", 1);
    cluster_keep_topic(*state, "kept");
    assert_false(cluster_delete_topic(*state, "kept", &error));
}

static void test_topics_that_cannot_be_are_refused(void **state)
{
    struct error error = ERROR_INIT;
    assert_false(cluster_create_topic(*state, "replicas", 1, BROKERS + 1, NULL, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    assert_false(cluster_delete_topic(*state, "replicas", &error));
    make_topic(*state, "twice", 1);
    assert_false(cluster_create_topic(*state, "twice", 1, 1, NULL, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_tells_what_it_is),
        cmocka_unit_test(test_records_are_counted),
        cmocka_unit_test(test_records_that_were_dropped_since_count),
        cmocka_unit_test(test_fewer_than_expected_are_told_as_they_are),
        cmocka_unit_test(test_only_own_topics_are_deleted),
        cmocka_unit_test(test_topics_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests_name("cluster mock", tests, start, stop);
}
