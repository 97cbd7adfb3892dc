/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/tool.h"

#include <math.h>

#include "base/banned.h"

void tool_output_init(struct tool_output *output)
{
    *output =
        (struct tool_output){.case_name = TEXT_INIT, .run_name = TEXT_INIT, .settings = TEXT_INIT, .note = TEXT_INIT};
    store_published_init(&output->row);
    output->row.source = "tool";
}

void tool_output_release(struct tool_output *output)
{
    text_release(&output->case_name);
    text_release(&output->run_name);
    text_release(&output->settings);
    text_release(&output->note);
}

void tool_output_note(struct tool_output *output, const char *format, ...)
{
    va_list arguments;
    if (output->note.length)
        text_append_char(&output->note, ' ');
    va_start(arguments, format);
    text_append_vformat(&output->note, format, arguments);
    va_end(arguments);
}

static const char *text_or_absent(const struct text *text)
{
    return text->length ? text->bytes : NULL;
}

static bool check_percentiles(const struct tool_text *text, const struct tool_output *output, struct error *error)
{
    const struct store_published *row = &output->row;
    const struct {
        const char *name;
        double value;
    } rising[] = {{"50th percentile", row->latency_p50_ms},
                  {"95th percentile", row->latency_p95_ms},
                  {"99th percentile", row->latency_p99_ms},
                  {"99.9th percentile", row->latency_p999_ms},
                  {"maximum", row->latency_max_ms}};
    for (size_t i = 1; i < sizeof rising / sizeof *rising; i++)
        if (rising[i].value < rising[i - 1].value)
            return error_set_at(error, text->file, output->line, 1,
                                "a %s of %g ms below the %s of %g ms: these are not the figures of one run",
                                rising[i].name, rising[i].value, rising[i - 1].name, rising[i - 1].value);
    return true;
}

bool tool_output_finish(const struct tool_text *text, struct tool_output *output, struct error *error)
{
    struct store_published *row = &output->row;
    row->case_name = text_or_absent(&output->case_name);
    row->run_name = text_or_absent(&output->run_name);
    row->settings = text_or_absent(&output->settings);
    row->note = text_or_absent(&output->note);
    if (!(row->records_per_sec > 0) || !isfinite(row->records_per_sec))
        return error_set_at(error, text->file, output->line, 1,
                            "%g records/s: nothing arrived, there is no figure to take", row->records_per_sec);
    return check_percentiles(text, output, error);
}
