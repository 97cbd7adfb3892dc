/* SPDX-License-Identifier: Apache-2.0 */
#include "report/difference.h"
#include "report/format.h"
#include "report/wording.h"

#include "base/banned.h"

/* A value that the client says is in force under Kafka's own name, other than what was asked for. */
static bool is_other_than_asked(const struct report_setting *setting)
{
    return setting->applied && setting->requested.count == 1 && setting->in_force.count > 0 &&
           setting->natives.count == 1 && string_equal(setting->natives.items[0], setting->canonical) &&
           (setting->in_force.count > 1 ||
            !difference_same_value(setting->requested.items[0], setting->in_force.items[0]));
}

char *wording_setting_note(const struct report_pair *pair, const struct report_setting *setting)
{
    bool other = is_other_than_asked(setting);
    if (setting->applied && !other)
        return NULL;
    char *asked = format_list(&setting->requested), *in_force = format_list(&setting->in_force);
    char *note = string_format("%s: %s=%s %s%s%s.", pair->run->title, setting->canonical, asked,
                               other ? "was asked for, in force was " : "was asked for and is not applied",
                               other || !in_force[0] ? "" : "; in force was ", in_force);
    free(asked);
    free(in_force);
    return note;
}

char *wording_setting_value(const struct report_setting *setting)
{
    if (setting && setting->in_force.count > 0)
        return format_list(&setting->in_force);
    if (!setting || setting->requested.count == 0)
        return string_copy("not told");
    char *asked = format_list(&setting->requested);
    char *value = string_format(setting->applied ? "%s (asked for)" : "%s not applied", asked);
    free(asked);
    return value;
}

/* Settings that Kafka's names do not cover, and arguments of a client's JVM; properties of the JVM may be secrets. */
static void append_own(const struct report_pair *pair, struct text *text)
{
    struct text own = TEXT_INIT;
    for (size_t i = 0; i < pair->own_settings.count; i++)
        text_append_format(&own, "%s%s", own.length ? ", " : "", pair->own_settings.items[i]);
    for (size_t i = 0; i < pair->run->jvm.count; i++)
        if (!string_starts_with(pair->run->jvm.items[i], "-D"))
            text_append_format(&own, "%s%s", own.length ? ", " : "", pair->run->jvm.items[i]);
    if (own.length)
        text_append_format(text, "%s%s: %s", text->length ? "; " : "", pair->run->title, own.bytes);
    text_release(&own);
}

char *wording_own_settings(const struct report_case *report_case)
{
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < report_case->pair_count; i++)
        append_own(&report_case->pairs[i], &text);
    return text_detach(&text);
}
