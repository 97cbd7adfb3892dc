/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/datasette.h"

#include "base/file.h"
#include "store/cookbook.h"
#include "store/documentation.h"

#include "base/banned.h"

#define SOURCE "kbench: reproducible benchmarks of Apache Kafka clients"
#define LICENSE "Apache-2.0"
#define LICENSE_URL "https://www.apache.org/licenses/LICENSE-2.0"

/* How the tables that people look at first are shown. A page of many columns has fewer rows: Pint takes its time for each cell. */
static const struct view {
    const char *table, *sort_descending, *label_column;
    const char *facets[5];
    int rows_on_a_page; /* 0: as many as Datasette shows */
} views[] = {
    {"results", NULL, NULL, {"experiment", "case_name", "run_name", "status"}, 50},
    {"summaries", NULL, NULL, {"experiment", "case_name", "run_name", "metric"}, 0},
    {"experiment", "registered_at", "version", {NULL}, 0},
    {"experiment_case", NULL, "name", {NULL}, 0},
    {"run", NULL, "name", {"driver"}, 0},
    {"campaign", "started_at", "started_at", {"how"}, 0},
    {"trial", "started_at", NULL, {"status", "client_library"}, 50},
    {"published", NULL, NULL, {"version", "source"}, 0},
    {"verification", "ran_at", "ran_at", {"passed"}, 0},
};

/* Datasette reads units with Pint, which knows these under such names. The others stand in the column's description alone. */
static const char *pint_unit(const char *unit)
{
    static const char *const known[][2] = {
        {"s", "s"}, {"ms", "ms"}, {"ns", "ns"}, {"bytes", "byte"}, {"MHz", "MHz"},
    };
    for (size_t i = 0; unit && i < sizeof known / sizeof *known; i++)
        if (string_equal(unit, known[i][0]))
            return known[i][1];
    return NULL;
}

static void put_string(json_t *object, const char *key, const char *string)
{
    if (string)
        json_object_set_new(object, key, json_string(string));
}

static void put_view(json_t *table, const char *name)
{
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        const struct view *view = &views[i];
        if (!string_equal(view->table, name))
            continue;
        put_string(table, "sort_desc", view->sort_descending);
        put_string(table, "label_column", view->label_column);
        json_t *facets = json_array();
        for (const char *const *facet = view->facets; *facet; facet++)
            json_array_append_new(facets, json_string(*facet));
        json_object_set_new(table, "facets", facets);
        if (view->rows_on_a_page)
            json_object_set_new(table, "size", json_integer(view->rows_on_a_page));
    }
}

static json_t *make_table(const struct store_documentation_row *row)
{
    json_t *table = json_object();
    put_string(table, "description", row->description);
    put_view(table, row->table_name);
    json_object_set_new(table, "columns", json_object());
    json_object_set_new(table, "units", json_object());
    return table;
}

static void put_column(json_t *table, const struct store_documentation_row *row)
{
    char *description =
        row->unit ? string_format("%s (%s)", row->description, row->unit) : string_copy(row->description);
    put_string(json_object_get(table, "columns"), row->column_name, description);
    put_string(json_object_get(table, "units"), row->column_name, pint_unit(row->unit));
    free(description);
}

static json_t *make_tables(const struct store_documentation *documentation)
{
    json_t *tables = json_object();
    for (size_t i = 0; i < documentation->count; i++) {
        const struct store_documentation_row *row = &documentation->items[i];
        if (!row->column_name[0]) /* comes before its columns */
            json_object_set_new(tables, row->table_name, make_table(row));
        else
            put_column(json_object_get(tables, row->table_name), row);
    }
    return tables;
}

static json_t *make_queries(const struct store_cookbook *cookbook)
{
    json_t *queries = json_object();
    for (size_t i = 0; i < cookbook->count; i++) {
        const struct store_recipe *recipe = &cookbook->items[i];
        struct text description = TEXT_INIT;
        json_t *query = json_object(), *parameters = json_array();
        text_append(&description, recipe->description);
        for (size_t j = 0; j < recipe->parameters.count; j++) {
            text_append_format(&description, " %s: %s.", recipe->parameters.items[j], recipe->meanings.items[j]);
            json_array_append_new(parameters, json_string(recipe->parameters.items[j]));
        }
        put_string(query, "title", recipe->title);
        put_string(query, "description", description.bytes);
        put_string(query, "sql", recipe->sql);
        json_object_set_new(query, "params", parameters);
        json_object_set_new(query, "hide_sql", json_true()); /* the rows come first; a click shows it */
        json_object_set_new(queries, recipe->name, query);
        text_release(&description);
    }
    return queries;
}

/* The file's name without folder and ending. The caller frees. */
static char *database_name(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return dot && dot != name ? string_format("%.*s", (int)(dot - name), name) : string_copy(name);
}

static json_t *make_metadata(const char *name, const struct store_documentation *documentation,
                             const struct store_cookbook *cookbook)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:{s:s, s:o, s:o}}}", "title", "Benchmarks of Apache Kafka clients",
                     "description", "Every trial with its environment, as kbench has measured it", "license", LICENSE,
                     "license_url", LICENSE_URL, "source", SOURCE, "databases", name, "description",
                     "The views results and summaries are the public interface. NULL means \"not known\", never 0.",
                     "queries", make_queries(cookbook), "tables", make_tables(documentation));
}

static bool write_metadata(const json_t *metadata, const char *folder, struct error *error)
{
    char *path = string_format("%s/metadata.json", folder);
    char *text = json_dumps(metadata, JSON_INDENT(2));
    bool ok = file_make_folder(folder, error) && file_write(path, text, strlen(text), error);
    free(text);
    free(path);
    return ok;
}

bool exchange_datasette(struct store *store, const char *database, const char *folder, struct error *error)
{
    struct store_documentation documentation = {0};
    struct store_cookbook cookbook = {0};
    json_t *metadata = NULL;
    char *name = database_name(database);
    bool ok = store_read_documentation(store, &documentation, error) && store_read_cookbook(&cookbook, error);
    if (ok && !(metadata = make_metadata(name, &documentation, &cookbook)))
        ok = error_set(error, ERROR_INPUT, "the name of the database '%s' is no UTF-8", database);
    ok = ok && write_metadata(metadata, folder, error);
    json_decref(metadata);
    free(name);
    store_cookbook_release(&cookbook);
    store_documentation_release(&documentation);
    return ok;
}
