package io.mixgraph.loudness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Dither;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.Quantiser;
import io.mixgraph.wav.BroadcastOrigin;
import io.mixgraph.wav.WavFile;
import io.mixgraph.wav.WavPlan;
import io.mixgraph.wav.WavWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The minimum requirements of EBU Tech 3341 and 3342 (November 2023) that {@link EbuConformanceTest} holds on samples,
 * held on WAV files: written at 44.1, 48, 96 and 192 kHz, with one channel, two, five and six, in 16 and 24 bits and
 * floats, read back, and measured as what the file says it is. Expected values and tolerances are the documents'.
 *
 * <p>Steady tones are played in every kind of file, for 3.2 s in place of 20 s: nothing that is read depends on more
 * than the last 3 s of them. All other programmes have their full length, each at every rate and with every number of
 * channels, though not with all of these together. Where the documents have two channels, a file of one holds one of
 * them and reads 10·log10(2) less; one of five or six has the tone in its first two, and the low-frequency channel is
 * as loud as can be.
 */
class EbuFilesTest {
    private static final double TOLERANCE_LU = 0.1;
    private static final double RANGE_TOLERANCE_LU = 1;
    private static final double HALF_LU = 10 * Math.log10(2);
    private static final double SILENCE = Double.NEGATIVE_INFINITY;
    private static final int MASK_OFFSET = 12 + 8 + 602 + 8 + 20;
    private static final int[] RATES = {44_100, 48_000, 96_000, 192_000};
    private static final SampleEncoding[] ENCODINGS = SampleEncoding.values();

    @TempDir
    Path folder;

    /**
     * A set of loudspeakers.
     *
     * @param name for messages
     * @param channels how many
     * @param mask what files say they are, 0 for nothing
     * @param lowFrequency which channel is for low-frequency effects, −1 for none
     */
    private record Speakers(String name, int channels, int mask, int lowFrequency) {
        ChannelLayout layout() {
            return ChannelLayout.ofMask(mask, channels);
        }

        /** ITU-R BS.1770-5, Annex 1, Table 3, in the order L, R, C, LFE if there is one, Ls, Rs. */
        double weight(int channel) {
            return channel == lowFrequency ? 0 : channels >= 5 && channel >= channels - 2 ? 1.41 : 1;
        }

        /** One level for what the documents have in two channels. */
        double[] levels(double level) {
            double[] levels = new double[channels];
            Arrays.fill(levels, SILENCE);
            Arrays.fill(levels, 0, Math.min(channels, 2), level);
            if (lowFrequency >= 0) {
                levels[lowFrequency] = -0.1;
            }
            return levels;
        }

        /** What a tone reads that reads so in two channels. */
        double reading(double inStereo) {
            return channels == 1 ? inStereo - HALF_LU : inStereo;
        }
    }

    private static final Speakers MONO = new Speakers("mono", 1, 0, -1);
    private static final Speakers STEREO = new Speakers("stereo", 2, 0, -1);
    private static final Speakers SIDES_5_0 = new Speakers("5.0 with sides", 5, 0x607, -1);
    private static final Speakers BACKS_5_0 = new Speakers("5.0 with backs", 5, 0x37, -1);
    private static final Speakers BARE_5_0 = new Speakers("5.0 without a mask", 5, 0, -1);
    private static final Speakers SIDES_5_1 = new Speakers("5.1 with sides", 6, 0x60F, 3);
    private static final Speakers BACKS_5_1 = new Speakers("5.1 with backs", 6, 0x3F, 3);
    private static final List<Speakers> WIDE = List.of(SIDES_5_0, BACKS_5_0, BARE_5_0, SIDES_5_1, BACKS_5_1);

    /** A kind of file. */
    private record Kind(int rate, Speakers speakers, SampleEncoding encoding) {
        @Override
        public String toString() {
            return speakers.name() + " " + encoding + " at " + rate;
        }
    }

    /** A stretch of a 1000 Hz sine, of one phase in all channels; a level for two channels, or peaks of each. */
    private record Tone(double seconds, List<Double> peaksDbfs) {
        Tone(double seconds, double... peaksDbfs) {
            this(seconds, Arrays.stream(peaksDbfs).boxed().toList());
        }

        Tone in(Speakers speakers) {
            return peaksDbfs.size() == 1 ? new Tone(seconds, speakers.levels(peaksDbfs.get(0))) : this;
        }
    }

    /** Sees a meter after every 10 ms. */
    private interface Watch {
        void at(LoudnessMeter meter, long frame);
    }

    private static long frames(int rate, Tone... tones) {
        return Arrays.stream(tones)
                .mapToLong(tone -> Math.round(tone.seconds() * rate))
                .sum();
    }

    /** The meter at the end of a file of these tones. */
    private LoudnessMeter played(Kind kind, Watch watch, int blockFrames, Tone... tones) throws IOException {
        int rate = kind.rate();
        int channels = kind.speakers().channels();
        double[] period = new double[rate];
        for (int i = 0; i < rate; i++) {
            period[i] = Math.sin(2.0 * Math.PI * (i * 1000L % rate) / rate);
        }
        Path path = folder.resolve("ebu.wav");
        long at = 0;
        try (Writing writing = new Writing(path, kind, frames(rate, tones))) {
            AudioBlock block = new AudioBlock(channels, 8192);
            for (Tone tone : tones) {
                Tone peaks = tone.in(kind.speakers());
                long end = at + Math.round(tone.seconds() * rate);
                while (at < end) {
                    int count = (int) Math.min(block.capacity(), end - at);
                    for (int c = 0; c < channels; c++) {
                        double amplitude = Decibels.toGain(peaks.peaksDbfs().get(c));
                        double[] x = block.channel(c);
                        int phase = (int) (at % rate);
                        for (int i = 0; i < count; i++) {
                            x[i] = amplitude * period[phase];
                            phase = phase + 1 == rate ? 0 : phase + 1;
                        }
                    }
                    writing.write(block, count);
                    at += count;
                }
            }
        }
        return read(path, kind, watch, blockFrames);
    }

    private Loudness result(Kind kind, Tone... tones) throws IOException {
        return played(kind, (meter, frame) -> {}, 8192, tones).result();
    }

    /** A file that is written as a render writes it, but not forced to the disk. */
    private static final class Writing implements AutoCloseable {
        private final Quantiser quantiser;
        private final WavWriter writer;

        Writing(Path path, Kind kind, long frames) throws IOException {
            AudioFormat format = new AudioFormat(kind.rate(), kind.speakers().layout());
            this.quantiser = new Quantiser(
                    kind.encoding(),
                    kind.encoding() == SampleEncoding.PCM16 ? Dither.TPDF : Dither.NONE,
                    kind.rate(),
                    0);
            this.writer = new WavWriter(
                    Channels.newChannel(Files.newOutputStream(path)),
                    path.toString(),
                    WavPlan.of(format, kind.encoding(), frames),
                    new BroadcastOrigin("EBU", 0));
        }

        void write(AudioBlock block, int count) throws IOException {
            quantiser.quantise(block, count);
            assertThat(quantiser.over()).isNull();
            writer.write(block, count);
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    /** Plays a file to a meter made for what the file says, and nothing else. */
    private static LoudnessMeter read(Path path, Kind kind, Watch watch, int blockFrames) throws IOException {
        if (kind.speakers().channels() > 2) {
            setMask(path, kind.speakers().mask());
        }
        WavFile file = WavFile.of(path);
        assertThat(file.warnings()).isEmpty();
        assertThat(file.format().sampleRate()).isEqualTo(kind.rate());
        assertThat(file.format().channels()).isEqualTo(kind.speakers().channels());
        assertThat(file.validBits()).isEqualTo(kind.encoding().bits());
        LoudnessMeter meter = new LoudnessMeter(file.format());
        AudioBlock block = new AudioBlock(file.format().channels(), blockFrames);
        try (FrameSource source = file.open(0)) {
            for (int count = source.read(block, blockFrames); count > 0; count = source.read(block, blockFrames)) {
                meter.process(block, count);
                watch.at(meter, meter.frames());
            }
        }
        assertThat(meter.frames()).isEqualTo(file.frames());
        return meter;
    }

    /** What was written is what is wanted, or it is taken away. */
    private static void setMask(Path path, int mask) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(bytes, MASK_OFFSET);
            if (mask != 0) {
                assertThat(bytes.getInt(0)).isEqualTo(mask);
            }
            channel.write(bytes.clear().putInt(mask).flip(), MASK_OFFSET);
        }
    }

    // Tech 3341.

    static Stream<Kind> everyKind() {
        return IntStream.of(RATES)
                .boxed()
                .flatMap(rate -> Stream.of(MONO, STEREO, SIDES_5_0, BACKS_5_1)
                        .flatMap(speakers ->
                                Arrays.stream(ENCODINGS).map(encoding -> new Kind(rate, speakers, encoding))));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void cases1And2_steadyTone(Kind kind) throws IOException {
        for (double level : new double[] {-23, -33}) {
            LoudnessMeter meter = played(kind, (live, frame) -> {}, 8192, new Tone(3.2, level));
            double expected = kind.speakers().reading(level);
            assertThat(meter.momentaryLufs()).isCloseTo(expected, within(TOLERANCE_LU));
            assertThat(meter.shortTermLufs()).isCloseTo(expected, within(TOLERANCE_LU));
            assertThat(meter.result().integratedLufs()).isCloseTo(expected, within(TOLERANCE_LU));
        }
    }

    /** Four kinds of files for a case, so that each rate and each number of channels is among them. */
    private static List<Kind> kinds(int number) {
        List<Speakers> wide = number % 2 == 0 ? List.of(SIDES_5_0, SIDES_5_1) : List.of(BACKS_5_1, BACKS_5_0);
        List<Speakers> narrow = number % 2 == 0 ? List.of(STEREO, MONO) : List.of(MONO, STEREO);
        return List.of(
                new Kind(44_100, wide.get(0), ENCODINGS[number % 3]),
                new Kind(48_000, wide.get(1), ENCODINGS[(number + 1) % 3]),
                new Kind(96_000, narrow.get(0), ENCODINGS[(number + 2) % 3]),
                new Kind(192_000, narrow.get(1), ENCODINGS[number % 3]));
    }

    private static Stream<Arguments> programmes(Stream<Arguments> cases) {
        return cases.flatMap(one -> kinds((int) one.get()[0]).stream()
                .map(kind -> Arguments.of(one.get()[0], kind, one.get()[1], one.get()[2])));
    }

    static Stream<Arguments> gated() {
        return programmes(Stream.of(
                Arguments.of(3, -23.0, List.of(new Tone(10, -36), new Tone(60, -23), new Tone(10, -36))),
                Arguments.of(
                        4,
                        -23.0,
                        List.of(
                                new Tone(10, -72),
                                new Tone(10, -36),
                                new Tone(60, -23),
                                new Tone(10, -36),
                                new Tone(10, -72))),
                Arguments.of(5, -23.0, List.of(new Tone(20, -26), new Tone(20.1, -20), new Tone(20, -26)))));
    }

    @ParameterizedTest
    @MethodSource("gated")
    void cases3To5_gates(int number, Kind kind, double expected, List<Tone> tones) throws IOException {
        assertThat(result(kind, tones.toArray(Tone[]::new)).integratedLufs())
                .isCloseTo(kind.speakers().reading(expected), within(TOLERANCE_LU));
    }

    static Stream<Kind> everyWideKind() {
        List<Kind> kinds = new ArrayList<>();
        for (int i = 0; i < RATES.length; i++) {
            for (int j = 0; j < WIDE.size(); j++) {
                kinds.add(new Kind(RATES[i], WIDE.get(j), ENCODINGS[(i + j) % 3]));
            }
        }
        return kinds.stream();
    }

    @ParameterizedTest
    @MethodSource("everyWideKind")
    void case6_fiveChannels(Kind kind) throws IOException {
        Tone tone = kind.speakers().lowFrequency() < 0
                ? new Tone(3.2, -28, -28, -24, -30, -30)
                : new Tone(3.2, -28, -28, -24, -0.1, -30, -30);
        Loudness loudness = result(kind, tone);
        assertThat(loudness.integratedLufs()).isCloseTo(-23, within(TOLERANCE_LU));
        if (kind.speakers().lowFrequency() >= 0) {
            assertThat(loudness.truePeakDbtp()).isBetween(-0.5, 0.1);
        }
    }

    /** One channel after the other alone: each has its weight, and a wrong one would be 1.49 LU off, or be heard. */
    @ParameterizedTest
    @MethodSource("everyWideKind")
    void everyChannelHasItsWeight(Kind kind) throws IOException {
        Speakers speakers = kind.speakers();
        for (int loud = 0; loud < speakers.channels(); loud++) {
            double[] levels = new double[speakers.channels()];
            Arrays.fill(levels, SILENCE);
            levels[loud] = -20;
            double reading = result(kind, new Tone(0.8, levels)).integratedLufs();
            double weight = speakers.weight(loud);
            if (weight == 0) {
                assertThat(reading).isLessThan(-70);
            } else {
                assertThat(reading)
                        .as("channel %d", loud)
                        .isCloseTo(
                                EbuConformanceTest.steadyLufs(weight * Math.pow(10, -2.0) / 2), within(TOLERANCE_LU));
            }
        }
    }

    /** Levels drawn for every channel; wherever they land, the sum is that of BS.1770-5, equation 2. */
    @ParameterizedTest
    @MethodSource("everyWideKind")
    void loudChannelsMayStandAnywhere(Kind kind) throws IOException {
        Speakers speakers = kind.speakers();
        SplittableRandom random = new SplittableRandom(kind.toString().hashCode());
        List<Double> levels = new ArrayList<>(List.of(-6.0, -18.0, -24.0, -30.0, -36.0, -42.0));
        for (int round = 0; round < 3; round++) {
            double[] drawn = new double[speakers.channels()];
            double power = 0;
            for (int c = 0; c < drawn.length; c++) {
                int swapped = random.nextInt(c, levels.size());
                drawn[c] = levels.get(swapped);
                levels.set(swapped, levels.get(c));
                levels.set(c, drawn[c]);
                power += speakers.weight(c) * Math.pow(10, drawn[c] / 10) / 2;
            }
            assertThat(result(kind, new Tone(0.8, drawn)).integratedLufs())
                    .isCloseTo(EbuConformanceTest.steadyLufs(power), within(TOLERANCE_LU));
        }
    }

    /** The same bytes read otherwise when the mask says otherwise: 0x707 has a centre behind where 0x60F has an LFE. */
    @Test
    void theMaskDecides() throws IOException {
        Kind kind = new Kind(48_000, SIDES_5_1, SampleEncoding.PCM24);
        Tone tone = new Tone(0.8, SILENCE, SILENCE, SILENCE, -20, SILENCE, SILENCE);
        assertThat(result(kind, tone).integratedLufs()).isEqualTo(SILENCE);
        Path path = folder.resolve("ebu.wav");
        setMask(path, SIDES_5_1.mask());
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {7, 7, 0, 0}), MASK_OFFSET);
        }
        Kind behind = new Kind(48_000, new Speakers("6.0", 6, 0x707, -1), SampleEncoding.PCM24);
        assertThat(read(path, behind, (meter, frame) -> {}, 8192).result().integratedLufs())
                .isCloseTo(EbuConformanceTest.steadyLufs(Math.pow(10, -2.0) / 2), within(TOLERANCE_LU));
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12})
    void cases9And12_alternatingTones(int number) throws IOException {
        boolean shortTerm = number == 9;
        List<Tone> tones = new ArrayList<>();
        for (int i = 0; i < (shortTerm ? 5 : 25); i++) {
            tones.add(new Tone(shortTerm ? 1.34 : 0.18, -20));
            tones.add(new Tone(shortTerm ? 1.66 : 0.22, -30));
        }
        for (Kind kind : kinds(number)) {
            double expected = kind.speakers().reading(-23);
            long settled = (shortTerm ? 3L : 1L) * kind.rate();
            Watch watch = (meter, frame) -> {
                if (frame >= settled) {
                    assertThat(shortTerm ? meter.shortTermLufs() : meter.momentaryLufs())
                            .as("%s at %d", kind, frame)
                            .isCloseTo(expected, within(TOLERANCE_LU));
                }
            };
            played(kind, watch, kind.rate() / 100, tones.toArray(Tone[]::new));
        }
    }

    /** Each of the twenty files once, and in turn of each kind. */
    @ParameterizedTest
    @ValueSource(ints = {10, 13})
    void cases10And13_maximumOfSeparateFiles(int number) throws IOException {
        List<Kind> kinds = kinds(number);
        for (int i = 0; i < 20; i++) {
            Kind kind = kinds.get(i % kinds.size());
            Loudness loudness = number == 10
                    ? result(kind, new Tone(0.15 * i, SILENCE), new Tone(3, -23), new Tone(1, SILENCE))
                    : result(kind, new Tone(0.02 * i, SILENCE), new Tone(0.4, -23), new Tone(1, SILENCE));
            assertThat(number == 10 ? loudness.maxShortTermLufs() : loudness.maxMomentaryLufs())
                    .as("file %d, %s", i, kind)
                    .isCloseTo(kind.speakers().reading(-23), within(TOLERANCE_LU));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 14})
    void cases11And14_maximumLive(int number) throws IOException {
        boolean shortTerm = number == 11;
        List<Tone> tones = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tones.add(new Tone((shortTerm ? 0.15 : 0.02) * i, SILENCE));
            tones.add(new Tone(shortTerm ? 3 : 0.4, -38.0 + i));
            tones.add(new Tone(1, SILENCE));
        }
        Tone[] all = tones.toArray(Tone[]::new);
        for (Kind kind : kinds(number)) {
            double[] highest = new double[20];
            Arrays.fill(highest, SILENCE);
            long[] ends = new long[20];
            for (int i = 0; i < 20; i++) {
                ends[i] = frames(kind.rate(), Arrays.copyOf(all, 3 * i + 3));
            }
            Watch watch = (meter, frame) -> {
                int segment = 0;
                while (ends[segment] < frame) {
                    segment++;
                }
                highest[segment] =
                        Math.max(highest[segment], shortTerm ? meter.shortTermLufs() : meter.momentaryLufs());
            };
            played(kind, watch, kind.rate() / 100, all);
            for (int i = 0; i < 20; i++) {
                assertThat(highest[i])
                        .as("segment %d, %s", i, kind)
                        .isCloseTo(kind.speakers().reading(-38.0 + i), within(TOLERANCE_LU));
            }
        }
    }

    // True peak.

    /** The true peak of a file that has a signal in one channel and nothing in the others. */
    private double truePeakDbtp(Kind kind, int loud, double[] x) throws IOException {
        Path path = folder.resolve("peak.wav");
        AudioBlock block = new AudioBlock(kind.speakers().channels(), x.length);
        System.arraycopy(x, 0, block.channel(loud), 0, x.length);
        try (Writing writing = new Writing(path, kind, x.length)) {
            writing.write(block, x.length);
        }
        return read(path, kind, (meter, frame) -> {}, 8192).result().truePeakDbtp();
    }

    @ParameterizedTest
    @CsvSource({
        "15, 4,  0.0, 0.50, -6",
        "16, 4, 45.0, 0.50, -6",
        "17, 6, 60.0, 0.50, -6",
        "18, 8, 67.5, 0.50, -6",
        "19, 4, 45.0, 1.41,  3"
    })
    void cases15To19_truePeakOfSines(int number, int divisor, double phaseDegrees, double amplitude, double level)
            throws IOException {
        List<Kind> kinds = everyKind().toList();
        for (int k = 0; k < kinds.size(); k++) {
            Kind kind = kinds.get(k);
            double[] x = new double[kind.rate() / 10];
            for (int i = 0; i < x.length; i++) {
                x[i] = EbuConformanceTest.fade(i, x.length, kind.rate())
                        * amplitude
                        * Math.sin(2.0 * Math.PI * (i % divisor) / divisor + Math.toRadians(phaseDegrees));
            }
            assertThat(truePeakDbtp(kind, (k + number) % kind.speakers().channels(), x))
                    .as("case %d, %s", number, kind)
                    .isBetween(level - 0.4, level + 0.2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void cases20To23_truePeakBetweenSamples(int offset) throws IOException {
        for (int rate : RATES) {
            double[] x = EbuConformanceTest.burst(offset, rate);
            List<Kind> kinds = everyKind().filter(kind -> kind.rate() == rate).toList();
            for (int k = 0; k < kinds.size(); k++) {
                Kind kind = kinds.get(k);
                assertThat(truePeakDbtp(kind, k % kind.speakers().channels(), x))
                        .as("case %d, %s", 20 + offset, kind)
                        .isBetween(-0.4, 0.2);
            }
        }
    }

    // Tech 3342.

    static Stream<Arguments> ranges() {
        return programmes(Stream.of(
                Arguments.of(1, 10.0, List.of(new Tone(20, -20), new Tone(20, -30))),
                Arguments.of(2, 5.0, List.of(new Tone(20, -20), new Tone(20, -15))),
                Arguments.of(3, 20.0, List.of(new Tone(20, -40), new Tone(20, -20))),
                Arguments.of(
                        4,
                        15.0,
                        List.of(
                                new Tone(20, -50),
                                new Tone(20, -35),
                                new Tone(20, -20),
                                new Tone(20, -35),
                                new Tone(20, -50)))));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void rangeCases1To4(int number, Kind kind, double expected, List<Tone> tones) throws IOException {
        assertThat(result(kind, tones.toArray(Tone[]::new)).loudnessRangeLu())
                .isCloseTo(expected, within(RANGE_TOLERANCE_LU));
    }
}
