/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line with which ProducerPerformance closes, read back into numbers. */
final class PerfSummary {
    private static final String NUMBER = "([0-9.]+|NaN)";
    private static final Pattern LINE = Pattern.compile("(?m)^(\\d+) records sent, " + NUMBER + " records/sec \\("
            + NUMBER + " MB/sec\\), " + NUMBER + " ms avg latency, " + NUMBER + " ms max latency, (\\d+) ms 50th, "
            + "(\\d+) ms 95th, (\\d+) ms 99th, (\\d+) ms 99\\.9th\\.$");
    private static final String[] FIGURES = {"records_per_sec", "mb_per_sec", "latency_avg_ms", "latency_max_ms",
        "latency_p50_ms", "latency_p95_ms", "latency_p99_ms", "latency_p999_ms"};

    private final long records;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private PerfSummary(Matcher line) {
        records = Long.parseLong(line.group(1));
        if (records == 0)
            return;
        figures.put("records", records);
        for (int i = 0; i < FIGURES.length; i++)
            figures.put(FIGURES[i], Double.valueOf(line.group(i + 2)));
        figures.put("duration_s", Math.round(1000 * records / Double.parseDouble(line.group(2))) / 1000.0);
    }

    static PerfSummary parse(String printed) {
        Matcher line = LINE.matcher(printed);
        if (!line.find())
            throw new IllegalStateException("ProducerPerformance printed no summary");
        return new PerfSummary(line);
    }

    /** How many were acknowledged: the test counts no others. */
    long records() {
        return records;
    }

    /** Null when there was nothing to measure. */
    Map<String, Object> figures() {
        return records == 0 ? null : figures;
    }
}
