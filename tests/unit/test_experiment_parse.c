/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <string.h>

#include "base/file.h"
#include "definition.h"
#include "near.h"

#define HEAD "version: t\ntitle: A test\ncluster: {kind: local, kafka: 4.3.1}\n"
#define RUNS "runs:\n  - {name: java, driver: java}\n"
#define TOPIC "    topic: {partitions: 1, replication.factor: 1}\n"

static struct experiment *parse(const char *text)
{
    return definition_parse("experiments/t.yaml", text);
}

static struct experiment *parse_file(const char *folder, const char *name)
{
    struct text content = TEXT_INIT;
    struct error error = ERROR_INIT;
    char *path = string_format("%s/%s/%s", file_home(), folder, name);
    if (!file_read(path, EXPERIMENT_LENGTH_MAX, &content, &error))
        fail_msg("%s", error.message);
    struct experiment *experiment = definition_parse(path, content.bytes);
    text_release(&content);
    free(path);
    return experiment;
}

static void test_defaults(void **state)
{
    (void)state;
    struct experiment *e = parse(HEAD "cases:\n  - name: one\n" TOPIC RUNS);
    const struct experiment_case *c = &e->cases[0];
    assert_string_equal(c->title, "one");
    assert_int_equal(c->record_size_bytes, 100);
    assert_int_equal(c->producers, 1);
    assert_int_equal(c->consumers, 0);
    assert_near(c->rate_per_sec, 0, 0);
    assert_int_equal(c->warmup_ms, 3000);
    assert_int_equal(c->duration_ms, 8000);
    assert_int_equal(c->records, 0);
    assert_true(c->samples);
    assert_int_equal(e->cluster.brokers, 3);
    assert_string_equal(e->cluster.scala_version, "2.13");
    assert_null(e->cluster.zookeeper_version);
    assert_null(e->cluster.bootstrap_servers);
    assert_string_equal(e->cluster.jvm.items[1], "-Xmx1g");
    assert_int_equal(e->design.trials_min, 5);
    assert_int_equal(e->design.trials_max, 5);
    assert_int_equal(e->design.timeout_ms, 120000);
    assert_int_equal(e->design.retries, 1);
    assert_near(e->design.disturbance.steal, 0.02, 1e-15);
    assert_near(e->design.disturbance.other_cpu, 0.05, 1e-15);
    assert_true(isinf(e->design.disturbance.stall_cpu));
    assert_true(isinf(e->design.disturbance.dirty_bytes));
    assert_int_equal(e->design.disturbance.repeats, 2);
    assert_int_equal(e->report.percentile_count, 4);
    assert_near(e->report.percentiles[3], 99.9, 0);
    assert_string_equal(e->report.baseline, "java");
    assert_null(e->runs[0].version);
    assert_null(e->supersedes);
    experiment_free(e);
}

static void test_places(void **state)
{
    (void)state;
    struct experiment *e = parse(HEAD "cases:\n  - name: one\n" TOPIC "    producer: {acks: all}\n" RUNS);
    assert_int_equal(e->cases[0].position.line, 5);
    assert_int_equal(e->cases[0].position.column, 5);
    assert_int_equal(e->cases[0].producer.items[0].position.line, 7);
    assert_int_equal(e->cases[0].producer.items[0].position.column, 22);
    assert_int_equal(e->runs[0].driver_position.line, 9);
    assert_int_equal(e->runs[0].driver_position.column, 26);
    experiment_free(e);
}

static void test_overrides_key_by_key(void **state)
{
    (void)state;
    struct experiment *e = parse(HEAD "defaults:\n"
                                      "  producer: {acks: 1, linger.ms: 0}\n"
                                      "  measure: {warmup: 1s, duration: 2s}\n"
                                      "  topic: {partitions: 6}\n"
                                      "cases:\n"
                                      "  - name: one\n"
                                      "    topic: {replication.factor: 3}\n"
                                      "    producer: {acks: all, batch.size: 64000}\n"
                                      "    measure: {duration: 5s}\n"
                                      "  - name: two\n"
                                      "    topic: {replication.factor: 1, partitions: 1}\n"
                                      "    measure: {records: 10}\n" RUNS);
    const struct experiment_case *one = &e->cases[0], *two = &e->cases[1];
    assert_string_equal(property_list_get(&one->producer, "acks"), "all");
    assert_string_equal(property_list_get(&one->producer, "linger.ms"), "0");
    assert_string_equal(property_list_get(&one->producer, "batch.size"), "64000");
    assert_int_equal(one->warmup_ms, 1000);
    assert_int_equal(one->duration_ms, 5000);
    assert_int_equal(one->partitions, 6);
    assert_string_equal(property_list_get(&two->producer, "acks"), "1");
    assert_int_equal(two->partitions, 1);
    assert_int_equal(two->records, 10);
    assert_int_equal(two->duration_ms, 0); /* the default's duration gave way to the case's records */
    experiment_free(e);
}

static void test_sweeps(void **state)
{
    (void)state;
    static const char *const names[] = {
        "message-size[record.size=10]",
        "message-size[record.size=64KiB]",
        "grid[producer.batch.size=8196,topic.replication.factor=1]",
        "grid[producer.batch.size=8196,topic.replication.factor=3]",
        "grid[producer.batch.size=64000,topic.replication.factor=1]",
        "grid[producer.batch.size=64000,topic.replication.factor=3]",
        "counted[measure.records=1000]",
        "counted[measure.records=2000]",
    };
    struct experiment *e = parse_file("tests/data/definitions", "good-sweep.yaml");
    assert_int_equal(e->case_count, 8);
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(e->cases[i].name, names[i]);
    assert_string_equal(e->cases[1].title, "Size of messages [record.size=64KiB]");
    assert_int_equal(e->cases[1].record_size_bytes, 65536);
    assert_string_equal(property_list_get(&e->cases[4].producer, "batch.size"), "64000");
    assert_string_equal(property_list_get(&e->cases[4].producer, "acks"), "1");
    assert_string_equal(property_list_get(&e->cases[4].producer, "linger.ms"), "0");
    assert_int_equal(e->cases[4].replication_factor, 1);
    assert_int_equal(e->cases[7].records, 2000);
    assert_int_equal(e->cases[7].duration_ms, 0);
    /* One exclusion names a whole sweep, the other one case of another. */
    assert_int_equal(e->pair_count, 3);
    assert_int_equal(e->pairs[0].case_index, 1);
    assert_int_equal(e->pairs[1].case_index, 6);
    assert_int_equal(experiment_find_pair(e, 6, 0), 1);
    assert_int_equal(experiment_find_pair(e, 0, 0), -1);
    experiment_free(e);
}

static void test_everything(void **state)
{
    (void)state;
    struct experiment *e = parse_file("tests/data/definitions", "good-everything.yaml");
    const struct experiment_case *c = &e->cases[0];
    assert_int_equal(e->cluster.kind, CLUSTER_EXTERNAL);
    assert_int_equal(e->cluster.brokers, 0);
    assert_string_equal(property_list_get(&e->cluster.client, "sasl.password"), "${env:KAFKA_PASSWORD}");
    assert_string_equal(c->title, "A \"title\" with \\, \t, \xe2\x80\xa8 and ü — all quoted");
    assert_int_equal(c->workload, WORKLOAD_END_TO_END);
    assert_int_equal(c->record_size_bytes, 1 << 20);
    assert_int_equal(c->record_key, KEY_RANDOM);
    assert_int_equal(c->warmup_ms, 1500);
    assert_false(c->samples);
    assert_int_equal(c->verify, VERIFY_CONTENT);
    assert_near(c->rate_per_sec, 1000, 0);
    assert_near(e->design.precision, 0.025, 1e-15);
    assert_int_equal(e->design.order, ORDER_RANDOM);
    assert_int_equal(e->design.seed, 20160331);
    assert_true(isinf(e->design.disturbance.steal));
    assert_near(e->design.disturbance.other_cpu, 0.025, 1e-15);
    assert_near(e->design.disturbance.stall_io, 0, 0);
    assert_true(isinf(e->design.disturbance.stall_memory));
    assert_near(e->design.disturbance.dirty_bytes, 256 * 1048576.0, 0);
    assert_near(e->design.disturbance.trend, 1.5, 1e-15);
    assert_int_equal(e->design.disturbance.repeats, 0);
    assert_int_equal(e->claim_count, 3);
    assert_string_equal(e->claims[0].metric, "latency_p99_ms");
    assert_near(e->claims[0].ratio[1], 1.11, 0);
    assert_true(isnan(e->claims[0].range[0]));
    assert_null(e->claims[1].to_case);
    assert_near(e->claims[1].range[1], 0, 0);
    assert_true(isnan(e->claims[1].ratio[0]));
    assert_string_equal(e->claims[2].of_published, "v1.0");
    assert_string_equal(e->claims[2].to_version, "v1");
    assert_string_equal(e->report.published, "v1.0");
    assert_string_equal(e->runs[1].name, "no");
    assert_string_equal(e->changes.items[0], "1");
    experiment_free(e);
}

/* The canonical form is a definition of the same experiment, also when it is read on its own. */
static void test_canonical_form_reads_back(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"tests/data/definitions", "good-everything.yaml"},
        {"tests/data/definitions", "good-minimal.yaml"},
        {"tests/data/definitions", "good-mock.yaml"},
        {"tests/data/definitions", "good-sweep.yaml"},
        {"tests/data/definitions", "good-zookeeper.yaml"},
        {"experiments", "v2.yaml"},
        {"experiments", "smoke.yaml"},
        {"experiments", "fidelity.yaml"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct experiment *e = parse_file(files[i][0], files[i][1]);
        struct error_list errors = {0};
        char *file = string_format("%s.yaml", e->version);
        struct experiment *again = experiment_parse(file, e->canonical, strlen(e->canonical), &errors);
        assert_int_equal(errors.count, 0);
        assert_string_equal(again->canonical, e->canonical);
        assert_string_equal(again->sha256, e->sha256);
        assert_int_equal(strlen(e->sha256), 64);
        assert_int_equal(again->pair_count, e->pair_count);
        assert_int_equal(again->case_count, e->case_count);
        assert_string_equal(again->cases[0].title, e->cases[0].title);
        experiment_free(e);
        experiment_free(again);
        free(file);
    }
}

/* The identity of HEAD, one case and a run, with `more` behind. */
static void identity(const char *text, char sha256[65])
{
    struct experiment *e = parse(text);
    memcpy(sha256, e->sha256, 65);
    experiment_free(e);
}

#define CASE_WITH(extra) HEAD "cases:\n  - name: one\n" TOPIC extra RUNS

static void test_layout_is_not_identity(void **state)
{
    (void)state;
    char first[65], second[65];
    identity(CASE_WITH("    producer: {acks: 1, linger.ms: 0}\n"), first);
    static const char *const same[] = {
        "# a comment\n" CASE_WITH("    producer:\n      linger.ms: \"0\"  # none\n      acks: 1\n"),
        HEAD "runs:\n- driver: java\n  name: 'java'\ncases:\n- producer: {linger.ms: 0, acks: \"1\"}\n  name: one\n"
             "  topic: {replication.factor: 1, partitions: 1}\n",
        HEAD "defaults: {producer: {acks: 1, linger.ms: 9}}\ncases:\n  - name: one\n" TOPIC
             "    producer: {linger.ms: 0}\n" RUNS,
        CASE_WITH(
            "    producer: {acks: 1, linger.ms: 0}\n    measure: {warmup: 3000ms, duration: 8s}\n    title: one\n"),
        CASE_WITH("    producer: {acks: 1, linger.ms: 0}\n    record: {size: 100}\n") "design: {trials: {min: 5}}\n",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        identity(same[i], second);
        assert_string_equal(first, second);
    }
}

static void test_every_value_is_identity(void **state)
{
    (void)state;
    static const char *const texts[] = {
        CASE_WITH(""),
        CASE_WITH("    title: Another\n"),
        CASE_WITH("    producer: {acks: 1}\n"),
        CASE_WITH("    producer: {acks: all}\n"),
        CASE_WITH("    consumer: {acks: 1}\n"),
        CASE_WITH("    measure: {warmup: 3001ms}\n"),
        CASE_WITH("    measure: {records: 8000}\n"),
        CASE_WITH("    measure: {samples: off}\n"),
        CASE_WITH("    record: {size: 101}\n"),
        CASE_WITH("    record: {compressibility: 0.1}\n"),
        CASE_WITH("    record: {compressibility: 0.10000000000000002}\n"),
        CASE_WITH("    load: {rate: 1000}\n"),
        CASE_WITH("    verify: content\n"),
        CASE_WITH("") "supersedes: v1\n",
        CASE_WITH("") "changes: [\"a\"]\n",
        CASE_WITH("") "changes: [\"a \"]\n",
        CASE_WITH("") "design: {seed: 2}\n",
        CASE_WITH("") "design: {retries: 0}\n",
        CASE_WITH("") "design: {trials: {min: 5, max: 6, precision: 3%}}\n",
        CASE_WITH("") "design: {trials: {min: 5, max: 6, precision: 3.1%}}\n",
        CASE_WITH("") "report: {percentiles: [50]}\n",
        CASE_WITH("") "report: {percentiles: []}\n",
    };
    enum { COUNT = sizeof texts / sizeof *texts };
    char identities[COUNT][65];
    for (size_t i = 0; i < COUNT; i++) {
        identity(texts[i], identities[i]);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(identities[i], identities[j]);
    }
}

static void test_as_written(void **state)
{
    (void)state;
    const char *text = "# kept\n" CASE_WITH("");
    struct experiment *e = parse(text);
    assert_string_equal(e->as_written, text);
    assert_string_equal(e->file, "experiments/t.yaml");
    experiment_free(e);
}

static void test_property_list(void **state)
{
    (void)state;
    struct property_list list = {0};
    property_list_set(&list, "a", "1");
    property_list_set(&list, "b", "2");
    property_list_set(&list, "a", "3");
    assert_int_equal(list.count, 2);
    assert_string_equal(property_list_get(&list, "a"), "3");
    assert_null(property_list_get(&list, "c"));
    property_list_release(&list);
    assert_int_equal(list.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_overrides_key_by_key),
        cmocka_unit_test(test_sweeps),
        cmocka_unit_test(test_everything),
        cmocka_unit_test(test_canonical_form_reads_back),
        cmocka_unit_test(test_layout_is_not_identity),
        cmocka_unit_test(test_every_value_is_identity),
        cmocka_unit_test(test_as_written),
        cmocka_unit_test(test_property_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
