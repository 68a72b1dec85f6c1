package io.mixgraph.render;

import io.mixgraph.audio.Dither;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.StemTap;
import io.mixgraph.routing.BusChoice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a render did and the proof of it: the content of {@code report.json}. A number that is undefined (the loudness
 * of silence) is negative infinity or NaN here and null in JSON. Holds no clock, absolute path or JDK.
 *
 * @param name of the mix
 * @param document what the session was read from; null when it was no document
 * @param backends name and version of each outside decoder that was used
 * @param graphHash {@link io.mixgraph.routing.MixGraph#hash}
 * @param frames the length of every file
 * @param busMap for each track, its bus and why
 * @param fxPresets for each strip with one, {@code name@version} of its FX preset
 * @param latencyFrames for each node, by how much its output is late before trimming
 * @param warnings for people
 */
public record RenderReport(
        String name,
        @Nullable Document document,
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

    /** The same, of a session that was read from a document. */
    public RenderReport withDocument(Document newDocument) {
        return new RenderReport(
                name,
                newDocument,
                engine,
                backends,
                graphHash,
                sampleRate,
                frames,
                busMap,
                fxPresets,
                loudnormMetrics,
                files,
                certificate,
                latencyFrames,
                sources,
                warnings);
    }

    /**
     * The document of a session.
     *
     * @param file its name, without the folder
     * @param sha256 of its bytes, hexadecimal
     */
    public record Document(String file, String sha256) {}

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
     * @param targetPreset {@code name@version} of the published target that was asked for, null for none
     * @param gainDb the loudness gain that was applied
     * @param limiterMaxReductionDb the most that the limiter took away, 0 or more
     * @param binding what bound the result
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
            @Nullable String targetPreset,
            double gainDb,
            double limiterMaxReductionDb,
            Binding binding) {}

    /**
     * A file as written.
     *
     * @param sha256 of its bytes, hexadecimal; null when it went to a sink that has none
     * @param format the container
     * @param encoding how samples are stored, or handed to the encoder
     * @param dither what was added before they were rounded
     * @param sampleRate frames per second
     * @param frames how many it was given
     * @param inSum whether it is one of the stems that add up
     * @param sumOf the files that it is the sum of; null for none
     * @param loudness measured on the samples as they are stored, or handed to the encoder
     * @param encoded what an encoder made of them; null for none
     */
    public record FileReport(
            String id,
            PlannedFile.Kind kind,
            String path,
            @Nullable String sha256,
            FileFormat.Container format,
            SampleEncoding encoding,
            Dither dither,
            int sampleRate,
            long frames,
            boolean inSum,
            @Nullable List<String> sumOf,
            FileLoudness loudness,
            @Nullable EncodedReport encoded) {
        static FileReport of(
                PlannedFile file,
                RenderTarget.FileSink sink,
                long frames,
                @Nullable List<String> sumOf,
                Loudness loudness) {
            RenderTarget.Encoded encoded = sink.encoded();
            return new FileReport(
                    file.id(),
                    file.kind(),
                    file.path(),
                    sink.sha256(),
                    file.file().format(),
                    file.encoding(),
                    file.dither(),
                    file.format().sampleRate(),
                    frames,
                    file.inSum(),
                    sumOf,
                    FileLoudness.of(loudness),
                    encoded == null ? null : EncodedReport.of(encoded));
        }
    }

    /**
     * What an encoder made of a file.
     *
     * @param encoder the codec and the library that ran it
     * @param delayFrames frames that a decoder puts before the first one unless it heeds the file, which declares them
     * @param pcmSha256 of the samples handed over
     * @param decodedTruePeakDbtp of what a lossy file decodes to; null for a lossless one
     */
    public record EncodedReport(
            String encoder,
            int delayFrames,
            String pcmSha256,
            @Nullable Double decodedTruePeakDbtp) {
        static EncodedReport of(RenderTarget.Encoded encoded) {
            double peak = encoded.decodedTruePeakDbtp();
            return new EncodedReport(
                    encoded.encoder(), encoded.delayFrames(), encoded.pcmSha256(), Double.isNaN(peak) ? null : peak);
        }
    }

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
     * @param aligned whether every file has the whole timeline from its start, at the rate asked for, by what each was
     *     given while it was written
     * @param stemsTap where stems were taken; null without stems
     * @param stemsSumTo what the stems add up to: {@code pre_master} or {@code master}; null for nothing
     * @param stemsGainDb the one gain that all stems carry
     * @param nullResidualDbfs the peak of (Σ stems − the master's input, or the master before its final rounding),
     *     measured on the samples as stored; negative infinity when it is exactly zero
     * @param nullBoundDbfs the most that rounding can make it; negative infinity for zero
     * @param nullWithinBound whether at every frame the residual was within the bound of that frame; null where nothing
     *     bounds it
     * @param sums the same for every deliverable that is a sum of stems
     */
    public record Certificate(
            boolean aligned,
            @Nullable StemTap stemsTap,
            @Nullable String stemsSumTo,
            double stemsGainDb,
            double nullResidualDbfs,
            double nullBoundDbfs,
            @Nullable Boolean nullWithinBound,
            List<SumProof> sums) {
        /** Whether everything that was to be proven is. */
        public boolean holds() {
            return aligned
                    && !Boolean.FALSE.equals(nullWithinBound)
                    && sums.stream().allMatch(SumProof::withinBound);
        }
    }

    /**
     * The proof that a deliverable is a sum of stems.
     *
     * @param id the deliverable's
     * @param tap where its stems are taken, which need not be where those are that have files
     * @param sumOf the stems, as they are stored
     * @param residualDbfs the peak of (Σ stems − the deliverable as it is stored)
     * @param boundDbfs the most that the deliverable's own rounding can make it
     * @param withinBound whether it was so at every frame
     */
    public record SumProof(
            String id, StemTap tap, List<String> sumOf, double residualDbfs, double boundDbfs, boolean withinBound) {}

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
