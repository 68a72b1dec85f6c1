package io.mixgraph.codecs;

import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.model.FileFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The codecs that files are written with: FFmpeg's names for the encoder and for the container, and what they take. */
enum Codec {
    FLAC("flac", "flac"),
    ALAC("alac", "ipod"),
    MP3("libmp3lame", "mp3"),
    AAC("aac", "ipod"),
    OPUS("libopus", "opus");

    private static final int[] MP3_RATES = {48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000};
    private static final int[] AAC_RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000
    };
    private static final int[] OPUS_RATES = {48_000, 24_000, 16_000, 12_000, 8_000};

    /** Layer III of MPEG-1 (ISO/IEC 11172-3, 2.4.2.3), of MPEG-2 (ISO/IEC 13818-3), and what LAME takes below it. */
    private static final int[] MPEG_1 = {32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};

    private static final int[] MPEG_2 = {8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] MPEG_2_5 = {8, 16, 24, 32, 40, 48, 56, 64};

    /** FLAC's frame header can say rates up to 65535, and above it those that 10 divides (RFC 9639, 9.1.2). */
    private static final int FLAC_ANY_RATE = 65_535;

    /** A channel of AAC has at most so many bits in 1024 frames (ISO/IEC 14496-3, 4.5.1). */
    private static final int AAC_BITS = 6_144;

    /**
     * Neither noise of the same power in place of a band (PNS) nor one band for both channels (intensity): stems are to
     * add up to the mix.
     */
    private static final Map<String, String> FAITHFUL_AAC = new TreeMap<>(Map.of("aac_pns", "0", "aac_is", "0"));

    /** What libopus takes at most for each channel, in kbit/s. */
    private static final int OPUS_KBPS = 256;

    private final String encoder;
    private final String muxer;

    Codec(String encoder, String muxer) {
        this.encoder = encoder;
        this.muxer = muxer;
    }

    /** The codec of a format with nothing left open that is no WAV file. */
    static Codec of(FileFormat format) {
        return switch (format.format()) {
            case FLAC -> FLAC;
            case ALAC -> ALAC;
            case MP3 -> MP3;
            case AAC -> AAC;
            case OPUS -> OPUS;
            case STEM_MP4 -> Objects.requireNonNull(format.encoding()).integer() ? ALAC : AAC;
            case WAV, RF64 -> throw new IllegalArgumentException(format.format() + " is written without a codec");
        };
    }

    /** FFmpeg's name for the encoder. */
    String encoder() {
        return encoder;
    }

    /** FFmpeg's name for the container. */
    String muxer() {
        return muxer;
    }

    boolean lossless() {
        return this == FLAC || this == ALAC;
    }

    /** Whether the container is MP4, so that tags go into its boxes. */
    boolean mp4() {
        return muxer.equals("ipod");
    }

    /** How the encoder takes samples of such files: integers of 24 bits stand in the upper bits of 32. */
    SampleType samples(SampleEncoding encoding) {
        return switch (encoding) {
            case PCM16 -> SampleType.S16;
            case PCM24 -> SampleType.S32;
            case FLOAT32 -> SampleType.FLOAT32;
        };
    }

    /** Whether the encoder takes one plane per channel. */
    boolean planar() {
        return this == ALAC || this == MP3 || this == AAC;
    }

    /** What the encoder is set to, by FFmpeg's names. */
    Map<String, String> options() {
        return this == AAC ? FAITHFUL_AAC : Map.of();
    }

    /**
     * Why it cannot encode such a signal, and what to do; null when it can.
     *
     * @param kbps the bit rate; of no meaning when lossless
     */
    @Nullable
    String problem(SampleEncoding encoding, int kbps, int sampleRate, int channels) {
        if (encoding.integer() != lossless()) {
            return lossless()
                    ? named() + " holds integers, not float32; set encoding: pcm24, or format: wav"
                    : named() + " is made of float32, not of " + encoding.name().toLowerCase(Locale.ROOT)
                            + "; leave encoding out";
        }
        if (channels > 2) {
            return named() + " is written in mono or stereo, not in " + channels
                    + " channels; set channels: 2 on output";
        }
        String rate = rateProblem(sampleRate);
        return rate != null ? rate : bitrateProblem(kbps, sampleRate, channels);
    }

    private @Nullable String rateProblem(int sampleRate) {
        return switch (this) {
            case FLAC ->
                sampleRate <= FLAC_ANY_RATE || sampleRate % 10 == 0
                        ? null
                        : named() + " holds rates above 65535 only if 10 divides them, which " + sampleRate
                                + " is not; set sample_rate: 96000 on the deliverable or on output";
            case ALAC -> null;
            case MP3 -> rateProblem(MP3_RATES, sampleRate);
            case AAC -> rateProblem(AAC_RATES, sampleRate);
            case OPUS -> rateProblem(OPUS_RATES, sampleRate);
        };
    }

    private @Nullable String rateProblem(int[] rates, int sampleRate) {
        for (int rate : rates) {
            if (rate == sampleRate) {
                return null;
            }
        }
        return named() + " takes " + list(rates) + " frames per second, not " + sampleRate + "; set sample_rate: "
                + nearest(rates, sampleRate) + " on the deliverable or on output";
    }

    /** The highest rate from 44100 on that divides the one asked for; else the next above it; else the highest. */
    private static int nearest(int[] falling, int sampleRate) {
        int nearest = falling[0];
        for (int rate : falling) {
            if (rate >= 44_100 && sampleRate % rate == 0) {
                return rate;
            }
            nearest = rate > sampleRate ? rate : nearest;
        }
        return nearest;
    }

    private @Nullable String bitrateProblem(int kbps, int sampleRate, int channels) {
        return switch (this) {
            case FLAC, ALAC -> null;
            case MP3 -> {
                int[] possible = sampleRate >= 32_000 ? MPEG_1 : sampleRate >= 16_000 ? MPEG_2 : MPEG_2_5;
                yield Arrays.binarySearch(possible, kbps) >= 0
                        ? null
                        : named() + " at " + sampleRate + " frames per second has " + list(possible) + " kbit/s, not "
                                + kbps + "; set bitrate_kbps to one of them";
            }
            case AAC ->
                atMost(kbps, (int) ((long) AAC_BITS * channels * sampleRate / 1024 / 1000), sampleRate, channels);
            case OPUS -> atMost(kbps, OPUS_KBPS * channels, sampleRate, channels);
        };
    }

    private @Nullable String atMost(int kbps, int most, int sampleRate, int channels) {
        return kbps <= most
                ? null
                : named() + " takes at most " + most + " kbit/s for " + channels
                        + (channels == 1 ? " channel" : " channels") + " at " + sampleRate + " frames per second, not "
                        + kbps + "; set bitrate_kbps: " + most + " or less";
    }

    private static String list(int[] numbers) {
        String all = Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return all.substring(0, last) + " or " + all.substring(last + 2);
    }

    private String named() {
        return name().toLowerCase(Locale.ROOT);
    }
}
