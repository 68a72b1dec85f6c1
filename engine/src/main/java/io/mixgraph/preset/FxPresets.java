package io.mixgraph.preset;

import io.mixgraph.fx.Compressor;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.HighShelf;
import io.mixgraph.fx.Highpass;
import io.mixgraph.fx.LowShelf;
import io.mixgraph.fx.Lowpass;
import io.mixgraph.fx.Notch;
import io.mixgraph.fx.Peak;
import io.mixgraph.model.Insert;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Effect chains for buses, tracks and the master. All are modest: gentle bells, low ratios, wide knees, and no make-up
 * gain, so that turning one on never makes anything much louder.
 */
public final class FxPresets {
    /** Q of a shelf without overshoot. */
    private static final double SHELF = 0.707;

    private static final List<FxPreset> ALL = List.of(
            preset(
                    "drum_glue",
                    "Drum bus: less boxiness, a little air, slow compression that lets the strokes through.",
                    new Highpass(25, 12),
                    new Peak(350, -1.5, 1.0),
                    new HighShelf(9000, 1.0, SHELF),
                    compressor(-12, 2.0, 20, 120, 8)),
            preset(
                    "bass_tight",
                    "Bass: no rumble, less mud, steady level.",
                    new Highpass(30, 12),
                    new Peak(250, -2.0, 1.0),
                    new Peak(800, 1.0, 0.9),
                    compressor(-18, 3.0, 15, 150, 6)),
            preset(
                    "vocal_clarity",
                    "Singing: no rumble, less chest, more presence and air, even level.",
                    new Highpass(80, 12),
                    new Peak(300, -2.0, 1.2),
                    new Peak(3500, 1.5, 0.9),
                    new HighShelf(10_000, 1.5, SHELF),
                    compressor(-20, 2.5, 8, 120, 8)),
            preset(
                    "backing_blend",
                    "Backing vocals: thinner, softer and more even than the lead, so that they sit behind it.",
                    new Highpass(120, 12),
                    new Peak(3000, -1.5, 0.8),
                    compressor(-22, 3.0, 8, 150, 8)),
            preset(
                    "fx_space",
                    "Effects and returns: no low end, a little darker and behind the voices.",
                    new Highpass(120, 12),
                    new Peak(2500, -1.0, 0.8),
                    new HighShelf(8000, -2.0, SHELF)),
            preset(
                    "other_gentle",
                    "Everything else: less mud and very light compression.",
                    new Highpass(30, 12),
                    new Peak(300, -1.0, 0.8),
                    compressor(-16, 1.5, 30, 200, 12)),
            preset(
                    "guitar_body",
                    "Guitars: no rumble, less mud, a little bite, no fizz.",
                    new Highpass(80, 12),
                    new Peak(250, -1.5, 1.0),
                    new Peak(2500, 1.0, 0.9),
                    new Lowpass(14_000, 6)),
            preset(
                    "keys_open",
                    "Piano, keys and synths: less mud, a little air, light compression.",
                    new Highpass(40, 12),
                    new Peak(300, -1.5, 0.8),
                    new HighShelf(9000, 1.0, SHELF),
                    compressor(-18, 1.5, 25, 200, 10)),
            preset(
                    "dialogue_clarity",
                    "Dialogue: no rumble, less boom, clear consonants, even level.",
                    new Highpass(80, 12),
                    new Peak(250, -2.0, 1.0),
                    new Peak(3000, 2.0, 0.9),
                    compressor(-22, 2.5, 5, 120, 8)),
            preset(
                    "podcast_voice",
                    "A voice by itself, close to the microphone: less proximity, clear, steady.",
                    new Highpass(80, 24),
                    new LowShelf(180, -2.0, SHELF),
                    new Peak(4000, 1.5, 0.9),
                    compressor(-24, 3.0, 5, 150, 8)),
            preset(
                    "music_bed",
                    "Music under speech: room where consonants are, light compression.",
                    new Highpass(30, 12),
                    new Peak(2500, -2.0, 0.7),
                    compressor(-18, 1.5, 30, 250, 12)),
            preset(
                    "sfx_solid",
                    "Sound effects and ambience for picture: no subsonic waste, light compression.",
                    new Highpass(25, 12),
                    compressor(-14, 2.0, 20, 200, 8)),
            preset("rumble_cut", "Any track: takes out what lies below 30 Hz.", new Highpass(30, 24)),
            preset(
                    "hum_50",
                    "Mains hum of 50 Hz and its first harmonics.",
                    new Notch(50, 20),
                    new Notch(100, 30),
                    new Notch(150, 40),
                    new Notch(200, 40)),
            preset(
                    "hum_60",
                    "Mains hum of 60 Hz and its first harmonics.",
                    new Notch(60, 20),
                    new Notch(120, 30),
                    new Notch(180, 40),
                    new Notch(240, 40)),
            preset(
                    "master_gentle",
                    "Master: nothing below hearing, and very light compression that holds the mix together.",
                    new Highpass(20, 12),
                    compressor(-14, 1.5, 30, 250, 10)));

    private FxPresets() {}

    /** All of them, in the order in which the manual lists them. */
    public static List<FxPreset> all() {
        return ALL;
    }

    /** The preset of this name ({@code drum_glue}: the newest) or id ({@code drum_glue@1}). */
    public static Optional<FxPreset> byName(String name) {
        return Preset.find(ALL, name);
    }

    /** Their names. */
    public static List<String> names() {
        return ALL.stream().map(FxPreset::name).distinct().toList();
    }

    private static FxPreset preset(String name, String doc, Effect... effects) {
        return new FxPreset(name, 1, doc, Stream.of(effects).map(Insert::of).toList());
    }

    private static Compressor compressor(
            double thresholdDb, double ratio, double attackMs, double releaseMs, double kneeDb) {
        return new Compressor(thresholdDb, ratio, attackMs, releaseMs, kneeDb, 0);
    }
}
