package io.mixgraph.preset;

import io.mixgraph.fx.BitCrush;
import io.mixgraph.fx.Compressor;
import io.mixgraph.fx.DeEsser;
import io.mixgraph.fx.Delay;
import io.mixgraph.fx.DynamicEq;
import io.mixgraph.fx.DynamicEq.DynamicBand;
import io.mixgraph.fx.Effect;
import io.mixgraph.fx.Expander;
import io.mixgraph.fx.Gain;
import io.mixgraph.fx.HighShelf;
import io.mixgraph.fx.Highpass;
import io.mixgraph.fx.Leveller;
import io.mixgraph.fx.LowShelf;
import io.mixgraph.fx.Lowpass;
import io.mixgraph.fx.MultibandCompressor;
import io.mixgraph.fx.MultibandCompressor.CompressorBand;
import io.mixgraph.fx.Notch;
import io.mixgraph.fx.Peak;
import io.mixgraph.fx.Reverb;
import io.mixgraph.fx.Saturation;
import io.mixgraph.fx.StereoWidth;
import io.mixgraph.fx.Tilt;
import io.mixgraph.fx.TransientShaper;
import io.mixgraph.model.Insert;
import io.mixgraph.model.InsertChannels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Effect chains for tracks, buses and the master, grouped by what they are for. All are modest: gentle bells, low
 * ratios, wide knees, and no make-up gain but on what is mixed in beside the dry signal, so that turning one on never
 * makes anything much louder. They expect a signal of around −20 dBFS RMS. No number is left to an effect's defaults:
 * those may change, a version may not.
 */
public final class FxPresets {
    /** Q of a shelf without overshoot. */
    private static final double SHELF = 0.707;

    private static final List<FxPreset> DRUMS = List.of(
            preset(
                    "drum_glue",
                    1,
                    "Drum bus: less boxiness, a little air, slow compression that lets the strokes through.",
                    new Highpass(25, 12),
                    new Peak(350, -1.5, 1.0),
                    new HighShelf(9000, 1.0, SHELF),
                    compressor(-12, 2.0, 20, 120, 8)),
            preset(
                    "drum_glue",
                    2,
                    "Drum bus: less boxiness, a little air, compression by the average level, which holds the kit together.",
                    new Highpass(25, 12),
                    new Peak(350, -1.5, 1.0),
                    new HighShelf(9000, 1.0, SHELF),
                    rmsCompressor(-22, 2.0, 20, 120, 8)),
            preset(
                    "drum_parallel",
                    1,
                    "Drum bus: hard compression beside the dry strokes, fuller without losing them.",
                    Insert.of(new Highpass(25, 12)),
                    Insert.of(new Compressor(-30, 6, 5, 120, 6, 6)).withMix(0.3)),
            preset(
                    "kick_punch",
                    1,
                    "Kick: less box, more thump and click, a firmer stroke.",
                    new Highpass(28, 12),
                    new Peak(60, 2.0, 1.2),
                    new Peak(350, -3.0, 1.0),
                    new Peak(4000, 2.0, 1.0),
                    new TransientShaper(25, -10, 20, 200, 0)),
            preset(
                    "snare_crack",
                    1,
                    "Snare: no rumble, less box, more body and crack, a sharper stroke.",
                    new Highpass(80, 12),
                    new Peak(200, 1.5, 1.2),
                    new Peak(500, -2.0, 1.2),
                    new Peak(4500, 2.0, 0.9),
                    new TransientShaper(30, -10, 15, 200, 0)),
            preset(
                    "toms_round",
                    1,
                    "Toms: more body, less box, and they ring for less long.",
                    new Highpass(50, 12),
                    new Peak(110, 1.5, 1.0),
                    new Peak(450, -2.5, 1.0),
                    new TransientShaper(15, -25, 20, 300, 0)),
            preset(
                    "overheads_air",
                    1,
                    "Overheads: less of the kit below, air above, and cymbals that are not harsh when struck hard.",
                    new Highpass(120, 12),
                    new Peak(400, -2.0, 0.8),
                    dynamicEq(band(3500, 1.0, 0, -30, -4)),
                    new HighShelf(11_000, 2.0, SHELF)),
            preset(
                    "room_crush",
                    1,
                    "Drum room: crushed, and mixed with itself as it was.",
                    Insert.of(new Highpass(40, 12)),
                    Insert.of(new Compressor(-28, 8, 1, 80, 6, 6)).withMix(0.35),
                    Insert.of(new Lowpass(14_000, 6))));

    private static final List<FxPreset> BASS = List.of(
            preset(
                    "bass_tight",
                    1,
                    "Bass: no rumble, less mud, steady level.",
                    new Highpass(30, 12),
                    new Peak(250, -2.0, 1.0),
                    new Peak(800, 1.0, 0.9),
                    compressor(-18, 3.0, 15, 150, 6)),
            preset(
                    "bass_tight",
                    2,
                    "Bass: no rumble, less mud, booming notes held, steady average level.",
                    new Highpass(30, 12),
                    dynamicEq(band(110, 1.0, 0, -24, -4)),
                    new Peak(250, -2.0, 1.0),
                    new Peak(800, 1.0, 0.9),
                    rmsCompressor(-23, 3.0, 15, 150, 6)),
            preset(
                    "bass_grit",
                    1,
                    "Bass: harmonics beside the clean sound, so that small speakers play it too.",
                    Insert.of(new Highpass(30, 12)),
                    Insert.of(new Saturation(Saturation.Curve.TUBE, 15, -12, 8)).withMix(0.4),
                    Insert.of(new Peak(900, 1.0, 0.8)),
                    Insert.of(new Lowpass(8000, 6))),
            preset(
                    "sub_mono",
                    1,
                    "Bass, synth bass and kick: in the middle below 120 Hz, nothing below 25 Hz.",
                    new Highpass(25, 12),
                    new StereoWidth(1, 120.0)));

    private static final List<FxPreset> SINGING = List.of(
            preset(
                    "vocal_clarity",
                    1,
                    "Singing: no rumble, less chest, more presence and air, even level.",
                    new Highpass(80, 12),
                    new Peak(300, -2.0, 1.2),
                    new Peak(3500, 1.5, 0.9),
                    new HighShelf(10_000, 1.5, SHELF),
                    compressor(-20, 2.5, 8, 120, 8)),
            preset(
                    "vocal_clarity",
                    2,
                    "Singing: chest held when it booms, presence that yields when it turns sharp, air, even average level.",
                    new Highpass(80, 12),
                    dynamicEq(band(300, 1.0, -1.0, -28, -3), band(3500, 0.9, 1.5, -32, -3)),
                    new HighShelf(10_000, 1.5, SHELF),
                    rmsCompressor(-23, 2.5, 8, 120, 8)),
            preset(
                    "vocal_lead",
                    1,
                    "Lead vocal: sibilants lowered, level ridden and compressed, presence and air, to stand in front.",
                    new Highpass(80, 12),
                    deEsser(6500, -14),
                    new Leveller(-20, 4, 2, -45),
                    rmsCompressor(-22, 2.5, 5, 100, 8),
                    new Peak(300, -1.5, 1.0),
                    new Peak(4000, 2.0, 0.9),
                    new HighShelf(10_000, 1.5, SHELF)),
            preset(
                    "vocal_de_ess",
                    1,
                    "Any voice: lowers sibilants, of quiet words as of loud ones, and nothing else.",
                    deEsser(6000, -15)),
            preset(
                    "vocal_parallel",
                    1,
                    "Singing: hard compression beside the dry voice, so that quiet words stay audible.",
                    Insert.of(new Highpass(80, 12)),
                    Insert.of(new Compressor(-34, 5, 3, 100, 8, 6)).withMix(0.3)),
            preset(
                    "vocal_radio",
                    1,
                    "A voice over a telephone or an old radio: 300 Hz to 3.4 kHz, with some distortion.",
                    new Highpass(300, 24),
                    new Saturation(Saturation.Curve.TANH, 12, -9.5, 8),
                    new Peak(1500, 2.0, 0.9),
                    new Lowpass(3400, 24)),
            preset(
                    "backing_blend",
                    1,
                    "Backing vocals: thinner, softer and more even than the lead, so that they sit behind it.",
                    new Highpass(120, 12),
                    new Peak(3000, -1.5, 0.8),
                    compressor(-22, 3.0, 8, 150, 8)),
            preset(
                    "backing_blend",
                    2,
                    "Backing vocals: thinner, softer, more even and less sibilant than the lead, so that they sit behind it.",
                    new Highpass(120, 12),
                    new Peak(3000, -1.5, 0.8),
                    deEsser(6000, -16),
                    rmsCompressor(-22, 3.0, 8, 150, 8)));

    private static final List<FxPreset> SPEECH = List.of(
            preset(
                    "dialogue_clarity",
                    1,
                    "Dialogue: no rumble, less boom, clear consonants, even level.",
                    new Highpass(80, 12),
                    new Peak(250, -2.0, 1.0),
                    new Peak(3000, 2.0, 0.9),
                    compressor(-22, 2.5, 5, 120, 8)),
            preset(
                    "dialogue_clarity",
                    2,
                    "Dialogue: boom held, clear consonants that do not turn sharp when somebody shouts, even average level.",
                    new Highpass(80, 12),
                    dynamicEq(band(250, 1.0, -1.0, -28, -4), band(3000, 0.9, 2.0, -32, -3)),
                    deEsser(6500, -13),
                    rmsCompressor(-22, 2.5, 5, 120, 8)),
            preset(
                    "dialogue_leveller",
                    1,
                    "Dialogue of near and far speakers: the level is ridden slowly, and not in pauses.",
                    new Highpass(70, 12),
                    new Leveller(-20, 8, 2, -45),
                    rmsCompressor(-20, 2.0, 10, 150, 8)),
            preset(
                    "speech_noise_down",
                    1,
                    "Speech in a noisy room: what is heard between the words is lowered, gently.",
                    new Highpass(80, 12),
                    new Expander(-42, 1.8, 10, 10, 3, 80, 250)),
            preset(
                    "podcast_voice",
                    1,
                    "A voice by itself, close to the microphone: less proximity, clear, steady.",
                    new Highpass(80, 24),
                    new LowShelf(180, -2.0, SHELF),
                    new Peak(4000, 1.5, 0.9),
                    compressor(-24, 3.0, 5, 150, 8)),
            preset(
                    "podcast_voice",
                    2,
                    "A voice close to the microphone: proximity held when it leans in, sibilants lowered, clear, steady.",
                    new Highpass(80, 24),
                    dynamicEq(band(150, 0.7, -1.0, -28, -5)),
                    new Peak(4000, 1.5, 0.9),
                    deEsser(6500, -14),
                    rmsCompressor(-23, 3.0, 5, 150, 8)),
            preset(
                    "narration",
                    1,
                    "A narrator over hours: quiet pauses, sibilants lowered, level ridden, lightly compressed.",
                    new Highpass(70, 24),
                    new Expander(-48, 1.5, 10, 8, 3, 100, 300),
                    deEsser(6500, -14),
                    new Leveller(-20, 6, 3, -45),
                    rmsCompressor(-22, 2.0, 5, 150, 8)));

    private static final List<FxPreset> INSTRUMENTS = List.of(
            preset(
                    "guitar_body",
                    1,
                    "Guitars: no rumble, less mud, a little bite, no fizz.",
                    new Highpass(80, 12),
                    new Peak(250, -1.5, 1.0),
                    new Peak(2500, 1.0, 0.9),
                    new Lowpass(14_000, 6)),
            preset(
                    "guitar_acoustic_sparkle",
                    1,
                    "Acoustic guitar: body held when it booms, strings that sparkle, light compression.",
                    new Highpass(80, 12),
                    dynamicEq(band(180, 1.2, -1.0, -28, -4)),
                    new HighShelf(8000, 2.0, SHELF),
                    rmsCompressor(-22, 2.0, 20, 150, 8)),
            preset(
                    "guitar_heavy",
                    1,
                    "Distorted guitars: thump of muted strings held, less mud, no fizz.",
                    new Highpass(90, 12),
                    dynamicEq(band(140, 1.0, 0, -28, -5)),
                    new Peak(400, -1.5, 1.0),
                    new Peak(3000, 1.0, 0.9),
                    new Lowpass(11_000, 12)),
            preset(
                    "keys_open",
                    1,
                    "Piano, keys and synths: less mud, a little air, light compression.",
                    new Highpass(40, 12),
                    new Peak(300, -1.5, 0.8),
                    new HighShelf(9000, 1.0, SHELF),
                    compressor(-18, 1.5, 25, 200, 10)),
            preset(
                    "keys_wide",
                    1,
                    "Piano and keys in stereo: less mud, wider, but for the lowest octaves.",
                    new Highpass(40, 12),
                    new Peak(300, -1.5, 0.8),
                    new StereoWidth(1.25, 150.0)),
            preset(
                    "synth_wide",
                    1,
                    "Synths in stereo: wider and brighter at the sides, lows in the middle.",
                    Insert.of(new Highpass(30, 12)),
                    Insert.of(new StereoWidth(1.2, 120.0)),
                    Insert.of(new HighShelf(6000, 1.5, SHELF)).withChannels(InsertChannels.SIDE)),
            preset(
                    "pad_behind",
                    1,
                    "Pads: darker, and with room for the voice in the middle.",
                    Insert.of(new Highpass(60, 12)),
                    Insert.of(new Tilt(-2, 1000)),
                    Insert.of(new Peak(2500, -2.0, 0.7)).withChannels(InsertChannels.MID)),
            preset(
                    "strings_warm",
                    1,
                    "Strings: warmer, and their bows are not sharp when they play loud.",
                    new Highpass(40, 12),
                    new Tilt(-1.5, 1000),
                    dynamicEq(band(3000, 0.8, 0, -34, -4))),
            preset(
                    "brass_smooth",
                    1,
                    "Brass: loud notes without the edge, even average level.",
                    new Highpass(50, 12),
                    dynamicEq(band(2500, 1.0, 0, -32, -4), band(6000, 0.8, 0, -36, -3)),
                    rmsCompressor(-22, 2.0, 15, 150, 8)),
            preset(
                    "other_gentle",
                    1,
                    "Everything else: less mud and very light compression.",
                    new Highpass(30, 12),
                    new Peak(300, -1.0, 0.8),
                    compressor(-16, 1.5, 30, 200, 12)),
            preset(
                    "music_bed",
                    1,
                    "Music under speech: room where consonants are, light compression.",
                    new Highpass(30, 12),
                    new Peak(2500, -2.0, 0.7),
                    compressor(-18, 1.5, 30, 250, 12)),
            preset(
                    "music_bed",
                    2,
                    "Music under speech: room in the middle, where the voice is, not at the sides; light compression.",
                    Insert.of(new Highpass(30, 12)),
                    Insert.of(new Peak(2500, -3.0, 0.6)).withChannels(InsertChannels.MID),
                    Insert.of(rmsCompressor(-24, 1.5, 30, 250, 12))));

    private static final List<FxPreset> EFFECTS = List.of(
            preset(
                    "sfx_solid",
                    1,
                    "Sound effects and ambience for picture: no subsonic waste, light compression.",
                    new Highpass(25, 12),
                    compressor(-14, 2.0, 20, 200, 8)),
            preset(
                    "ambience_wide",
                    1,
                    "Ambience in stereo: wider, and with room for voices in the middle.",
                    Insert.of(new Highpass(60, 12)),
                    Insert.of(new Peak(2500, -2.0, 0.7)).withChannels(InsertChannels.MID),
                    Insert.of(new StereoWidth(1.2, 120.0))),
            preset(
                    "fx_space",
                    1,
                    "Effects and returns: no low end, a little darker and behind the voices.",
                    new Highpass(120, 12),
                    new Peak(2500, -1.0, 0.8),
                    new HighShelf(8000, -2.0, SHELF)),
            preset(
                    "lofi",
                    1,
                    "An old sampler: narrow band, soft peaks, eight bits, less stereo.",
                    new Highpass(100, 12),
                    new Saturation(Saturation.Curve.TAPE, 9, -8, 8),
                    new BitCrush(8, 1, BitCrush.Dither.TPDF, 1),
                    new Lowpass(7000, 12),
                    new StereoWidth(0.7, null)));

    /**
     * For buses that tracks send to: what comes out is the effect alone. A reverb's numbers are its decay in s, the
     * damping in % and where it is halfway in Hz, the predelay in ms, size and width in %, lowcut and highcut in Hz.
     */
    private static final List<FxPreset> RETURNS = List.of(
            preset(
                    "room",
                    1,
                    "Return: a small room, to put dry tracks into one place.",
                    new Reverb(0.5, 50, 5000, 0, 40, 100, 120.0, 9000.0),
                    new Gain(3, false)),
            preset(
                    "chamber",
                    1,
                    "Return: a chamber, dense and warm, for voices and instruments.",
                    new Reverb(1.1, 50, 5000, 12, 70, 100, 150.0, 8000.0)),
            preset(
                    "plate",
                    1,
                    "Return: a plate, bright and dense at once, for drums and voices.",
                    new Reverb(1.6, 40, 8000, 5, 50, 100, 200.0, 11_000.0)),
            preset(
                    "vocal_plate",
                    1,
                    "Return: a plate that begins after the word, with sibilants lowered before it.",
                    deEsser(5000, -16),
                    new Reverb(1.4, 45, 6500, 45, 55, 100, 250.0, 9000.0)),
            preset(
                    "hall",
                    1,
                    "Return: a concert hall, for strings, keys and ballads.",
                    new Reverb(2.4, 60, 4500, 25, 120, 110, 150.0, 8000.0),
                    new Gain(-2, false)),
            preset(
                    "cathedral",
                    1,
                    "Return: a very large space, for pads, choirs and effects.",
                    new Reverb(5, 65, 3500, 40, 180, 120, 200.0, 7000.0),
                    new Gain(-6, false)),
            preset(
                    "slap_delay",
                    1,
                    "Return: one quick echo as of a tape machine, for voices and guitars.",
                    new Highpass(150, 12),
                    new Lowpass(6000, 12),
                    echo(110, 10, false, 150, 6000)),
            preset(
                    "eighth_delay",
                    1,
                    "Return: echoes an eighth apart at 120 BPM, each a little darker.",
                    new Highpass(150, 12),
                    echo(250, 35, false, 200, 5000)),
            preset(
                    "ping_pong_delay",
                    1,
                    "Return: echoes from side to side, a dotted eighth apart at 120 BPM.",
                    new Highpass(150, 12),
                    echo(375, 45, true, 200, 5000)),
            preset(
                    "dub_delay",
                    1,
                    "Return: many warm echoes, an eighth apart at 75 BPM, each darker and thinner, fading into a space.",
                    Insert.of(new Highpass(200, 12)),
                    Insert.of(new Saturation(Saturation.Curve.TAPE, 9, -9, 8)),
                    Insert.of(echo(400, 60, false, 250, 2500)),
                    Insert.of(new Reverb(2, 60, 4000, 10, 100, 100, 250.0, 6000.0))
                            .withMix(0.3)));

    private static final List<FxPreset> REPAIR = List.of(
            preset("rumble_cut", 1, "Any track: takes out what lies below 30 Hz.", new Highpass(30, 24)),
            preset(
                    "hum_50",
                    1,
                    "Mains hum of 50 Hz and its first harmonics.",
                    new Notch(50, 20),
                    new Notch(100, 30),
                    new Notch(150, 40),
                    new Notch(200, 40)),
            preset(
                    "hum_60",
                    1,
                    "Mains hum of 60 Hz and its first harmonics.",
                    new Notch(60, 20),
                    new Notch(120, 30),
                    new Notch(180, 40),
                    new Notch(240, 40)),
            preset(
                    "harsh_tame",
                    1,
                    "Any track: lowers what is sharp around 3 and 6 kHz, only while it is.",
                    dynamicEq(band(3000, 1.2, 0, -32, -5), band(6000, 1.2, 0, -34, -4))));

    private static final List<FxPreset> MASTER = List.of(
            preset(
                    "master_gentle",
                    1,
                    "Master: nothing below hearing, and very light compression that holds the mix together.",
                    new Highpass(20, 12),
                    compressor(-14, 1.5, 30, 250, 10)),
            preset(
                    "master_gentle",
                    2,
                    "Master: nothing below hearing, and very light compression by the average level.",
                    new Highpass(20, 12),
                    rmsCompressor(-22, 1.5, 30, 250, 10)),
            preset(
                    "master_glue",
                    1,
                    "Master: compression as of a mixing desk, which lets strokes through and breathes with the song.",
                    new Highpass(20, 12),
                    rmsCompressor(-22, 2.0, 30, 100, 8)),
            preset(
                    "master_warm",
                    1,
                    "Master: peaks rounded as by tape, a little less top and more bottom.",
                    new Highpass(20, 12),
                    new Saturation(Saturation.Curve.TAPE, 6, -6, 8),
                    new Tilt(-1, 800)),
            preset(
                    "master_wide",
                    1,
                    "Master: wider and airier at the sides, lows in the middle, what is in the middle as it was.",
                    Insert.of(new Highpass(20, 12)),
                    Insert.of(new StereoWidth(1.12, 100.0)),
                    Insert.of(new HighShelf(8000, 1.5, SHELF)).withChannels(InsertChannels.SIDE)),
            preset(
                    "master_multiband",
                    1,
                    "Master: bass, low middle, high middle and treble each held lightly, so that none sticks out.",
                    new Highpass(20, 12),
                    new MultibandCompressor(
                            List.of(
                                    new CompressorBand(120.0, -22, 2.0, 30, 200, 8, 0, true),
                                    new CompressorBand(1000.0, -22, 1.5, 20, 150, 8, 0, true),
                                    new CompressorBand(6000.0, -24, 1.5, 10, 120, 8, 0, true),
                                    new CompressorBand(null, -28, 1.5, 5, 100, 8, 0, true)),
                            0)));

    private static final List<FxPreset> ALL = Stream.of(
                    DRUMS, BASS, SINGING, SPEECH, INSTRUMENTS, EFFECTS, RETURNS, REPAIR, MASTER)
            .flatMap(List::stream)
            .toList();

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

    private static FxPreset preset(String name, int version, String doc, Effect... effects) {
        return new FxPreset(
                name, version, doc, Stream.of(effects).map(Insert::of).toList());
    }

    private static FxPreset preset(String name, int version, String doc, Insert... inserts) {
        return new FxPreset(name, version, doc, List.of(inserts));
    }

    /** Driven by peaks. */
    private static Compressor compressor(
            double thresholdDb, double ratio, double attackMs, double releaseMs, double kneeDb) {
        return new Compressor(thresholdDb, ratio, attackMs, releaseMs, kneeDb, 0);
    }

    /** Driven by the average level, with a release that goes by what was there. */
    private static Compressor rmsCompressor(
            double thresholdDb, double ratio, double attackMs, double releaseMs, double kneeDb) {
        return new Compressor(
                thresholdDb,
                ratio,
                attackMs,
                releaseMs,
                kneeDb,
                0,
                Compressor.Level.RMS,
                10,
                0,
                false,
                100,
                Compressor.ReleaseMode.PROGRAM);
    }

    /** The threshold is a level in that of the whole: sibilants are at −10 to 0 dB, vowels below −25 dB. */
    private static DeEsser deEsser(double frequencyHz, double thresholdDb) {
        return new DeEsser(frequencyHz, thresholdDb, 3, -8, 1, 60, 6, DeEsser.DeEsserMode.SPLIT, true, 0);
    }

    private static DynamicEq dynamicEq(DynamicBand... bands) {
        return new DynamicEq(List.of(bands), 0);
    }

    /** A bell that moves by half of what the level around it is above the threshold, down to the range. */
    private static DynamicBand band(double frequencyHz, double q, double gainDb, double thresholdDb, double rangeDb) {
        return new DynamicBand(
                DynamicEq.DynamicShape.PEAK,
                frequencyHz,
                q,
                gainDb,
                thresholdDb,
                rangeDb,
                2,
                6,
                10,
                120,
                DynamicEq.When.ABOVE);
    }

    private static Delay echo(
            double timeMs, double feedbackPercent, boolean pingPong, double lowcutHz, double highcutHz) {
        return new Delay(timeMs, null, null, feedbackPercent, pingPong, lowcutHz, highcutHz);
    }
}
