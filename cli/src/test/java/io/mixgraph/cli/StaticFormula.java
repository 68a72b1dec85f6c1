package io.mixgraph.cli;

import io.mixgraph.fx.Effect;
import io.mixgraph.fx.RecordShape;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is promised of the static curves that are drawn, as formulas of their own. */
@FunctionalInterface
interface StaticFormula {
    /** By effect. An effect without one is drawn all the same. */
    Map<String, StaticFormula> ALL = Map.of(
            // D. Giannoulis, M. Massberg and J. D. Reiss, "Digital Dynamic Range Compressor Design", JAES 60(6), 2012,
            // equation 4.
            "compressor",
            (fx, level) ->
                    -bent(level - number(fx, "threshold_db"), number(fx, "knee_db")) * (1 - 1 / number(fx, "ratio")),
            // Its mirror, down to the range.
            "expander",
            (fx, level) -> Math.max(
                    -number(fx, "range_db"),
                    -bent(number(fx, "threshold_db") - level, number(fx, "knee_db")) * (number(fx, "ratio") - 1)),
            // Closed from the start, open at the threshold.
            "gate",
            (fx, level) -> level >= number(fx, "threshold_db") ? 0 : number(fx, "range_db"),
            // 0.4 dB below the ceiling once it works.
            "limiter",
            (fx, level) -> level < number(fx, "true_peak_db") ? 0 : number(fx, "true_peak_db") - 0.4 - level,
            "ducker",
            (fx, level) -> level >= number(fx, "threshold_db") ? -number(fx, "depth_db") : 0);

    /** The gain in dB at a constant level in dBFS. */
    double gainDb(Effect effect, double levelDb);

    /** The formula of an effect; null when there is none. */
    static @Nullable StaticFormula of(String effect) {
        return ALL.get(effect);
    }

    /** How far a level is past a threshold, with a knee around it. */
    private static double bent(double past, double knee) {
        if (2 * past < -knee) {
            return 0;
        }
        return 2 * Math.abs(past) <= knee && knee > 0 ? (past + knee / 2) * (past + knee / 2) / (2 * knee) : past;
    }

    private static double number(Effect effect, String name) {
        RecordShape.Field field =
                Objects.requireNonNull(RecordShape.of(effect.getClass()).field(name));
        return ((Number) Objects.requireNonNull(field.get(effect))).doubleValue();
    }
}
