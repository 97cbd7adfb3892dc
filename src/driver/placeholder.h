/* SPDX-License-Identifier: Apache-2.0 */
/* The words in braces of a driver's command and requirements. Internal to this room, but for program_find() and
 * program_java(). */
#ifndef KBENCH_DRIVER_PLACEHOLDER_H
#define KBENCH_DRIVER_PLACEHOLDER_H

#include "driver/driver.h"

/* The path of a program: itself when it has a slash, else the first executable file of that name on PATH; or NULL. The caller
 * frees. */
char *program_find(const char *name);
/* $JAVA_HOME/bin/java, else java on PATH, else plain "java". The caller frees. */
char *program_java(void);

/* The first word in braces that stands for nothing (its start in `string`, with its length), or NULL. */
const char *placeholder_unknown(const char *string, size_t *length);

/* What the words stand for. */
struct placeholder_values {
    const struct driver *driver;
    const char *version;           /* NULL: the driver's default */
    const struct string_list *jvm; /* NULL: none */
};
/* A copy of `string` with every word replaced; {jvm} stays. The caller frees. */
char *placeholder_replace(const struct placeholder_values *values, const char *string);
/* The whole command: {jvm} becomes as many arguments as there are. */
void placeholder_command(const struct placeholder_values *values, struct string_list *arguments);

#endif
