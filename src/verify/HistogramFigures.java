// SPDX-License-Identifier: Apache-2.0
// For each line of standard input, what the Java library says of one histogram: see tests/tools/histogram_figures.c.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Scanner;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

public final class HistogramFigures {
    private static final double[] PERCENTILES = {0, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 99.999, 100};
    private static final int TICKS = 5;

    private static Histogram make(Scanner line) {
        Histogram histogram = new Histogram(line.nextLong(), line.nextLong(), line.nextInt());
        while (line.hasNextLong()) {
            histogram.recordValueWithCount(line.nextLong(), line.nextLong());
        }
        return histogram;
    }

    private static Histogram read(String payload) throws Exception {
        return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(payload)), 0);
    }

    private static String encode(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    // Doubles by their bits: every program prints them its own way.
    private static String bits(double number) {
        return Long.toHexString(Double.doubleToRawLongBits(number));
    }

    private static void print(Histogram histogram) {
        System.out.println("payload " + encode(histogram));
        System.out.println("count " + histogram.getTotalCount());
        System.out.println("min " + histogram.getMinValue());
        System.out.println("max " + histogram.getMaxValue());
        System.out.println("mean " + bits(histogram.getMean()));
        for (double percentile : PERCENTILES) {
            System.out.println("percentile " + bits(percentile) + " " + histogram.getValueAtPercentile(percentile));
        }
        for (HistogramIterationValue point : histogram.percentiles(TICKS)) {
            System.out.println("point " + bits(point.getPercentileLevelIteratedTo()) + " " + point.getValueIteratedTo()
                + " " + point.getTotalCountToThisValue());
        }
        System.out.println();
    }

    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            Scanner words = new Scanner(line);
            print(words.next().equals("make") ? make(words) : read(words.next()));
        }
    }
}
