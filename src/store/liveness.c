/* SPDX-License-Identifier: Apache-2.0 */
#include "store/liveness.h"

#include "base/file.h"
#include "base/text.h"
#include "store/store.h"

#include "base/banned.h"

/* Field 22 of /proc/<pid>/stat. The program's name, field 2, may hold anything: fields are counted after its last ")". */
static int64_t start_ticks(const char *stat)
{
    enum { STATE = 3, START_TIME = 22 };
    const char *at = strrchr(stat, ')');
    if (!at || at[1] != ' ' || at[2] == 'Z' || at[2] == 'X') /* a zombie runs no longer */
        return STORE_ABSENT;
    at += 2;
    for (int field = STATE; field < START_TIME; field++) {
        at = strchr(at, ' ');
        if (!at)
            return STORE_ABSENT;
        at++;
    }
    return strtoll(at, NULL, 10);
}

void liveness_look(int pid, struct liveness *now)
{
    struct text content = TEXT_INIT;
    char path[64];
    *now = (struct liveness){.started = STORE_ABSENT};
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    if (pid > 0 && file_read(path, 4096, &content, NULL))
        now->started = start_ticks(content.bytes);
    text_clear(&content);
    if (file_read("/proc/sys/kernel/random/boot_id", sizeof now->boot_id - 1, &content, NULL))
        snprintf(now->boot_id, sizeof now->boot_id, "%.*s", (int)strcspn(content.bytes, "\n"), content.bytes);
    text_release(&content);
}

bool liveness_same(int pid, int64_t started_then, const char *boot_id_then)
{
    struct liveness now;
    liveness_look(pid, &now);
    if (now.started == STORE_ABSENT)
        return false;
    if (boot_id_then && now.boot_id[0] && !string_equal(boot_id_then, now.boot_id))
        return false;
    return started_then == STORE_ABSENT || started_then == now.started;
}
