/* SPDX-License-Identifier: Apache-2.0 */
#include "environment/environment.h"

#include <errno.h>

#include "base/file.h"
#include "base/text.h"
#include "environment/parts.h"

#include "base/banned.h"

char *pseudo_file_read(const char *format, ...)
{
    enum { LIMIT_BYTES = 4 << 20 }; /* /proc/cpuinfo of a machine with many cores is the longest */
    struct text path = TEXT_INIT, content = TEXT_INIT;
    va_list arguments;
    va_start(arguments, format);
    text_append_vformat(&path, format, arguments);
    va_end(arguments);
    bool ok = file_read(path.bytes, LIMIT_BYTES, &content, NULL);
    text_release(&path);
    size_t length = content.length;
    while (ok && length > 0 && strchr(" \t\n", content.bytes[length - 1]))
        length--;
    char *trimmed = ok && length > 0 ? string_format("%.*s", (int)length, content.bytes) : NULL;
    text_release(&content);
    return trimmed;
}

void set_string(json_t *object, const char *key, char *owned)
{
    if (owned && owned[0])
        json_object_set_new(object, key, json_string(owned)); /* fails, leaving the key out, when it is not UTF-8 */
    free(owned);
}

void set_number(json_t *object, const char *key, char *owned)
{
    if (!owned)
        return;
    char *end;
    errno = 0;
    long long number = strtoll(owned, &end, 10);
    if (end != owned && errno == 0)
        json_object_set_new(object, key, json_integer(number));
    free(owned);
}

json_t *environment_describe(const char *data_folder, const char *key_folder)
{
    json_t *environment = json_object();
    if (!environment)
        abort();
    describe_machine(environment);
    describe_virtualization(environment);
    describe_log_device(environment, data_folder);
    describe_software(environment);
    describe_host(environment, key_folder);
    return environment;
}
