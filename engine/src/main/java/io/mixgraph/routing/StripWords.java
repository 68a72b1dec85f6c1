package io.mixgraph.routing;

import io.mixgraph.audio.Numbers;
import io.mixgraph.model.InputMode;
import io.mixgraph.model.PanMode;
import java.util.ArrayList;
import java.util.List;

/** A strip's input and image as people say them: what is as usual is left out. */
public final class StripWords {
    private StripWords() {}

    /** What a node makes of its input: {@code input mid_side}, {@code polarity turned over}. */
    public static List<String> input(Node node) {
        List<String> words = new ArrayList<>();
        if (node.input() != InputMode.STEREO) {
            words.add("input " + GraphText.word(node.input()));
        }
        if (node.phaseInvert()) {
            words.add("polarity turned over");
        }
        if (node.trimDelayFrames() != 0) {
            words.add(
                    Math.abs(node.trimDelayFrames()) + " frames " + (node.trimDelayFrames() > 0 ? "later" : "earlier"));
        }
        return words;
    }

    /** Where a signal goes: {@code pan 0.5}, {@code width 0}; for two pans {@code left to -1}, {@code right to 0.5}. */
    public static List<String> image(Panning panning) {
        List<String> words = new ArrayList<>();
        boolean dual = panning.mode() == PanMode.DUAL;
        if (dual || !isConstant(panning.pan(), 0)) {
            words.add((dual ? "left to " : "pan ") + value(panning.pan()));
        }
        if (dual) {
            words.add("right to " + value(panning.panRight()));
        }
        if (!isConstant(panning.width(), 1)) {
            words.add("width " + value(panning.width()));
        }
        if (panning.lawDb() != Panning.CONSTANT_POWER_DB) {
            words.add("pan law " + Numbers.text(panning.lawDb()) + " dB");
        }
        return words;
    }

    private static boolean isConstant(Curve curve, double value) {
        return curve.isConstant() && curve.value(0) == value;
    }

    private static String value(Curve curve) {
        return curve.isConstant() ? Numbers.text(curve.value(0)) : "over " + curve.size() + " points";
    }
}
