/* SPDX-License-Identifier: Apache-2.0 */
/* Which versions belong together and in which order, and what is told of the steps between them. */
#include "test_store_fixture.h"

#include "report/history.h"

#include "near.h"

/* A version with two changes and a case whose number of partitions tells definitions apart. `lines`: more of the definition. */
static int64_t register_version(struct fixture *fixture, const char *version, int partitions, const char *lines)
{
    struct error error = ERROR_INIT;
    int64_t id;
    char *file = string_format("%s.yaml", version);
    char *text = string_format("version: %s\n"
                               "title: Test %s\n"
                               "changes: [first of %s, second]\n"
                               "cluster: {kind: external, bootstrap.servers: 'localhost:9092'}\n"
                               "cases:\n"
                               "  - {name: one, topic: {partitions: %d, replication.factor: 1}}\n"
                               "runs:\n"
                               "  - {name: ant, driver: c}\n"
                               "  - {name: bee, driver: c}\n"
                               "%s",
                               version, version, version, partitions, lines);
    struct experiment *experiment = definition_parse(file, text);
    assert_int_equal(store_register_experiment(fixture->store, experiment, true, "abcdef", 0, &id, &error),
                     STORE_REGISTERED);
    experiment_free(experiment);
    free(text);
    free(file);
    return id;
}

static void measure(struct fixture *fixture, int64_t experiment_id, const char *run, double rate, int cores)
{
    struct error error = ERROR_INIT;
    struct store_campaign campaign = {.experiment_id = experiment_id,
                                      .command_line = "kbench run",
                                      .seed = 1,
                                      .kbench_version = "0.9",
                                      .pid = (int)getpid()};
    json_t *environment = json_pack("{s:i, s:s}", "cpu_cores", cores, "host_hash", "h");
    assert_ok(store_put_environment(fixture->store, environment, &campaign.environment_id, &error), &error);
    json_decref(environment);
    assert_ok(store_begin_campaign(fixture->store, &campaign, &error), &error);
    for (int block = 1; block <= 6; block++) {
        struct store_trial trial = fixture_trial(fixture, block, 1, "ok");
        trial.campaign_id = campaign.id;
        trial.run_name = run;
        trial.duration_s = 1;
        trial.records_per_sec = rate + block;
        assert_ok(store_put_trial(fixture->store, &trial, NULL, &error), &error);
    }
}

static void load(struct fixture *fixture, const char *version, struct report_model *model, struct history *history)
{
    struct error error = ERROR_INIT;
    assert_ok(report_model_load(fixture->store, version, model, &error), &error);
    assert_ok(history_load(fixture->store, model, history, &error), &error);
}

static void release(struct report_model *model, struct history *history)
{
    history_release(history);
    report_model_release(model);
}

static char *changes_of(const struct history *history)
{
    struct text text = TEXT_INIT;
    report_markdown_changes(history, &text);
    return text_detach(&text);
}

/* c2 is registered first, and yet stands behind c1, which it supersedes; others of the database do not belong to them. */
static void test_order_is_by_what_supersedes_what(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"c1, revision 1", "c1, revision 2", "c2, revision 1", "c3, revision 1"};
    struct report_model model;
    struct history history;
    register_version(fixture, "c2", 1, "supersedes: c1\n");
    register_version(fixture, "other", 1, "");
    register_version(fixture, "c1", 1, "supersedes: c0\n");
    register_version(fixture, "c3", 1, "supersedes: c2\n");
    register_version(fixture, "c1", 2, "supersedes: c0\n");
    static const char *const versions[] = {"c1", "c2", "c3"};
    for (size_t v = 0; v < sizeof versions / sizeof *versions; v++) { /* the same from wherever it is looked at */
        load(fixture, versions[v], &model, &history);
        assert_int_equal(history.revision_count, sizeof names / sizeof *names);
        for (size_t i = 0; i < history.revision_count; i++) {
            char *name = history_name(&history.revisions[i]);
            assert_string_equal(name, names[i]);
            free(name);
        }
        assert_int_equal(history.revisions[1].is_own, v == 0);
        assert_int_equal(history.unknown.count, 1);
        assert_string_equal(history.unknown.items[0], "c0");
        assert_null(history.revisions[0].step);
        assert_int_equal(history.revisions[2].step->before, 1);
        assert_true(history_repeats_changes(&history, 1));
        assert_false(history_repeats_changes(&history, 2));
        release(&model, &history);
    }
}

static void test_a_circle_ends(void **state)
{
    struct fixture *fixture = *state;
    struct report_model model;
    struct history history;
    register_version(fixture, "x1", 1, "supersedes: y1\n");
    register_version(fixture, "y1", 1, "supersedes: x1\n");
    load(fixture, "y1", &model, &history);
    assert_int_equal(history.revision_count, 2);
    release(&model, &history);
}

static void test_a_step_tells_what_differs(void **state)
{
    struct fixture *fixture = *state;
    struct report_model model;
    struct history history;
    int64_t first = register_version(fixture, "c1", 1, ""),
            second = register_version(fixture, "c2", 4, "supersedes: c1\n");
    measure(fixture, first, "ant", 1000, 2);
    measure(fixture, second, "ant", 2000, 2);
    measure(fixture, second, "bee", 500, 2);
    load(fixture, "c2", &model, &history);
    const struct history_step *step = history.revisions[1].step;
    assert_true(step->judged);
    assert_int_equal(step->result_count, 1); /* no trial has a latency or a CPU time */
    assert_int_equal(step->changed, 1);
    assert_string_equal(step->results[0].verdict, "faster");
    assert_near(step->results[0].before.estimate, 1003.5, 0);
    assert_near(step->results[0].after.estimate, 2003.5, 0);
    assert_int_equal(step->only_after.count, 1);
    assert_string_equal(step->only_after.items[0], "one/bee");
    assert_int_equal(history.revisions[1].row.trials_ok, 12);
    assert_string_equal(history.revisions[1].row.kbench_versions, "0.9");
    char *changes = changes_of(&history);
    assert_contains(changes, "- By its author:\n  - first of c2\n  - second\n");
    assert_contains(changes, "- Seen by kbench, definition:\n  - cases\\[one\\].topic.partitions: 1 \xe2\x86\x92 4\n");
    assert_contains(changes, "1 of 1 changed beyond their 95 % interval");
    assert_contains(changes, "  - records\\_per\\_sec of one/ant: 1,003.5 \\[");
    assert_contains(changes, "- Not measured before: one/bee\n");
    free(changes);
    release(&model, &history);
}

static void test_other_machines_are_not_judged(void **state)
{
    struct fixture *fixture = *state;
    struct report_model model;
    struct history history;
    measure(fixture, register_version(fixture, "c1", 1, ""), "ant", 1000, 2);
    measure(fixture, register_version(fixture, "c2", 1, "supersedes: c1\n"), "ant", 2000, 64);
    load(fixture, "c1", &model, &history);
    const struct history_step *step = history.revisions[1].step;
    assert_false(step->judged);
    assert_int_equal(step->changed + step->not_shown + step->too_few, 0);
    assert_false(step->results[0].changed);
    char *changes = changes_of(&history);
    assert_contains(changes,
                    "- Seen by kbench, machine, which no definition asks for:\n  - cpu\\_cores: 2 \xe2\x86\x92 64\n");
    assert_contains(changes, "- Results: not judged");
    assert_null(strstr(changes, "records\\_per\\_sec of"));
    free(changes);
    release(&model, &history);
}

static void test_a_published_table_stands_beside(void **state)
{
    struct fixture *fixture = *state;
    struct report_model model;
    struct history history;
    struct error error = ERROR_INIT;
    static const char rows[] = "version,case,run,source_title,source_date,records_per_sec\n"
                               "p1,one,ant,Post,2016-03-31,747417.67\n"
                               "p1,one,wasp,Post,2016-03-31,50\n";
    char *path = string_format("%s/p.csv", fixture->folder);
    int64_t changed;
    assert_ok(file_write(path, rows, strlen(rows), &error), &error);
    assert_ok(store_import_csv(fixture->store, path, false, &changed, &error), &error);
    free(path);
    measure(fixture, register_version(fixture, "c2", 1, "supersedes: p1\nreport: {published: p1}\n"), "ant", 2000, 2);
    load(fixture, "c2", &model, &history);
    assert_int_equal(history.table_count, 1);
    assert_int_equal(history.unknown.count, 0);
    struct text text = TEXT_INIT;
    report_markdown_published(&history, &text);
    assert_contains(text.bytes, "published (2016), on other machines");
    assert_contains(text.bytes, "| one | ant | 747,418 | 2,003.5<br>[");
    assert_contains(text.bytes, "| one | wasp | 50.00 | \xe2\x80\x93 |");
    text_clear(&text);
    report_markdown_versions(&history, &text);
    assert_contains(text.bytes, "| p1 | published | Post |");
    assert_contains(text.bytes, "| **c2** | 1 | Test c2 | p1 |");
    text_release(&text);
    release(&model, &history);
}

/* Of thousands of versions the nearest are listed, and the nearest of those are compared. */
static void test_a_long_chain_is_cut(void **state)
{
    struct fixture *fixture = *state;
    struct report_model model;
    struct history history;
    size_t steps = 0, named = 0;
    for (int i = 1; i <= 40; i++) {
        char *version = string_format("w%d", i), *lines = string_format("supersedes: w%d\n", i - 1);
        register_version(fixture, version, i, lines);
        free(version);
        free(lines);
    }
    load(fixture, "w20", &model, &history);
    assert_int_equal(history.revision_count, 2 * STORE_REVISION_REACH + 1);
    assert_string_equal(history.revisions[0].row.version, "w10");
    assert_true(history.is_cut);
    assert_int_equal(history.unknown.count, 0);
    for (size_t i = 0; i < history.revision_count; i++) {
        steps += history.revisions[i].step != NULL;
        named += history.revisions[i].problem && strstr(history.revisions[i].problem, "'kbench compare w");
    }
    assert_int_equal(steps, 6);
    assert_int_equal(steps + named, history.revision_count - 1); /* before the first there is none */
    assert_non_null(history.revisions[STORE_REVISION_REACH].step);
    assert_contains(history.revisions[1].problem, "'kbench compare w10@1 w11@1' tells what differs");
    struct text text = TEXT_INIT;
    report_markdown_versions(&history, &text);
    assert_contains(text.bytes, "There are earlier ones in this database");
    text_release(&text);
    release(&model, &history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_order_is_by_what_supersedes_what, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_a_circle_ends, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_a_long_chain_is_cut, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_a_step_tells_what_differs, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_other_machines_are_not_judged, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_a_published_table_stands_beside, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
