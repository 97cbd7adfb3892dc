/* SPDX-License-Identifier: Apache-2.0 */
/* Markers in documents: which comments are one, what is wrong with them, and that nothing else of the bytes changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "publish/document.h"
#include "publish/kinds.h"

struct parsed {
    struct document document;
    struct error_list errors;
};

static struct parsed parse_bytes(const char *name, const char *bytes, size_t length)
{
    struct parsed parsed = {.errors = {0}};
    document_parse(name, bytes, length, &parsed.document, &parsed.errors);
    error_list_sort(&parsed.errors);
    return parsed;
}

static struct parsed parse(const char *bytes)
{
    return parse_bytes("a.md", bytes, strlen(bytes));
}

static void release(struct parsed *parsed)
{
    document_release(&parsed->document);
    error_list_release(&parsed->errors);
}

/* One marker each, or none, and no error. */
static void assert_markers(const char *bytes, size_t count)
{
    struct parsed parsed = parse(bytes);
    if (parsed.errors.count)
        fail_msg("%s: %s", bytes, parsed.errors.items[0].message);
    if (parsed.document.marker_count != count)
        fail_msg("%s: %zu markers", bytes, parsed.document.marker_count);
    release(&parsed);
}

/* Exactly one error, at this place, that says this. */
static void assert_error(const char *bytes, int line, int column, const char *part)
{
    struct parsed parsed = parse(bytes);
    if (parsed.errors.count != 1)
        fail_msg("%s: %zu errors, the last '%s'", bytes, parsed.errors.count,
                 parsed.errors.count ? parsed.errors.items[parsed.errors.count - 1].message : "");
    const struct error *error = &parsed.errors.items[0];
    assert_string_equal(error->file, "a.md");
    assert_int_equal(error->line, line);
    assert_int_equal(error->column, column);
    if (!strstr(error->message, part))
        fail_msg("'%s' lacks '%s'", error->message, part);
    release(&parsed);
}

/* With `fragment` between all markers the document is `expected`. */
static void assert_composed(const char *name, const char *bytes, size_t length, const char *fragment,
                            const char *expected, size_t expected_length)
{
    struct parsed parsed = parse_bytes(name, bytes, length);
    struct text fragments[8], composed = TEXT_INIT;
    assert_int_equal(parsed.errors.count, 0);
    assert_in_range(parsed.document.marker_count, 1, 8);
    for (size_t i = 0; i < parsed.document.marker_count; i++) {
        fragments[i] = (struct text)TEXT_INIT;
        text_append(&fragments[i], fragment);
    }
    document_compose(&parsed.document, fragments, &composed);
    assert_int_equal(composed.length, expected_length);
    assert_memory_equal(composed.bytes, expected, expected_length);
    for (size_t i = 0; i < parsed.document.marker_count; i++)
        text_release(&fragments[i]);
    text_release(&composed);
    release(&parsed);
}

#define COMPOSED(name, bytes, fragment, expected)                                                                      \
    assert_composed(name, bytes, sizeof bytes - 1, fragment, expected, sizeof expected - 1)

static void test_attributes(void **state)
{
    (void)state;
    struct parsed parsed =
        parse("<!--   kbench:chart kind=ratio\n  case=\"size[record.size=10] x\"   -->\n<!-- /kbench -->\n");
    assert_int_equal(parsed.errors.count, 0);
    assert_int_equal(parsed.document.marker_count, 1);
    const struct marker *marker = &parsed.document.markers[0];
    assert_string_equal(marker->kind->name, "chart");
    assert_string_equal(attributes_get(&marker->attributes, "kind"), "ratio");
    assert_string_equal(attributes_get(&marker->attributes, "case"), "size[record.size=10] x");
    assert_null(attributes_get(&marker->attributes, "against"));
    assert_int_equal(marker->position.line, 1);
    release(&parsed);
    parsed = parse("<!-- kbench:table case=size[record.size=10] -->\n<!-- /kbench -->\n");
    assert_string_equal(attributes_get(&parsed.document.markers[0].attributes, "case"), "size[record.size=10]");
    release(&parsed);
}

static void test_code_is_no_marker(void **state)
{
    (void)state;
    assert_markers("```\n<!-- kbench:table case=a -->\n```\n", 0);
    assert_markers("~~~ html\n<!-- kbench:nonsense\n```\n<!-- /kbench -->\n~~~\n", 0);
    assert_markers("- a\n\n  ```\n  <!-- kbench:table -->\n  ```\n", 0);
    assert_markers("> ```\n> <!-- kbench:table -->\n> ```\n", 0);
    assert_markers("a\n\n    <!-- kbench:table -->\n", 0);
    assert_markers("Write `<!-- kbench:table -->` and ``<!-- ` /kbench -->`` there.\n", 0);
    assert_markers("one `two\nthree <!-- kbench:value --> four` five\n", 0);
    assert_markers("\\<!-- kbench:table --> shown\n", 0);
    assert_markers("````\n```\n<!-- kbench:x -->\n```\n````\n\n<!-- kbench:head -->\n<!-- /kbench -->\n", 1);
    /* A fence that nothing closes goes to the end. */
    assert_markers("```\n<!-- kbench:table -->\n", 0);
}

static void test_what_only_looks_like_code(void **state)
{
    (void)state;
    assert_markers("a ` b <!-- kbench:value of=title -->c<!-- /kbench --> d\n", 1);
    assert_markers("a ` b\n\nnext <!-- kbench:value of=title -->c<!-- /kbench --> ` d\n", 1);
    assert_markers("a \\`<!-- kbench:value of=title -->c<!-- /kbench -->\\` d\n", 1);
    assert_markers("`a` <!-- kbench:value of=title -->`c`<!-- /kbench --> ``d``\n", 1);
    assert_markers("- a\n\n  <!-- kbench:head -->\n  <!-- /kbench -->\n", 1);
    assert_markers("<details><summary>a</summary>\n\n<!-- kbench:head -->\n<!-- /kbench -->\n\n</details>\n", 1);
    assert_markers("| a | <!-- kbench:value of=title -->c<!-- /kbench --> |\n", 1);
    assert_markers("<!-- a comment of somebody else: kbench:table -->\n<!-- /kbench-like -->\n", 0);
}

static void test_html_has_no_code(void **state)
{
    (void)state;
    static const char bytes[] = "<p>`<!-- kbench:value of=title -->x<!-- /kbench -->`</p>\n";
    COMPOSED("a.HTM", bytes, "y", "<p>`<!-- kbench:value of=title -->y<!-- /kbench -->`</p>\n");
    COMPOSED("a.html", "  <!-- kbench:head -->\n\n<!-- /kbench -->", "<p>\n</p>\n",
             "  <!-- kbench:head -->\n  <p>\n  </p>\n<!-- /kbench -->");
}

static void test_errors_of_markers(void **state)
{
    (void)state;
    assert_error("a\n\n<!-- kbench:tabel case=a -->\n<!-- /kbench -->\n", 3, 1,
                 "no kind of marker 'tabel', did you mean 'table'?");
    assert_error("<!-- kbench:settings -->\n<!-- /kbench -->\n", 1, 1, "a 'settings' marker needs case=CASE");
    assert_error("<!-- kbench:table cas=a case=b -->\n<!-- /kbench -->\n", 1, 1,
                 "no attribute 'cas', did you mean 'case'?");
    assert_error("<!-- kbench:table case=a case=b -->\n<!-- /kbench -->\n", 1, 1, "'case' is given twice");
    assert_error("<!-- kbench:table case=\"a -->\n<!-- /kbench -->\n", 1, 1, "quotation mark of 'case' is not closed");
    assert_error("<!-- kbench:table case=a\"b -->\n<!-- /kbench -->\n", 1, 1, "a quotation mark within the value");
    assert_error("<!-- kbench:table case= -->\n<!-- /kbench -->\n", 1, 1, "'case' has no value");
    assert_error("<!-- kbench:table a -->\n<!-- /kbench -->\n", 1, 1, "expected NAME=VALUE, not 'a'");
    assert_error("<!-- kbench:head -->\n<!-- /kbench:head -->\n", 2, 1, "a closing marker is <!-- /kbench -->");
}

static void test_errors_of_pairing(void **state)
{
    (void)state;
    assert_error("a\n<!-- /kbench -->\n", 2, 1, "a closing marker without an opening one");
    assert_error("<!-- kbench:head -->\n", 1, 1, "the marker is not closed");
    assert_error("a <!-- kbench:head\n", 1, 3, "'-->' is missing");
    assert_error("<!-- kbench:head -->\n<!-- kbench:environment -->\n<!-- /kbench -->\n", 2, 1,
                 "inside the one of line 1, which is not closed");
    assert_error("a <!-- kbench:value of=title -->1\n\nb <!-- /kbench -->\n", 3, 3, "closed in the same paragraph");
    struct parsed parsed = parse("<!-- /kbench -->\n<!-- kbench:x -->\n<!-- /kbench -->\n<!-- kbench:head -->\n");
    assert_int_equal(parsed.errors.count, 3);
    assert_int_equal(parsed.errors.items[2].line, 4);
    release(&parsed);
}

static void test_errors_of_place(void **state)
{
    (void)state;
    assert_error("a <!-- kbench:head -->\n<!-- /kbench -->\n", 1, 3, "stands on a line of its own");
    assert_error("<!-- kbench:head --> a\n<!-- /kbench -->\n", 1, 1, "stands on a line of its own");
    assert_error("<!-- kbench:head -->\na <!-- /kbench -->\n", 2, 3, "closing marker of a block stands on a line");
    assert_error("a\n<!-- kbench:value of=title -->1<!-- /kbench --> b\n", 2, 1, "at the beginning of a line");
    assert_error("- <!-- kbench:value of=title -->1<!-- /kbench --> b\n", 1, 3, "at the beginning of a line");
}

static void test_nothing_else_changes(void **state)
{
    (void)state;
    COMPOSED("a.md", "a <!-- kbench:value of=title -->1<!-- /kbench --> b", "22",
             "a <!-- kbench:value of=title -->22<!-- /kbench --> b");
    COMPOSED("a.md", "\xef\xbb\xbf<!-- kbench:head -->\r\nold\r\n<!-- /kbench -->\r\n\r\nz\xff\xfe\x00q",
             "one\ntwo\n\n",
             "\xef\xbb\xbf<!-- kbench:head -->\r\n\r\none\r\ntwo\r\n\r\n<!-- /kbench -->\r\n\r\nz\xff\xfe\x00q");
    COMPOSED("a.md", "- x\n\n  <!-- kbench:head -->  \n  <!-- /kbench -->\t\n- y\n", "one\n\ntwo",
             "- x\n\n  <!-- kbench:head -->  \n\n  one\n\n  two\n\n  <!-- /kbench -->\t\n- y\n");
    COMPOSED("a.md", "<!-- kbench:head -->\n\na\n\n<!-- /kbench -->\nb", "",
             "<!-- kbench:head -->\n\n<!-- /kbench -->\nb");
    COMPOSED("a.md", "<!-- kbench:head -->\rx\r<!-- /kbench -->", "a\nb\n",
             "<!-- kbench:head -->\r\ra\rb\r\r<!-- /kbench -->");
    COMPOSED("a.md", "x <!-- kbench:value of=title -->wrapped\n<!-- /kbench --> y\n", "1",
             "x <!-- kbench:value of=title -->1<!-- /kbench --> y\n");
}

static void test_what_is_composed_is_found_again(void **state)
{
    (void)state;
    static const char once[] =
        "a <!-- kbench:value of=title -->1<!-- /kbench -->\n\n<!-- kbench:head -->\n\n| x |\n| - |\n\n<!-- /kbench -->\n";
    struct parsed parsed = parse(once);
    struct text fragments[2] = {TEXT_INIT, TEXT_INIT}, composed = TEXT_INIT;
    assert_int_equal(parsed.document.marker_count, 2);
    text_append(&fragments[0], "1");
    text_append(&fragments[1], "| x |\n| - |\n\n");
    document_compose(&parsed.document, fragments, &composed);
    assert_string_equal(composed.bytes, once);
    text_release(&fragments[0]);
    text_release(&fragments[1]);
    text_release(&composed);
    release(&parsed);
}

/* The second paragraph of a footnote is indented as code is, and shown as text. */
static void test_footnotes(void **state)
{
    (void)state;
    static const char value[] = "<!-- kbench:value of=title -->1<!-- /kbench -->";
    static const struct {
        const char *before;
        size_t count;
    } cases[] = {{"[^a]: b ", 1},
                 {"[^a]: b\n\n    c ", 1},
                 {"[^a]: b\n\n    c\n\n    d ", 1},
                 {"[^a]: b\n\n\tc ", 1},
                 {"[^a]: b\n\n    - c\n\n    d ", 1},
                 {"[^a]: b\n\n        c ", 0},
                 {"[^a]: b\n\n    ```\n    c ", 0},
                 {"[^a]: b\n\nc\n\n    d ", 0},
                 {"[a]: b\n\n    c ", 0},
                 {"a\n\n    [^a]: b ", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *document = string_format("%s%s\n", cases[i].before, value);
        assert_markers(document, cases[i].count);
        free(document);
    }
    COMPOSED("a.md", "[^a]: b\n\n    <!-- kbench:head -->\n    <!-- /kbench -->\n", "c",
             "[^a]: b\n\n    <!-- kbench:head -->\n\n    c\n\n    <!-- /kbench -->\n");
}

/* Millions of comments that nothing closes are read in one go over the document. */
static void test_many_open_comments(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    text_append(&text, "<!-- kbench:head -->\n<!-- /kbench -->\n");
    for (int i = 0; i < 1000000; i++)
        text_append(&text, "<!-- a\n");
    struct parsed parsed = parse_bytes("a.html", text.bytes, text.length);
    assert_int_equal(parsed.errors.count, 0);
    assert_int_equal(parsed.document.marker_count, 1);
    release(&parsed);
    text_release(&text);
}

static void test_nothing(void **state)
{
    (void)state;
    assert_markers("", 0);
    assert_markers("\n", 0);
    assert_markers("<!--", 0);
    assert_markers("<!-- -->", 0);
    assert_int_equal(document_format_of("a/b.html/c"), DOCUMENT_MARKDOWN);
    assert_int_equal(document_format_of("README"), DOCUMENT_MARKDOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_code_is_no_marker),
        cmocka_unit_test(test_what_only_looks_like_code),
        cmocka_unit_test(test_html_has_no_code),
        cmocka_unit_test(test_errors_of_markers),
        cmocka_unit_test(test_errors_of_pairing),
        cmocka_unit_test(test_errors_of_place),
        cmocka_unit_test(test_nothing_else_changes),
        cmocka_unit_test(test_what_is_composed_is_found_again),
        cmocka_unit_test(test_footnotes),
        cmocka_unit_test(test_many_open_comments),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
