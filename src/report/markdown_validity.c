/* SPDX-License-Identifier: Apache-2.0 */
/* What has to be known before the figures are believed: the sentences, the drift over the blocks, the instrument's check. */
#include <math.h>

#include "report/markdown.h"
#include "report/markdown_cells.h"
#include "report/writers.h"

#include "base/banned.h"

#define BLOCKS_A_ROW 10

static void drift_rows(const struct drift *drift, size_t first, struct text *text)
{
    size_t end = first + BLOCKS_A_ROW < drift->count ? first + BLOCKS_A_ROW : drift->count;
    text_append(text, "| Block |");
    for (size_t i = first; i < end; i++)
        text_append_format(text, " %zu |", i + 1);
    text_append(text, "\n| --- |");
    for (size_t i = first; i < end; i++)
        text_append(text, " ---: |");
    text_append(text, "\n| Throughput |");
    for (size_t i = first; i < end; i++) {
        text_append_char(text, ' ');
        format_ratio(text, drift->relative[i]);
        text_append(text, " |");
    }
    text_append(text, "\n\n");
}

static void drift_table(const struct drift *drift, struct text *text)
{
    if (drift->count < 2)
        return;
    text_append(
        text, "Throughput of all pairs from block to block (geometric mean, each pair by its own median), relative to "
              "the first block:\n\n");
    for (size_t first = 0; first < drift->count; first += BLOCKS_A_ROW)
        drift_rows(drift, first, text);
}

static void verification_table(const struct store_verification *verification, struct text *text)
{
    if (verification->id == STORE_ABSENT)
        return;
    text_append(text, "What is true and what the instrument measured:\n\n"
                      "| Check | True | Measured | Verdict | Why |\n| --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < verification->point_count; i++) {
        const struct store_verification_point *point = &verification->points[i];
        text_append_char(text, '|');
        cell_text(text, point->name);
        cell_text(text, point->truth);
        cell_text(text, point->measured);
        cell_text(text, point->verdict);
        cell_text(text, point->detail);
        text_append_char(text, '\n');
    }
    text_append_char(text, '\n');
}

void report_markdown_validity(const struct report_model *model, struct text *text)
{
    for (size_t i = 0; i < model->validity.count; i++) {
        text_append(text, "- ");
        format_markdown(text, model->validity.items[i]);
        text_append_char(text, '\n');
    }
    text_append_char(text, '\n');
    drift_table(&model->drift, text);
    verification_table(&model->verification, text);
}
