/* SPDX-License-Identifier: Apache-2.0 */
/* Which pairs go on under `precision`: by results that are made up here. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "definition.h"
#include "near.h"
#include "runner/campaign_pairs.h"

/* The pairs: a/base a/one a/two b/base b/one b/two. The claim is about a/two and b/two. */
#define PAIRS 6
enum { A_BASE, A_ONE, A_TWO, B_BASE, B_ONE, B_TWO };
#define LEAST 6
#define LAST 24

static struct experiment *parse(const char *claims)
{
    char *text = string_format("version: t\ntitle: A test\ncluster: {kind: mock}\n"
                               "defaults: {topic: {partitions: 1, replication.factor: 1}}\n"
                               "cases:\n  - {name: a}\n  - {name: b}\n"
                               "runs:\n"
                               "  - {name: base, driver: c}\n  - {name: one, driver: c}\n  - {name: two, driver: c}\n"
                               "design: {trials: {min: %d, max: %d, precision: 5%%}}\n%s",
                               LEAST, LAST, claims);
    struct experiment *experiment = definition_parse("t.yaml", text);
    free(text);
    return experiment;
}

#define CLAIM                                                                                                          \
    "claims:\n  - {name: like, quote: alike, metric: latency_p99_ms, of: {case: a, run: two}, to: {case: b, run: "     \
    "two}, ratio: [0.9, 1.1]}\n"

/* Results as the database gives them. */
struct results {
    struct store_result_row items[PAIRS * 32];
    struct store_result_rows rows;
};

static void add(struct results *results, const struct experiment *e, int pair, int block, const char *status,
                double rate)
{
    struct store_result_row *row = &results->items[results->rows.count++];
    *row = (struct store_result_row){
        .case_name = e->cases[e->pairs[pair].case_index].name,
        .run_name = e->runs[e->pairs[pair].run_index].name,
        .status = string_copy(status),
        .source = string_copy("measured"),
        .block = block,
        .records_per_sec = rate,
    };
    results->rows.items = results->items;
}

static void release(struct results *results)
{
    for (size_t i = 0; i < results->rows.count; i++) {
        free(results->items[i].status);
        free(results->items[i].source);
    }
    *results = (struct results){.rows.count = 0};
}

/* `count` blocks from `first` on: all alike, or half of them twice the others. */
static void add_blocks(struct results *results, const struct experiment *e, int pair, int first, int count, bool wide)
{
    for (int i = 0; i < count; i++)
        add(results, e, pair, first + i, "ok", wide && i % 2 ? 2000 : 1000 + i);
}

static void add_all(struct results *results, const struct experiment *e, const char *wide)
{
    for (int pair = 0; pair < PAIRS; pair++)
        add_blocks(results, e, pair, 1, LEAST, wide[pair] == 'w');
}

static void assert_pairs(const struct campaign_pairs *pairs, int block, const char *expected)
{
    char found[PAIRS + 1] = "";
    for (int i = 0; i < PAIRS; i++)
        found[i] = pairs->takes_part[i] ? '1' : '0';
    assert_int_equal(pairs->block, block);
    assert_string_equal(found, expected);
}

static void check(const char *claims, const char *wide, const char *expected)
{
    struct experiment *e = parse(claims);
    struct results results = {.rows.count = 0};
    struct campaign_pairs pairs;
    add_all(&results, e, wide);
    campaign_pairs_init(&pairs, e, LEAST);
    assert_pairs(&pairs, LEAST, "111111");
    campaign_pairs_advance(&pairs, &results.rows, LEAST + 1);
    assert_pairs(&pairs, LEAST + 1, expected);
    campaign_pairs_release(&pairs);
    release(&results);
    experiment_free(e);
}

static void test_wide_pairs_go_on_with_their_partners(void **state)
{
    (void)state;
    check("", "------", "000000");
    check("", "-w----", "110000"); /* with the baseline of its case */
    check("", "w-----", "100000"); /* the baseline alone */
    check("", "--w---", "101000");
    check(CLAIM, "--w---", "101001"); /* with the other side of its claim, and not with that one's baseline */
    check(CLAIM, "-----w", "001101");
    check("", "wwwwww", "111111");
}

/* Sides of a claim that are not measured here are no partners. */
static void test_claims_about_other_versions(void **state)
{
    (void)state;
    check("claims:\n  - {name: like, quote: alike, metric: latency_p99_ms, of: {case: a, run: two}, to: {case: b, run: "
          "two, version: t0}, ratio: [0.9, 1.1]}\n",
          "--w---", "101000");
}

static void test_only_results_that_count(void **state)
{
    (void)state;
    struct experiment *e = parse("");
    struct results results = {.rows.count = 0};
    struct campaign_pairs pairs;
    add_all(&results, e, "------");
    add(&results, e, A_ONE, 3, "disturbed", 9000);
    add(&results, e, A_ONE, 4, "failed", 1);
    add_blocks(&results, e, A_ONE, LEAST + 1, 6, true); /* behind the block that decides */
    campaign_pairs_init(&pairs, e, LEAST);
    campaign_pairs_advance(&pairs, &results.rows, LEAST + 1);
    assert_pairs(&pairs, LEAST + 1, "000000");
    campaign_pairs_release(&pairs);
    release(&results);
    /* Too few trials for an interval are not enough, none at all will not become one. */
    for (int block = 1; block <= LEAST; block++) {
        add(&results, e, A_BASE, block, "failed", (double)NAN);
        add(&results, e, A_ONE, block, block == 2 ? "ok" : "disturbed", 1000);
    }
    campaign_pairs_init(&pairs, e, LEAST);
    campaign_pairs_advance(&pairs, &results.rows, LEAST + 1);
    assert_pairs(&pairs, LEAST + 1, "010000");
    campaign_pairs_release(&pairs);
    release(&results);
    experiment_free(e);
}

/* Going on block by block as a campaign does, and at once as a continued one does, comes to the same pairs. */
static void test_continued(void **state)
{
    (void)state;
    struct experiment *e = parse("");
    struct results results = {.rows.count = 0};
    struct campaign_pairs running, continued;
    add_all(&results, e, "ww--w-");
    campaign_pairs_init(&running, e, LEAST);
    for (int block = LEAST + 1; block <= LAST; block++) {
        campaign_pairs_advance(&running, &results.rows, block);
        campaign_pairs_init(&continued, e, LEAST);
        campaign_pairs_advance(&continued, &results.rows, block);
        assert_memory_equal(running.takes_part, continued.takes_part, PAIRS * sizeof(bool));
        campaign_pairs_release(&continued);
        for (int pair = 0; pair < PAIRS; pair++)
            if (running.takes_part[pair])
                add(&results, e, pair, block, "ok", pair == A_ONE && block % 2 ? 2000 : 1000);
    }
    assert_pairs(&running, LAST, "110000");
    campaign_pairs_release(&running);
    release(&results);
    experiment_free(e);
}

/* A pair that has left stays away, also when its partner becomes wide again. */
static void test_who_has_left_stays_away(void **state)
{
    (void)state;
    struct experiment *e = parse(CLAIM);
    struct results results = {.rows.count = 0};
    struct campaign_pairs pairs;
    add_all(&results, e, "-w----");
    campaign_pairs_init(&pairs, e, LEAST);
    campaign_pairs_advance(&pairs, &results.rows, LEAST + 1);
    assert_pairs(&pairs, LEAST + 1, "110000");
    add_blocks(&results, e, A_TWO, LEAST + 1, 6, true); /* as an earlier `--trials` has left them */
    campaign_pairs_advance(&pairs, &results.rows, 12);
    assert_pairs(&pairs, 12, "110000");
    campaign_pairs_release(&pairs);
    release(&results);
    experiment_free(e);
}

static void test_precision_of_a_pair(void **state)
{
    (void)state;
    struct experiment *e = parse("");
    struct results results = {.rows.count = 0};
    struct pair_precision precision;
    add_all(&results, e, "-w----");
    campaign_pair_precision(e, &results.rows, A_ONE, &precision);
    assert_int_equal(precision.trials, LEAST);
    assert_true(precision.half_width > 0.3);
    assert_false(precision.reached);
    campaign_pair_precision(e, &results.rows, A_TWO, &precision);
    assert_true(precision.half_width < 0.01);
    assert_true(precision.reached);
    release(&results);
    add(&results, e, B_TWO, 1, "ok", 1000);
    campaign_pair_precision(e, &results.rows, B_TWO, &precision);
    assert_int_equal(precision.trials, 1);
    assert_true(isnan(precision.half_width));
    assert_false(precision.reached);
    release(&results);
    experiment_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wide_pairs_go_on_with_their_partners),
        cmocka_unit_test(test_claims_about_other_versions),
        cmocka_unit_test(test_only_results_that_count),
        cmocka_unit_test(test_continued),
        cmocka_unit_test(test_who_has_left_stays_away),
        cmocka_unit_test(test_precision_of_a_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
