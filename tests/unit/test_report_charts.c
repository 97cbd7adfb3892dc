/* SPDX-License-Identifier: Apache-2.0 */
/* The data files of the charts, the text in them, and their sentences. */
#include "report/charts_data.h"
#include "test_report_fixture.h"

#include "base/banned.h"

static int set_up(void **state)
{
    return fixture_set_up(state, "design: {trials: {min: 5}}\n");
}

/* Trials of blocks 1 to `count`; each a little faster than the one before. */
static void put_trials(struct fixture *f, const char *run, int count, double rate)
{
    for (int block = 1; block <= count; block++) {
        struct store_trial trial = trial_of(f, 0, run, block, rate * (1 + block / 1000.0));
        put(f, &trial);
    }
}

static struct chart_subject subject_of(struct fixture *f)
{
    load(f, "base");
    return (struct chart_subject){.model = &f->model, .report_case = &f->model.cases[0]};
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in:\n%s", part, text);
}

static void assert_label(const char *string, double width, int lines, const char *expected)
{
    struct text text = TEXT_INIT;
    double widest = chart_label(&text, string, width, lines);
    assert_string_equal(text.bytes, expected);
    assert_true(widest <= width);
    text_release(&text);
}

static void test_breaks_a_label_at_blanks_and_cuts_what_is_too_long(void **state)
{
    (void)state;
    assert_label("Pure Java", 18, 2, "\"Pure Java\"");
    assert_label("one two three", 5, 3, "\"one two\\nthree\"");
    assert_label("one two three", 5, 1, "\"one two\xe2\x80\xa6\"");
    assert_label("unbreakable", 3.5, 1, "\"unbr\xe2\x80\xa6\"");
    assert_label("say \"a\\b\"", 18, 1, "\"say 'a/b'\"");
    assert_label("", 18, 2, "\"\"");
    /* Letters as wide as they are high, in the widest of the fonts; so are ideographs. */
    assert_label("WWWWWWWWWW", 9.5, 1, "\"WWWWWWWW\xe2\x80\xa6\"");
    assert_label("\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97", 3, 1, "\"\xe6\xbc\xa2\xe5\xad\x97\xe2\x80\xa6\"");
}

static void test_knows_what_a_common_font_has(void **state)
{
    (void)state;
    assert_true(
        chart_text_is_covered("Java \xe2\x80\x93 \xc3\xbcn\xc3\xaf, \xd0\xba\xd0\xbb\xd0\xb8 \xc2\xb5s \xe2\x98\x95"));
    assert_true(chart_text_is_covered("\xd6\x8f"));  /* U+058F */
    assert_false(chart_text_is_covered("\xd6\x90")); /* U+0590 */
    assert_false(chart_text_is_covered("a \xe6\xbc\xa2"));
    assert_false(chart_text_is_covered("\xe0\xb8\x81")); /* Thai */
    assert_false(chart_text_is_covered("\xf0\x9f\x8e\x89"));
}

static void test_tells_apart_ratios_by_their_intervals(void **state)
{
    struct fixture *f = *state;
    struct chart_data data;
    put_trials(f, "base", 5, 1000);
    put_trials(f, "other", 5, 2000);
    put_trials(f, "third", 4, 3000);
    struct chart_subject subject = subject_of(f);
    chart_data_init(&data);
    assert_true(chart_ratio_data(&subject, &data));
    assert_holds(data.points.bytes, "# the baseline: ratio, title\n1 \"Base\"\n\n\n");
    assert_holds(data.points.bytes, "\n0 2 2 2 3 \"Other\" 1 \"2.000 [2.000, 2.000]\"\n");
    assert_holds(data.points.bytes, "\n1 3 3 3 0 \"Third\" 1 \"3.000 (n = 4, no interval)\"\n");
    assert_string_equal(data.styles.bytes, "1 2");
    chart_data_release(&data);
}

static void test_says_whether_a_ratio_is_lower_or_none_is_shown(void **state)
{
    struct fixture *f = *state;
    struct chart_data data;
    put_trials(f, "base", 6, 1000);
    put_trials(f, "other", 6, 500);
    for (int block = 1; block <= 6; block++) {
        struct store_trial trial = trial_of(f, 0, "third", block, block % 2 ? 900 : 1100);
        put(f, &trial);
    }
    struct chart_subject subject = subject_of(f);
    chart_data_init(&data);
    assert_true(chart_ratio_data(&subject, &data));
    assert_holds(data.points.bytes, "\n0 0.5 0.5 0.5 2 \"Other\"");
    assert_holds(data.points.bytes, " 1 \"Third\"");
    chart_data_release(&data);
    struct text text = TEXT_INIT;
    report_chart_describe(&f->model, NULL, CHART_RATIO, &f->model.cases[0], &text);
    assert_holds(text.bytes,
                 "Throughput as a ratio to Base, with 95 % intervals: Other 0.500 [0.500, 0.500], lower; Third ");
    assert_holds(text.bytes, ", no difference shown.");
    text_release(&text);
}

static void test_has_nothing_to_show_of_a_case_without_trials(void **state)
{
    struct fixture *f = *state;
    put_trials(f, "base", 5, 1000);
    load(f, "base");
    struct chart_subject subject = {.model = &f->model, .report_case = &f->model.cases[1]};
    bool (*const all[])(const struct chart_subject *,
                        struct chart_data *) = {chart_throughput_data, chart_latency_data, chart_timeline_data,
                                                chart_efficiency_data, chart_ratio_data,   chart_versions_data,
                                                chart_trials_data};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct chart_data data;
        chart_data_init(&data);
        assert_false(all[i](&subject, &data));
        chart_data_release(&data);
    }
    struct text text = TEXT_INIT;
    for (int chart = 0; chart < CHART_COUNT; chart++)
        report_chart_describe(&f->model, NULL, (enum report_chart)chart, &f->model.cases[1], &text);
    assert_string_equal(text.bytes, "");
}

static void test_shows_versions_beside_each_other_where_there_are_two(void **state)
{
    struct fixture *f = *state;
    struct chart_data data;
    put_trials(f, "base", 5, 1000);
    put_trials(f, "other", 1, 500);
    struct chart_subject subject = subject_of(f);
    chart_data_init(&data);
    assert_false(chart_versions_data(&subject, &data));
    chart_data_release(&data);

    f->model.experiment->report.published = string_copy("v0");
    f->model.published.items = memory_zeroed(1, sizeof *f->model.published.items);
    f->model.published.count = 1;
    f->model.published.items[0].case_name = string_copy("one");
    f->model.published.items[0].run_name = string_copy("other");
    f->model.published.items[0].records_per_sec = 700;
    chart_data_init(&data);
    assert_true(chart_versions_data(&subject, &data));
    assert_string_equal(data.styles.bytes, "0 2");
    assert_holds(data.points.bytes,
                 "\"t1\" median low high text\n0 1003 1001 1005 \"1,003.0\"\n1 500.5 500.5 500.5 \"500.5 (n = 1)\"\n");
    assert_holds(data.points.bytes,
                 "\"v0, published: not measured here\" median low high text\n1 700 700 700 \"700.0 (published)\"\n");
    assert_holds(data.points.bytes, "# runs: row, label, its lines\n0 \"Base\" 1\n1 \"Other\" 1\n");
    chart_data_release(&data);
    struct text text = TEXT_INIT;
    report_chart_describe(&f->model, NULL, CHART_VERSIONS, subject.report_case, &text);
    assert_string_equal(text.bytes,
                        "Median records/s by version. Base: t1 1,003.0; Other: t1 500.5, published in v0 700.0.");

    f->model.published.items[0].source = string_copy("tool");
    chart_data_init(&data);
    assert_true(chart_versions_data(&subject, &data));
    assert_holds(data.points.bytes, "\"v0, printed by a tool: not measured here\" median low high text\n"
                                    "1 700 700 700 \"700.0 (printed by a tool)\"\n");
    chart_data_release(&data);
    text_clear(&text);
    report_chart_describe(&f->model, NULL, CHART_VERSIONS, subject.report_case, &text);
    assert_holds(text.bytes, ", printed by a tool in v0 700.0.");
    text_release(&text);
}

/* At `second` of the first minute of its campaign. */
static void put_at(struct fixture *f, int campaign, int second, int block, const char *status, double rate)
{
    struct store_trial trial = trial_of(f, campaign, "base", block, rate);
    char *started_at = string_format("2030-01-01T0%d:00:%02d.500Z", campaign, second);
    trial.started_at = started_at;
    trial.status = status;
    trial.attempt = 1 + second + 100 * campaign;
    put(f, &trial);
    free(started_at);
}

static void start_campaigns(struct fixture *f)
{
    for (size_t i = 0; i < f->model.campaigns.count; i++) {
        free(f->model.campaigns.items[i].started_at);
        f->model.campaigns.items[i].started_at = string_format("2030-01-01T0%zu:00:00.000Z", i);
    }
}

static void test_shows_all_trials_one_campaign_behind_the_other(void **state)
{
    struct fixture *f = *state;
    struct chart_data data;
    put_at(f, 0, 9, 1, "failed", NAN);
    put_at(f, 0, 19, 1, "disturbed", 100);
    put_at(f, 0, 29, 2, "ok", 1000);
    put_at(f, 1, 19, 3, "interrupted", NAN);
    put_at(f, 1, 39, 3, "ok", 500);
    struct chart_subject subject = subject_of(f);
    start_campaigns(f);
    chart_data_init(&data);
    assert_true(chart_trials_data(&subject, &data));
    /* A trial is 1 s of warm-up and 10 s; between the campaigns stand 2 % of 40.5 s and 50.5 s. */
    assert_holds(data.points.bytes, "# campaigns: start, end, label\n0.000 40.500 ");
    assert_holds(data.points.bytes, "\n42.320 92.820 ");
    assert_holds(
        data.points.bytes,
        "\n9.500 line 1 0 0\n19.500 rate 100 0 1\n29.500 rate 1000 0 0\n61.820 line 2 0 0\n81.820 rate 500 0 0\n");
    assert_holds(data.points.bytes,
                 "# blocks: start, label\nNaN \"\"\n29.500 \"block 2\"\n9.500 \"block 1\"\n61.820 \"block 3\"\n");
    assert_string_equal(data.arguments.items[0], "seconds since the start of the campaign");
    assert_string_equal(data.arguments.items[1], "92.820 1 1 100 1000");
    assert_string_equal(data.arguments.items[2], "failed interrupted");
    chart_data_release(&data);
    struct text text = TEXT_INIT;
    report_chart_describe(&f->model, NULL, CHART_TRIALS, NULL, &text);
    assert_string_equal(
        text.bytes, "Throughput of 5 trials over 1.5 minutes of 2 campaigns, 1 disturbed, 1 failed, 1 interrupted.");
    text_release(&text);
}

static void test_a_clock_that_was_set_back_puts_a_trial_at_the_start(void **state)
{
    struct fixture *f = *state;
    struct chart_time time;
    put_trials(f, "base", 1, 100); /* of 2026 */
    struct chart_subject subject = subject_of(f);
    start_campaigns(f);
    chart_time_measure(&subject, &time);
    assert_int_equal(time.shown, 1);
    assert_true(chart_time_of(&time, &f->model.results.items[0]) == 0);
    assert_true(time.length_s == 11 && time.measured_s == 11);
    chart_time_release(&time);
}

static void test_an_svg_can_stand_in_a_page_beside_others(void **state)
{
    (void)state;
    static const char svg[] =
        "<?xml version=\"1.0\"?>\n<svg \n width=\"9\" height=\"8\"\n viewBox=\"0 0 9 8\"\n>\n"
        "<title>Gnuplot</title>\n<desc>Produced by GNUPLOT</desc>\n"
        "<g id='gpPt1' stroke='rgb( 51,  51, 255)'><title>plot_1</title></g>"
        "<use xlink:href='#gpPt1'/><g clip-path=\"url(#gpClip)\"/><text>a &lt; b > c</text></svg>";
    struct text text = TEXT_INIT;
    assert_true(chart_svg_rewrite(svg, "x-1", "A \"b\" & <c>", &text, NULL));
    assert_string_equal(
        text.bytes,
        "<svg class=\"kbench-chart\" viewBox=\"0 0 9 8\" xmlns=\"http://www.w3.org/2000/svg\" "
        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\" aria-label=\"A &quot;b&quot; &amp; &lt;c&gt;\">"
        "\n\n\n<g id=\"x-1-gpPt1\" stroke=\"#3333ff\"></g>"
        "<use xlink:href=\"#x-1-gpPt1\"/><g clip-path=\"url(#x-1-gpClip)\"/><text>a &lt; b > c</text></svg>");
    text_release(&text);
}

static void test_what_is_no_svg_is_an_error(void **state)
{
    (void)state;
    static const char *const broken[] = {"", "<svg width=\"9\">", "<svg viewBox=\"0 0 9 8\"><title>a",
                                         "<svg viewBox=\"0 0 9 8\"><g id='a", "<svg viewBox=\"0 0 9 8\"><g "};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct text text = TEXT_INIT;
        assert_false(chart_svg_rewrite(broken[i], "x", "", &text, NULL));
        text_release(&text);
    }
}

static void test_every_chart_has_a_name(void **state)
{
    (void)state;
    for (int chart = 0; chart < CHART_COUNT; chart++)
        assert_int_equal(report_chart_from_name(report_chart_name((enum report_chart)chart)), chart);
    assert_int_equal(report_chart_from_name("ratios"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_breaks_a_label_at_blanks_and_cuts_what_is_too_long),
        cmocka_unit_test(test_knows_what_a_common_font_has),
        cmocka_unit_test_setup_teardown(test_tells_apart_ratios_by_their_intervals, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_says_whether_a_ratio_is_lower_or_none_is_shown, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_has_nothing_to_show_of_a_case_without_trials, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_shows_versions_beside_each_other_where_there_are_two, set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_shows_all_trials_one_campaign_behind_the_other, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_a_clock_that_was_set_back_puts_a_trial_at_the_start, set_up,
                                        fixture_tear_down),
        cmocka_unit_test(test_an_svg_can_stand_in_a_page_beside_others),
        cmocka_unit_test(test_what_is_no_svg_is_an_error),
        cmocka_unit_test(test_every_chart_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
