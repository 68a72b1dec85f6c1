package io.mixgraph.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mix of a certain size: recordings of 48 kHz and 24 bits, every second one stereo, on four buses with an equaliser
 * and a compressor each, into a master of −14 LUFS under −1 dBTP and four stems. Whoever mixes it, Mixgraph or another
 * program, reads its figures here.
 *
 * @param name what it is called in tables and folders
 * @param tracks how many recordings, a multiple of 4, at least 8
 * @param seconds how long each is, at least 1
 */
public record Job(String name, int tracks, int seconds) {
    public static final int SAMPLE_RATE = 48_000;
    public static final double TARGET_LUFS = -14.0;
    public static final double CEILING_DBTP = -1.0;

    /** Of the compressors, in dB. */
    public static final double KNEE_DB = 6.0;

    public static final double RATIO = 3.0;
    public static final double ATTACK_MS = 10.0;
    public static final double RELEASE_MS = 120.0;

    /** Of the buses. */
    public static final double HIGHPASS_HZ = 30.0;

    public static final Job S = new Job("S", 8, 60);
    public static final Job M = new Job("M", 24, 180);
    public static final Job L = new Job("L", 96, 300);

    private static final Pattern SHAPE = Pattern.compile("(\\d+)x(\\d+)");

    /** With this many tracks, tracks stand at their gains; with more, all are lower, so that mixes are as loud. */
    private static final double TRACKS_AT_GAIN = 24.0;

    private static final List<Bus> BUSES = List.of(
            new Bus(
                    "drums",
                    -2.5,
                    -20.0,
                    List.of(new Bell(90, 2.0, 1.0), new Bell(400, -3.0, 1.2), new Bell(5000, 2.5, 0.8))),
            new Bus(
                    "bass",
                    -2.0,
                    -24.0,
                    List.of(new Bell(70, 1.5, 0.9), new Bell(250, -2.0, 1.0), new Bell(1200, 2.0, 1.0))),
            new Bus(
                    "keys",
                    -1.0,
                    -24.0,
                    List.of(new Bell(200, -1.5, 0.8), new Bell(1000, 1.0, 1.0), new Bell(7000, 2.0, 0.7))),
            new Bus(
                    "pads",
                    -3.0,
                    -26.0,
                    List.of(new Bell(150, -2.0, 0.7), new Bell(2500, -1.5, 1.5), new Bell(9000, 3.0, 0.7))));

    public Job {
        if (tracks < 8 || tracks % 4 != 0 || seconds < 1) {
            throw new IllegalArgumentException(
                    tracks + " tracks of " + seconds + " s: a job has 8 tracks or more, a multiple of 4, and a second");
        }
    }

    /**
     * One recording and its strip.
     *
     * @param id of the track
     * @param channels 1 or 2
     * @param bus the index of its bus
     * @param gainDb fader
     * @param pan −1 to 1; constant power (−3 dB) for a mono recording, balance for a stereo one
     */
    public record Strip(String id, int channels, int bus, double gainDb, double pan) {
        /** Where its recording is, relative to the job's folder. */
        public String file() {
            return "audio/" + id + ".wav";
        }
    }

    /**
     * One bus: a highpass of second order, bells, a compressor, a fader.
     *
     * @param id of the bus
     * @param gainDb fader
     * @param thresholdDb of the compressor
     * @param bells three
     */
    public record Bus(String id, double gainDb, double thresholdDb, List<Bell> bells) {}

    /** A bell of the Audio EQ Cookbook. */
    public record Bell(double frequencyHz, double gainDb, double q) {}

    /**
     * A job by its name, or of any shape: {@code S}, {@code M}, {@code L}, or {@code 24x180} for 24 tracks of 180 s.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Job of(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (shape.matches()) {
            return new Job(text, Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)));
        }
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "S" -> S;
            case "M" -> M;
            case "L" -> L;
            default ->
                throw new IllegalArgumentException(
                        text + " is no job; jobs are S, M, L, or tracks and seconds such as 24x180");
        };
    }

    /** The length of every file, read or written. */
    public long frames() {
        return (long) seconds * SAMPLE_RATE;
    }

    /** The bytes of all samples that are read. */
    public long inputBytes() {
        return frames() * 3 * (tracks + tracks / 2);
    }

    /** The bytes of all samples that are written: a master and four stems, stereo, 24 bits. */
    public long outputBytes() {
        return frames() * 6 * (1 + BUSES.size());
    }

    public List<Bus> buses() {
        return BUSES;
    }

    /** The recordings in order: a quarter of them for each bus, by turns mono and stereo. */
    public List<Strip> strips() {
        double lower = StrictMath.rint(100.0 * StrictMath.log10(tracks / TRACKS_AT_GAIN)) / 10.0;
        List<Strip> strips = new ArrayList<>();
        for (int i = 0; i < tracks; i++) {
            double gainDb = StrictMath.rint(10.0 * (-1.5 * (i * 5 % 4) - lower)) / 10.0;
            double pan = (i * 4 % 9 - 4) / 5.0;
            strips.add(new Strip(
                    String.format(Locale.ROOT, "track%03d", i + 1), 1 + i % 2, i * BUSES.size() / tracks, gainDb, pan));
        }
        return List.copyOf(strips);
    }
}
