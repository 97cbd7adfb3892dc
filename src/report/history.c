/* SPDX-License-Identifier: Apache-2.0 */
#include "report/history.h"

#include "report/history_parts.h"

#include "base/banned.h"

/* How many pairs of revisions are compared with each other. */
#define HISTORY_STEPS_MAX 6

/* What the definition says itself; the canonical form is what ran. A definition that an older kbench has written and this one cannot
 * read any more is no reason to have no history. */
static void read_definition(struct history_revision *revision)
{
    struct error error = ERROR_INIT;
    const struct store_experiment_row row = {.version = revision->row.version, .canonical = revision->row.canonical};
    struct experiment *experiment = report_definition(&row, &error);
    if (!experiment) {
        revision->problem = string_copy(error.message);
        return;
    }
    for (size_t i = 0; i < experiment->changes.count; i++)
        string_list_push(&revision->changes, experiment->changes.items[i]);
    revision->published = string_copy(experiment->report.published);
    experiment_free(experiment);
}

/* Moves the rows. */
static void take_revisions(struct history *history, struct store_revision_rows *rows)
{
    history->revisions = memory_zeroed(rows->count + 1, sizeof *history->revisions);
    history_sort(rows);
    for (size_t i = 0; i < rows->count; i++) {
        struct history_revision *revision = &history->revisions[history->revision_count++];
        revision->row = rows->items[i];
        revision->is_own = revision->row.id == history->model->row.id;
        read_definition(revision);
    }
    free(rows->items);
}

/* The revision before of the same version, else the newest of the superseded version; SIZE_MAX: none. */
static size_t find_before(const struct history *history, size_t index)
{
    const struct store_revision *own = &history->revisions[index].row;
    size_t superseded = SIZE_MAX;
    for (size_t i = index; i-- > 0;) {
        const struct store_revision *other = &history->revisions[i].row;
        if (string_equal(other->version, own->version))
            return i;
        if (superseded == SIZE_MAX && string_equal(other->version, own->supersedes))
            superseded = i;
    }
    return superseded;
}

/* Too many comparisons would make a report slow; the others are named by the command that makes them. */
static char *name_command(const struct history *history, size_t before, size_t index)
{
    const struct store_revision *a = &history->revisions[before].row, *b = &history->revisions[index].row;
    return string_format("only the %d nearest to this version are; 'kbench compare %s@%d %s@%d' tells what differs",
                         HISTORY_STEPS_MAX, a->version, a->revision, b->version, b->revision);
}

/* What cannot be compared is said, and hides nothing else. True: it took a comparison. */
static bool add_step(struct store *store, struct history *history, size_t index, bool allowed)
{
    struct history_revision *revision = &history->revisions[index];
    size_t before = find_before(history, index);
    struct error error = ERROR_INIT;
    if (before == SIZE_MAX || revision->problem)
        return false;
    if (!allowed) {
        revision->problem = name_command(history, before, index);
        return false;
    }
    revision->step = history_step_new(store, &history->revisions[before].row, &revision->row, &error);
    if (revision->step)
        revision->step->before = before;
    else
        revision->problem = string_copy(error.message);
    return true;
}

/* The own revision first, then by the distance from it, the earlier before the later. */
static void add_steps(struct store *store, struct history *history)
{
    size_t own = 0, count = history->revision_count;
    int made = 0;
    while (own + 1 < count && !history->revisions[own].is_own)
        own++;
    for (size_t distance = 0; distance < count; distance++) {
        if (distance <= own)
            made += add_step(store, history, own - distance, made < HISTORY_STEPS_MAX);
        if (distance > 0 && own + distance < count)
            made += add_step(store, history, own + distance, made < HISTORY_STEPS_MAX);
    }
}

bool history_load(struct store *store, const struct report_model *model, struct history *history, struct error *error)
{
    struct store_revision_rows rows = {0};
    *history = (struct history){.model = model};
    if (!store_read_related_revisions(store, model->row.version, &rows, error))
        return false;
    take_revisions(history, &rows);
    add_steps(store, history);
    if (history_read_tables(store, history, error))
        return true;
    history_release(history);
    return false;
}

void history_release(struct history *history)
{
    for (size_t i = 0; i < history->revision_count; i++) {
        struct history_revision *revision = &history->revisions[i];
        store_revision_release(&revision->row);
        string_list_release(&revision->changes);
        history_step_free(revision->step);
        free(revision->published);
        free(revision->problem);
    }
    for (size_t i = 0; i < history->table_count; i++) {
        free(history->tables[i].version);
        store_publication_rows_release(&history->tables[i].publications);
        store_result_rows_release(&history->tables[i].rows);
    }
    free(history->revisions);
    free(history->tables);
    string_list_release(&history->unknown);
    *history = (struct history){0};
}

bool history_repeats_changes(const struct history *history, size_t index)
{
    const struct history_revision *own = &history->revisions[index], *before = own - 1;
    if (index == 0 || !string_equal(before->row.version, own->row.version) ||
        before->changes.count != own->changes.count)
        return false;
    for (size_t i = 0; i < own->changes.count; i++)
        if (!string_equal(before->changes.items[i], own->changes.items[i]))
            return false;
    return true;
}

char *history_name(const struct history_revision *revision)
{
    return string_format("%s, revision %d", revision->row.version, revision->row.revision);
}
