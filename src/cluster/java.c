/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/java.h"

#include "base/file.h"
#include "base/process.h"

#include "base/banned.h"

char *java_program(void)
{
    const char *home = getenv("JAVA_HOME");
    return home && home[0] ? string_format("%s/bin/java", home) : string_copy("java");
}

/* The number behind `version "`: 17 of "17.0.15", 8 of "1.8.0_452". */
static int major_version(const char *told)
{
    const char *start = strstr(told, "version \"");
    if (!start)
        return 0;
    start += strlen("version \"");
    if (string_starts_with(start, "1."))
        start += 2;
    return (int)strtol(start, NULL, 10);
}

int java_version(struct error *error)
{
    int version = 0;
    struct text told = TEXT_INIT;
    char *program = java_program();
    const char *const arguments[] = {program, "-version", NULL};
    struct process_spec spec = {.arguments = arguments};
    if (process_run(&spec, 20000, 1 << 16, NULL, &told, NULL, error)) {
        version = major_version(told.bytes);
        if (version == 0)
            error_set(error, ERROR_UNAVAILABLE, "'%s -version' does not tell its version", program);
    }
    free(program);
    text_release(&told);
    return version;
}

char *java_kafka_folder(const char *kafka_version)
{
    return string_format("%s/lib/kafka-%s", file_build(), kafka_version);
}
