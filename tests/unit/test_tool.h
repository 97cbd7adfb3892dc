/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of tools' outputs share: a text is read, or is refused with a line and a message. */
#ifndef KBENCH_TEST_TOOL_H
#define KBENCH_TEST_TOOL_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "exchange/tool.h"
#include "near.h"

static inline void read_tool(const struct tool *tool, const char *bytes, struct tool_output *output)
{
    struct error error = ERROR_INIT;
    const struct tool_text text = {.file = "out.txt", .bytes = bytes};
    assert_true(tool->recognise(&text));
    tool_output_init(output);
    if (!tool->read(&text, output, &error))
        fail_msg("line %d: %s", error.line, error.message);
    assert_string_equal(output->row.source, "tool");
}

/* A file that a tool has written; the caller releases the text. */
static inline void read_capture(const char *name, struct text *content)
{
    struct error error = ERROR_INIT;
    char *path = string_format("%s/tests/data/tools/%s", file_home(), name);
    if (!file_read(path, 1 << 24, content, &error))
        fail_msg("%s", error.message);
    free(path);
}

static inline void assert_refused(const struct tool *tool, const char *bytes, int line, const char *part)
{
    struct error error = ERROR_INIT;
    struct tool_output output;
    const struct tool_text text = {.file = "out.txt", .bytes = bytes};
    tool_output_init(&output);
    if (tool->read(&text, &output, &error))
        fail_msg("not refused: %s", bytes);
    tool_output_release(&output);
    if (!strstr(error.message, part))
        fail_msg("'%s' is not in '%s'", part, error.message);
    assert_int_equal(error.line, line);
    assert_int_equal(error.category, ERROR_INPUT);
    assert_string_equal(error.file, "out.txt");
}

#endif
