package io.mixgraph.preset;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loudness targets by name, with who says so, where, and when that was read. A figure is the publisher's unless its
 * sentence says otherwise: several services publish none, and what is given then is what has been measured of them.
 */
public final class LoudnessTargets {
    /**
     * A target.
     *
     * @param doc whether the figure is a requirement, a recommendation or a measurement, and what to know about it
     * @param targetLufs integrated loudness in LUFS; null for no target
     * @param truePeakDb ceiling in dBTP; null for the default
     * @param maxShortTermLufs the loudest short-term loudness allowed, in LUFS; null where there is no such bound
     * @param publisher whose figure it is
     * @param source title, and URL or number, of the document
     * @param asOf year and month in which the figure was read there
     */
    public record LoudnessTarget(
            String name,
            int version,
            String doc,
            @Nullable Double targetLufs,
            @Nullable Double truePeakDb,
            @Nullable Double maxShortTermLufs,
            String publisher,
            String source,
            String asOf)
            implements Preset {}

    private static final String READ = "2026-11";

    private static final List<LoudnessTarget> ALL = List.of(
            target(
                    "spotify",
                    -14.0,
                    -1.0,
                    "Recommended: what playback at the normal level turns every track to; masters louder than -14"
                            + " LUFS are asked to stay below -2 dBTP.",
                    "Spotify",
                    "Loudness normalization, https://support.spotify.com/artists/article/loudness-normalization/"),
            target(
                    "apple_music",
                    -16.0,
                    -1.0,
                    "Apple asks for about 1 dB of headroom but publishes no loudness; -16 LUFS is what Sound Check has"
                            + " been measured to play at.",
                    "Apple",
                    "Apple Digital Masters, https://www.apple.com/apple-music/apple-digital-masters/"),
            target(
                    "youtube",
                    -14.0,
                    -1.0,
                    "Measured, not published: the reference that \"content loudness\" in the player's statistics is"
                            + " relative to; louder uploads are turned down, quieter ones stay.",
                    "YouTube",
                    "Stats for nerds, https://support.google.com/youtube/answer/7519898"),
            target(
                    "tidal",
                    -14.0,
                    -1.0,
                    "Recommended: playback is normalised by album to -14 LUFS, and is never turned up.",
                    "TIDAL",
                    "Loudness normalization, https://support.tidal.com/"),
            target(
                    "amazon",
                    -14.0,
                    -2.0,
                    "Recommended for what Alexa plays; Amazon Music publishes no other figure.",
                    "Amazon",
                    "Normalizing the loudness of audio content,"
                            + " https://developer.amazon.com/docs/flashbriefing/"
                            + "normalizing-the-loudness-of-audio-content.html"),
            target(
                    "ebu_r128",
                    -23.0,
                    -1.0,
                    "Required for European television and radio, within 0.5 LU, 1 LU where that is not practicable.",
                    "EBU",
                    "EBU R 128, https://tech.ebu.ch/publications/r128"),
            new LoudnessTarget(
                    "ebu_r128_s1",
                    1,
                    "Required for adverts, promos and other short-form content: as R 128, and short-term loudness of"
                            + " at most -18 LUFS.",
                    -23.0,
                    -1.0,
                    -18.0,
                    "EBU",
                    "EBU R 128 s1, https://tech.ebu.ch/publications/r128s1",
                    READ),
            target(
                    "atsc_a85",
                    -24.0,
                    -2.0,
                    "Required for television in the United States without loudness metadata, within 2 dB; there"
                            + " anchored on dialogue, here programme loudness.",
                    "ATSC",
                    "ATSC A/85, https://www.atsc.org/documents/"),
            target(
                    "podcast_stereo",
                    -16.0,
                    -1.0,
                    "Recommended, within 1 dB. AES TD1008 recommends -18 LUFS for speech instead.",
                    "Apple",
                    "Audio requirements, https://podcasters.apple.com/support/893-audio-requirements"),
            target(
                    "podcast_mono",
                    -19.0,
                    -1.0,
                    "Derived from podcast_stereo: a mono file is played over two loudspeakers, but BS.1770 counts its"
                            + " one channel once, so it reads 3 LU lower than it sounds; -19 LUFS in one channel is as"
                            + " loud as -16 LUFS with the same in both.",
                    "Apple",
                    "Audio requirements, https://podcasters.apple.com/support/893-audio-requirements, less 3 LU by"
                            + " ITU-R BS.1770-5, Annex 1"),
            target(
                    "netflix",
                    -27.0,
                    -2.0,
                    "Required within 2 LU of the loudness of dialogue alone. Gating by dialogue is not measured here:"
                            + " programme loudness is, which differs where there is much besides speech.",
                    "Netflix",
                    "Netflix Sound Mix Specifications and Best Practices,"
                            + " https://partnerhelp.netflixstudios.com/hc/en-us/articles/360001794307"),
            target(
                    "club",
                    -9.0,
                    -1.0,
                    "There is no published norm: -9 LUFS is about the loudness of what a DJ mixes it with, and leaves"
                            + " drums some of their peaks.",
                    "Mixgraph",
                    "no norm; this project's choice"),
            new LoudnessTarget(
                    "none",
                    1,
                    "No target: the master keeps its loudness.",
                    null,
                    null,
                    null,
                    "Mixgraph",
                    "no figure",
                    READ));

    private LoudnessTargets() {}

    /** All of them, all versions. */
    public static List<LoudnessTarget> all() {
        return ALL;
    }

    /** The target that documents call {@code name}: {@code spotify}, the newest, or {@code spotify@1}. */
    public static Optional<LoudnessTarget> byName(String name) {
        return Preset.find(ALL, name);
    }

    /** Their names, each once. */
    public static List<String> names() {
        return ALL.stream().map(LoudnessTarget::name).distinct().toList();
    }

    private static LoudnessTarget target(
            String name, double lufs, double truePeakDb, String doc, String publisher, String source) {
        return new LoudnessTarget(name, 1, doc, lufs, truePeakDb, null, publisher, source, READ);
    }
}
