/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "definition.h"
#include "experiment/flatten.h"

#include "base/banned.h"

static const char definition[] = "version: f1\n"
                                 "title: A test\n"
                                 "cluster: {kind: mock}\n"
                                 "cases:\n"
                                 "  - name: one\n"
                                 "    topic: {partitions: 1, replication.factor: 1}\n"
                                 "    producer: {acks: 1, linger.ms: 5}\n"
                                 "  - name: two\n"
                                 "    title: Other\n"
                                 "    topic: {partitions: 1, replication.factor: 3}\n"
                                 "    producer: {acks: all, batch.size: 10}\n"
                                 "    faults: [{at: 1s, do: kill, for: 2s}]\n"
                                 "runs: [{name: c, driver: c}]\n";

static struct flat_definition flat_of(const char *text)
{
    struct flat_definition flat;
    struct experiment *experiment = definition_parse("f1.yaml", text);
    experiment_flatten(experiment, &flat);
    experiment_free(experiment);
    return flat;
}

static void test_names(void **state)
{
    (void)state;
    struct flat_definition flat = flat_of(definition);
    assert_string_equal(flat_definition_get(&flat, "cases[one].producer.acks"), "1");
    assert_string_equal(flat_definition_get(&flat, "cases[two].faults[0].do"), "kill");
    assert_string_equal(flat_definition_get(&flat, "runs[c].driver"), "c");
    assert_string_equal(flat_definition_get(&flat, "cluster.brokers"), "3"); /* a default */
    assert_string_equal(flat_definition_get(&flat, "report.percentiles[3]"), "99.9");
    assert_null(flat_definition_get(&flat, "cases[one].producer.batch.size"));
    assert_int_equal(flat.names.count, flat.values.count);
    flat_definition_release(&flat);
}

static void test_what_two_cases_differ_in(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "producer.acks: 1 -> all",     "producer.linger.ms: 5 -> (none)",   "topic.replication.factor: 1 -> 3",
        "faults[0].at: (none) -> 1s",  "faults[0].broker: (none) -> 0",     "faults[0].do: (none) -> kill",
        "faults[0].for: (none) -> 2s", "producer.batch.size: (none) -> 10",
    };
    struct flat_definition flat = flat_of(definition);
    struct string_list differences = {0};
    flat_definition_compare_cases(&flat, "one", "two", &differences);
    for (size_t i = 0; i < differences.count && i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(differences.items[i], expected[i]);
    assert_int_equal(differences.count, sizeof expected / sizeof *expected);
    string_list_release(&differences);
    flat_definition_compare_cases(&flat, "one", "one", &differences);
    assert_int_equal(differences.count, 0);
    flat_definition_release(&flat);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_what_two_cases_differ_in)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
