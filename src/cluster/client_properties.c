/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/client_properties.h"

#include "experiment/jaas.h"

#include "base/banned.h"

#define ENV_START "${env:"

char *client_properties_expand(const char *value, struct redactor *redactor, struct error *error)
{
    bool ok = false;
    struct text text = TEXT_INIT;
    char *name = NULL;
    for (const char *reference; (reference = strstr(value, ENV_START));) {
        const char *start = reference + strlen(ENV_START);
        const char *end = strchr(start, '}');
        if (!end) {
            error_set(error, ERROR_INPUT, "'" ENV_START "' has no closing '}'");
            goto done;
        }
        free(name);
        name = string_format("%.*s", (int)(end - start), start);
        const char *found = getenv(name);
        if (!found) {
            error_set(error, ERROR_INPUT, "the environment variable '%s' is not set", name);
            goto done;
        }
        if (redactor)
            redactor_add(redactor, found);
        text_append_bytes(&text, value, (size_t)(reference - value));
        text_append(&text, found);
        value = end + 1;
    }
    text_append(&text, value);
    ok = true;
done:
    free(name);
    char *expanded = ok ? text_detach(&text) : NULL;
    text_release(&text);
    return expanded;
}

/* A password is a secret also when it stands in the definition itself. */
static void keep(const char *name, const char *value, struct redactor *redactor, struct property_list *resolved)
{
    if (redactor && redact_is_secret_property(name))
        redactor_add(redactor, value);
    property_list_set(resolved, name, value);
}

static bool resolve(const char *name, const char *value, struct redactor *redactor, struct property_list *resolved,
                    struct error *error)
{
    char *expanded = client_properties_expand(value, redactor, error);
    if (!expanded)
        return false;
    keep(name, expanded, redactor, resolved);
    free(expanded);
    return true;
}

/*
 * A login in the words of Java's clients becomes the two properties that every client has a name for. It is read before it is
 * expanded, so that a password from the environment may hold quotes, unless all of it comes from there.
 */
static bool resolve_login(const char *config, struct redactor *redactor, struct property_list *resolved,
                          struct error *error)
{
    char *username, *password, *expanded = NULL;
    bool ok = false;
    if (jaas_parse(config, &username, &password, NULL)) {
        /* The secret first: it is to be known also when the other is not set. */
        ok = resolve(SASL_PASSWORD, password, redactor, resolved, error) &&
             resolve(SASL_USERNAME, username, redactor, resolved, error);
    } else if ((expanded = client_properties_expand(config, redactor, error)) &&
               jaas_parse(expanded, &username, &password, error)) {
        keep(SASL_USERNAME, username, redactor, resolved);
        keep(SASL_PASSWORD, password, redactor, resolved);
        ok = true;
    }
    free(expanded);
    free(username);
    free(password);
    return ok;
}

bool client_properties_resolve(const struct property_list *given, struct redactor *redactor,
                               struct property_list *resolved, struct error *error)
{
    for (size_t i = 0; i < given->count; i++) {
        const struct property *property = &given->items[i];
        bool ok = string_equal(property->name, SASL_JAAS_CONFIG)
                      ? resolve_login(property->value, redactor, resolved, error)
                      : resolve(property->name, property->value, redactor, resolved, error);
        if (!ok)
            return error_prefix(error, "client property '%s'", property->name);
    }
    return true;
}

static bool is_pem(const struct property_list *canonical, const char *type_property)
{
    const char *type = property_list_get(canonical, type_property);
    return type && strcasecmp(type, "PEM") == 0;
}

/* Kafka has a store with a type, librdkafka a file of certificates. */
static bool translate_truststore(const struct property_list *canonical, struct property_list *native,
                                 struct error *error)
{
    const char *location = property_list_get(canonical, "ssl.truststore.location");
    const char *certificates = property_list_get(canonical, "ssl.truststore.certificates");
    if (location && !is_pem(canonical, "ssl.truststore.type") && !string_ends_with(location, ".pem"))
        return error_set(
            error, ERROR_INPUT,
            "client property 'ssl.truststore.location': kbench reads only PEM here; export the certificates and "
            "say ssl.truststore.type: PEM");
    if (location)
        property_list_set(native, "ssl.ca.location", location);
    if (certificates)
        property_list_set(native, "ssl.ca.pem", certificates);
    return true;
}

static bool translate_keystore(const struct property_list *canonical, struct property_list *native, struct error *error)
{
    const char *location = property_list_get(canonical, "ssl.keystore.location");
    const char *type = property_list_get(canonical, "ssl.keystore.type");
    const char *password = property_list_get(canonical, "ssl.keystore.password");
    if (location && is_pem(canonical, "ssl.keystore.type")) {
        /* One PEM file with the key and its certificates serves as both. */
        property_list_set(native, "ssl.key.location", location);
        property_list_set(native, "ssl.certificate.location", location);
    } else if (location && type && strcasecmp(type, "PKCS12") == 0) {
        property_list_set(native, "ssl.keystore.location", location);
        if (password)
            property_list_set(native, "ssl.keystore.password", password);
    } else if (location) {
        return error_set(error, ERROR_INPUT,
                         "client property 'ssl.keystore.location': kbench reads PEM and PKCS12; say which with "
                         "ssl.keystore.type");
    }
    return true;
}

/* Properties of one name and one value each; the stores have functions of their own (no native name). */
static const struct {
    const char *canonical, *native;
} names[] = {
    {"security.protocol", "security.protocol"},
    {"sasl.mechanism", "sasl.mechanisms"},
    {SASL_USERNAME, "sasl.username"},
    {SASL_PASSWORD, "sasl.password"},
    {"sasl.kerberos.service.name", "sasl.kerberos.service.name"},
    {"ssl.truststore.location", NULL},
    {"ssl.truststore.certificates", NULL},
    {"ssl.truststore.type", NULL},
    {"ssl.truststore.password", NULL}, /* PEM files have none */
    {"ssl.keystore.location", NULL},
    {"ssl.keystore.type", NULL},
    {"ssl.keystore.password", NULL},
    {"ssl.keystore.key", "ssl.key.pem"},
    {"ssl.keystore.certificate.chain", "ssl.certificate.pem"},
    {"ssl.key.password", "ssl.key.password"},
    {"ssl.endpoint.identification.algorithm", "ssl.endpoint.identification.algorithm"},
    {"client.id", "client.id"},
    {"connections.max.idle.ms", "connections.max.idle.ms"},
    {"socket.connection.setup.timeout.ms", "socket.connection.setup.timeout.ms"},
};
#define NAME_COUNT (sizeof names / sizeof *names)

static bool unknown_property(const char *name, struct error *error)
{
    const char *candidates[NAME_COUNT];
    for (size_t i = 0; i < NAME_COUNT; i++)
        candidates[i] = names[i].canonical;
    error_set(error, ERROR_INPUT, "client property '%s' is not one that kbench can reach a cluster with", name);
    return error_suggest_or(error, name, candidates, NAME_COUNT, "");
}

bool client_properties_translate(const struct property_list *canonical, struct property_list *native,
                                 struct error *error)
{
    for (size_t i = 0; i < canonical->count; i++) {
        const struct property *property = &canonical->items[i];
        size_t at = 0;
        while (at < NAME_COUNT && !string_equal(names[at].canonical, property->name))
            at++;
        if (at == NAME_COUNT)
            return unknown_property(property->name, error);
        const char *value = property->value;
        /* Kafka switches the check of the host's name off by an empty text, librdkafka by a word. */
        if (string_equal(property->name, "ssl.endpoint.identification.algorithm") && !value[0])
            value = "none";
        if (names[at].native)
            property_list_set(native, names[at].native, value);
    }
    return translate_truststore(canonical, native, error) && translate_keystore(canonical, native, error);
}
