/* SPDX-License-Identifier: Apache-2.0 */
/* The logs in tests/data/jvm are what JDK 17 and 25 wrote, shortened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "cluster/gc_log.h"

#include "near.h"

#include "base/banned.h"

static void check(const char *log, int64_t from_ns, int64_t to_ns, double sum_s, double longest_ms)
{
    struct gc_pauses pauses;
    gc_log_pauses(log, from_ns, to_ns, &pauses);
    assert_near(pauses.sum_s, sum_s, 1e-9);
    assert_near(pauses.longest_ms, longest_ms, 1e-9);
}

static void check_file(const char *name, double sum_ms, double longest_ms)
{
    struct text log = TEXT_INIT;
    char *path = string_format("%s/tests/data/jvm/%s", file_home(), name);
    assert_true(file_read(path, 1 << 20, &log, NULL));
    check(log.bytes, 0, INT64_MAX, sum_ms / 1e3, longest_ms);
    free(path);
    text_release(&log);
}

static void test_pauses_and_no_concurrent_phases(void **state)
{
    (void)state;
    check_file("g1-17.gc.log", 13.750 + 20.507 + 2.808 + 0.003 + 20.810 + 24.148, 24.148);
    check_file("g1-25.gc.log", 1.143 + 2.541 + 4.491 + 0.701 + 2.663 + 2.421 + 6.387, 6.387);
    check_file("zgc-25.gc.log", 0.013 + 0.011 + 0.005 + 0.007 + 0.004, 0.013);
    check_file("shenandoah-25.gc.log", 0.019 + 0.044, 0.044);
}

/* The line is written when the pause is over. */
#define PAUSE_FROM_8_TO_10_MS "[10000000ns] GC(7) Pause Young (Normal) (G1 Evacuation Pause) 52M->8M(1024M) 2.000ms\n"

static void test_only_the_part_within_the_span_counts(void **state)
{
    (void)state;
    check(PAUSE_FROM_8_TO_10_MS, 0, 10 * NS_PER_MS, 0.002, 2);
    check(PAUSE_FROM_8_TO_10_MS, 9 * NS_PER_MS, 20 * NS_PER_MS, 0.001, 2);
    check(PAUSE_FROM_8_TO_10_MS, 0, 8500 * NS_PER_US, 0.0005, 2);
    check(PAUSE_FROM_8_TO_10_MS, 10 * NS_PER_MS, 20 * NS_PER_MS, 0, 0);
    check(PAUSE_FROM_8_TO_10_MS, 0, 8 * NS_PER_MS, 0, 0);
}

static void test_the_longest_is_not_the_last(void **state)
{
    (void)state;
    check("[30000000ns] GC(1) Pause Full (System.gc()) 35M->10M(40M) 4.656ms\n"
          "[40000000ns] GC(2) Pause Remark 10M->10M(1024M) 0.344ms\n",
          0, NS_PER_S, 0.005, 4.656);
}

static void test_what_is_no_pause(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "",
        "\n\n",
        "[10000000ns] Using G1\n",
        "[10000000ns] GC(7) Pause Young (Normal) (G1 Evacuation Pause)\n", /* begun, under another level */
        "[10000000ns] GC(7) Pause Young (Nor",                             /* cut while it is written */
        "[10000000ns] GC(7) Garbage Collection (Warmup) 106M(83%)->30M(23%) 0.009s\n",
        "[10000000ns] GC(7) Concurrent Mark Cycle 15.812ms\n",
        "[10000000ns] Pause Young 15.812ms\n",
        "[0.010s] GC(7) Pause Young (Normal) 15.812ms\n", /* another clock */
        "GC(7) Pause Young (Normal) 15.812ms\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        check(lines[i], 0, NS_PER_S, 0, 0);
}

static void test_the_beginning(void **state)
{
    (void)state;
    assert_true(gc_log_begin_ns("\nwarning\n[123ns] Using G1\n[456ns] GC(0) Pause\n") == 123);
    assert_true(gc_log_begin_ns("") == INT64_MAX);
    assert_true(gc_log_begin_ns("warning\n") == INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pauses_and_no_concurrent_phases),
        cmocka_unit_test(test_only_the_part_within_the_span_counts),
        cmocka_unit_test(test_the_longest_is_not_the_last),
        cmocka_unit_test(test_what_is_no_pause),
        cmocka_unit_test(test_the_beginning),
    };
    return cmocka_run_group_tests_name("gc log", tests, NULL, NULL);
}
