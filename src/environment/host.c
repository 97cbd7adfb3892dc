/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The host's name is not for a database that is handed around, but two hosts must be told apart: the name is hashed with
 * a random key that stays on the machine, so that nobody can try out names.
 */
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "environment/parts.h"

#include "base/banned.h"

#define KEY_BYTES 32
#define KEY_FILE ".host-key"

static bool key_read(const char *path, unsigned char key[KEY_BYTES])
{
    struct text content = TEXT_INIT;
    bool ok = file_read(path, KEY_BYTES, &content, NULL) && content.length == KEY_BYTES;
    if (ok)
        memcpy(key, content.bytes, KEY_BYTES);
    text_release(&content);
    return ok;
}

/* Whole or not at all, and never over an existing one: written under another name, then linked. */
static void key_make(const char *path)
{
    unsigned char key[KEY_BYTES];
    char *temporary = string_format("%s.tmp.%ld", path, (long)getpid());
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
        bool whole = RAND_bytes(key, KEY_BYTES) == 1 && write(fd, key, KEY_BYTES) == KEY_BYTES && fsync(fd) == 0;
        /* Another kbench may have been first: then its key is the one that counts. */
        int linked = whole ? link(temporary, path) : -1;
        (void)linked;
        close(fd);
        unlink(temporary);
    }
    free(temporary);
}

void describe_host(json_t *environment, const char *key_folder)
{
    char name[256] = "";
    unsigned char key[KEY_BYTES], digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    if (gethostname(name, sizeof name - 1) != 0 || !name[0])
        return;
    file_make_folder(key_folder, NULL); /* what cannot be made is seen below: there is no key in it */
    char *path = string_format("%s/" KEY_FILE, key_folder);
    bool ok = key_read(path, key);
    if (!ok) {
        key_make(path);
        ok = key_read(path, key);
    }
    free(path);
    if (!ok || !HMAC(EVP_sha256(), key, KEY_BYTES, (const unsigned char *)name, strlen(name), digest, &length))
        return;
    struct text hex = TEXT_INIT;
    for (unsigned int i = 0; i < length; i++)
        text_append_format(&hex, "%02x", digest[i]);
    set_string(environment, "host_hash", text_detach(&hex));
    text_release(&hex);
}
