/* SPDX-License-Identifier: Apache-2.0 */
/* The table that `kbench verify` prints. */
#include "base/utf8.h"
#include "verify/verify.h"

#include "base/banned.h"

enum { CELLS = 4 };
struct row {
    const char *cells[CELLS];
};

static const struct row titles = {{"POINT", "WHAT IS TRUE", "WHAT KBENCH MEASURED", "VERDICT"}};

static struct row row_of(const struct store_verification_point *point)
{
    return (struct row){{point->name, point->truth, point->measured ? point->measured : "-", point->verdict}};
}

/* In characters: units and ranges are not all ASCII. */
static int width_of(const char *string)
{
    return (int)utf8_count(string, strlen(string));
}

static void widen(int widths[CELLS], const struct row *row)
{
    for (int i = 0; i < CELLS; i++)
        if (width_of(row->cells[i]) > widths[i])
            widths[i] = width_of(row->cells[i]);
}

static void print_row(FILE *file, const struct row *row, const int widths[CELLS])
{
    for (int i = 0; i + 1 < CELLS; i++)
        fprintf(file, "%s%*s", row->cells[i], widths[i] - width_of(row->cells[i]) + 2, "");
    fprintf(file, "%s\n", row->cells[CELLS - 1]);
}

void verify_print(const struct store_verification *found, void *file)
{
    int widths[CELLS] = {0};
    widen(widths, &titles);
    for (size_t i = 0; i < found->point_count; i++) {
        struct row row = row_of(&found->points[i]);
        widen(widths, &row);
    }
    print_row(file, &titles, widths);
    for (size_t i = 0; i < found->point_count; i++) {
        struct row row = row_of(&found->points[i]);
        print_row(file, &row, widths);
    }
    for (size_t i = 0; i < found->point_count; i++)
        if (!string_equal(found->points[i].verdict, "pass") && found->points[i].detail)
            fprintf(file, "%s: %s\n", found->points[i].name, found->points[i].detail);
}
