/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#include "base/banned.h"

struct place {
    char root[64];
};

static int make_place(void **state)
{
    struct place *place = memory_zeroed(1, sizeof *place);
    *state = place;
    snprintf(place->root, sizeof place->root, "/tmp/kbench-test-XXXXXX");
    return mkdtemp(place->root) ? 0 : -1;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    bool ok = file_remove_tree(place->root, NULL);
    free(place);
    return ok ? 0 : -1;
}

/* <root>/<name>; the caller frees. */
static char *in(void **state, const char *name)
{
    return string_format("%s/%s", ((struct place *)*state)->root, name);
}

static void check_content(const char *path, const char *expected)
{
    struct text content = TEXT_INIT;
    assert_true(file_read(path, 1 << 20, &content, NULL));
    assert_string_equal(content.bytes, expected);
    text_release(&content);
}

static void test_write_replaces_whole(void **state)
{
    char *path = in(state, "a");
    assert_true(file_write(path, "first and longer", 16, NULL));
    int old = open(path, O_RDONLY | O_CLOEXEC);
    struct stat before, after;
    assert_int_equal(stat(path, &before), 0);
    assert_true(file_write(path, "second", 6, NULL));
    check_content(path, "second");
    /* Another file took its place: who has the old one open reads that to its end. */
    assert_int_equal(stat(path, &after), 0);
    assert_int_not_equal(before.st_ino, after.st_ino);
    char block[32] = "";
    assert_int_equal(read(old, block, sizeof block - 1), 16);
    assert_string_equal(block, "first and longer");
    close(old);
    free(path);
}

static void test_write_leaves_nothing_when_it_fails(void **state)
{
    struct error error = ERROR_INIT;
    char *folder = in(state, "folder");
    assert_int_equal(mkdir(folder, 0777), 0);
    char *inside = in(state, "folder/x");
    assert_true(file_write(inside, "x", 1, NULL));
    /* A folder that is not empty cannot be replaced by a file. */
    assert_false(file_write(folder, "y", 1, &error));
    assert_non_null(strstr(error.message, folder));
    assert_int_equal(error.category, ERROR_UNAVAILABLE);
    char *temporary = string_format("%s.tmp.%ld", folder, (long)getpid());
    assert_false(file_exists(temporary));
    free(temporary);
    char *missing = in(state, "no/such/folder");
    assert_false(file_write(missing, "y", 1, &error));
    free(missing);
    free(inside);
    free(folder);
}

static void test_read_limits(void **state)
{
    struct error error = ERROR_INIT;
    struct text content = TEXT_INIT;
    char *path = in(state, "a");
    assert_true(file_write(path, "12345", 5, NULL));
    assert_true(file_read(path, 5, &content, &error));
    text_clear(&content);
    assert_false(file_read(path, 4, &content, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    assert_non_null(strstr(error.message, "larger than 4 bytes"));
    free(path);
    path = in(state, "none");
    assert_false(file_read(path, 5, &content, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    assert_non_null(strstr(error.message, "No such file"));
    free(path);
    assert_false(file_read(((struct place *)*state)->root, 5, &content, &error));
    assert_non_null(strstr(error.message, "Is a directory"));
    text_release(&content);
}

static void test_make_folder(void **state)
{
    struct error error = ERROR_INIT;
    char *path = in(state, "a/b//c/");
    assert_true(file_make_folder(path, &error));
    assert_true(file_make_folder(path, &error));
    assert_true(file_exists(path));
    assert_true(file_make_folder("/", &error));
    assert_false(file_make_folder("", &error));
    char *file = in(state, "file"), *below = in(state, "file/x");
    assert_true(file_write(file, "x", 1, NULL));
    assert_false(file_make_folder(file, &error));
    assert_false(file_make_folder(below, &error));
    assert_non_null(strstr(error.message, "file"));
    free(below);
    free(file);
    free(path);
}

static void test_remove_tree_does_not_follow_links(void **state)
{
    struct error error = ERROR_INIT;
    char *kept = in(state, "kept"), *precious = in(state, "kept/precious"), *tree = in(state, "tree");
    char *deep = in(state, "tree/a/b"), *link_name = in(state, "tree/a/link"), *root_link = in(state, "root-link");
    assert_true(file_make_folder(kept, NULL));
    assert_true(file_write(precious, "x", 1, NULL));
    assert_true(file_make_folder(deep, NULL));
    assert_int_equal(symlink(kept, link_name), 0);
    assert_int_equal(symlink(kept, root_link), 0);
    assert_true(file_remove_tree(tree, &error));
    assert_false(file_exists(tree));
    assert_true(file_remove_tree(root_link, &error)); /* the link goes, not what it points to */
    struct stat status;
    assert_int_not_equal(lstat(root_link, &status), 0);
    check_content(precious, "x");
    assert_true(file_remove_tree(tree, &error)); /* a missing one is no error */
    free(kept);
    free(precious);
    free(tree);
    free(deep);
    free(link_name);
    free(root_link);
}

static void check_tail(const char *path, const char *content, int lines, const char *expected)
{
    struct text text = TEXT_INIT;
    assert_true(file_write(path, content, strlen(content), NULL));
    file_tail(path, lines, &text);
    assert_string_equal(text.bytes, expected);
    text_release(&text);
}

static void test_tail(void **state)
{
    char *path = in(state, "log");
    check_tail(path, "a\nb\nc\n", 2, "b\nc\n");
    check_tail(path, "a\nb\nc", 2, "b\nc");
    check_tail(path, "a\nb\n", 9, "a\nb\n");
    check_tail(path, "\n\n\n", 2, "\n\n");
    check_tail(path, "one", 1, "one");
    check_tail(path, "", 3, "");
    struct text text = TEXT_INIT, huge = TEXT_INIT;
    for (int i = 0; i < 10000; i++)
        text_append_format(&huge, "line %d\n", i);
    check_tail(path, huge.bytes, 2, "line 9998\nline 9999\n");
    char *missing = in(state, "missing");
    file_tail(missing, 3, &text);
    assert_string_equal(text.bytes, "");
    text_release(&huge);
    text_release(&text);
    free(missing);
    free(path);
}

static void test_free_bytes(void **state)
{
    char *missing = in(state, "not/yet/there");
    int64_t there = file_free_bytes(((struct place *)*state)->root);
    assert_true(there > 0);
    assert_true(file_free_bytes(missing) > 0);
    assert_true(file_free_bytes("/none") > 0);
    assert_true(file_free_bytes("none") > 0);
    free(missing);
}

static void test_sha256(void **state)
{
    (void)state;
    char hex[65];
    /* FIPS 180-4's examples. */
    file_sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    file_sha256_hex("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void test_folder_of_a_path(void **state)
{
    char *path = in(state, "new/deep/file.db"), *expected = in(state, "new/deep"),
         *below = in(state, "new/deep/file.db/x");
    struct error error = ERROR_INIT;
    char *folder = file_make_folder_of(path, &error);
    assert_string_equal(folder, expected);
    free(folder);
    assert_true(file_write(path, "", 0, NULL));
    assert_null(file_make_folder_of(below, &error)); /* a file is no folder */
    assert_int_equal(error.category, ERROR_UNAVAILABLE);
    folder = file_make_folder_of("/file.db", &error);
    assert_string_equal(folder, "/");
    free(folder);
    free(path);
    free(expected);
    free(below);
}

static void test_fifo(void **state)
{
    char *path = in(state, "fifo");
    struct error error = ERROR_INIT;
    char byte;
    int fd = file_make_fifo(path, 1 << 20, &error);
    assert_true(fd >= 0);
    assert_int_equal(read(fd, &byte, 1), 0); /* nobody writes, and nobody is waited for */
    assert_int_equal(fcntl(fd, F_GETPIPE_SZ), 1 << 20);
    assert_int_equal(file_make_fifo(path, 1 << 20, &error), -1); /* it is there */
    assert_non_null(strstr(error.message, path));
    close(fd);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_write_replaces_whole, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_write_leaves_nothing_when_it_fails, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_read_limits, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_make_folder, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_remove_tree_does_not_follow_links, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_tail, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_free_bytes, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_folder_of_a_path, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_fifo, make_place, remove_place),
        cmocka_unit_test(test_sha256),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
