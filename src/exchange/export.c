/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/export.h"

#include "base/banned.h"

static bool write_csv(const struct export_request *request, FILE *file, struct error *error)
{
    return store_export_csv(request->store, &request->filter, file, error);
}

static bool write_json_lines(const struct export_request *request, FILE *file, struct error *error)
{
    return store_export_json_lines(request->store, &request->filter, request->intervals, file, error);
}

const struct export_format export_formats[] = {
    {"csv", false, write_csv},
    {"jsonl", false, write_json_lines},
    {"hdr", true, export_histogram_log},
    {"sql", true, NULL},
    {"db", true, NULL},
    {NULL, false, NULL},
};
#define FORMAT_COUNT (sizeof export_formats / sizeof *export_formats - 1)

const struct export_format *export_format_find(const char *name, struct error *error)
{
    const char *names[FORMAT_COUNT];
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        names[i] = export_formats[i].name;
        if (string_equal(names[i], name))
            return &export_formats[i];
    }
    error_set(error, ERROR_INPUT, "--format: '%s' is no format", name);
    error_suggest(error, name, names, FORMAT_COUNT);
    return NULL;
}
