/* SPDX-License-Identifier: Apache-2.0 */
#include "control.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/json.h"

#include "base/banned.h"

char *control_read_line(struct control *control, struct error *error)
{
    char *newline;
    while (!(newline = strchr(control->input.bytes, '\n'))) {
        char block[4096];
        ssize_t got = read(STDIN_FILENO, block, sizeof(block));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            error_set_errno(error, errno, "standard input");
            return NULL;
        }
        if (got == 0) {
            error_set(error, ERROR_INPUT, "standard input ended before a whole line came");
            return NULL;
        }
        text_append_bytes(&control->input, block, (size_t)got);
    }
    *newline = '\0';
    char *line = string_copy(control->input.bytes);
    struct text rest = TEXT_INIT;
    text_append(&rest, newline + 1);
    text_release(&control->input);
    control->input = rest;
    return line;
}

bool control_await_start(struct control *control, struct error *error)
{
    char *line = control_read_line(control, error);
    if (!line)
        return false;
    json_t *command = json_parse(line, strlen(line), error);
    bool is_start = string_equal(json_get_string(command, "command", NULL), "start");
    if (command && !is_start)
        error_set(error, ERROR_INPUT, "the command \"start\" was expected, not: %s", line);
    json_decref(command);
    free(line);
    return is_start;
}

bool control_says_stop(const struct control *control)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return control->input.length > 0 || poll(&input, 1, 0) > 0;
}

void control_release(struct control *control)
{
    text_release(&control->input);
}
