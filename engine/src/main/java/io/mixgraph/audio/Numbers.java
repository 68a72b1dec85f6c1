package io.mixgraph.audio;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as text and as exact decimals, the same on every JVM. {@link Double#toString} is not: JDK 19 changed which
 * digits it prints, so nothing that reaches an output or a digest may use it, string concatenation of a double
 * included.
 */
public final class Numbers {
    private Numbers() {}

    /**
     * The decimal with the fewest significant digits that reads back as {@code value}; of several, the one nearest to
     * it.
     *
     * @throws NumberFormatException when {@code value} is NaN or infinite
     */
    public static BigDecimal exact(double value) {
        if (value == 0.0) {
            return BigDecimal.ZERO;
        }
        BigDecimal full = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = full.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return plain(rounded);
            }
        }
        return plain(full.round(new MathContext(17, RoundingMode.HALF_EVEN)));
    }

    /** {@code value} rounded half to even to {@code decimals} places, without trailing zeros. */
    public static BigDecimal rounded(double value, int decimals) {
        return plain(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN));
    }

    /** {@link #exact} as plain text; {@code nan}, {@code inf} and {@code -inf} for what is no number. */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return exact(value).toPlainString();
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
