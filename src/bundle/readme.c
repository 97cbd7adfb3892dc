/* SPDX-License-Identifier: Apache-2.0 */
/* README.md of a bundle: for somebody who has never seen kbench. */
#include "base/build_info.h"
#include "base/file.h"
#include "bundle/contents.h"
#include "bundle/sums.h"
#include "bundle/tree.h"
#include "report/format.h"
#include "store/provenance.h"

#include "base/banned.h"

static void row(struct text *text, const char *name, const char *value)
{
    text_append_format(text, "| %s | ", name);
    format_markdown(text, value);
    text_append(text, " |\n");
}

static void row_of_campaign(struct text *text, const struct store_campaign_row *campaign)
{
    char *name = string_format("campaign %lld", (long long)campaign->id);
    char *value = string_format("%s to %s, by kbench %s: %lld trials ok, %lld disturbed, %lld failed",
                                campaign->started_at, campaign->ended_at ? campaign->ended_at : "(nobody saw when)",
                                campaign->kbench_version ? campaign->kbench_version : "of no known version",
                                (long long)campaign->trials_ok, (long long)campaign->trials_disturbed,
                                (long long)campaign->trials_failed);
    row(text, name, value);
    free(name);
    free(value);
}

static char *commit_text(const char *commit, int dirty)
{
    if (!commit || !commit[0])
        return string_copy("not known: not in a git repository");
    return string_format("%s%s", commit,
                         dirty > 0   ? ", with changes that were not committed"
                         : dirty < 0 ? ", perhaps with changes"
                                     : "");
}

static void append_head(const struct contents *contents, struct text *text)
{
    const struct store_experiment_row *experiment = &contents->model.row;
    char *revision = string_format("%s, revision %d", experiment->version, experiment->revision);
    char *definition = commit_text(experiment->git_commit, experiment->git_dirty);
    char *program = commit_text(build_commit, build_dirty);
    char *made_by = string_format("kbench %s, commit %s", build_version, program);
    text_append(text, "# ");
    format_markdown(text, experiment->title);
    text_append(
        text, "\n\nA benchmark of Apache Kafka clients by kbench: what was asked, what was measured, and what is said "
              "of it.\n`tar`, `sha256sum` and `sqlite3` are all that it takes to open and to check it.\n\n"
              "| | |\n| --- | --- |\n");
    row(text, "version", revision);
    row(text, "SHA-256 of the definition", experiment->sha256);
    row(text, "git commit that the definition lay in when it was run", definition);
    for (size_t i = 0; i < contents->model.campaigns.count; i++)
        row_of_campaign(text, &contents->model.campaigns.items[i]);
    row(text, "this bundle was made by", made_by);
    free(revision);
    free(definition);
    free(program);
    free(made_by);
}

static void append_contents(const struct contents *contents, struct text *text)
{
    text_append(text, "\n## What is in it\n\n| | |\n| --- | --- |\n");
    row(text, "definition/",
        "the definition as its author wrote it, and canonical.yaml with all defaults, whose SHA-256 it is");
    row(text, BUNDLE_DATABASE,
        "every trial with its settings, histogram, intervals and events, the machine, the brokers' "
        "settings; what the version supersedes and the published numbers that it names; "
        "schema_doc tells what each column is");
    row(text, "report/", "report.html and report.md, results.csv and summary.csv, report.json, the charts");
    if (contents->has_post)
        row(text, "post/", "the post; its numbers are those of the database");
    row(text, BUNDLE_SETUP "/",
        "what fixes the versions of the clients (Maven, PyPI, Debian), the drivers' declarations, and "
        "the versions that were found on the machine");
    if (contents->source)
        row(text, contents->source, "the sources of the kbench that made this bundle");
    row(text, SUMS_NAME, "of every other file");
    if (contents->no_source) {
        text_append(text, "\nThere are no sources of kbench in it: ");
        format_markdown(text, contents->no_source);
        text_append(text, ".\n");
    }
}

/* A pair that has trials, for an example. */
static const struct report_pair *find_pair(const struct report_model *model)
{
    for (size_t i = 0; i < model->case_count; i++)
        for (size_t k = 0; k < model->cases[i].pair_count; k++)
            if (model->cases[i].pairs[k].trial_count)
                return &model->cases[i].pairs[k];
    return NULL;
}

static void append_check(const struct contents *contents, struct text *text)
{
    const struct report_pair *pair = find_pair(&contents->model);
    text_append(text, "\n## Check it\n\n    sha256sum --check --quiet " SUMS_NAME "\n    sqlite3 " BUNDLE_DATABASE
                      " '.schema'\n");
    if (!pair)
        return;
    char *sql = store_trials_sql(&contents->model.row, pair->c->name, pair->run->name, "records_per_sec", false);
    text_append(text, "\nThe trials behind one figure of the report, in `sqlite3 " BUNDLE_DATABASE "`:\n\n    ");
    for (const char *at = sql; *at; at++) {
        text_append_char(text, *at);
        if (*at == '\n')
            text_append(text, "    ");
    }
    text_append(text, ";\n");
    free(sql);
}

bool contents_add_readme(struct contents *contents, struct error *error)
{
    struct text text = TEXT_INIT;
    char *path = string_format("%s/README.md", contents->folder);
    append_head(contents, &text);
    append_contents(contents, &text);
    append_check(contents, &text);
    text_append(
        &text, "\n## Repeat it\n\n    kbench reproduce ARCHIVE\n\nruns the definition on your machine and says pair by "
               "pair and claim by claim what came out alike. kbench is built from its sources with `make`.\n");
    bool ok = tree_write(path, &text, error);
    text_release(&text);
    free(path);
    return ok;
}
