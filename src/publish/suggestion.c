/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/suggestion.h"

#include "base/banned.h"

char *suggestion_of(const char *word, const struct string_list *names)
{
    struct text text = TEXT_INIT;
    const char *nearest = string_nearest(word, (const char *const *)names->items, names->count);
    if (nearest)
        return string_format(", did you mean '%s'?", nearest);
    text_append(&text, names->count == 1 ? "; there is only " : names->count ? "; there are " : "; there are none");
    for (size_t i = 0; i < names->count; i++)
        text_append_format(&text, "%s%s", i == 0 ? "" : i + 1 == names->count ? " and " : ", ", names->items[i]);
    return text_detach(&text);
}
