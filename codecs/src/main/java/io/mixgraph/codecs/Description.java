package io.mixgraph.codecs;

import io.mixgraph.audio.Decibels;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.model.Tags;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of itself, before it is put the way its container wants it.
 *
 * @param cover a picture, or null
 * @param loudness what was measured on the samples handed over, or null
 */
record Description(
        Tags tags, @Nullable Cover cover, @Nullable Loudness loudness) {
    /** The reference of ReplayGain 2.0, in LUFS. */
    private static final double REPLAY_GAIN_LUFS = -18.0;

    /** The reference of R128_TRACK_GAIN, in LUFS (RFC 7845, 5.2.1). */
    private static final double R128_LUFS = -23.0;

    /** A text of the tags, which no container can hold with a NUL in it; null when there is none. */
    static @Nullable String text(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value.replace('\0', ' ');
    }

    /** The recording's code as its standard stores it, without hyphens (ISO 3901); null when there is none. */
    @Nullable
    String isrc() {
        String isrc = text(tags.isrc());
        return isrc == null ? null : isrc.replace("-", "").toUpperCase(Locale.ROOT);
    }

    /**
     * The two tags of ReplayGain 2.0: the gain to −18 LUFS in dB, not there when silence has no loudness, and the true
     * peak as a linear amplitude. Empty when nothing was measured.
     */
    Map<String, String> replayGain() {
        Map<String, String> gain = new LinkedHashMap<>();
        if (loudness != null) {
            if (Double.isFinite(loudness.integratedLufs())) {
                gain.put("REPLAYGAIN_TRACK_GAIN", decimal(REPLAY_GAIN_LUFS - loudness.integratedLufs(), 2) + " dB");
            }
            gain.put("REPLAYGAIN_TRACK_PEAK", decimal(Decibels.toGain(loudness.truePeakDbtp()), 6));
        }
        return gain;
    }

    /** The gain to −23 LUFS in 256ths of a dB, as Opus has it (RFC 7845, 5.2.1); null without a loudness. */
    @Nullable
    String r128Gain() {
        if (loudness == null || !Double.isFinite(loudness.integratedLufs())) {
            return null;
        }
        double gain = Math.rint(256.0 * (R128_LUFS - loudness.integratedLufs()));
        return Integer.toString((int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, gain)));
    }

    private static String decimal(double value, int places) {
        return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
    }
}
