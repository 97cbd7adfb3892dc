/* SPDX-License-Identifier: Apache-2.0 */
/*
 * No statement of a report, of the status, of a campaign or of a question about a few trials reads a whole table of trials: asked of
 * SQLite's planner, for every statement that the commands run.
 */
#include "test_query_fixture.h"

#include "base/banned.h"

/* A part of an index that holds few rows of its table. */
static bool is_partial_index(struct fixture *f, const char *what)
{
    const char *using = strstr(what, "INDEX ");
    int64_t found = STORE_ABSENT;
    struct error error = ERROR_INIT;
    if (using && !store_lookup(f->store, "SELECT 1 FROM sqlite_schema WHERE name = ? AND sql LIKE '% WHERE %'",
                               STORE_VALUES(value_text(using + strlen("INDEX "))), &found, &error))
        fail_msg("%s", error.message);
    return found == 1;
}

/* What may be read from one end to the other, whatever the trials. */
static bool may_be_scanned(struct fixture *f, const char *what)
{
    static const char *const allowed[] = {
        "CONSTANT", /* ROW */
        "sqlite_master",
        "sqlite_schema",
        "published",    /* some hundred numbers of others */
        "verification", /* `kbench verify` is run now and then */
        "experiment",   /* the list of all versions, of which there are thousands at most */
        "newest",       /* campaigns from the last one on, up to a LIMIT; or what a subquery named so has found */
        "a",
        "b",
        "back",
        "ahead",   /* versions that supersede each other, by recursion */
        "results", /* of the view, after the conditions have gone down into it: its tables have lines of their own */
    };
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (strlen(allowed[i]) == strcspn(what, " ") && string_starts_with(what, allowed[i]))
            return true;
    return what[0] == '(' /* a subquery */ || is_partial_index(f, what);
}

static bool has_plan(const char *sql)
{
    static const char *const verbs[] = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (sqlite3_strnicmp(sql, verbs[i], (int)strlen(verbs[i])) == 0)
            return true;
    return false;
}

/* How many whole tables the statement would read; with `text` what the planner says of each. */
static int count_scans(struct fixture *f, const char *sql, struct text *text)
{
    struct error error = ERROR_INIT;
    int scans = 0;
    char *question = string_format("EXPLAIN QUERY PLAN %s", sql);
    sqlite3_stmt *statement = store_prepare(f->store, question, STORE_NO_VALUES, &error);
    if (!statement)
        fail_msg("%s: %s", sql, error.message);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(statement, 3);
        if (!string_starts_with(detail, "SCAN ") || may_be_scanned(f, detail + strlen("SCAN ")))
            continue;
        scans++;
        text_append_format(text, "%s in: %s\n", detail, sql);
    }
    sqlite3_finalize(statement);
    free(question);
    return scans;
}

/* Of all that was run since they were forgotten. */
static void assert_no_scans(struct fixture *f, size_t at_least)
{
    struct string_list run = statements.texts;
    struct text text = TEXT_INIT;
    int scans = 0;
    statements.texts = (struct string_list){0}; /* the questions to the planner are not among them */
    assert_true(run.count >= at_least);
    for (size_t i = 0; i < run.count; i++)
        if (has_plan(run.items[i]))
            scans += count_scans(f, run.items[i], &text);
    if (scans > 0)
        fail_msg("%s", text.bytes);
    string_list_release(&run);
    text_release(&text);
}

static void write_post(const char *path)
{
    static const char post[] = "<!-- kbench:head -->\n<!-- /kbench -->\n\n"
                               "<!-- kbench:table case=one -->\n<!-- /kbench -->\n\n"
                               "<!-- kbench:claims -->\n<!-- /kbench -->\n\n"
                               "<!-- kbench:environment -->\n<!-- /kbench -->\n\n"
                               "<!-- kbench:versions -->\n<!-- /kbench -->\n\n"
                               "<!-- kbench:changes -->\n<!-- /kbench -->\n\n"
                               "It sent <!-- kbench:value pair=one/base metric=records_per_sec --><!-- /kbench -->.\n";
    struct error error = ERROR_INIT;
    if (!file_write(path, post, strlen(post), &error))
        fail_msg("%s", error.message);
}

/* All that people look at after a campaign. */
static void run_readers(struct fixture *f)
{
    char *report = string_format("report t1 --no-charts --out=%s/out", f->folder);
    char *index = string_format("report --out=%s/out", f->folder), *post = string_format("%s/post.md", f->folder);
    char *publish = string_format("publish t1 %s", post);
    write_post(post);
    run_command(f, report);
    run_command(f, "status");
    run_command(f, index);
    run_command(f, "claims t1");
    run_command(f, "compare t1 t2 --across-machines");
    run_command(f, publish);
    run_command(f, "explain t1 one/other records_per_sec");
    free(index);
    free(publish);
    free(post);
    free(report);
}

static void test_readers_scan_no_table(void **state)
{
    struct fixture *f = *state;
    begin_another_version(f);
    f->campaigns[1] = begin_campaign(f);
    struct store_trial trial = full_trial(f, "base", 1, "ok");
    put(f, &trial);
    run_readers(f);
    assert_no_scans(f, 20);
}

static void test_a_campaign_scans_no_table(void **state)
{
    struct fixture *f = *state;
    struct error error = ERROR_INIT;
    struct store_block block;
    int64_t id;
    struct store_trial trial = full_trial(f, "base", 7, "ok");
    trial.latency_payload = "payload";
    int64_t campaign = begin_campaign(f);
    assert_true(store_register_experiment(f->store, f->experiment, false, NULL, -1, &id, &error) == STORE_KNOWN);
    put(f, &trial);
    assert_true(store_block_state(f->store, f->experiment_id, "one", "base", 7, 2, &block, &error));
    assert_true(block.done);
    assert_true(store_end_campaign(f->store, campaign, "completed", 1, 1, 1, 1, NULL, &error));
    assert_no_scans(f, 10);
}

/* A condition of the views, and the index without which it would read a whole table. */
static const struct {
    const char *view, *condition, *index;
} questions[] = {
    {"results", "experiment = 't1'", NULL}, /* the tables' own keys lead there */
    {"results", "experiment = 't1' AND revision = 1 AND case_name = 'one' AND status = 'ok'", NULL},
    {"results", "experiment_id = 1", NULL},
    {"results", "trial_id = 1", NULL},
    {"results", "case_name = 'one'", "experiment_case_by_name"},
    {"results", "run_name = 'base'", "run_by_name"},
    {"results", "driver = 'java'", "run_by_driver"},
    {"results", "campaign_id = 1", "trial_by_campaign"},
    {"results", "environment_id = 1", "campaign_by_environment"},
    {"results", "status = 'failed'", "trial_not_ok"},
    {"results", "status = 'disturbed'", "trial_not_ok"},
    {"results", "status = 'interrupted'", "trial_not_ok"},
    {"results", "status <> 'ok'", "trial_not_ok"},
    {"results", "records_lost > 0", "trial_lossy"},
    {"results", "records_duplicated > 0", "trial_duplicating"},
    {"results", "source = 'published'", "trial_not_measured"},
    {"results", "source = 'tool'", "trial_not_measured"},
    {"summaries", "experiment = 't1'", NULL},
    {"summaries", "experiment = 't1' AND metric = 'records_per_sec'", NULL},
    {"summaries", "metric = 'records_per_sec'", "summary_by_metric"},
    {"summaries", "case_name = 'one'", "experiment_case_by_name"},
    {"summaries", "run_name = 'base'", "run_by_name"},
};

static int count_scans_of_question(struct fixture *f, size_t number, struct text *text)
{
    char *sql = string_format("SELECT * FROM %s WHERE %s", questions[number].view, questions[number].condition);
    int scans = count_scans(f, sql, text);
    free(sql);
    return scans;
}

static void test_conditions_reach_the_tables(void **state)
{
    struct fixture *f = *state;
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        if (count_scans_of_question(f, i, &text) > 0)
            fail_msg("%s", text.bytes);
    text_release(&text);
}

/* Grouped, a view is not taken apart into the question: its conditions go down into it all the same. */
static void test_conditions_reach_the_tables_below_a_group(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct text text = TEXT_INIT;
        char *sql = string_format("SELECT case_name, count(*) FROM %s WHERE %s GROUP BY case_name", questions[i].view,
                                  questions[i].condition);
        count_scans(f, sql, &text);
        if (strstr(text.bytes, "SCAN t ") || strstr(text.bytes, "SCAN s "))
            fail_msg("%s", text.bytes);
        free(sql);
        text_release(&text);
    }
}

static void test_without_an_index_a_table_is_scanned(void **state)
{
    struct fixture *f = *state;
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (!questions[i].index)
            continue;
        char *drop = string_format("SAVEPOINT whole; DROP INDEX %s", questions[i].index);
        assert_int_equal(sqlite3_exec(f->store->db, drop, NULL, NULL, NULL), SQLITE_OK);
        if (count_scans_of_question(f, i, &text) == 0)
            fail_msg("%s: %s would not be missed", questions[i].condition, questions[i].index);
        assert_int_equal(sqlite3_exec(f->store->db, "ROLLBACK TO whole; RELEASE whole", NULL, NULL, NULL), SQLITE_OK);
        free(drop);
    }
    text_release(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, query_set_up, query_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_readers_scan_no_table),
        TEST(test_a_campaign_scans_no_table),
        TEST(test_conditions_reach_the_tables),
        TEST(test_conditions_reach_the_tables_below_a_group),
        TEST(test_without_an_index_a_table_is_scanned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
