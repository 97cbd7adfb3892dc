/* SPDX-License-Identifier: Apache-2.0 */
/* The value of one setting: of a pair as its client has it in force, of a case as the definition asks for it, of the brokers as they
 * answered. */
#include "publish/value.h"
#include "report/format.h"
#include "report/difference.h"

#include "base/banned.h"

static bool unknown(const char *what, const char *name, struct string_list *names, struct error *error)
{
    error_set(error, ERROR_INPUT, "%s '%s'", what, name);
    error_suggest_from(error, name, names);
    string_list_release(names);
    return false;
}

static bool of_pair(const struct report_pair *pair, const char *name, struct value *value, struct error *error)
{
    const struct report_setting *setting = difference_setting(pair, name);
    struct string_list names = {0};
    for (size_t i = 0; !setting && i < pair->setting_count; i++)
        string_list_push(&names, pair->settings[i].canonical);
    if (!setting)
        return unknown("the client tells of no setting", name, &names, error);
    if (setting->in_force.count == 0)
        return error_set(error, ERROR_INPUT, "the client of %s/%s does not tell what is in force of '%s'",
                         pair->c->name, pair->run->name, name);
    char *text = format_list(&setting->in_force);
    value_set_word(value, text);
    free(text);
    return true;
}

static bool of_case(const struct experiment_case *c, const char *name, struct value *value, struct error *error)
{
    const struct property_list *const lists[] = {&c->producer, &c->consumer, &c->topic_config};
    struct string_list names = {0};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const char *found = property_list_get(lists[i], name);
        if (found) {
            value_set_word(value, found);
            string_list_release(&names);
            return true;
        }
        for (size_t j = 0; j < lists[i]->count; j++)
            string_list_push(&names, lists[i]->items[j].name);
    }
    return unknown("the case asks for no setting", name, &names, error);
}

static bool of_brokers(const struct report_model *model, const char *name, struct value *value, struct error *error)
{
    struct string_list names = {0};
    for (size_t i = 0; i < model->broker_setting_count; i++) {
        if (string_equal(model->broker_settings[i].name, name)) {
            value_set_word(value, model->broker_settings[i].value ? model->broker_settings[i].value : "");
            string_list_release(&names);
            return true;
        }
        string_list_push(&names, model->broker_settings[i].name);
    }
    return unknown("the brokers have no setting that is not at its default named", name, &names, error);
}

bool value_of_setting(const struct value_request *request, const char *name, struct value *value, struct error *error)
{
    const char *pair_name = attributes_get(request->attributes, "pair"),
               *case_name = attributes_get(request->attributes, "case");
    const struct report_pair *pair = pair_name ? publication_pair(request->publication, pair_name, error) : NULL;
    const struct report_case *report_case = case_name ? publication_case(request->publication, case_name, error) : NULL;
    if ((pair_name && !pair) || (case_name && !report_case))
        return false;
    if (pair)
        return of_pair(pair, name, value, error);
    return report_case ? of_case(report_case->c, name, value, error)
                       : of_brokers(&request->publication->model, name, value, error);
}
