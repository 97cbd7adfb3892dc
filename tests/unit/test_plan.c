/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <string.h>

#include "definition.h"
#include "experiment/plan.h"
#include "near.h"

static struct experiment *parse_with(const char *cluster, const char *measure, const char *design)
{
    char *text = string_format("version: t\ntitle: A test\ncluster: %s\n"
                               "defaults: {topic: {partitions: 1, replication.factor: 3}, measure: %s}\n"
                               "cases:\n"
                               "  - {name: a}\n"
                               "  - {name: b, sweep: {record.size: [100, 1000]}}\n"
                               "runs:\n"
                               "  - {name: java, driver: java, jvm: [-Xmx2g]}\n"
                               "  - {name: c, driver: c}\n"
                               "  - {name: python, driver: c}\n"
                               "exclude: [{case: b, run: python, reason: slow}]\n"
                               "design: %s\n",
                               cluster, measure, design);
    struct experiment *experiment = definition_parse("t.yaml", text);
    free(text);
    return experiment;
}

static struct experiment *parse(const char *design)
{
    return parse_with("{kind: local, kafka: 4.3.1}", "{warmup: 1s, duration: 2s}", design);
}

static bool same_steps(const struct plan_step *a, const struct plan_step *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i].block != b[i].block || a[i].pair != b[i].pair)
            return false;
    return true;
}

/* Each pair once in each block: `seen` counts them by block and pair. */
static void assert_complete(const struct plan *plan, size_t pairs, int blocks)
{
    int seen[32][16] = {0};
    assert_int_equal(plan->count, pairs * (size_t)blocks);
    for (size_t i = 0; i < plan->count; i++)
        assert_int_equal(++seen[plan->steps[i].block][plan->steps[i].pair], 1);
}

static void test_blocks(void **state)
{
    (void)state;
    struct experiment *e = parse("{seed: 7, trials: {min: 4}}");
    struct plan plan, longer;
    plan_make(e, 0, NULL, &plan);
    plan_make(e, 20, NULL, &longer);
    assert_int_equal(e->pair_count, 7);
    assert_int_equal(plan.blocks, 4);
    assert_complete(&plan, 7, 4);
    assert_complete(&longer, 7, 20);
    for (size_t i = 0; i < longer.count; i++)
        assert_int_equal(longer.steps[i].block, (int)(i / 7) + 1);
    assert_true(same_steps(plan.steps, longer.steps, plan.count)); /* more blocks do not change the first ones */
    bool differs = false;
    for (size_t i = 0; i < 7; i++)
        differs = differs || longer.steps[i].pair != longer.steps[i + 7].pair;
    assert_true(differs); /* each block has its own order */
    plan_release(&plan);
    plan_release(&longer);
    experiment_free(e);
}

/* The order is part of what was published: it must not change with a new release. */
static void test_order_is_pinned(void **state)
{
    (void)state;
    static const int expected[] = {4, 0, 3, 6, 5, 1, 2, 5, 4, 0, 3, 6, 1, 2};
    struct experiment *e = parse("{seed: 20160331, trials: {min: 2}}");
    struct plan plan;
    plan_make(e, 0, NULL, &plan);
    for (size_t i = 0; i < plan.count; i++)
        assert_int_equal(plan.steps[i].pair, expected[i]);
    plan_release(&plan);
    experiment_free(e);
}

static void test_seed_and_order(void **state)
{
    (void)state;
    struct experiment *one = parse("{seed: 1}"), *two = parse("{seed: 2}");
    struct experiment *sequential = parse("{seed: 1, order: sequential}"), *random = parse("{seed: 1, order: random}");
    struct plan plans[5];
    plan_make(one, 0, NULL, &plans[0]);
    plan_make(one, 0, NULL, &plans[1]);
    plan_make(two, 0, NULL, &plans[2]);
    plan_make(sequential, 0, NULL, &plans[3]);
    plan_make(random, 0, NULL, &plans[4]);
    assert_true(same_steps(plans[0].steps, plans[1].steps, plans[0].count));
    assert_false(same_steps(plans[0].steps, plans[2].steps, plans[0].count));
    for (size_t i = 0; i < plans[3].count; i++)
        assert_int_equal(plans[3].steps[i].pair, (int)(i % 7));
    assert_complete(&plans[4], 7, 5);
    bool mixed = false;
    for (size_t i = 1; i < plans[4].count; i++)
        mixed = mixed || plans[4].steps[i].block < plans[4].steps[i - 1].block;
    assert_true(mixed);
    for (size_t i = 0; i < 5; i++)
        plan_release(&plans[i]);
    experiment_free(one);
    experiment_free(two);
    experiment_free(sequential);
    experiment_free(random);
}

/* A selection leaves the others out and the order as it was. */
static void test_selected(void **state)
{
    (void)state;
    struct experiment *e = parse("{seed: 3, trials: {min: 3}}");
    bool selected[7] = {true, false, true, false, false, true, false};
    struct plan all, some;
    plan_make(e, 0, NULL, &all);
    plan_make(e, 0, selected, &some);
    size_t at = 0;
    for (size_t i = 0; i < all.count; i++)
        if (selected[all.steps[i].pair])
            assert_true(same_steps(&some.steps[at++], &all.steps[i], 1));
    assert_int_equal(some.count, at);
    assert_int_equal(at, 9);
    plan_release(&all);
    plan_release(&some);
    experiment_free(e);
}

/* The blocks that every pair runs come first and in the order that they have without precision. */
static void check_precision(const char *order)
{
    char *sequential = string_format("{order: %s, trials: {min: 3, max: 9, precision: 3%%}}", order);
    char *fixed = string_format("{order: %s, trials: {min: 3}}", order);
    struct experiment *open = parse(sequential), *closed = parse(fixed);
    struct plan plan, least;
    plan_make(open, 0, NULL, &plan);
    plan_make(closed, 0, NULL, &least);
    assert_complete(&plan, 7, 9);
    assert_int_equal(plan.blocks, 9);
    assert_int_equal(plan.least_blocks, 3);
    assert_int_equal(plan.least_count, 21);
    assert_int_equal(least.least_count, least.count);
    assert_true(same_steps(plan.steps, least.steps, 21));
    bool as_written = true;
    for (size_t i = 21; i < plan.count; i++) {
        assert_int_equal(plan.steps[i].block, (int)(i / 7) + 1);
        as_written = as_written && plan.steps[i].pair == (int)(i % 7);
    }
    assert_int_equal(as_written, strcmp(order, "sequential") == 0);
    assert_near(plan.least_expected_s, least.expected_s, 1e-9);
    assert_near(plan.expected_s - 60, 3 * (least.expected_s - 60), 1e-9);
    plan_release(&plan);
    plan_make(open, 4, NULL, &plan); /* so many and neither less nor more */
    assert_int_equal(plan.count, 28);
    assert_int_equal(plan.least_count, 28);
    plan_release(&plan);
    plan_release(&least);
    experiment_free(open);
    experiment_free(closed);
    free(sequential);
    free(fixed);
}

static void test_precision(void **state)
{
    (void)state;
    check_precision("blocked");
    check_precision("random");
    check_precision("sequential");
}

static void test_cost_of_durations(void **state)
{
    (void)state;
    struct experiment *e = parse("{trials: {min: 1}, order: sequential}");
    struct plan plan;
    plan_make(e, 0, NULL, &plan);
    assert_near(plan.expected_s, 7 * (1 + 2 + 2.5) + 60, 1e-9);
    /* Two trials of 1000 bytes in a row: 500 MiB/s over all replicas, 3 s each. */
    assert_near((double)plan.disk_bytes, 2 * 3 * 500.0 * 1048576, 2);
    /* Three brokers of 1 GiB and 256 MiB beside it; a client of 2 GiB, its buffer of 32 MiB, 256 MiB beside; the payload. */
    assert_int_equal(plan.memory_bytes, (INT64_C(3) * (1024 + 256) + 2048 + 32 + 256 + 8) << 20);
    plan_release(&plan);
    experiment_free(e);
}

static void test_cost_of_records(void **state)
{
    (void)state;
    struct experiment *e = parse_with("{kind: local, kafka: 4.3.1}", "{warmup: 0s, records: 3000000}",
                                      "{trials: {min: 1}, order: sequential}");
    bool selected[7] = {true};
    struct plan plan;
    plan_make(e, 2, selected, &plan);
    assert_near(plan.expected_s, 2 * (3000000 / 300000.0 + 2.5) + 60, 1e-9);
    assert_near((double)plan.disk_bytes, 2 * 3000000.0 * 120 * 3, 1);
    plan_release(&plan);
    experiment_free(e);
}

/* The reader's start, the records at its speed, and a killed broker's return. */
static void test_cost_of_contents_and_faults(void **state)
{
    (void)state;
    struct experiment *e =
        parse_with("{kind: local, kafka: 4.3.1}",
                   "{warmup: 1s, duration: 2s}, load: {rate: 200000}, verify: content, "
                   "faults: [{at: 0s, do: pause, for: 1s}, {at: 1s, do: kill, for: 1s}, {at: 2s, do: kill, for: 1s}]",
                   "{trials: {min: 1}}");
    assert_near(plan_trial_s(&e->cases[0]), 3 + 2.5 + 2 + 200000 * 3 / 400000.0 + 10, 1e-9);
    experiment_free(e);
}

static void test_cost_elsewhere(void **state)
{
    (void)state;
    struct experiment *e =
        parse_with("{kind: external, bootstrap.servers: \"a:1\"}", "{warmup: 1s, duration: 2s}", "{trials: {min: 1}}");
    struct plan plan;
    plan_make(e, 0, NULL, &plan);
    assert_int_equal(plan.disk_bytes, 0);
    assert_near(plan.expected_s, 7 * 5.5, 1e-9);
    assert_int_equal(plan.memory_bytes, (INT64_C(2048) + 32 + 256 + 8) << 20);
    plan_release(&plan);
    experiment_free(e);
}

static void assert_selects(const struct experiment *e, const char *only, const char *expected)
{
    struct error error = ERROR_INIT;
    bool selected[7];
    char found[8] = "0000000";
    if (!plan_select(e, only, selected, &error))
        fail_msg("%s: %s", only, error.message);
    for (size_t i = 0; i < 7; i++)
        found[i] = selected[i] ? '1' : '0';
    assert_string_equal(found, expected);
}

/* The pairs: a/java a/c a/python b[100]/java b[100]/c b[1000]/java b[1000]/c. */
static void test_select(void **state)
{
    (void)state;
    struct experiment *e = parse("{seed: 1}");
    assert_selects(e, "*/*", "1111111");
    assert_selects(e, "a/java", "1000000");
    assert_selects(e, "a/java,a/c", "1100000");
    assert_selects(e, "*/python", "0010000");
    assert_selects(e, "b/java", "0001010");
    assert_selects(e, "b[record.size=1000]/c,a/*", "1110001");
    experiment_free(e);
}

/* The comma in a grid's name does not end the pair. */
static void test_select_from_a_grid(void **state)
{
    (void)state;
    static const char text[] =
        "version: t\ntitle: A test\ncluster: {kind: mock}\nruns: [{name: c, driver: c}]\ncases:\n"
        "  - name: g\n    topic: {partitions: 1, replication.factor: 1}\n"
        "    sweep: {record.size: [1, 2], producer.acks: [1, all]}\n";
    struct error error = ERROR_INIT;
    struct experiment *e = definition_parse("t.yaml", text);
    bool selected[4];
    assert_true(
        plan_select(e, "g[record.size=1,producer.acks=all]/c,g[record.size=2,producer.acks=1]/c", selected, &error));
    assert_false(selected[0]);
    assert_true(selected[1]);
    assert_true(selected[2]);
    assert_false(selected[3]);
    experiment_free(e);
}

static void test_select_wrong(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"a/jawa", "--only: there is no run 'jawa', did you mean 'java'?"},
        {"c/java", "--only: there is no case 'c'; there are a, b[record.size=100] and b[record.size=1000]"},
        {"b[record.size=10]/c", "--only: there is no case 'b[record.size=10]', did you mean 'b[record.size=100]'?"},
        {"b/python", "--only: 'b/python' is excluded by the definition"},
        {"java", "--only: 'java' is no pair, expected case/run (either may be *)"},
        {"a/", "--only: 'a/' is no pair, expected case/run (either may be *)"},
        {"", "--only: '' is no pair, expected case/run (either may be *)"},
        {"a/java,", "--only: '' is no pair, expected case/run (either may be *)"},
        {"a/java,a/rust", "--only: there is no run 'rust'; there are java, c and python"},
    };
    struct experiment *e = parse("{seed: 1}");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = ERROR_INIT;
        bool selected[7];
        assert_false(plan_select(e, rows[i][0], selected, &error));
        assert_string_equal(error.message, rows[i][1]);
        assert_int_equal(error.category, ERROR_INPUT);
    }
    experiment_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_order_is_pinned),
        cmocka_unit_test(test_seed_and_order),
        cmocka_unit_test(test_selected),
        cmocka_unit_test(test_precision),
        cmocka_unit_test(test_cost_of_durations),
        cmocka_unit_test(test_cost_of_records),
        cmocka_unit_test(test_cost_elsewhere),
        cmocka_unit_test(test_cost_of_contents_and_faults),
        cmocka_unit_test(test_select),
        cmocka_unit_test(test_select_from_a_grid),
        cmocka_unit_test(test_select_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
