/* SPDX-License-Identifier: Apache-2.0 */
/* What a local cluster is started with (no broker is), and what is found missing before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "cluster/cluster.h"
#include "cluster/local.h"
#include "cluster/ports.h"

#include "base/banned.h"

struct fixture {
    char folder[64];
    struct cluster_definition definition;
    struct local *local;
};

static int set_up(void **state)
{
    static char version[] = "4.3.1", scala[] = "2.13";
    struct fixture *fixture = memory_zeroed(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/kbench-test-XXXXXX");
    *state = fixture;
    fixture->definition = (struct cluster_definition){.kind = CLUSTER_LOCAL,
                                                      .mode = CLUSTER_KRAFT,
                                                      .kafka_version = version,
                                                      .scala_version = scala,
                                                      .brokers = 3};
    return mkdtemp(fixture->folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    local_free(fixture->local);
    file_remove_tree(fixture->folder, NULL);
    property_list_release(&fixture->definition.config);
    property_list_release(&fixture->definition.client);
    string_list_release(&fixture->definition.jvm);
    free(fixture);
    return 0;
}

/* The server.properties of the first broker, with ports 1001, 1002, … in place of free ones. */
static struct text write_config(struct fixture *fixture)
{
    struct error error = ERROR_INIT;
    struct text written = TEXT_INIT;
    char *data = string_format("%s/data", fixture->folder), *logs = string_format("%s/logs", fixture->folder);
    fixture->local = local_new(&fixture->definition, data, logs, &error);
    assert_string_equal(error.message, "");
    for (int i = 0; i < fixture->local->count; i++) {
        fixture->local->brokers[i].port = 1001 + 2 * i;
        fixture->local->brokers[i].controller_port = 1002 + 2 * i;
    }
    assert_true(local_write_config(fixture->local, &error));
    assert_true(file_read(fixture->local->brokers[0].config_file, 1 << 20, &written, &error));
    free(data);
    free(logs);
    return written;
}

static void check_line(const struct text *text, const char *line, bool expected)
{
    char *whole = string_format("\n%s\n", line), *content = string_format("\n%s", text->bytes);
    if ((strstr(content, whole) != NULL) != expected)
        fail_msg("'%s' is %s in:\n%s", line, expected ? "not" : "", text->bytes);
    free(whole);
    free(content);
}

static void test_the_definition_stands_over_defaults_and_under_what_must_be(void **state)
{
    struct fixture *fixture = *state;
    property_list_set(&fixture->definition.config, "auto.create.topics.enable", "true");
    property_list_set(&fixture->definition.config, "node.id", "77");
    struct text written = write_config(fixture);
    check_line(&written, "auto.create.topics.enable=true", true);
    check_line(&written, "node.id=1", true);
    check_line(&written, "node.id=77", false);
    check_line(&written, "controller.quorum.voters=1@127.0.0.1\\:1002,2@127.0.0.1\\:1004,3@127.0.0.1\\:1006", true);
    check_line(&written, "listeners=CLIENT\\://127.0.0.1\\:1001,CONTROLLER\\://127.0.0.1\\:1002", true);
    char *servers = local_bootstrap_servers(fixture->local);
    assert_string_equal(servers, "127.0.0.1:1001,127.0.0.1:1003,127.0.0.1:1005");
    free(servers);
    text_release(&written);
}

static void test_values_are_escaped(void **state)
{
    struct fixture *fixture = *state;
    property_list_set(&fixture->definition.config, "odd key", " a\\b\nc=d#");
    struct text written = write_config(fixture);
    check_line(&written, "odd\\ key=\\ a\\\\b\\nc\\=d\\#", true);
    text_release(&written);
}

static void test_three_brokers_keep_kafkas_replication_of_internal_topics(void **state)
{
    struct text written = write_config(*state);
    assert_null(strstr(written.bytes, "replication.factor"));
    assert_null(strstr(written.bytes, "min.isr"));
    text_release(&written);
}

static void test_one_broker_has_one_replica_of_internal_topics(void **state)
{
    struct fixture *fixture = *state;
    fixture->definition.brokers = 1;
    struct text written = write_config(fixture);
    check_line(&written, "offsets.topic.replication.factor=1", true);
    check_line(&written, "transaction.state.log.replication.factor=1", true);
    check_line(&written, "transaction.state.log.min.isr=1", true);
    text_release(&written);
}

static char *broker_command(struct fixture *fixture)
{
    struct text written = write_config(fixture);
    text_release(&written);
    struct string_list arguments = {0};
    struct text line = TEXT_INIT;
    local_jvm_for_broker(fixture->local, &arguments);
    for (size_t i = 0; i < arguments.count; i++)
        text_append_format(&line, "%s ", arguments.items[i]);
    string_list_release(&arguments);
    return text_detach(&line);
}

static void test_a_jvm_without_arguments_gets_kafkas(void **state)
{
    char *line = broker_command(*state);
    assert_non_null(strstr(line, " -Xms1g -Xmx1g "));
    assert_non_null(strstr(line, " -XX:+UseG1GC "));
    free(line);
}

static void test_the_definitions_jvm_arguments_replace_kafkas(void **state)
{
    struct fixture *fixture = *state;
    string_list_push(&fixture->definition.jvm, "-Xmx2g");
    string_list_push(&fixture->definition.jvm, "-XX:+UseZGC");
    char *line = broker_command(fixture);
    assert_non_null(strstr(line, " -Xmx2g -XX:+UseZGC "));
    assert_null(strstr(line, "-Xms1g"));
    assert_null(strstr(line, "G1"));
    free(line);
}

static void test_ports_differ(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    int ports[32];
    assert_true(ports_find(ports, 32, &error));
    for (int i = 0; i < 32; i++)
        for (int j = 0; j < i; j++)
            assert_int_not_equal(ports[i], ports[j]);
}

static void check_problem(const struct cluster_definition *definition, const char *part)
{
    struct string_list problems = {0};
    assert_false(cluster_preflight(definition, &problems));
    bool found = false;
    for (size_t i = 0; i < problems.count; i++)
        found = found || strstr(problems.items[i], part);
    if (!found)
        fail_msg("no problem says '%s'; the first is '%s'", part, problems.items[0]);
    string_list_release(&problems);
}

static void test_what_is_missing_is_found_before(void **state)
{
    struct fixture *fixture = *state;
    static char no_version[] = "0.0.1";
    fixture->definition.kafka_version = no_version;
    property_list_set(&fixture->definition.config, "log.dirs", "/x");
    check_problem(&fixture->definition, "'log.dirs' is set by kbench itself");
    check_problem(&fixture->definition, "Kafka 0.0.1 is not there");
    char *java_home = string_copy(getenv("JAVA_HOME"));
    setenv("JAVA_HOME", "/nonexistent", 1);
    check_problem(&fixture->definition, "Java 17 or newer is needed");
    if (java_home)
        setenv("JAVA_HOME", java_home, 1);
    else
        unsetenv("JAVA_HOME");
    free(java_home);
}

static void test_zookeeper_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    const struct cluster_options options = {.data_folder = fixture->folder, .log_folder = fixture->folder};
    fixture->definition.mode = CLUSTER_ZOOKEEPER;
    check_problem(&fixture->definition, "not built yet");
    assert_null(cluster_start(&fixture->definition, &options, &error));
    assert_int_equal(error.category, ERROR_INPUT);
}

static void test_all_that_is_wrong_with_an_external_cluster_is_said(void **state)
{
    struct fixture *fixture = *state;
    static char servers[] = "${env:KBENCH_T_NO_SERVERS}";
    fixture->definition.kind = CLUSTER_EXTERNAL;
    fixture->definition.bootstrap_servers = servers;
    property_list_set(&fixture->definition.client, "sasl.username", "${env:KBENCH_T_NO_USER}");
    property_list_set(&fixture->definition.client, "sasl.password", "${env:KBENCH_T_NO_PASSWORD}");
    check_problem(&fixture->definition, "KBENCH_T_NO_SERVERS");
    check_problem(&fixture->definition, "KBENCH_T_NO_USER");
    check_problem(&fixture->definition, "KBENCH_T_NO_PASSWORD");
}

/* A port that was free a moment ago. */
static void test_a_cluster_that_is_not_there_is_said_to_refuse_connections(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    const struct cluster_options options = {.data_folder = NULL};
    int port;
    assert_true(ports_find(&port, 1, &error));
    char *servers = string_format(LOOPBACK ":%d", port);
    fixture->definition.kind = CLUSTER_EXTERNAL;
    fixture->definition.bootstrap_servers = servers;
    assert_null(cluster_start(&fixture->definition, &options, &error));
    assert_int_equal(error.category, ERROR_UNAVAILABLE);
    assert_non_null(strstr(error.message, servers));
    assert_non_null(strstr(error.message, "Connection refused"));
    free(servers);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_the_definition_stands_over_defaults_and_under_what_must_be),
        TEST(test_values_are_escaped),
        TEST(test_three_brokers_keep_kafkas_replication_of_internal_topics),
        TEST(test_one_broker_has_one_replica_of_internal_topics),
        TEST(test_a_jvm_without_arguments_gets_kafkas),
        TEST(test_the_definitions_jvm_arguments_replace_kafkas),
        TEST(test_ports_differ),
        TEST(test_what_is_missing_is_found_before),
        TEST(test_zookeeper_is_refused),
        TEST(test_all_that_is_wrong_with_an_external_cluster_is_said),
        TEST(test_a_cluster_that_is_not_there_is_said_to_refuse_connections),
    };
    return cmocka_run_group_tests_name("cluster local", tests, NULL, NULL);
}
