/* SPDX-License-Identifier: Apache-2.0 */
#include "base/redact.h"

#include "base/banned.h"

void redactor_add(struct redactor *redactor, const char *secret)
{
    if (!secret || !secret[0] || string_list_contains(&redactor->secrets, secret))
        return;
    string_list_push(&redactor->secrets, secret);
    /* Longest first, so that a secret that holds another one is replaced whole. */
    char **items = redactor->secrets.items;
    for (size_t i = redactor->secrets.count - 1; i > 0 && strlen(items[i]) > strlen(items[i - 1]); i--) {
        char *shorter = items[i - 1];
        items[i - 1] = items[i];
        items[i] = shorter;
    }
}

char *redactor_apply(const struct redactor *redactor, const char *string)
{
    if (!string)
        return NULL;
    struct text text = TEXT_INIT;
    const char *at = string;
    while (*at) {
        size_t length = 0;
        for (size_t i = 0; i < redactor->secrets.count && !length; i++)
            if (string_starts_with(at, redactor->secrets.items[i]))
                length = strlen(redactor->secrets.items[i]);
        if (length) {
            text_append(&text, REDACTED);
            at += length;
        } else {
            text_append_char(&text, *at++);
        }
    }
    return text_detach(&text);
}

void redactor_release(struct redactor *redactor)
{
    string_list_release(&redactor->secrets);
}

bool redact_is_secret_property(const char *name)
{
    /* ConfigDef.Type.PASSWORD of Kafka's SslConfigs and SaslConfigs, librdkafka's and kafka-python's names for the same. */
    static const char *const secret_endings[] = {
        "sasl.jaas.config",          "password",      "passphrase",    "ssl.keystore.key", "ssl.key.pem",
        "private.key.pem",           "client.secret", "client_secret", "secret",           "oauthbearer.config",
        "ssl.key.password.callback", "ssl_password",
    };
    for (size_t i = 0; i < sizeof secret_endings / sizeof *secret_endings; i++)
        if (string_ends_with(name, secret_endings[i]))
            return true;
    return false;
}
