package io.mixgraph.bench.peers;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a process and those that it started took, as {@code /usr/bin/time} says.
 *
 * @param wallS seconds from start to end
 * @param cpuS seconds of all processors, of the program and of the system for it
 * @param peakMb the most memory that one of the processes had, in 10⁶ bytes
 */
public record Cost(double wallS, double cpuS, double peakMb) {
    private static final double BYTES_PER_KIB = 1024.0;

    /** @param times what {@code time -f '%e %U %S %M'} wrote; only its last line counts */
    static Cost of(String times) {
        String[] lines = times.strip().split("\n", -1);
        String[] fields = lines[lines.length - 1].split(" ", -1);
        return new Cost(
                Double.parseDouble(fields[0]),
                Math.rint(100.0 * (Double.parseDouble(fields[1]) + Double.parseDouble(fields[2]))) / 100.0,
                Math.rint(Double.parseDouble(fields[3]) * BYTES_PER_KIB / 1e5) / 10.0);
    }

    /** The median of one figure of some runs; NaN of none. */
    static double median(List<Cost> runs, ToDoubleFunction<Cost> figure) {
        return median(runs.stream().mapToDouble(figure).boxed().toList());
    }

    /** The median; the mean of the middle two of an even number, NaN of none. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1 ? sorted.get(half) : 0.5 * (sorted.get(half - 1) + sorted.get(half));
    }
}
