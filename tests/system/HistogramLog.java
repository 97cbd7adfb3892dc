// SPDX-License-Identifier: Apache-2.0
// What the Java library's own reader finds in a log: for each histogram its tag, times, count, maximum and percentiles.
import java.io.FileInputStream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

public final class HistogramLog {
    private static final double[] PERCENTILES = {50, 95, 99, 99.9};

    public static void main(String[] arguments) throws Exception {
        try (HistogramLogReader reader = new HistogramLogReader(new FileInputStream(arguments[0]))) {
            while (reader.hasNext()) {
                EncodableHistogram encodable = reader.nextIntervalHistogram();
                if (encodable == null) {
                    break;
                }
                Histogram histogram = (Histogram) encodable;
                StringBuilder line = new StringBuilder();
                line.append(histogram.getTag()).append(' ').append(histogram.getStartTimeStamp()).append(' ')
                    .append(histogram.getEndTimeStamp()).append(' ').append(histogram.getTotalCount()).append(' ')
                    .append(histogram.getMaxValue());
                for (double percentile : PERCENTILES) {
                    line.append(' ').append(histogram.getValueAtPercentile(percentile));
                }
                System.out.println(line);
            }
            System.out.println("start " + reader.getStartTimeSec());
        }
    }
}
