/* SPDX-License-Identifier: Apache-2.0 */
/* Definitions against drivers: every mistake at its place in the definition, and only once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "definition.h"
#include "driver/driver.h"
#include "driver/driver_yaml.h"

#include "base/banned.h"

#define HEAD "protocol: 1\ntitle: T\nlanguage: C\nlibrary: l\nkind: client\nworkloads: [produce]\n"

static const struct {
    char *name;
    const char *yaml;
} drivers[] = {
    {(char[]){"java"}, HEAD "clusters: [local]\ncommand: [x, '{jvm}']\npasses-unknown: true\n"},
    {(char[]){"tool"}, "protocol: 1\ntitle: T\nlanguage: C\nlibrary: l\nkind: tool\nworkloads: [produce]\n"
                       "clusters: [local]\ncommand: [x]\npasses-unknown: true\n"},
    {(char[]){"nowhere"}, HEAD "clusters: [mock]\ncommand: [x]\npasses-unknown: true\ndelivers: false\n"},
    {(char[]){"two"}, HEAD "clusters: [external]\ncommand: [x]\nsettings:\n"
                           "  sasl.username: user\n  sasl.password: password\n  acks: acks\n"
                           "  sasl.jaas.config: {unsupported: it is Java's}\n"},
    {(char[]){"python"}, HEAD "clusters: [local, external]\ncommand: [x]\nsettings:\n"
                              "  acks: acks\n  linger.ms: {name: linger, type: integer}\n"
                              "  request.timeout.ms: {name: timeout, type: integer}\n"
                              "  buffer.memory: {unsupported: it keeps no buffer}\n"},
};
#define DRIVER_COUNT (sizeof drivers / sizeof *drivers)

static struct driver_list load(void)
{
    struct driver_list list = {memory_zeroed(DRIVER_COUNT, sizeof *list.items), DRIVER_COUNT};
    struct error_list errors = {0};
    for (size_t i = 0; i < DRIVER_COUNT; i++) {
        if (!driver_yaml_read(&list.items[i], "driver.yaml", drivers[i].yaml, strlen(drivers[i].yaml), &errors))
            fail_msg("%s", errors.items[0].message);
        list.items[i].name = string_copy(drivers[i].name);
    }
    return list;
}

/* The errors as "line:column: message", one a line. */
static char *check(const char *yaml)
{
    struct driver_list list = load();
    struct error_list errors = {0};
    struct text text = TEXT_INIT;
    struct experiment *experiment = definition_parse("v9.yaml", yaml);
    driver_check_experiment(&list, experiment, &errors);
    for (size_t i = 0; i < errors.count; i++)
        text_append_format(&text, "%d:%d: %s\n", errors.items[i].line, errors.items[i].column, errors.items[i].message);
    experiment_free(experiment);
    error_list_release(&errors);
    driver_list_release(&list);
    return text_detach(&text);
}

static void assert_errors(const char *yaml, const char *expected)
{
    char *errors = check(yaml);
    assert_string_equal(errors, expected);
    free(errors);
}

#define LOCAL "version: v9\ntitle: T\ncluster: {kind: local, kafka: 4.3.1}\n"
#define CASES                                                                                                          \
    "cases:\n"                                                                                                         \
    "  - {name: one, topic: {partitions: 1, replication.factor: 1}, producer: {acks: 1}}\n"

static void test_good_definition(void **state)
{
    (void)state;
    assert_errors(LOCAL CASES "runs:\n"
                              "  - {name: a, driver: java, jvm: [-Xmx1g]}\n"
                              "  - {name: b, driver: python, config: {anything: 1}}\n",
                  "");
}

static void test_unknown_driver(void **state)
{
    (void)state;
    assert_errors(LOCAL CASES "runs:\n  - {name: a, driver: jav}\n",
                  "7:23: there is no driver 'jav' (did you mean 'java'?); 'kbench drivers' lists them\n");
}

static void test_jvm_without_one(void **state)
{
    (void)state;
    assert_errors(LOCAL CASES "runs:\n  - {name: a, driver: python, jvm: [-Xmx1g]}\n",
                  "7:23: run 'a': driver 'python' has no JVM that 'jvm' could be for\n");
}

static void test_cluster_kind(void **state)
{
    (void)state;
    assert_errors("version: v9\ntitle: T\ncluster: {kind: mock}\n" CASES "runs:\n  - {name: a, driver: java}\n",
                  "7:23: run 'a': driver 'java' cannot use a cluster of kind 'mock', only: local\n");
}

/* Two cases inherit the same mistakes from `defaults`: each is told once a run. */
static void test_settings(void **state)
{
    (void)state;
    assert_errors(
        LOCAL "defaults:\n"
              "  topic: {partitions: 1, replication.factor: 1}\n"
              "  producer:\n"
              "    ack: 1\n"
              "    buffer.memory: 1000\n"
              "    linger.ms: soon\n"
              "cases: [{name: one}, {name: two}]\n"
              "runs:\n"
              "  - {name: a, driver: java}\n"
              "  - {name: b, driver: python, config: {timeout: later}}\n"
              "  - {name: c, driver: python, allow-unsupported: [buffer.memory, ack]}\n",
        "7:10: run 'b': driver 'python' does not know the setting 'ack' (did you mean 'acks'?)\n"
        "8:20: run 'b': driver 'python' cannot honour 'buffer.memory': it keeps no buffer (a run that has it under "
        "'allow-unsupported' goes without it)\n"
        "9:16: run 'b': driver 'python' cannot take 'soon' for 'linger.ms', expected a whole number\n"
        "9:16: run 'c': driver 'python' cannot take 'soon' for 'linger.ms', expected a whole number\n"
        "13:49: run 'b': driver 'python' cannot take 'later' for 'timeout', expected a whole number\n");
}

static void test_excluded_pairs_are_left_alone(void **state)
{
    (void)state;
    assert_errors(LOCAL "cases:\n"
                        "  - {name: one, topic: {partitions: 1, replication.factor: 1}, producer: {buffer.memory: 1}}\n"
                        "  - {name: two, topic: {partitions: 1, replication.factor: 1}}\n"
                        "runs:\n  - {name: b, driver: python}\n"
                        "exclude: [{case: one, run: b, reason: it keeps no buffer}]\n",
                  "");
}

/* What the environment holds is not known yet; that a name is unknown, is. */
static void test_values_from_the_environment(void **state)
{
    (void)state;
    assert_errors("version: v9\ntitle: T\ncluster:\n  kind: external\n  bootstrap.servers: b:1\n"
                  "  client: {request.timeout.ms: '${env:T}', sasl.password: '${env:P}'}\n" CASES
                  "runs:\n  - {name: b, driver: python}\n",
                  "6:59: run 'b': driver 'python' does not know the setting 'sasl.password'\n");
}

/* A login reaches the drivers as user name and password: nobody has to know Java's form of it. */
static void test_login_in_javas_words(void **state)
{
    (void)state;
    assert_errors("version: v9\ntitle: T\ncluster:\n  kind: external\n  bootstrap.servers: b:1\n"
                  "  client: {sasl.jaas.config: '${env:P}'}\n" CASES
                  "runs:\n  - {name: a, driver: two}\n  - {name: b, driver: python}\n",
                  "6:30: run 'b': driver 'python' does not know the setting 'sasl.password'\n"
                  "6:30: run 'b': driver 'python' does not know the setting 'sasl.username'\n");
}

static void test_tool_has_arrivals_and_records_of_its_own(void **state)
{
    (void)state;
    assert_errors(
        LOCAL "defaults: {topic: {partitions: 1, replication.factor: 1}, measure: {records: 10}}\n"
              "cases: [{name: two, load: {rate: 10, arrivals: poisson}, verify: content}]\n"
              "runs:\n  - {name: a, driver: tool}\n  - {name: b, driver: java}\n",
        "5:9: case 'two': driver 'tool' is a tool, which does not number its records, expected 'verify: count'\n"
        "5:9: case 'two': driver 'tool' is a tool, which has a schedule of its own, expected 'arrivals: constant'\n");
}

static void test_nothing_to_read_back(void **state)
{
    (void)state;
    assert_errors("version: v9\ntitle: T\ncluster: {kind: mock}\n"
                  "defaults: {topic: {partitions: 1, replication.factor: 1}}\n"
                  "cases: [{name: two, verify: content}]\n"
                  "runs:\n  - {name: a, driver: nowhere}\n",
                  "5:9: case 'two': driver 'nowhere' delivers no records, which 'verify: content' reads back\n");
}

static void test_tool_makes_no_keys(void **state)
{
    (void)state;
    assert_errors(LOCAL "defaults: {topic: {partitions: 1, replication.factor: 1}, measure: {records: 10}}\n"
                        "cases: [{name: one}, {name: two, record: {key: random}}]\n"
                        "runs:\n  - {name: a, driver: tool}\n  - {name: b, driver: java}\n",
                  "5:22: case 'two': driver 'tool' is a tool, which makes records without keys, expected "
                  "'record: {key: none}'\n");
}

/* A workload that nobody has is not built yet: for `kbench run` to say. */
static void test_workload_that_is_not_built(void **state)
{
    (void)state;
    assert_errors(LOCAL "defaults: {workload: consume, load: {producers: 0, consumers: 1}}\n" CASES
                        "runs:\n  - {name: b, driver: python}\n",
                  "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_definition),
        cmocka_unit_test(test_unknown_driver),
        cmocka_unit_test(test_jvm_without_one),
        cmocka_unit_test(test_cluster_kind),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_excluded_pairs_are_left_alone),
        cmocka_unit_test(test_values_from_the_environment),
        cmocka_unit_test(test_login_in_javas_words),
        cmocka_unit_test(test_tool_makes_no_keys),
        cmocka_unit_test(test_tool_has_arrivals_and_records_of_its_own),
        cmocka_unit_test(test_nothing_to_read_back),
        cmocka_unit_test(test_workload_that_is_not_built),
    };
    return cmocka_run_group_tests_name("driver_check", tests, NULL, NULL);
}
