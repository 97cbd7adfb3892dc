/* SPDX-License-Identifier: Apache-2.0 */
/* How the JVMs of a local cluster are called. */
#include "cluster/java.h"
#include "cluster/local.h"

#include "base/banned.h"

static void push_all(struct string_list *arguments, const char *const *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        string_list_push(arguments, items[i]);
}

static void push_class_path(const struct local *local, struct string_list *arguments)
{
    char *logging = local_logging_file(local);
    string_list_push_format(arguments, "-Dlog4j2.configurationFile=%s", logging);
    string_list_push(arguments, "-cp");
    string_list_push_format(arguments, "%s/*", local->jar_folder);
    free(logging);
}

void local_jvm_for_tool(const struct local *local, struct string_list *arguments)
{
    /* It lives for less than a second: no time for the optimizing compiler. */
    static const char *const quick[] = {"-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"};
    char *program = java_program();
    string_list_push(arguments, program);
    push_all(arguments, quick, sizeof quick / sizeof *quick);
    push_class_path(local, arguments);
    free(program);
}

static bool chooses_collector(const char *argument)
{
    return string_starts_with(argument, "-XX:+Use") && string_ends_with(argument, "GC");
}

static bool any(const struct string_list *list, bool (*is)(const char *))
{
    for (size_t i = 0; i < list->count; i++)
        if (is(list->items[i]))
            return true;
    return false;
}

static bool chooses_heap(const char *argument)
{
    return string_starts_with(argument, "-Xm") || strstr(argument, "RAMPercentage") || strstr(argument, "HeapSize");
}

void local_jvm_for_broker(const struct local *local, struct string_list *arguments)
{
    /* What Kafka's own start script gives where the definition does not say otherwise. */
    static const char *const heap[] = {"-Xms1g", "-Xmx1g"};
    static const char *const collector[] = {"-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20",
                                            "-XX:InitiatingHeapOccupancyPercent=35",
                                            "-XX:+ExplicitGCInvokesConcurrent"};
    /* A broker without memory is a dead broker, and must be seen as one. */
    static const char *const own[] = {"-Djava.awt.headless=true", "-XX:+ExitOnOutOfMemoryError"};
    const struct string_list *jvm = &local->definition->jvm;
    char *program = java_program();
    string_list_push(arguments, program);
    if (!any(jvm, chooses_heap))
        push_all(arguments, heap, sizeof heap / sizeof *heap);
    if (!any(jvm, chooses_collector))
        push_all(arguments, collector, sizeof collector / sizeof *collector);
    push_all(arguments, own, sizeof own / sizeof *own);
    for (size_t i = 0; i < jvm->count; i++)
        string_list_push(arguments, jvm->items[i]);
    push_class_path(local, arguments);
    free(program);
}
