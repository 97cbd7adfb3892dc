/* SPDX-License-Identifier: Apache-2.0 */
#include "report/origin.h"

#include "base/banned.h"

const struct origin *origin_of(const struct store_result_rows *rows)
{
    static const struct origin published = {"published", "on other machines, with other versions"},
                               printed = {"printed by a tool", "on a machine and by versions that are not known"},
                               both = {"published or printed by a tool",
                                       "on other machines, those of a tool's output not known, with other versions"};
    size_t tools = 0;
    for (size_t i = 0; i < rows->count; i++)
        tools += string_equal(rows->items[i].source, "tool");
    return tools == 0 ? &published : tools == rows->count ? &printed : &both;
}
