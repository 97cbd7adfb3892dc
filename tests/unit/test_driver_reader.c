/* SPDX-License-Identifier: Apache-2.0 */
/* A driver that reads a topic back: which settings it gets, and the conversation to its end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/driver_translate.h"
#include "driver_fixture.h"

#include "base/banned.h"

static char text_file[] = "v1.yaml", text_login[] = "a;b", text_odd[] = "1";
static struct property login = {.name = (char[]){"sasl.jaas.config"}, .value = text_login, .position = {3, 4}};
static struct property odd = {.name = (char[]){"odd"}, .value = text_odd, .position = {3, 9}};
static struct property_list client = {&login, 1};
static struct experiment experiment = {.file = text_file};
static const struct driver_range ranges[] = {{0, 2, 5}, {1, 0, 4}};
static const struct driver_reader_job job = {.experiment = &experiment,
                                             .topic = "t",
                                             .bootstrap_servers = "localhost:1",
                                             .client_properties = &client,
                                             .ranges = ranges,
                                             .range_count = 2,
                                             .fifo = "/f"};

static void test_gets_the_login_alone(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct setting_list settings_list;
    json_t *settings;
    assert_true(translate_reader(driver_list_find(&list, "good"), &job, &settings, &settings_list, &error));
    assert_int_equal(json_object_size(settings), 1);
    assert_string_equal(json_get_string(settings, "jaas", ""), "a;b");
    assert_true(settings_list.items[0].secret);
    setting_list_release(&settings_list);
    json_decref(settings);
}

static void test_a_property_that_it_cannot_honour(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct property_list odd_one = {&odd, 1};
    struct driver_reader_job other = job;
    other.client_properties = &odd_one;
    assert_null(driver_start_reader(driver_list_find(&list, "good"), &other, &error));
    assert_non_null(strstr(error.message, "reading the topic back: driver 'good' does not know the setting 'odd'"));
    assert_string_equal(error.file, "v1.yaml");
    assert_int_equal(error.line, 3);
}

static enum driver_state poll_until(struct driver_process *process, enum driver_state wanted, struct error *error)
{
    enum driver_state state = driver_poll(process, 0, error);
    while (state < wanted)
        state = driver_poll(process, -1, error);
    return state;
}

static void test_reads_and_ends_by_itself(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_outcome outcome;
    struct driver_process *process = driver_start_reader(driver_list_find(&list, "good"), &job, &error);
    if (!process)
        fail_msg("%s", error.message);
    assert_int_equal(poll_until(process, DRIVER_READY, &error), DRIVER_READY);
    driver_outcome(process, &outcome);
    assert_int_equal(outcome.read, -1);
    assert_true(driver_command_start(process, &error));
    if (poll_until(process, DRIVER_DONE, &error) != DRIVER_DONE)
        fail_msg("%s", error.message);
    driver_outcome(process, &outcome);
    assert_int_equal(outcome.read, 7);
    assert_int_equal(outcome.sent, -1);
    driver_process_free(process);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gets_the_login_alone),
        cmocka_unit_test(test_a_property_that_it_cannot_honour),
        cmocka_unit_test(test_reads_and_ends_by_itself),
    };
    return cmocka_run_group_tests_name("driver_reader", tests, drivers_set_up, drivers_tear_down);
}
