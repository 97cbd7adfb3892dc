/* SPDX-License-Identifier: Apache-2.0 */
/* Folders as archives and back; hashes of a folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/process.h"
#include "bundle/archive.h"
#include "bundle/sums.h"
#include "bundle/tree.h"

#define assert_ok(condition, error)                                                                                    \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            fail_msg("%s", (error)->message);                                                                          \
    } while (0)

static int set_up(void **state)
{
    *state = file_make_temporary_folder(NULL);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    file_remove_tree(*state, NULL);
    free(*state);
    return 0;
}

static void put(const char *folder, const char *name, const char *content)
{
    struct error error = ERROR_INIT;
    char *path = string_format("%s/%s", folder, name);
    assert_ok(tree_write(path, &(struct text){.bytes = (char *)(uintptr_t)content, .length = strlen(content)}, &error),
              &error);
    free(path);
}

static void run(const char *const *arguments)
{
    struct error error = ERROR_INIT;
    struct process_result result;
    struct text output = TEXT_INIT, complaint = TEXT_INIT;
    const struct process_spec spec = {.arguments = arguments};
    assert_ok(process_run(&spec, 60000, 1 << 20, &output, &complaint, &result, &error), &error);
    if (result.status != 0)
        fail_msg("%s %s: %s", arguments[0], arguments[1], complaint.bytes);
    text_release(&output);
    text_release(&complaint);
}

static void assert_same_file(const char *a, const char *b)
{
    char left[65], right[65];
    struct error error = ERROR_INIT;
    assert_ok(file_sha256(a, left, &error) && file_sha256(b, right, &error), &error);
    assert_string_equal(left, right);
}

/* Neither when nor in what order nor how the files came about is in the archive. */
static void test_the_same_files_give_the_same_bytes(void **state)
{
    const char *folder = *state;
    struct error error = ERROR_INIT;
    char *one = string_format("%s/one", folder), *two = string_format("%s/two", folder);
    char *a = string_format("%s/a.tar.gz", folder), *b = string_format("%s/b.tar.gz", folder), *root, *path;
    char *unpacked = string_format("%s/unpacked", folder);
    put(one, "x/a.txt", "a");
    put(one, "x/b/c.txt", "c");
    put(two, "x/b/c.txt", "c");
    put(two, "x/a.txt", "a");
    path = string_format("%s/x/a.txt", two);
    assert_int_equal(chmod(path, 0600), 0);
    assert_ok(archive_write(one, "x", 1000000000, a, &error) && archive_write(two, "x", 1000000000, b, &error), &error);
    assert_same_file(a, b);
    assert_ok(file_make_folder(unpacked, &error) && archive_unpack(a, unpacked, &root, &error), &error);
    struct string_list files = {0};
    struct stat status;
    assert_ok(tree_list(root, &files, &error), &error);
    assert_int_equal(files.count, 2);
    assert_string_equal(files.items[0], "a.txt");
    assert_string_equal(files.items[1], "b/c.txt");
    free(path);
    path = string_format("%s/a.txt", root);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mtime, 1000000000);
    string_list_release(&files);
    free(one), free(two), free(a), free(b), free(unpacked), free(root), free(path);
}

static void test_sources_of_a_commit(void **state)
{
    const char *folder = *state;
    struct error error = ERROR_INIT;
    char *repository = string_format("%s/repository", folder), *clone = string_format("%s/clone", folder);
    char *a = string_format("%s/a.tar.gz", folder), *b = string_format("%s/b.tar.gz", folder), *root;
    char *unpacked = string_format("%s/unpacked", folder);
    put(repository, "src/a.c", "int a;\n");
    run((const char *const[]){"git", "init", "-q", repository, NULL});
    run((const char *const[]){"git", "-C", repository, "add", ".", NULL});
    run((const char *const[]){"git", "-C", repository, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit",
                              "-qm", "a", NULL});
    run((const char *const[]){"git", "clone", "-q", repository, clone, NULL});
    put(repository, "src/a.c", "int changed;\n");
    assert_ok(archive_write_commit(repository, "HEAD", "k", a, &error) &&
                  archive_write_commit(clone, "HEAD", "k", b, &error),
              &error);
    assert_same_file(a, b);
    assert_ok(file_make_folder(unpacked, &error) && archive_unpack(a, unpacked, &root, &error), &error);
    char *path = string_format("%s/src/a.c", root);
    struct text content = TEXT_INIT;
    assert_ok(file_read(path, 100, &content, &error), &error);
    assert_string_equal(content.bytes, "int a;\n");
    text_release(&content);
    free(repository), free(clone), free(a), free(b), free(unpacked), free(root), free(path);
}

static void test_hashes(void **state)
{
    const char *folder = *state;
    struct error error = ERROR_INIT;
    put(folder, "a.txt", "abc");
    put(folder, "b/c.txt", "");
    assert_ok(sums_write(folder, &error) && sums_check(folder, &error), &error);
    char *path = string_format("%s/" SUMS_NAME, folder);
    struct text content = TEXT_INIT;
    assert_ok(file_read(path, 1000, &content, &error), &error);
    assert_string_equal(content.bytes, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n"
                                       "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b/c.txt\n");
    put(folder, "d.txt", "more");
    assert_false(sums_check(folder, &error));
    assert_non_null(strstr(error.message, "'d.txt' is not what"));
    put(folder, "aa.txt", "between the two");
    assert_false(sums_check(folder, &error));
    assert_non_null(strstr(error.message, "'aa.txt' is not what"));
    char *missing = string_format("%s/a.txt", folder);
    assert_int_equal(unlink(missing), 0);
    assert_false(sums_check(folder, &error));
    assert_non_null(strstr(error.message, "'a.txt' is not what"));
    free(missing);
    text_release(&content);
    free(path);
}

static void test_what_is_no_whole_archive(void **state)
{
    const char *folder = *state;
    struct error error = ERROR_INIT;
    char *root = NULL, *target = string_format("%s/target", folder), *path = string_format("%s/x.tar.gz", folder);
    struct text content = TEXT_INIT;
    put(folder, "in/a.txt", "abc");
    assert_ok(file_make_folder(target, &error) && archive_write(folder, "in", 1, path, &error) &&
                  file_read(path, 1 << 20, &content, &error),
              &error);
    for (size_t length = 0; length < content.length; length += content.length / 2) {
        assert_ok(file_write(path, content.bytes, length, &error), &error);
        assert_false(archive_unpack(path, target, &root, &error));
        assert_int_equal(error.category, ERROR_INPUT);
        assert_null(strchr(error.message, '\n'));
        assert_non_null(strstr(error.message, "unexpected end of file"));
        assert_null(root);
    }
    text_release(&content);
    free(target);
    free(path);
}

static void test_a_link_is_no_file(void **state)
{
    const char *folder = *state;
    struct error error = ERROR_INIT;
    struct string_list files = {0};
    char *path = string_format("%s/link", folder);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_false(tree_list(folder, &files, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    string_list_release(&files);
    free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_same_files_give_the_same_bytes), TEST(test_sources_of_a_commit), TEST(test_hashes),
        TEST(test_what_is_no_whole_archive),           TEST(test_a_link_is_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
