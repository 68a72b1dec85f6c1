package io.mixgraph.cli;

import java.util.Arrays;
import java.util.List;

/**
 * What docs/effects shows of an effect: settings of which one takes several values, each a line.
 *
 * @param file the name of the picture, without its ending
 * @param effect its name in documents
 * @param settings as documents write them, with {} for the value that differs
 * @param values of that
 * @param probe what is sent through the effect
 */
record Drawing(String file, String effect, String settings, List<String> values, Probe probe) {
    private static final String VALUE = "{}";

    /** What is sent through an effect, and so what is drawn. */
    enum Probe {
        /** A sine of each frequency: the level of a filter's response, from its formula. */
        RESPONSE,
        /** Constant levels: the level that comes out. */
        CONSTANT,
        /** A tone of 997 Hz at each level: the level that comes out. */
        TONE,
        /** Tones of all frequencies at the level that differs: by how much each is changed. */
        TONES,
        /** Constant levels as the key: by how much a signal is changed. */
        KEY,
        /** A slow sine: each of its values against what comes out for it. */
        SINE,
        /** One impulse: what is left of it over time. */
        IMPULSE
    }

    /** All drawings. To add one, add a line and make the manual again; see CONTRIBUTING.md. */
    static final List<Drawing> ALL = List.of(
            drawing("highpass", "frequency_hz: 100, slope_db_per_octave: {}", Probe.RESPONSE, "6", "12", "24", "48"),
            drawing("lowpass", "frequency_hz: 5000, slope_db_per_octave: {}", Probe.RESPONSE, "6", "12", "24", "48"),
            drawing("peak", "frequency_hz: 1000, gain_db: 6, q: {}", Probe.RESPONSE, "0.5", "1", "2", "8"),
            drawing("low_shelf", "frequency_hz: 200, gain_db: 6, q: {}", Probe.RESPONSE, "0.4", "0.707", "1.4"),
            drawing("high_shelf", "frequency_hz: 4000, gain_db: 6, q: {}", Probe.RESPONSE, "0.4", "0.707", "1.4"),
            drawing("notch", "frequency_hz: 1000, q: {}", Probe.RESPONSE, "1", "3", "10"),
            drawing("tilt", "gain_db: {}", Probe.RESPONSE, "12", "6", "3", "-6"),
            drawing(
                    "eq",
                    "bands: [{type: {}, frequency_hz: 1000, gain_db: 6, q: 1}]",
                    Probe.RESPONSE,
                    "peak",
                    "low_shelf",
                    "high_shelf",
                    "highpass",
                    "lowpass",
                    "bandpass",
                    "notch"),
            drawing(
                    "eq_q_mode",
                    "eq",
                    "q_mode: proportional, bands: [{frequency_hz: 1000, gain_db: {}, q: 1}]",
                    Probe.RESPONSE,
                    "12",
                    "6",
                    "3",
                    "-12"),
            drawing("compressor", "threshold_db: -24, knee_db: 6, ratio: {}", Probe.CONSTANT, "1.5", "2", "4", "20"),
            drawing(
                    "compressor_knee",
                    "compressor",
                    "threshold_db: -24, ratio: 4, knee_db: {}",
                    Probe.CONSTANT,
                    "0",
                    "12",
                    "36"),
            drawing("expander", "threshold_db: -40, range_db: 40, ratio: {}", Probe.CONSTANT, "1.5", "2", "4"),
            drawing("gate", "threshold_db: -40, range_db: {}", Probe.CONSTANT, "-12", "-24", "-60"),
            drawing("limiter", "true_peak_db: {}", Probe.CONSTANT, "-1", "-6", "-12"),
            drawing("ducker", "threshold_db: -35, depth_db: {}", Probe.KEY, "6", "12", "24"),
            drawing("leveller", "target_lufs: -20, time_s: 0.5, range_db: {}", Probe.TONE, "6", "12", "24"),
            drawing(
                    "multiband_compressor",
                    "bands: [{up_to_hz: 150, threshold_db: -24, ratio: 3}, {up_to_hz: 4000, threshold_db: -30}, {threshold_db: -36}]",
                    Probe.TONES,
                    "-40",
                    "-30",
                    "-20",
                    "-10"),
            drawing("de_esser", "frequency_hz: 6500, threshold_db: -30", Probe.TONES, "-40", "-30", "-20", "-10"),
            drawing(
                    "dynamic_eq",
                    "bands: [{frequency_hz: 320, q: 1.4, threshold_db: -30, range_db: -9}, {type: high_shelf, frequency_hz: 6000, threshold_db: -36, range_db: 6}]",
                    Probe.TONES,
                    "-40",
                    "-30",
                    "-20",
                    "-10"),
            drawing("saturation", "drive_db: 6, curve: {}", Probe.SINE, "tanh", "tape", "tube"),
            drawing("bit_crush", "bits: {}", Probe.SINE, "2", "3", "4.5"),
            drawing("reverb", "damping_percent: 30, decay_s: {}", Probe.IMPULSE, "0.5", "1", "2"),
            drawing("delay", "time_ms: 250, feedback_percent: {}", Probe.IMPULSE, "25", "50", "70"));

    private static Drawing drawing(String effect, String settings, Probe probe, String... values) {
        return drawing(effect, effect, settings, probe, values);
    }

    private static Drawing drawing(String file, String effect, String settings, Probe probe, String... values) {
        return new Drawing(file, effect, settings, Arrays.asList(values), probe);
    }

    /** The drawings of an effect. */
    static List<Drawing> of(String effect) {
        return ALL.stream().filter(drawing -> drawing.effect.equals(effect)).toList();
    }

    /** The settings of a line, as documents write them. */
    String settings(String value) {
        return settings.replace(VALUE, value);
    }

    /** What a line is called. */
    String label(String value) {
        return probe == Probe.TONES ? "at " + value.replace('-', '−') + " dBFS" : differs() + ": " + value;
    }

    /** What differs from line to line. */
    String differs() {
        return probe == Probe.TONES
                ? "level"
                : settings.substring(0, settings.indexOf(VALUE)).replaceAll(".*?([a-z_0-9]+): $", "$1");
    }

    /** What all lines have in common. */
    String common() {
        if (!settings.contains(VALUE)) {
            return settings;
        }
        String part = differs() + ": " + VALUE;
        return settings.replace(", " + part, "").replace(part + ", ", "").replace(part, "");
    }
}
