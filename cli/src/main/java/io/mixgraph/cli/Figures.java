package io.mixgraph.cli;

import io.mixgraph.audio.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers for people. */
final class Figures {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private Figures() {}

    /** A level with one decimal; a dash when it is not defined. */
    static String level(double value) {
        return decimals(value, 1);
    }

    /** A number with so many decimals; a dash when it is not defined. */
    static String decimals(double value, int decimals) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-";
        }
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.toPlainString();
    }

    /** A gain or a correction: a level with its sign. */
    static String signed(double value) {
        String text = level(value);
        return text.startsWith("-") || text.equals("inf") ? text : "+" + text;
    }

    /** A time as minutes, seconds and milliseconds: {@code 3:02.500}. */
    static String time(long frames, int sampleRate) {
        BigDecimal seconds = BigDecimal.valueOf(frames).divide(BigDecimal.valueOf(sampleRate), 3, RoundingMode.HALF_UP);
        long minutes = seconds.longValue() / 60;
        BigDecimal rest = seconds.subtract(BigDecimal.valueOf(minutes * 60));
        return minutes + ":" + (rest.compareTo(BigDecimal.TEN) < 0 ? "0" : "") + rest.toPlainString();
    }

    /** A size in decimal units: {@code 12.3 MB}. */
    static String size(long bytes) {
        BigDecimal value = BigDecimal.valueOf(bytes);
        int unit = 0;
        while (value.compareTo(BigDecimal.valueOf(1000)) >= 0 && unit < UNITS.length - 1) {
            value = value.movePointLeft(3);
            unit++;
        }
        return (unit == 0 ? value : value.setScale(1, RoundingMode.HALF_UP)).toPlainString() + " " + UNITS[unit];
    }

    /** A number with all its digits; null, as reports have it, when it is not defined. */
    static String exactOrNull(double value) {
        return Double.isFinite(value) ? exact(value) : "null";
    }

    /** A number with all its digits. */
    static String exact(double value) {
        return Numbers.text(value);
    }
}
