/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A new cluster's storage. Kafka's own tool formats the folder of the first broker, because only it knows the feature levels that
 * this version starts with (bootstrap.checkpoint). That file is the same for all brokers; meta.properties differs only in
 * the ids. So one JVM is started for this, and not one for each broker.
 */
#include <sys/random.h>

#include "base/file.h"
#include "cluster/local.h"

#include "base/banned.h"

#define UUID_TEXT_SIZE 23
#define CHECKPOINT "bootstrap.checkpoint"

/* 16 random bytes as Kafka writes a Uuid: base64url without padding, and never a '-' in front, where tools see an option. */
static void make_uuid(char text[UUID_TEXT_SIZE])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char bytes[18] = {0};
    do {
        if (getrandom(bytes, 16, 0) != 16)
            abort();
        for (int i = 0; i < UUID_TEXT_SIZE - 1; i++) {
            int bit = i * 6, byte = bit / 8;
            unsigned pair = (unsigned)bytes[byte] << 8 | bytes[byte + 1];
            text[i] = digits[pair >> (10 - bit % 8) & 63];
        }
        text[UUID_TEXT_SIZE - 1] = '\0';
    } while (text[0] == '-');
}

static bool format_first(const struct local *local, const char *cluster_id, struct error *error)
{
    bool ok = false;
    struct text output = TEXT_INIT, complaint = TEXT_INIT;
    struct string_list arguments = {.items = NULL};
    local_jvm_for_tool(local, &arguments);
    string_list_push(&arguments, "kafka.tools.StorageTool");
    string_list_push(&arguments, "format");
    string_list_push(&arguments, "-t");
    string_list_push(&arguments, cluster_id);
    string_list_push(&arguments, "-c");
    string_list_push(&arguments, local->brokers[0].config_file);
    struct process_spec spec = {.arguments = (const char *const *)arguments.items};
    struct process_result result;
    if (!process_run(&spec, 60000, 1 << 20, &output, &complaint, &result, error)) {
        error_prefix(error, "cannot format the brokers' storage");
        goto done;
    }
    if (result.status != 0) {
        /* Mostly a broker setting that is wrong, said in the first line. */
        error_set(error, ERROR_INPUT, "the brokers' storage cannot be formatted with this configuration: %.*s",
                  (int)strcspn(complaint.bytes, "\n"), complaint.bytes);
        goto done;
    }
    ok = true;
done:
    string_list_release(&arguments);
    text_release(&output);
    text_release(&complaint);
    return ok;
}

static bool write_ids(const struct broker *broker, const char *cluster_id, struct error *error)
{
    char directory_id[UUID_TEXT_SIZE];
    make_uuid(directory_id);
    char *path = string_format("%s/meta.properties", broker->data_folder);
    char *ids =
        string_format("version=1\ncluster.id=%s\nnode.id=%d\ndirectory.id=%s\n", cluster_id, broker->id, directory_id);
    bool ok = file_write(path, ids, strlen(ids), error);
    free(path);
    free(ids);
    return ok;
}

static bool copy_checkpoint(const struct broker *from, const struct broker *to, struct error *error)
{
    struct text bytes = TEXT_INIT;
    char *source = string_format("%s/" CHECKPOINT, from->data_folder);
    char *target = string_format("%s/" CHECKPOINT, to->data_folder);
    bool ok = file_read(source, 1 << 20, &bytes, error) && file_write(target, bytes.bytes, bytes.length, error);
    free(source);
    free(target);
    text_release(&bytes);
    return ok;
}

bool local_format(const struct local *local, struct error *error)
{
    char cluster_id[UUID_TEXT_SIZE];
    make_uuid(cluster_id);
    for (int i = 0; i < local->count; i++)
        if (!file_make_folder(local->brokers[i].data_folder, error))
            return false;
    if (!format_first(local, cluster_id, error))
        return false;
    for (int i = 1; i < local->count; i++)
        if (!write_ids(&local->brokers[i], cluster_id, error) ||
            !copy_checkpoint(&local->brokers[0], &local->brokers[i], error))
            return false;
    return true;
}
