package io.mixgraph.render;

import io.mixgraph.loudness.Loudness;
import io.mixgraph.routing.BusChoice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a render did and the proof of it: the content of {@code report.json}. A number that is undefined (the loudness
 * of silence) is negative infinity or NaN here and null in JSON. Holds no clock, absolute path or JDK.
 *
 * @param backends name and version of each outside decoder that was used
 * @param graphHash {@link io.mixgraph.routing.MixGraph#hash}
 * @param frames the length of every file
 * @param busMap for each track, its bus and why
 * @param fxPresets for each strip with one, {@code name@version} of its FX preset
 * @param latencyFrames for each node, by how much its output is late before trimming
 * @param warnings for people
 */
public record RenderReport(
        Engine engine,
        Map<String, String> backends,
        String graphHash,
        int sampleRate,
        long frames,
        Map<String, BusChoice> busMap,
        Map<String, String> fxPresets,
        LoudnormMetrics loudnormMetrics,
        List<FileReport> files,
        Certificate certificate,
        Map<String, Integer> latencyFrames,
        List<SourceReport> sources,
        List<String> warnings) {

    /** Which engine: any two with one {@code dspRevision} give the same bits. */
    public record Engine(String name, String version, int dspRevision) {}

    /**
     * Loudness in and out, under the names that are usual in the field.
     *
     * @param inputI integrated loudness of the master before its loudness gain and limiter, LUFS
     * @param inputTp true peak of the same, dBTP
     * @param inputLra loudness range of the same, LU
     * @param inputThresh relative gate of the same, LUFS
     * @param outputI integrated loudness of the finished file, LUFS; likewise the three after it
     * @param targetI the loudness asked for, null for none
     * @param targetTp the limiter's ceiling in dBTP, null for none
     * @param gainDb the loudness gain that was applied
     * @param limiterMaxReductionDb the most that the limiter took away, 0 or more
     * @param binding what bound the result: target, true_peak, silence or none
     */
    public record LoudnormMetrics(
            double inputI,
            double inputTp,
            double inputLra,
            double inputThresh,
            double outputI,
            double outputTp,
            double outputLra,
            double outputThresh,
            @Nullable Double targetI,
            @Nullable Double targetTp,
            double gainDb,
            double limiterMaxReductionDb,
            Binding binding) {}

    /**
     * A file as written.
     *
     * @param sha256 of its bytes, hexadecimal; null when it went to a sink that has none
     * @param frames how many it was given
     * @param loudness measured on the samples as they are stored
     */
    public record FileReport(
            String id,
            PlannedFile.Kind kind,
            String path,
            @Nullable String sha256,
            long frames,
            boolean inSum,
            FileLoudness loudness) {}

    /** The loudness of a file. */
    public record FileLoudness(
            double integratedLufs,
            double loudnessRangeLu,
            double truePeakDbtp,
            double samplePeakDbfs,
            double maxMomentaryLufs,
            double maxShortTermLufs) {
        static FileLoudness of(Loudness loudness) {
            return new FileLoudness(
                    loudness.integratedLufs(),
                    loudness.loudnessRangeLu(),
                    loudness.truePeakDbtp(),
                    loudness.samplePeakDbfs(),
                    loudness.maxMomentaryLufs(),
                    loudness.maxShortTermLufs());
        }
    }

    /**
     * The proof that files line up and add up.
     *
     * @param aligned whether all files have one start, length and rate, by what each was given while it was written
     * @param stemsSumTo what the stems add up to: {@code pre_master}; null without stems
     * @param stemsGainDb the one gain that all stems carry
     * @param nullResidualDbfs the peak of (Σ stems − the master's input), measured on the samples as stored; negative
     *     infinity when it is exactly zero
     * @param nullBoundDbfs the most that rounding of the stems can make it; negative infinity for zero
     */
    public record Certificate(
            boolean aligned,
            @Nullable String stemsSumTo,
            double stemsGainDb,
            double nullResidualDbfs,
            double nullBoundDbfs) {}

    /**
     * A recording that was played.
     *
     * @param name as the session writes it
     * @param frames its length at its own rate
     * @param decoder the outside decoder, null for Mixgraph's own
     * @param decodedSha256 of the decoded samples, where an outside decoder made them
     */
    public record SourceReport(
            String name,
            int sampleRate,
            int channels,
            long frames,
            @Nullable String decoder,
            @Nullable String decodedSha256) {}
}
