/* SPDX-License-Identifier: Apache-2.0 */
/* What a client sees of the mock cluster's injected round-trip time and of its faults. Times have lower bounds only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <librdkafka/rdkafka.h>

#include "base/clock.h"
#include "cluster/cluster.h"

#define RTT_MS 40
#define TOPIC "faulty"
#define PARTITIONS 16
#define TICK_MS 10
#define PATIENCE_MS 30000

static struct cluster *start(int64_t rtt_ms)
{
    struct error error = ERROR_INIT;
    struct cluster_definition definition = {.kind = CLUSTER_MOCK, .brokers = 2, .rtt_ms = rtt_ms};
    static struct cluster_definition kept;
    kept = definition;
    struct cluster_options options = {.data_folder = "unused", .log_folder = "unused"};
    struct cluster *cluster = cluster_start(&kept, &options, &error);
    assert_string_equal(error.message, "");
    assert_true(cluster_create_topic(cluster, TOPIC, PARTITIONS, 1, NULL, &error));
    return cluster;
}

static rd_kafka_t *open_producer(const struct cluster *cluster)
{
    static const char *const settings[][2] = {{"linger.ms", "0"},
                                              {"log_level", "0"},
                                              {"reconnect.backoff.ms", "10"},
                                              {"reconnect.backoff.max.ms", "50"},
                                              {"topic.metadata.refresh.fast.interval.ms", "20"}};
    char reason[256];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    assert_int_equal(rd_kafka_conf_set(conf, "bootstrap.servers", cluster_bootstrap_servers(cluster), reason,
                                       sizeof reason),
                     RD_KAFKA_CONF_OK);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        assert_int_equal(rd_kafka_conf_set(conf, settings[i][0], settings[i][1], reason, sizeof reason),
                         RD_KAFKA_CONF_OK);
    rd_kafka_t *producer = rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason, sizeof reason);
    assert_non_null(producer);
    return producer;
}

static void send_one(rd_kafka_t *producer, int32_t partition)
{
    char value[1] = {0};
    assert_int_equal(rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(TOPIC), RD_KAFKA_V_PARTITION(partition),
                                       RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_VALUE(value, sizeof value),
                                       RD_KAFKA_V_END),
                     RD_KAFKA_RESP_ERR_NO_ERROR);
}

/* Milliseconds until the records of both partitions are acknowledged. */
static double round_trip_ms(rd_kafka_t *producer)
{
    int64_t begun_ns = clock_monotonic_ns();
    send_one(producer, 0);
    send_one(producer, 1);
    assert_int_equal(rd_kafka_flush(producer, PATIENCE_MS), RD_KAFKA_RESP_ERR_NO_ERROR);
    return (double)(clock_monotonic_ns() - begun_ns) / NS_PER_MS;
}

static void test_injected_round_trip(void **state)
{
    (void)state;
    struct cluster *cluster = start(RTT_MS);
    rd_kafka_t *producer = open_producer(cluster);
    round_trip_ms(producer); /* connects */
    double fastest_ms = 1e9;
    for (int i = 0; i < 5; i++) {
        double ms = round_trip_ms(producer);
        fastest_ms = ms < fastest_ms ? ms : fastest_ms;
    }
    assert_true(fastest_ms >= RTT_MS);
    rd_kafka_destroy(producer);
    cluster_stop(cluster);
}

/* Two responses are held back at each broker, made at different times, and all go at the end. */
static void test_pause_holds_responses_back(void **state)
{
    (void)state;
    struct cluster *cluster = start(0);
    rd_kafka_t *producer = open_producer(cluster);
    struct error error = ERROR_INIT;
    const struct fault pause = {.kind = FAULT_PAUSE, .for_ms = 300};
    round_trip_ms(producer);
    cluster_begin_fault(cluster, &pause);
    send_one(producer, 0);
    send_one(producer, 1);
    clock_sleep_ms(5 * TICK_MS);
    send_one(producer, 0);
    send_one(producer, 1);
    clock_sleep_ms((int)pause.for_ms);
    assert_int_equal(rd_kafka_outq_len(producer), 4);
    assert_true(cluster_end_fault(cluster, &pause, &error));
    assert_int_equal(rd_kafka_flush(producer, PATIENCE_MS), RD_KAFKA_RESP_ERR_NO_ERROR);
    rd_kafka_destroy(producer);
    cluster_stop(cluster);
}

/* Partitions that broker 1 leads: the mock draws the leaders. */
static int led_by_the_first(rd_kafka_t *producer)
{
    const struct rd_kafka_metadata *metadata;
    int count = 0;
    rd_kafka_topic_t *topic = rd_kafka_topic_new(producer, TOPIC, NULL);
    assert_int_equal(rd_kafka_metadata(producer, 0, topic, &metadata, PATIENCE_MS), RD_KAFKA_RESP_ERR_NO_ERROR);
    for (int i = 0; i < metadata->topics[0].partition_cnt; i++)
        count += metadata->topics[0].partitions[i].leader == 1;
    rd_kafka_metadata_destroy(metadata);
    rd_kafka_topic_destroy(topic);
    return count;
}

static void test_pause_of_one_broker(void **state)
{
    (void)state;
    struct cluster *cluster = start(0);
    rd_kafka_t *producer = open_producer(cluster);
    struct error error = ERROR_INIT;
    const struct fault pause = {.kind = FAULT_PAUSE, .for_ms = 300, .broker = 1};
    int held = led_by_the_first(producer);
    round_trip_ms(producer);
    cluster_begin_fault(cluster, &pause);
    for (int32_t partition = 0; partition < PARTITIONS; partition++)
        send_one(producer, partition);
    int64_t deadline_ns = clock_monotonic_ns() + PATIENCE_MS * NS_PER_MS;
    while (rd_kafka_outq_len(producer) > held && clock_monotonic_ns() < deadline_ns)
        rd_kafka_poll(producer, TICK_MS);
    clock_sleep_ms((int)pause.for_ms);
    assert_int_equal(rd_kafka_outq_len(producer), held);
    assert_true(cluster_end_fault(cluster, &pause, &error));
    assert_int_equal(rd_kafka_flush(producer, PATIENCE_MS), RD_KAFKA_RESP_ERR_NO_ERROR);
    rd_kafka_destroy(producer);
    cluster_stop(cluster);
}

static void test_killed_brokers_come_back(void **state)
{
    (void)state;
    struct cluster *cluster = start(0);
    rd_kafka_t *producer = open_producer(cluster);
    struct error error = ERROR_INIT;
    const struct fault murder = {.kind = FAULT_KILL, .for_ms = 200};
    round_trip_ms(producer);
    cluster_begin_fault(cluster, &murder);
    assert_true(cluster_is_alive(cluster, &error));
    send_one(producer, 0);
    send_one(producer, 1);
    assert_int_equal(rd_kafka_flush(producer, (int)murder.for_ms), RD_KAFKA_RESP_ERR__TIMED_OUT);
    assert_int_equal(rd_kafka_outq_len(producer), 2);
    assert_true(cluster_end_fault(cluster, &murder, &error));
    assert_int_equal(rd_kafka_flush(producer, PATIENCE_MS), RD_KAFKA_RESP_ERR_NO_ERROR);
    struct cluster_range ranges[PARTITIONS];
    assert_true(cluster_read_ranges(cluster, TOPIC, PARTITIONS, ranges, &error));
    assert_int_equal(ranges[0].begin + ranges[1].begin, 0);
    assert_int_equal(ranges[0].end, 2);
    assert_int_equal(ranges[1].end, 2);
    rd_kafka_destroy(producer);
    cluster_stop(cluster);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_injected_round_trip),
        cmocka_unit_test(test_pause_holds_responses_back),
        cmocka_unit_test(test_pause_of_one_broker),
        cmocka_unit_test(test_killed_brokers_come_back),
    };
    return cmocka_run_group_tests_name("cluster fault", tests, NULL, NULL);
}
