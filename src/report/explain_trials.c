/* SPDX-License-Identifier: Apache-2.0 */
/* Which trials of the pair are in the figure, and by which rule the others are not. */
#include <math.h>

#include "report/explain_parts.h"
#include "report/pair.h"
#include "report/sample.h"
#include "store/provenance.h"

#include "base/banned.h"

#define BYTES_PER_MIB 1048576.0

const char *explanation_fate_name(enum explanation_fate fate)
{
    static const char *const names[] = {
        [EXPLAINED_COUNTED] = "counted",       [EXPLAINED_FAILED] = "failed",
        [EXPLAINED_DISTURBED] = "disturbed",   [EXPLAINED_INTERRUPTED] = "interrupted",
        [EXPLAINED_SUPERSEDED] = "superseded", [EXPLAINED_UNKNOWN] = "no value",
    };
    return names[fate];
}

static double sum_value(const struct store_result_row *row, const char *metric)
{
    const struct {
        const char *name;
        int64_t value;
    } sums[] = {
        {"records_sent", row->records_sent},     {"records_acked", row->records_acked},
        {"records_failed", row->records_failed}, {"records_stored", row->records_stored},
        {"records_lost", row->records_lost},     {"records_duplicated", row->records_duplicated},
    };
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (string_equal(sums[i].name, metric))
            return sums[i].value == STORE_ABSENT ? NAN : (double)sums[i].value;
    return NAN;
}

/* A percentile of the definition is what the histogram of a trial that counts says, as in the figure. `counted` NULL: it does not. */
static double value_of(const struct explanation *explanation, const struct store_result_row *row,
                       const struct report_trial *counted)
{
    const struct experiment *experiment = explanation->model->experiment;
    if (explanation->sum)
        return sum_value(row, explanation->metric);
    for (size_t i = 0; counted && i < experiment->report.percentile_count; i++)
        if (explanation->figure == &explanation->pair->percentiles[i])
            return counted->percentiles[i];
    return sample_value_of_row(row, explanation->metric);
}

/* "rule steal: 8 % measured, bound 5 %" for each rule that the trial broke. */
static char *broken_rules(const struct report_model *model, int64_t trial_id)
{
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < model->disturbances.count; i++) {
        const struct store_disturbance_row *broken = &model->disturbances.items[i];
        if (broken->trial_id != trial_id)
            continue;
        text_append_format(&text, "%srule %s: ", text.length ? ", " : "", broken->rule);
        if (string_equal(broken->rule, "dirty")) /* the one rule in bytes, the others are shares */
            text_append_format(&text, "%.0f MiB measured, bound %.0f MiB", broken->measured / BYTES_PER_MIB,
                               broken->bound / BYTES_PER_MIB);
        else
            text_append_format(&text, "%.3g %% measured, bound %.3g %%", 100 * broken->measured, 100 * broken->bound);
    }
    if (text.length == 0)
        text_append(&text, "which rule it broke is not recorded");
    return text_detach(&text);
}

static enum explanation_fate fate_of(const struct explanation_trial *trial, bool is_counted)
{
    if (is_counted)
        return isfinite(trial->value) ? EXPLAINED_COUNTED : EXPLAINED_UNKNOWN;
    if (string_equal(trial->row->status, "failed"))
        return EXPLAINED_FAILED;
    if (string_equal(trial->row->status, "disturbed"))
        return EXPLAINED_DISTURBED;
    return string_equal(trial->row->status, "interrupted") ? EXPLAINED_INTERRUPTED : EXPLAINED_SUPERSEDED;
}

static char *reason_of(const struct report_model *model, const struct explanation_trial *trial)
{
    switch (trial->fate) {
    case EXPLAINED_FAILED:
    case EXPLAINED_INTERRUPTED: return string_copy(trial->row->cause ? trial->row->cause : "no cause is recorded");
    case EXPLAINED_DISTURBED: return broken_rules(model, trial->row->trial_id);
    case EXPLAINED_SUPERSEDED: return string_copy("of several whole attempts of a block the last one counts");
    case EXPLAINED_UNKNOWN: return string_copy("it has no value of this metric");
    case EXPLAINED_COUNTED: break;
    }
    return NULL;
}

/* The reason, and which attempt of the block is in the figure in its place. */
static char *why_of(const struct explanation *explanation, const struct explanation_trial *trial)
{
    const struct report_pair *pair = explanation->pair;
    char *reason = reason_of(explanation->model, trial);
    for (size_t i = 0; reason && i < pair->trial_count; i++) {
        const struct store_result_row *row = pair->trials[i].row;
        if (row->block != trial->row->block || row == trial->row)
            continue;
        char *with_successor = string_format("%s; attempt %d of the block counts", reason, row->attempt);
        free(reason);
        return with_successor;
    }
    return reason;
}

static int by_trial(const void *key, const void *line)
{
    int64_t id = *(const int64_t *)key, other = ((const struct store_command_line *)line)->trial_id;
    return id < other ? -1 : id > other;
}

static const char *line_of(const struct store_command_lines *lines, int64_t trial_id)
{
    const struct store_command_line *line =
        lines->count ? bsearch(&trial_id, lines->items, lines->count, sizeof *lines->items, by_trial) : NULL;
    return line ? line->command_line : NULL;
}

/* The trials that count stand in the order of the results: one walk finds them all. */
static void add_trials(struct explanation *explanation, const struct store_command_lines *lines)
{
    const struct report_model *model = explanation->model;
    const struct report_pair *pair = explanation->pair;
    size_t next = 0;
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        if (!report_pair_has(pair, row))
            continue;
        const struct report_trial *counted =
            next < pair->trial_count && pair->trials[next].row == row ? &pair->trials[next++] : NULL;
        explanation->trials =
            memory_resized(explanation->trials, explanation->trial_count + 1, sizeof *explanation->trials);
        struct explanation_trial *trial = &explanation->trials[explanation->trial_count++];
        *trial = (struct explanation_trial){.row = row,
                                            .value = value_of(explanation, row, counted),
                                            .command_line = string_copy(line_of(lines, row->trial_id))};
        trial->fate = fate_of(trial, counted != NULL);
        trial->why = why_of(explanation, trial);
        explanation->counted += trial->fate == EXPLAINED_COUNTED;
    }
}

bool explain_trials(struct store *store, struct explanation *explanation, struct error *error)
{
    const struct report_pair *pair = explanation->pair;
    struct store_command_lines lines = {0};
    if (!store_read_command_lines(store, explanation->model->row.id, pair->c->name, pair->run->name, &lines, error))
        return false;
    add_trials(explanation, &lines);
    store_command_lines_release(&lines);
    return true;
}
