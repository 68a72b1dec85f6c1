package io.mixgraph.documents.page;

import java.util.ArrayList;
import java.util.List;

/** Long series made short enough to be drawn. What is not a number stays none. */
final class Series {
    private Series() {}

    /** The lowest of each of {@code count} equal parts, or the series itself when it is no longer than that. */
    static List<Double> lowest(List<Double> values, int count) {
        return reduced(values, count, false);
    }

    /** The highest of each part. */
    static List<Double> highest(List<Double> values, int count) {
        return reduced(values, count, true);
    }

    private static List<Double> reduced(List<Double> values, int count, boolean highest) {
        int parts = Math.min(count, values.size());
        List<Double> reduced = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            double extreme = values.get(first(values, part, parts));
            for (int i = first(values, part, parts); i < first(values, part + 1, parts); i++) {
                double value = values.get(i);
                extreme = highest ? Math.max(extreme, value) : Math.min(extreme, value);
            }
            reduced.add(extreme);
        }
        return reduced;
    }

    /**
     * The points of a line: of each of {@code count / 2} equal parts the lowest and the highest, in the order in which
     * they come; all points when there are no more than {@code count}.
     */
    static List<Integer> extremes(List<Double> values, int count) {
        List<Integer> points = new ArrayList<>();
        int parts = values.size() <= count ? values.size() : count / 2;
        for (int part = 0; part < parts; part++) {
            int low = first(values, part, parts);
            int high = low;
            for (int i = low + 1; i < first(values, part + 1, parts); i++) {
                low = values.get(i) < values.get(low) ? i : low;
                high = values.get(i) > values.get(high) ? i : high;
            }
            points.add(Math.min(low, high));
            if (low != high) {
                points.add(Math.max(low, high));
            }
        }
        return points;
    }

    private static int first(List<Double> values, int part, int parts) {
        return (int) ((long) part * values.size() / parts);
    }

    /** The highest of all that are finite; {@code otherwise} when none is. */
    static double max(List<Double> values, double otherwise) {
        return values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .max()
                .orElse(otherwise);
    }

    /** The lowest of all that are finite; {@code otherwise} when none is. */
    static double min(List<Double> values, double otherwise) {
        return values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .min()
                .orElse(otherwise);
    }
}
