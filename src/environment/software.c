/* SPDX-License-Identifier: Apache-2.0 */
#include <librdkafka/rdkafka.h>
#include <sqlite3.h>

#include "base/build_info.h"
#include "base/file.h"
#include "base/process.h"
#include "base/text.h"
#include "environment/parts.h"

#include "base/banned.h"

/* What a program says of its version, its lines joined by "; "; NULL when it is not there or fails. The caller frees. */
static char *program_version(const char *program, const char *option)
{
    enum { TIMEOUT_MS = 20000, LIMIT_BYTES = 65536 };
    const char *const arguments[] = {program, option, NULL};
    const struct process_spec spec = {.arguments = arguments};
    struct text output = TEXT_INIT, error_output = TEXT_INIT, joined = TEXT_INIT;
    struct process_result result;
    if (process_run(&spec, TIMEOUT_MS, LIMIT_BYTES, &output, &error_output, &result, NULL) && result.status == 0) {
        /* java -version writes to standard error. */
        const char *line = output.length ? output.bytes : error_output.bytes;
        while (*line) {
            size_t length = strcspn(line, "\r\n");
            if (length && joined.length)
                text_append(&joined, "; ");
            text_append_bytes(&joined, line, length);
            line += length;
            line += strspn(line, "\r\n");
        }
    }
    char *version = joined.length ? text_detach(&joined) : NULL;
    text_release(&joined);
    text_release(&output);
    text_release(&error_output);
    return version;
}

/* The Java that the brokers and the drivers are started with: $JAVA_HOME's, else the one on PATH. */
static char *java_version(void)
{
    const char *home = getenv("JAVA_HOME");
    char *program = home && home[0] ? string_format("%s/bin/java", home) : string_copy("java");
    char *version = program_version(program, "-version");
    free(program);
    return version;
}

/* The drivers' Python is that of the virtual environment; another one on PATH runs nothing. */
static char *python_version(void)
{
    char *program = string_format("%s/venv/bin/python", file_build());
    char *version = program_version(program, "--version");
    free(program);
    return version;
}

void describe_software(json_t *environment)
{
    set_string(environment, "jvm", java_version());
    set_string(environment, "python", python_version());
    set_string(environment, "gnuplot", program_version("gnuplot", "--version"));
    /* The libraries' own words at run time: a shared library may be newer than the header it was compiled with. */
    set_string(environment, "librdkafka", string_copy(rd_kafka_version_str()));
    set_string(environment, "sqlite", string_copy(sqlite3_libversion()));
    set_string(environment, "compiler", string_copy(build_compiler));
    set_string(environment, "cflags", string_copy(build_cflags));
    set_string(environment, "kbench_version", string_copy(build_version));
}
