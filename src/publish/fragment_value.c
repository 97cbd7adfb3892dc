/* SPDX-License-Identifier: Apache-2.0 */
/* One number or word of a sentence: which subject the marker is of, its value, the way it is written. */
#include <math.h>

#include "publish/fragments.h"
#include "publish/markup.h"
#include "publish/value.h"
#include "report/format.h"

#include "base/banned.h"

/* The attributes that say what a value is of; `with` are those that go with it, beside of and format. */
static const struct {
    const char *attribute;
    enum value_subject subject;
    const char *default_name;
    const char *with[5];
} subjects[] = {
    {"published", VALUE_OF_PUBLISHED, "figure", {"published", "pair", "metric", "to"}},
    {"pair", VALUE_OF_PAIR, "median", {"pair", "metric", "to", "setting"}},
    {"claim", VALUE_OF_CLAIM, "verdict", {"claim"}},
    {"case", VALUE_OF_CASE, "title", {"case", "setting"}},
    {NULL, VALUE_OF_VERSION, "title", {"setting", "environment"}},
};

static size_t find_subject(const struct attributes *attributes)
{
    size_t i = 0;
    while (subjects[i].attribute && !attributes_get(attributes, subjects[i].attribute))
        i++;
    return i;
}

static bool check_companions(const struct attributes *attributes, size_t subject, struct error *error)
{
    for (size_t i = 0; i < attributes->count; i++) {
        const char *name = attributes->items[i].name;
        bool goes = string_equal(name, "of") || string_equal(name, "format");
        for (const char *const *with = subjects[subject].with; *with; with++)
            goes = goes || string_equal(name, *with);
        if (!goes)
            return error_set(error, ERROR_INPUT, "'%s' does not go with this: a value is of %s", name,
                             value_subject_example(subjects[subject].subject));
    }
    return true;
}

/* The one environment of the campaigns, or all values that they have. */
static bool of_environment(const struct report_model *model, const char *name, struct value *value, struct error *error)
{
    struct string_list values = {0};
    for (size_t i = 0; i < model->environment_count; i++) {
        const char *found = report_environment_value(&model->environments[i], name);
        if (found && !string_list_contains(&values, found))
            string_list_push(&values, found);
    }
    char *text = format_list(&values);
    bool known = values.count > 0;
    if (known)
        value_set_word(value, text);
    else
        error_set(error, ERROR_INPUT, "the environment has no '%s'; an 'environment' marker shows what it has", name);
    free(text);
    string_list_release(&values);
    return known;
}

static bool find_value(struct value_request *request, size_t subject, struct value *value, struct error *error)
{
    static value_finder *const finders[VALUE_SUBJECTS] = {
        [VALUE_OF_VERSION] = value_of_version,     [VALUE_OF_CASE] = value_of_case,   [VALUE_OF_PAIR] = value_of_pair,
        [VALUE_OF_PUBLISHED] = value_of_published, [VALUE_OF_CLAIM] = value_of_claim,
    };
    const char *setting = attributes_get(request->attributes, "setting"),
               *environment = attributes_get(request->attributes, "environment"),
               *of = attributes_get(request->attributes, "of");
    if (!!setting + !!environment + !!of > 1)
        return error_set(error, ERROR_INPUT, "of=, setting= and environment= do not go together");
    if (setting)
        return value_of_setting(request, setting, value, error);
    if (environment)
        return of_environment(&request->publication->model, environment, value, error);
    if (!of && attributes_get(request->attributes, "to"))
        of = "ratio";
    if (!of && subjects[subject].subject == VALUE_OF_VERSION)
        return error_set(
            error, ERROR_INPUT,
            "a value of the version needs of=NAME; else pair=CASE/RUN, case=, claim= or published= is missing");
    request->name = value_name_find(subjects[subject].subject, of ? of : subjects[subject].default_name, error);
    return request->name && finders[subjects[subject].subject](request, value, error);
}

/* What came out is a number that can stand in a sentence. */
static bool check_known(const struct value *value, struct error *error)
{
    if (value->type == VALUE_TEXT)
        return value->text[0] ? true : error_set(error, ERROR_INPUT, "the value is empty");
    bool known = isfinite(value->numbers[0]) && (value->shape == VALUE_ONE || isfinite(value->numbers[1]));
    return known ? true : error_set(error, ERROR_INPUT, "the value is not known");
}

bool fragment_value(struct publication *publication, const struct marker *marker, struct text *text,
                    struct error *error)
{
    struct value_request request = {.publication = publication, .attributes = &marker->attributes};
    struct value value = {.text = NULL};
    struct text plain = TEXT_INIT;
    size_t subject = find_subject(&marker->attributes);
    bool ok = check_companions(&marker->attributes, subject, error) && find_value(&request, subject, &value, error) &&
              check_known(&value, error) &&
              value_show(&value, attributes_get(&marker->attributes, "format"), &plain, error);
    if (ok && value.type == VALUE_TEXT)
        markup_text(marker->format, plain.bytes, text);
    else if (ok) /* digits and our own words: no markup, and a bracket that is escaped is harder to read */
        text_append(text, plain.bytes);
    text_release(&plain);
    free(value.text);
    return ok;
}
