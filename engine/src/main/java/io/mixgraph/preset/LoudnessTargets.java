package io.mixgraph.preset;

import java.util.List;
import java.util.Optional;

/** Published loudness targets by name. Figures as their publishers give them; each line says where. */
public final class LoudnessTargets {
    /**
     * A published target.
     *
     * @param name how documents call it
     * @param targetLufs integrated loudness in LUFS
     * @param truePeakDb ceiling in dBTP
     * @param doc who publishes it and where
     */
    public record LoudnessTarget(String name, double targetLufs, double truePeakDb, String doc) {}

    private static final List<LoudnessTarget> ALL = List.of(
            new LoudnessTarget("spotify", -14, -1, "Spotify for Artists, Loudness normalization: normal level."),
            new LoudnessTarget(
                    "youtube", -14, -1, "YouTube playback reference, as measured in its statistics for nerds."),
            new LoudnessTarget("tidal", -14, -1, "TIDAL artist guidelines, album and track normalization."),
            new LoudnessTarget("apple_music", -16, -1, "Apple Digital Masters and Sound Check reference."),
            new LoudnessTarget("podcast_stereo", -16, -1, "AES TD1008, on-demand stereo speech."),
            new LoudnessTarget("ebu_r128", -23, -1, "EBU R 128, programme loudness and maximum true peak."),
            new LoudnessTarget("atsc_a85", -24, -2, "ATSC A/85, annex on loudness for content without metadata."));

    private LoudnessTargets() {}

    /** All of them. */
    public static List<LoudnessTarget> all() {
        return ALL;
    }

    /** The target that documents call {@code name}. */
    public static Optional<LoudnessTarget> byName(String name) {
        return ALL.stream().filter(target -> target.name().equals(name)).findFirst();
    }

    /** Their names. */
    public static java.util.List<String> names() {
        return ALL.stream().map(LoudnessTarget::name).toList();
    }
}
