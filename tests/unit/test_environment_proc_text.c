/* SPDX-License-Identifier: Apache-2.0 */
/* The samples in tests/data/proc are of the form that the kernel's documentation gives (proc(5), Documentation/accounting/psi). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "environment/mount.h"
#include "environment/proc_text.h"

#include "near.h"

#include "base/banned.h"

static char *sample(const char *name)
{
    struct text content = TEXT_INIT;
    char *path = string_format("%s/tests/data/proc/%s", file_home(), name);
    assert_true(file_read(path, 1 << 20, &content, NULL));
    free(path);
    return text_detach(&content);
}

static void test_cpu_times(void **state)
{
    (void)state;
    struct proc_cpu_times times;
    char *text = sample("stat");
    assert_true(proc_cpu_times(text, 100, &times));
    /* user 12455 + nice 100 + system 3174 + irq 5 + softirq 62; guest is part of user. */
    assert_near(times.busy_s, 157.96, 1e-9);
    assert_near(times.steal_s, 0.42, 1e-9);
    /* and idle 88331, iowait 281, steal 42 */
    assert_near(times.total_s, 1044.50, 1e-9);
    assert_true(proc_cpu_times(text, 1000, &times));
    assert_near(times.busy_s, 15.796, 1e-9);
    free(text);
}

static void test_cpu_times_that_are_not_there(void **state)
{
    (void)state;
    struct proc_cpu_times times;
    char *text = sample("stat-without-steal");
    assert_true(proc_cpu_times(text, 100, &times));
    assert_near(times.busy_s, 15, 1e-9);
    assert_near(times.steal_s, -1, 0);
    assert_near(times.total_s, 55, 1e-9);
    free(text);
    assert_false(proc_cpu_times("", 100, &times));
    assert_false(proc_cpu_times("cpu 1 2 3", 100, &times));
    assert_false(proc_cpu_times("cpu0 1 2 3 4 5 6 7 8", 100, &times));
}

static void test_pressure(void **state)
{
    (void)state;
    char *text = sample("pressure");
    assert_near(proc_pressure_some_s(text), 2.724317, 1e-12);
    /* The "full" line is another figure. */
    assert_near(proc_pressure_some_s(strchr(text, '\n') + 1), -1, 0);
    assert_near(proc_pressure_some_s(""), -1, 0);
    free(text);
}

static void test_disk_busy(void **state)
{
    (void)state;
    char *text = sample("disk-stat");
    assert_near(proc_disk_busy_s(text), 225.168, 1e-9);
    assert_near(proc_disk_busy_s("1 2 3 4 5 6 7 8 9"), -1, 0);
    assert_near(proc_disk_busy_s(""), -1, 0);
    free(text);
}

static void test_started(void **state)
{
    (void)state;
    char *text = sample("thread-stat");
    assert_int_equal(proc_started_ticks(text), 1157821);
    assert_int_equal(proc_started_ticks("4711 (a) R 1 2 3"), -1);
    assert_int_equal(proc_started_ticks(""), -1);
    free(text);
}

static void test_meminfo(void **state)
{
    (void)state;
    char *text = sample("meminfo");
    assert_int_equal(proc_meminfo_bytes(text, "MemTotal"), INT64_C(24684092) * 1024);
    assert_int_equal(proc_meminfo_bytes(text, "SwapTotal"), 0);
    assert_int_equal(proc_meminfo_bytes(text, "Mem"), -1);
    assert_int_equal(proc_meminfo_bytes(text, "HugePages_Total"), -1);
    assert_int_equal(proc_dirty_bytes(text), (1234 + 56) * 1024);
    assert_int_equal(proc_dirty_bytes("Dirty: 1 kB\n"), -1);
    assert_int_equal(proc_dirty_bytes("Dirty: 1 kB\nWritebackTmp: 1 kB\n"), -1);
    free(text);
}

static void check_value(const char *text, const char *key, char separator, const char *expected)
{
    char *value = proc_value(text, key, separator);
    if (expected)
        assert_string_equal(value, expected);
    else
        assert_null(value);
    free(value);
}

static void test_values(void **state)
{
    (void)state;
    char *cpuinfo = sample("cpuinfo"), *release = sample("os-release");
    check_value(cpuinfo, "model name", ':', "Some (R) Processor: v2");
    check_value(cpuinfo, "model", ':', "207");
    check_value(cpuinfo, "power management", ':', NULL);
    check_value(cpuinfo, "mode", ':', NULL);
    check_value(release, "PRETTY_NAME", '=', "Some GNU/Linux 12 (worm)");
    check_value(release, "NAME", '=', "Some GNU/Linux");
    check_value(release, "ID", '=', "some");
    check_value(release, "VARIANT", '=', NULL);
    check_value(release, "VERSION", '=', NULL);
    check_value("KEY", "KEY", '=', NULL);
    free(cpuinfo);
    free(release);
}

static void test_lists(void **state)
{
    (void)state;
    assert_true(proc_list_has("fpu hypervisor lahf", "hypervisor"));
    assert_true(proc_list_has("hypervisor", "hypervisor"));
    assert_true(proc_list_has("fpu\thypervisor\n", "hypervisor"));
    assert_false(proc_list_has("fpu hypervisor2 xhypervisor", "hypervisor"));
    assert_false(proc_list_has("", "hypervisor"));
    char *chosen = proc_bracketed("always [madvise] never");
    assert_string_equal(chosen, "madvise");
    free(chosen);
    assert_null(proc_bracketed("none"));
    assert_null(proc_bracketed("[]"));
    assert_null(proc_bracketed("a] [b"));
}

static void test_containers(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"cgroup-host", "none"},
                                           {"cgroup-kubernetes", "kubernetes"},
                                           {"cgroup-docker", "docker"},
                                           {"cgroup-silent", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = sample(cases[i][0]);
        assert_true(string_equal(proc_container(text), cases[i][1]));
        free(text);
    }
}

static void check_mount(const char *text, const char *path, const char *file_system, const char *source)
{
    struct mount mount;
    assert_true(mount_find(text, path, &mount));
    assert_string_equal(mount.file_system, file_system);
    assert_string_equal(mount.source, source);
    mount_release(&mount);
}

static void test_mounts(void **state)
{
    (void)state;
    struct mount mount;
    char *text = sample("mountinfo");
    check_mount(text, "/var/lib/kafka", "ext4", "/dev/vda");
    check_mount(text, "/", "ext4", "/dev/vda");
    check_mount(text, "/database", "ext4", "/dev/vda"); /* begins like /data, but lies beside it */
    check_mount(text, "/data/kafka", "tmpfs", "none");  /* mounted over the xfs */
    check_mount(text, "/data", "tmpfs", "none");
    check_mount(text, "/data/big disk/logs", "btrfs", "/dev/sdb");
    check_mount(text, "/srv/a\\b", "overlay", "overlay");
    check_mount(text, "/home/somebody", "ext4", "/dev/sda1");
    free(text);
    assert_false(mount_find("", "/", &mount));
    assert_false(mount_find("1 2 3\n4 5 - \n - ", "/", &mount));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cpu_times),  cmocka_unit_test(test_cpu_times_that_are_not_there),
        cmocka_unit_test(test_pressure),   cmocka_unit_test(test_disk_busy),
        cmocka_unit_test(test_started),    cmocka_unit_test(test_meminfo),
        cmocka_unit_test(test_values),     cmocka_unit_test(test_lists),
        cmocka_unit_test(test_containers), cmocka_unit_test(test_mounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
