/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a report that stand in a document of somebody else's, and the ids that the page's links lead to. */
#include "test_report_fixture.h"

#include "report/html_parts.h"
#include "report/wording.h"

#include "base/banned.h"

static int set_up(void **state)
{
    return fixture_set_up(state, "");
}

/* Five blocks: `other` at half of `base`, `third` with one trial and no interval. */
static void put_blocks(struct fixture *f)
{
    for (int block = 1; block <= 5; block++) {
        struct store_trial base = trial_of(f, 0, "base", block, 1000 + block);
        struct store_trial other = trial_of(f, 0, "other", block, (1000 + block) / 2.0);
        struct store_trial third = trial_of(f, 0, "third", block, 700);
        base.records_sent = other.records_sent = 12345;
        other.records_lost = 7;
        put(f, &base);
        put(f, &other);
        if (block == 1)
            put(f, &third);
    }
}

static void write_case(struct fixture *f, struct text *text)
{
    struct html html = {.text = text};
    assert_true(html_results(&html, &f->model, &f->model.cases[0], NULL, NULL));
    html_ratios(&html, &f->model, &f->model.cases[0]);
}

static void assert_part_of_any_document(const char *html)
{
    static const char *const never[] = {" id=", "href=", "<script", "style=", "<h1", "<h2", "<body", "data-"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(html, never[i]))
            fail_msg("'%s' in %s", never[i], html);
    assert_non_null(strstr(html, "<caption>"));
    assert_non_null(strstr(html, "<th scope=\"col\">"));
}

static void test_a_case_has_its_figures_and_ratios(void **state)
{
    struct fixture *f = *state;
    struct text text = TEXT_INIT;
    put_blocks(f);
    load(f, "base");
    write_case(f, &text);
    assert_part_of_any_document(text.bytes);
    assert_non_null(strstr(text.bytes, "<td class=\"number\">1,003.0 <small>[1,001.0, 1,005.0]</small></td>"));
    assert_non_null(strstr(text.bytes, "<td class=\"number\">700.0 <small>n&lt;5</small></td>"));
    assert_non_null(strstr(text.bytes, "<td class=\"number\">61,725</td>"));
    assert_non_null(strstr(text.bytes, ">Lost</th>"));
    assert_non_null(strstr(text.bytes, "0.500 <small>[0.500, 0.500]</small> <span class=\"word\">slower</span>"));
    text_release(&text);
}

static void test_a_case_without_trials_has_dashes(void **state)
{
    struct fixture *f = *state;
    struct text text = TEXT_INIT;
    load(f, "base");
    write_case(f, &text);
    assert_non_null(strstr(text.bytes, "<th scope=\"row\"><span class=\"run\">Base</span></th>"
                                       "<td class=\"number\">0 (n&lt;5)</td><td class=\"number\">\xe2\x80\x93</td>"));
    assert_null(strstr(text.bytes, "Relative to"));
    text_release(&text);
}

static void test_the_environment_is_whole(void **state)
{
    struct fixture *f = *state;
    struct text text = TEXT_INIT;
    put_blocks(f);
    load(f, "base");
    html_environments(&(struct html){.text = &text}, &f->model);
    assert_part_of_any_document(text.bytes);
    assert_non_null(strstr(text.bytes, "<tr><th scope=\"row\">cpu_cores</th><td>2</td></tr>"));
    text_release(&text);
}

static void test_ids_tell_names_apart(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    html_id(&text, "size[record.size=10,acks=\"a b\"]");
    assert_string_equal(text.bytes, "size_5Brecord.size=10,acks=_22a_20b_22_5D");
    text_clear(&text);
    html_id(&text, "a_20b");
    assert_string_equal(text.bytes, "a_5F20b");
    text_release(&text);
}

static bool says(const struct string_list *sentences, const char *part)
{
    for (size_t i = 0; i < sentences->count; i++)
        if (strstr(sentences->items[i], part))
            return true;
    return false;
}

static void test_the_summary_counts(void **state)
{
    struct fixture *f = *state;
    struct string_list sentences = {0};
    load(f, "base");
    wording_summary(&f->model, &sentences);
    assert_true(says(&sentences, "Nothing was measured"));
    string_list_release(&sentences);
    put_blocks(f);
    load(f, "base");
    sentences = (struct string_list){0};
    wording_summary(&f->model, &sentences);
    assert_true(says(&sentences,
                     "11 trials of 6 pairs of case and client make the figures, 0 to 5 of each. None was left out."));
    assert_true(
        says(&sentences, "In 1 comparison with Base within the blocks the other client is faster in 0, slower in 1"));
    assert_true(says(&sentences, "and to \xc2\xb1 0.2 % at worst (one/"));
    string_list_release(&sentences);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_case_has_its_figures_and_ratios, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_a_case_without_trials_has_dashes, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_the_environment_is_whole, set_up, fixture_tear_down),
        cmocka_unit_test(test_ids_tell_names_apart),
        cmocka_unit_test_setup_teardown(test_the_summary_counts, set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
