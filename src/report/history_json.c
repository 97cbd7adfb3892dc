/* SPDX-License-Identifier: Apache-2.0 */
/* The history in JSON. An absent number is null. */
#include "report/history.h"
#include "report/json_parts.h"

#include "base/banned.h"

static json_t *result_json(const struct history_result *result)
{
    json_t *object = json_object();
    json_object_set_new(object, "case", report_json_string(result->case_name));
    json_object_set_new(object, "run", report_json_string(result->run_name));
    json_object_set_new(object, "metric", json_string(result->metric));
    json_object_set_new(object, "before", report_json_interval(&result->before));
    json_object_set_new(object, "after", report_json_interval(&result->after));
    json_object_set_new(object, "ratio", report_json_interval(&result->ratio));
    json_object_set_new(object, "verdict", json_string(result->verdict));
    json_object_set_new(object, "changed", json_boolean(result->changed));
    return object;
}

static json_t *step_json(const struct history *history, const struct history_step *step)
{
    if (!step)
        return json_null();
    const struct store_revision *before = &history->revisions[step->before].row;
    json_t *object = json_object(), *differences = json_array(), *results = json_array();
    for (size_t i = 0; i < step->difference_count; i++)
        json_array_append_new(differences, comparison_difference_json(&step->differences[i]));
    for (size_t i = 0; i < step->result_count; i++)
        json_array_append_new(results, result_json(&step->results[i]));
    json_object_set_new(object, "version", report_json_string(before->version));
    json_object_set_new(object, "revision", json_integer(before->revision));
    json_object_set_new(object, "differences", differences);
    json_object_set_new(object, "judged", json_boolean(step->judged));
    json_object_set_new(object, "results", results);
    json_object_set_new(object, "results_changed", json_integer((json_int_t)step->changed));
    json_object_set_new(object, "results_not_shown", json_integer((json_int_t)step->not_shown));
    json_object_set_new(object, "results_of_too_few_trials", json_integer((json_int_t)step->too_few));
    json_object_set_new(object, "only_before", report_json_strings(&step->only_before));
    json_object_set_new(object, "only_after", report_json_strings(&step->only_after));
    return object;
}

static json_t *revision_json(const struct history *history, const struct history_revision *revision)
{
    const struct store_revision *row = &revision->row;
    json_t *object = json_object();
    json_object_set_new(object, "version", report_json_string(row->version));
    json_object_set_new(object, "revision", json_integer(row->revision));
    json_object_set_new(object, "own", json_boolean(revision->is_own));
    json_object_set_new(object, "title", report_json_string(row->title));
    json_object_set_new(object, "supersedes", report_json_string(row->supersedes));
    json_object_set_new(object, "sha256", report_json_string(row->sha256));
    json_object_set_new(object, "git_commit", report_json_string(row->git_commit));
    json_object_set_new(object, "git_dirty", row->git_dirty < 0 ? json_null() : json_boolean(row->git_dirty));
    json_object_set_new(object, "registered_at", report_json_string(row->registered_at));
    json_object_set_new(object, "first_started", report_json_string(row->first_started));
    json_object_set_new(object, "last_ended", report_json_string(row->last_ended));
    json_object_set_new(object, "campaigns", report_json_string(row->campaigns));
    json_object_set_new(object, "kbench_versions", report_json_string(row->kbench_versions));
    json_object_set_new(object, "trials", report_json_integer(row->trials));
    json_object_set_new(object, "trials_ok", report_json_integer(row->trials_ok));
    json_object_set_new(object, "changes", report_json_strings(&revision->changes));
    json_object_set_new(object, "published", report_json_string(revision->published));
    json_object_set_new(object, "compared_with", step_json(history, revision->step));
    json_object_set_new(object, "problem", report_json_string(revision->problem));
    return object;
}

static json_t *table_json(const struct history_table *table)
{
    json_t *object = json_object(), *sources = json_array(), *rows = json_array();
    for (size_t i = 0; i < table->publications.count; i++) {
        const struct store_publication *from = &table->publications.items[i];
        json_t *source = json_object();
        json_object_set_new(source, "title", report_json_string(from->title));
        json_object_set_new(source, "version", report_json_string(from->version));
        json_object_set_new(source, "date", report_json_string(from->date));
        json_object_set_new(source, "repository", report_json_string(from->repository));
        json_object_set_new(source, "commit", report_json_string(from->commit));
        json_object_set_new(source, "source", report_json_string(from->source));
        json_object_set_new(source, "numbers", report_json_integer(from->numbers));
        json_array_append_new(sources, source);
    }
    for (size_t i = 0; i < table->rows.count; i++)
        json_array_append_new(rows, report_json_published(&table->rows.items[i]));
    json_object_set_new(object, "version", report_json_string(table->version));
    json_object_set_new(object, "sources", sources);
    json_object_set_new(object, "numbers", rows);
    return object;
}

json_t *report_history_json(const struct history *history)
{
    json_t *root = json_object(), *revisions = json_array(), *tables = json_array();
    for (size_t i = 0; i < history->revision_count; i++)
        json_array_append_new(revisions, revision_json(history, &history->revisions[i]));
    for (size_t i = 0; i < history->table_count; i++)
        json_array_append_new(tables, table_json(&history->tables[i]));
    json_object_set_new(root, "revisions", revisions);
    json_object_set_new(root, "published", tables);
    json_object_set_new(root, "unknown", report_json_strings(&history->unknown));
    json_object_set_new(root, "cut", json_boolean(history->is_cut));
    return root;
}
