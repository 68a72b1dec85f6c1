package io.mixgraph.documents.page;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers for people, the same on every JVM: a real minus sign, a fixed number of decimals, no locale. */
final class Figures {
    private static final String MINUS = "−";
    private static final String THIN_SPACE = "\u2009";

    private Figures() {}

    /** With so many decimals; −∞ and a dash for what is not defined. */
    static String decimals(double value, int decimals) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : MINUS + "∞";
        }
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return (rounded.signum() < 0 ? MINUS : "") + rounded.abs().toPlainString();
    }

    /** A level with one decimal. */
    static String level(double value) {
        return decimals(value, 1);
    }

    /** A change of level: with its sign, nothing before zero. */
    static String change(double value) {
        String text = level(value);
        return text.startsWith(MINUS) || text.equals("0.0") || text.equals("–") ? text : "+" + text;
    }

    /** A part of one in per cent, whole. */
    static String percent(double part) {
        return decimals(part * 100, 0) + THIN_SPACE + "%";
    }

    /** A number in groups of three digits. */
    static String count(long value) {
        String digits = Long.toString(Math.abs(value));
        StringBuilder text = new StringBuilder(value < 0 ? MINUS : "");
        for (int i = 0; i < digits.length(); i++) {
            text.append(i > 0 && (digits.length() - i) % 3 == 0 ? THIN_SPACE : "")
                    .append(digits.charAt(i));
        }
        return text.toString();
    }

    /** So many of something: {@code 1 stem}, {@code 4 stems}. */
    static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** A rate as engineers say it: {@code 44.1}, in kHz. */
    static String kilohertz(int rate) {
        return BigDecimal.valueOf(rate, 3).stripTrailingZeros().toPlainString();
    }

    /** A length as m:ss or h:mm:ss, to the nearest second; below 10 s in milliseconds, below 10 ms in frames. */
    static String length(long frames, int rate) {
        BigDecimal seconds = BigDecimal.valueOf(frames).divide(BigDecimal.valueOf(rate), 3, RoundingMode.HALF_UP);
        if (frames * 100 < rate) {
            return count(frames, "frame");
        }
        if (seconds.compareTo(BigDecimal.TEN) < 0) {
            return seconds.toPlainString() + " s";
        }
        return clock((2 * frames + rate) / (2L * rate) * 1000);
    }

    /** A time as m:ss, from one hour as h:mm:ss; fractions of a second where there are any. */
    static String clock(long milliseconds) {
        long seconds = milliseconds / 1000;
        long fraction = milliseconds % 1000;
        long hours = seconds / 3600;
        String minutes = hours > 0 ? hours + ":" + two(seconds / 60 % 60) : Long.toString(seconds / 60);
        String tail = fraction == 0
                ? ""
                : BigDecimal.valueOf(fraction, 3)
                        .stripTrailingZeros()
                        .toPlainString()
                        .substring(1);
        return minutes + ":" + two(seconds % 60) + tail;
    }

    private static String two(long value) {
        return value < 10 ? "0" + value : Long.toString(value);
    }
}
