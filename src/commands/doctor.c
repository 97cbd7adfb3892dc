/* SPDX-License-Identifier: Apache-2.0 */
/* kbench doctor: what this machine has and lacks for a campaign, each with the command that gets it. Changes nothing. */
#include <inttypes.h>
#include <librdkafka/rdkafka.h>
#include <sys/resource.h>

#include "base/file.h"
#include "base/process.h"
#include "base/text.h"
#include "commands/command.h"
#include "driver/driver.h"
#include "driver/placeholder.h"
#include "environment/sampler.h"

#include "base/banned.h"

#define PROGRAM_MS 20000
#define JAVA_OLDEST 17
#define OPEN_FILES_LEAST 4096
#define GIB (INT64_C(1) << 30)
#define DISK_LEAST_BYTES (1 * GIB)
#define DISK_GOOD_BYTES (10 * GIB)
#define MEMORY_LEAST_BYTES (2 * GIB)
#define MEMORY_GOOD_BYTES (5 * GIB)

enum verdict {
    GOOD,
    NOTE,    /* results are worse, or something that can be done without */
    MISSING, /* a campaign cannot do without */
};

struct doctor {
    int missing;
};

/* One line; `advice` (may be NULL) stands where the verdict is not GOOD. */
static void tell(struct doctor *doctor, enum verdict verdict, const char *name, const char *found, const char *advice)
{
    static const char *const marks[] = {[GOOD] = "ok", [NOTE] = "note", [MISSING] = "missing"};
    doctor->missing += verdict == MISSING;
    printf("%-8s %-32s %s", marks[verdict], name, found);
    if (verdict != GOOD && advice)
        printf("; %s", advice);
    putchar('\n');
}

/* ---- programs ---- */

/* The first line that a program prints, on whichever stream; NULL when it does not run or fails. The caller frees. */
static char *first_line(const char *const *arguments)
{
    struct text output = TEXT_INIT, errors = TEXT_INIT;
    struct process_result result;
    struct error error = ERROR_INIT;
    const struct process_spec spec = {.arguments = arguments};
    char *line = NULL;
    if (process_run(&spec, PROGRAM_MS, 1 << 20, &output, &errors, &result, &error) && result.status == 0) {
        const char *bytes = output.length ? output.bytes : errors.bytes;
        line = string_format("%.*s", (int)strcspn(bytes, "\r\n"), bytes);
    }
    text_release(&output);
    text_release(&errors);
    return line;
}

static const struct program {
    const char *name;
    const char *arguments[4]; /* that make it print its version */
    enum verdict without;
    const char *advice;
} programs[] = {
    {"compiler", {"gcc", "--version"}, MISSING, "type: apt-get install gcc libc6-dev"},
    {"make", {"make", "--version"}, MISSING, "type: apt-get install make"},
    {"pkg-config", {"pkg-config", "--version"}, MISSING, "type: apt-get install pkg-config"},
    {"git", {"git", "--version"}, NOTE, "the commit is then not recorded; type: apt-get install git"},
    {"maven", {"mvn", "-q", "--version"}, MISSING, "it fetches the broker; type: apt-get install maven"},
    {"python3", {"python3", "--version"}, NOTE, "clients in Python need it; type: apt-get install python3"},
    {"python3 venv",
     {"python3", "-c", "import venv, ensurepip; print('usable')"},
     NOTE,
     "clients in Python need it; type: apt-get install python3-venv"},
    {"gnuplot", {"gnuplot", "--version"}, NOTE, "charts need it; type: apt-get install gnuplot-nox"},
    {"sqlite3 shell",
     {"sqlite3", "--version"},
     NOTE,
     "'kbench sql' without a query needs it; type: apt-get install sqlite3"},
};

static void check_programs(struct doctor *doctor)
{
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        const struct program *program = &programs[i];
        char *line = first_line(program->arguments);
        tell(doctor, line ? GOOD : program->without, program->name, line ? line : "not found", program->advice);
        free(line);
    }
}

static void check_java(struct doctor *doctor)
{
    char *java = program_java();
    char *line = first_line((const char *[]){java, "-version", NULL});
    const char *quote = line ? strchr(line, '"') : NULL;
    bool new_enough = quote && strtol(quote + 1, NULL, 10) >= JAVA_OLDEST;
    tell(doctor, new_enough ? GOOD : MISSING, "java", line ? line : "not found",
         "the broker needs 17 or newer; type: apt-get install default-jdk-headless (or set JAVA_HOME)");
    free(line);
    /* Beside the java in use, or another JDK's classes could not be read by it. */
    char *compiler = string_format("%sc", java);
    line = first_line((const char *[]){compiler, "-version", NULL});
    tell(doctor, line ? GOOD : NOTE, "java compiler", line ? line : "not found",
         "clients on the JVM need it; type: apt-get install default-jdk-headless");
    free(compiler);
    free(line);
    free(java);
}

/* ---- what set-up makes ---- */

static void check_jars(struct doctor *doctor)
{
    char *stamp = string_format("%s/stamps/kafka", file_build());
    bool there = file_exists(stamp);
    char *folder = string_format("%s/lib", file_build());
    tell(doctor, there ? GOOD : MISSING, "broker's jars", there ? folder : "not there", "type: make setup");
    free(folder);
    free(stamp);
}

static void check_drivers(struct doctor *doctor)
{
    struct driver_list list;
    struct error error = ERROR_INIT;
    if (!driver_list_load(&list, &error)) {
        char line[sizeof error.message + sizeof error.file + 64];
        tell(doctor, MISSING, "drivers", error_text(&error, line, sizeof line), NULL);
        return;
    }
    for (size_t i = 0; i < list.count; i++) {
        struct text missing = TEXT_INIT;
        char *name = string_format("driver %s", list.items[i].name);
        if (driver_is_available(&list.items[i], &missing))
            tell(doctor, GOOD, name, list.items[i].title, NULL);
        /* Any one client may be left out of an experiment. */
        for (char *line = missing.bytes, *end; (end = strchr(line, '\n')); line = end + 1) {
            *end = '\0';
            const char *behind_name = strstr(line, "': ");
            tell(doctor, NOTE, name, behind_name ? behind_name + 3 : line, NULL);
        }
        free(name);
        text_release(&missing);
    }
    driver_list_release(&list);
}

/* ---- the machine ---- */

static void check_open_files(struct doctor *doctor)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    /* A JVM raises its own limit up to the hard one. */
    bool enough = limit.rlim_max == RLIM_INFINITY || limit.rlim_max >= OPEN_FILES_LEAST;
    char *found = limit.rlim_max == RLIM_INFINITY ? string_copy("no limit")
                                                  : string_format("at most %" PRIu64, (uint64_t)limit.rlim_max);
    tell(doctor, enough ? GOOD : MISSING, "open files", found, "brokers need 4096; raise 'ulimit -Hn'");
    free(found);
}

static void tell_bytes(struct doctor *doctor, const char *name, int64_t bytes, int64_t least, int64_t good,
                       const char *advice)
{
    char *found = bytes < 0 ? string_copy("unknown") : string_format("%.1f GiB free", (double)bytes / (double)GIB);
    tell(doctor, bytes >= good ? GOOD : bytes >= least || bytes < 0 ? NOTE : MISSING, name, found, advice);
    free(found);
}

/* A file of /proc or /sys without its line end; NULL when it is not there. The caller frees. */
static char *kernel_file(const char *path)
{
    struct text content = TEXT_INIT;
    if (!file_read(path, 1 << 20, &content, NULL)) {
        text_release(&content);
        return NULL;
    }
    while (content.length && content.bytes[content.length - 1] == '\n')
        content.bytes[--content.length] = '\0';
    return text_detach(&content);
}

static void check_kernel(struct doctor *doctor)
{
    char *clock = kernel_file("/sys/devices/system/clocksource/clocksource0/current_clocksource");
    char *governor = kernel_file("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    char *pressure = kernel_file("/proc/pressure/cpu");
    bool slow_clock = string_equal(clock, "hpet") || string_equal(clock, "acpi_pm");
    bool varies = governor && !string_equal(governor, "performance");
    tell(doctor, slow_clock ? NOTE : GOOD, "clock source", clock ? clock : "unknown",
         "reading it takes long enough to show in latencies; tsc or kvm-clock would not");
    tell(doctor, varies ? NOTE : GOOD, "cpu governor", governor ? governor : "not told (a virtual machine)",
         "speed changes with load; type: cpupower frequency-set -g performance");
    tell(doctor, pressure ? GOOD : NOTE, "/proc/pressure", pressure ? "there" : "not there",
         "stalls of the machine are then not recorded");
    free(clock);
    free(governor);
    free(pressure);
}

static bool run(const struct invocation *invocation, struct error *error)
{
    (void)invocation;
    struct doctor doctor = {0};
    check_programs(&doctor);
    check_java(&doctor);
    tell(&doctor, GOOD, "librdkafka", rd_kafka_version_str(), NULL);
    check_jars(&doctor);
    check_drivers(&doctor);
    check_open_files(&doctor);
    tell_bytes(&doctor, "disk", file_free_bytes("."), DISK_LEAST_BYTES, DISK_GOOD_BYTES,
               "'kbench plan' tells how much an experiment needs");
    tell_bytes(&doctor, "memory", environment_available_memory_bytes(), MEMORY_LEAST_BYTES, MEMORY_GOOD_BYTES,
               "three brokers and a client take about 5 GiB");
    check_kernel(&doctor);
    if (!doctor.missing)
        return true;
    return error_set(error, ERROR_UNAVAILABLE, "%d necessary thing%s missing on this machine", doctor.missing,
                     doctor.missing == 1 ? " is" : "s are");
}

static const struct option options[] = {{OPTION_END, NULL, NULL, NULL}};

const struct command command_doctor = {
    .name = "doctor",
    .arguments = "",
    .summary = "what this machine has and lacks, each with the command that gets it",
    .options = options,
    .min_arguments = 0,
    .max_arguments = 0,
    .run = run,
};
