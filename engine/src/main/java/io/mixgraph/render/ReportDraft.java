package io.mixgraph.render;

import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.Numbers;
import io.mixgraph.fx.Limiter;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.routing.MasterFinish;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts together what a finished render has to say. */
final class ReportDraft {
    private final RenderPlan plan;
    private final MixGraph graph;
    private final RenderReport.Engine engine;
    private final Loudness input;
    private final GainDecision decision;
    private final MasterFiles masterFiles;
    private final StemGroup preMaster;

    ReportDraft(
            RenderPlan plan,
            RenderReport.Engine engine,
            Loudness input,
            GainDecision decision,
            MasterFiles masterFiles,
            StemGroup preMaster) {
        this.plan = plan;
        this.graph = plan.graph();
        this.engine = engine;
        this.input = input;
        this.decision = decision;
        this.masterFiles = masterFiles;
        this.preMaster = preMaster;
    }

    /**
     * The report.
     *
     * @param finished every file that was written, by its path
     * @param aligned whether each was given the whole timeline
     * @param found what was found of the recordings, by {@link HeardSource#key}
     */
    RenderReport report(Map<String, RenderReport.FileReport> finished, boolean aligned, Map<String, Findings> found) {
        Map<String, String> backends = new TreeMap<>();
        List<RenderReport.SourceReport> sources = new ArrayList<>();
        List<String> warnings = new ArrayList<>(graph.notes());
        for (AudioSource source : graph.sources()) {
            AudioSource.Backend backend = source.backend();
            if (backend != null) {
                backends.put(backend.name(), backend.version());
            }
            Findings heard = found.getOrDefault(HeardSource.key(source), Findings.NONE);
            sources.add(new RenderReport.SourceReport(
                    source.name(),
                    source.format().sampleRate(),
                    source.format().channels(),
                    source.frames(),
                    backend == null ? null : backend.name(),
                    heard.decodedSha256()));
            warnings.addAll(source.warnings());
            warnings.addAll(heard.warningsOf(source.name()));
        }
        Map<String, Integer> latencies = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            latencies.put(node.id(), node.outputLatencyFrames());
        }
        List<RenderReport.FileReport> files = new ArrayList<>();
        for (PlannedFile file : plan.files()) {
            RenderReport.FileReport report = finished.get(file.path());
            if (report != null) {
                files.add(report);
            }
        }
        addWarnings(warnings, files);
        return new RenderReport(
                plan.name(),
                null,
                engine,
                Collections.unmodifiableMap(backends),
                graph.hash(),
                graph.sampleRate(),
                plan.frames(),
                graph.busMap(),
                graph.fxPresets(),
                metrics(),
                files,
                certificate(aligned),
                Collections.unmodifiableMap(latencies),
                sources,
                warnings);
    }

    private void addWarnings(List<String> warnings, List<RenderReport.FileReport> files) {
        boolean mastered = plan.stems().stream().anyMatch(stem -> stem.tap() == StemTap.MASTERED);
        if (mastered && RenderPlanner.addsResidual(graph)) {
            warnings.add("an effect of the master is not linear: what it adds to the mix belongs to no stem and is in"
                    + " the stem residual, without which the stems do not add up to the master");
        }
        MasterFinish.Target target = graph.finish().target();
        double loudest = masterFiles.master().file().loudness().maxShortTermLufs();
        if (target != null && target.maxShortTermLufs() != null && loudest > target.maxShortTermLufs()) {
            warnings.add("short-term loudness reaches " + Numbers.rounded(loudest, 1) + " LUFS, and " + target.preset()
                    + " allows " + Numbers.text(target.maxShortTermLufs()));
        }
        Limiter limiter = graph.finish().limiter();
        for (RenderReport.FileReport file : files) {
            RenderReport.EncodedReport encoded = file.encoded();
            Double peak = encoded == null ? null : encoded.decodedTruePeakDbtp();
            if (limiter != null && peak != null && peak > limiter.truePeakDb()) {
                warnings.add(file.path() + " decodes to a true peak of " + Numbers.rounded(peak, 2)
                        + " dBTP, above the ceiling of " + Numbers.text(limiter.truePeakDb())
                        + ", which held before it was encoded; a lower ceiling leaves room for the codec");
            }
        }
    }

    private RenderReport.LoudnormMetrics metrics() {
        MasterFinish finish = graph.finish();
        Loudness output = masterFiles.master().file().loudness();
        return new RenderReport.LoudnormMetrics(
                input.integratedLufs(),
                input.truePeakDbtp(),
                input.loudnessRangeLu(),
                input.thresholdLufs(),
                output.integratedLufs(),
                output.truePeakDbtp(),
                output.loudnessRangeLu(),
                output.thresholdLufs(),
                finish.target() == null ? null : finish.target().lufs(),
                finish.limiter() == null ? null : finish.limiter().truePeakDb(),
                finish.target() == null ? null : finish.target().preset(),
                decision.gainDb(),
                masterFiles.master().maxReductionDb(),
                decision.binding());
    }

    private RenderReport.Certificate certificate(boolean aligned) {
        StemOutput wanted = plan.output().stems();
        StemTap tap = wanted.enabled() ? wanted.tap() : null;
        NullTest test = nullTest(tap);
        List<RenderReport.SumProof> sums = new ArrayList<>(preMaster.proofs());
        sums.addAll(masterFiles.proofs());
        NullTest proof = tap == StemTap.SOLOED ? null : test;
        String whole = tap == StemTap.MASTERED ? "master" : "pre_master";
        return new RenderReport.Certificate(
                aligned,
                tap,
                proof == null ? null : whole,
                wanted.gainDb(),
                test == null ? Double.NaN : test.result().residualDbfs(),
                proof == null ? Double.NaN : proof.result().boundDbfs(),
                proof == null ? null : (Boolean) proof.result().holds(),
                sums);
    }

    private @Nullable NullTest nullTest(@Nullable StemTap tap) {
        if (tap == null) {
            return null;
        }
        return tap == StemTap.PRE_MASTER ? preMaster.nullTest() : masterFiles.nullTest(tap);
    }
}
