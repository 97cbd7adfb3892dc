/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/progress.h"

#include <stdarg.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/banned.h"

void progress_init(struct progress *progress, int verbosity)
{
    const char *terminal_name = getenv("TERM");
    *progress = (struct progress){
        .verbosity = verbosity,
        .terminal = isatty(STDERR_FILENO) && !(terminal_name && strcmp(terminal_name, "dumb") == 0),
        .started_ns = clock_monotonic_ns(),
    };
}

void progress_set_left(struct progress *progress, int left, bool at_most, double expected_s)
{
    if (progress->done == 0)
        progress->expected_s = expected_s;
    progress->total = progress->done + left;
    progress->at_most = at_most;
}

void progress_append_place(const struct progress *progress, struct text *text)
{
    text_append_format(text, "[%d/%s%d]", progress->done + 1, progress->at_most ? "at most " : "", progress->total);
}

static void clear_line(struct progress *progress)
{
    if (progress->line_open)
        fprintf(stderr, "\r\033[K");
    progress->line_open = false;
}

static void say(struct progress *progress, const char *format, va_list arguments)
{
    clear_line(progress);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

void progress_say(struct progress *progress, const char *format, ...)
{
    if (progress->verbosity < 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    say(progress, format, arguments);
    va_end(arguments);
}

void progress_detail(struct progress *progress, const char *format, ...)
{
    if (progress->verbosity < 1)
        return;
    va_list arguments;
    va_start(arguments, format);
    say(progress, format, arguments);
    va_end(arguments);
}

/* From what the trials so far took; before the first one has ended, from the plan. */
static double seconds_left(const struct progress *progress, int64_t now_ns)
{
    double elapsed_s = (double)(now_ns - progress->started_ns) / NS_PER_S;
    if (progress->done == 0)
        return progress->expected_s > elapsed_s ? progress->expected_s - elapsed_s : 0;
    return elapsed_s / progress->done * (progress->total - progress->done);
}

void progress_update(struct progress *progress, int64_t now_ns, const char *what, double records_per_sec)
{
    if (!progress->terminal || progress->verbosity < 0 || now_ns < progress->next_update_ns)
        return;
    progress->next_update_ns = now_ns + NS_PER_S / 4;
    int left_s = (int)seconds_left(progress, now_ns);
    time_t end = time(NULL) + left_s;
    struct tm local;
    char clock_text[16];
    localtime_r(&end, &local);
    strftime(clock_text, sizeof clock_text, "%H:%M", &local);
    struct text place = TEXT_INIT;
    progress_append_place(progress, &place);
    fprintf(stderr, "\r\033[K%s %s  %.0f records/s  %s%d:%02d left, ends %s %s", place.bytes, what, records_per_sec,
            progress->at_most ? "at most " : "", left_s / 60, left_s % 60, progress->at_most ? "by" : "about",
            clock_text);
    text_release(&place);
    progress->line_open = true;
}

void progress_trial_done(struct progress *progress)
{
    progress->done++;
}
