/* SPDX-License-Identifier: Apache-2.0 */
#include "base/redact.h"
#include "experiment/checks.h"
#include "experiment/jaas.h"

#include "base/banned.h"

/* The characters of an environment variable's name. */
static size_t variable_length(const char *name)
{
    if (name[0] >= '0' && name[0] <= '9')
        return 0;
    return strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}

static void check_variables(const struct property *property, struct problems *problems)
{
    for (const char *at = strstr(property->value, "${"); at; at = strstr(at + 2, "${")) {
        bool is_env = string_starts_with(at, "${env:");
        const char *name = at + strlen("${env:");
        size_t length = is_env ? variable_length(name) : 0;
        if (!length || name[length] != '}')
            problems_add(problems, property->position, "'%s' has a '${' that is no ${env:NAME}, expected one",
                         property->name);
    }
}

/* Secrets are never stored, and the definition is: it can only say where they come from. */
static void check_secret(const struct property *property, struct problems *problems)
{
    if (redact_is_secret_property(property->name) && !strstr(property->value, "${env:"))
        problems_add(problems, property->position,
                     "'%s' is a secret, expected \"${env:NAME}\": the definition is stored with the results",
                     property->name);
}

/* Where the clients connect to is the cluster's business alone. */
static void check_reserved(const struct property *property, struct problems *problems)
{
    if (string_equal(property->name, "bootstrap.servers") || string_equal(property->name, "bootstrap_servers"))
        problems_add(problems, property->position, "'%s' is set by kbench, expected it in 'cluster' alone",
                     property->name);
}

static void check_jaas(const struct property *property, struct problems *problems)
{
    struct error error = ERROR_INIT;
    char *username, *password;
    /* What the environment holds of it may be its form too: that is seen when it is looked up. */
    bool later = strstr(property->value, "${env:") != NULL;
    if (jaas_parse(property->value, &username, &password, &error)) {
        if (later && !strstr(password, "${env:"))
            problems_add(
                problems, property->position,
                "the password in '%s' is a secret, expected \"${env:NAME}\": the definition is stored with the "
                "results",
                property->name);
    } else if (!later) {
        problems_add(problems, property->position, "'%s': %s", property->name, error.message);
    }
    free(username);
    free(password);
}

/* The cluster's login goes to every client, in the client's own form. */
static void check_login(const struct property_list *client, struct problems *problems)
{
    bool in_two = property_list_get(client, SASL_USERNAME) || property_list_get(client, SASL_PASSWORD);
    for (size_t i = 0; i < client->count; i++) {
        if (!string_equal(client->items[i].name, SASL_JAAS_CONFIG))
            continue;
        check_jaas(&client->items[i], problems);
        if (in_two)
            problems_add(problems, client->items[i].position,
                         "'" SASL_JAAS_CONFIG "' is another form of '" SASL_USERNAME "' and '" SASL_PASSWORD
                         "', expected one of the forms");
    }
}

/* Only what it takes to get into the cluster can come from the environment, and only there can a secret stand. */
static void check_elsewhere(const struct property_list *list, bool of_client, struct problems *problems)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct property *property = &list->items[i];
        if (redact_is_secret_property(property->name))
            problems_add(problems, property->position,
                         "'%s' is a secret, expected it in the cluster's 'client' alone, as \"${env:NAME}\"",
                         property->name);
        else if (strstr(property->value, "${"))
            problems_add(
                problems, property->position,
                "'%s' has a '${', which is replaced in the cluster's 'client' alone, expected the value itself",
                property->name);
        if (of_client)
            check_reserved(property, problems);
    }
}

void checks_properties(const struct experiment *experiment, struct problems *problems)
{
    const struct property_list *client = &experiment->cluster.client;
    for (size_t i = 0; i < client->count; i++) {
        check_variables(&client->items[i], problems);
        check_secret(&client->items[i], problems);
        check_reserved(&client->items[i], problems);
    }
    check_login(client, problems);
    check_elsewhere(&experiment->cluster.config, false, problems);
    for (size_t i = 0; i < experiment->case_count; i++) {
        check_elsewhere(&experiment->cases[i].topic_config, false, problems);
        check_elsewhere(&experiment->cases[i].producer, true, problems);
        check_elsewhere(&experiment->cases[i].consumer, true, problems);
    }
    for (size_t i = 0; i < experiment->run_count; i++)
        check_elsewhere(&experiment->runs[i].config, true, problems);
}
