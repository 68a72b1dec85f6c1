package io.mixgraph.render;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.dsp.ResamplerDesign;
import io.mixgraph.fx.Nature;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.model.Output;
import io.mixgraph.model.StemOutput;
import io.mixgraph.model.StemTap;
import io.mixgraph.model.Tail;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import io.mixgraph.routing.Timeline;
import io.mixgraph.wav.WavPlan;
import io.mixgraph.wav.WavTags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides which files a graph is rendered to, how long they are and how many bytes they take. */
public final class RenderPlanner {
    /** What a compressed file has beside its sound: tags, tables, a picture of a usual size. */
    private static final long METADATA_BYTES = 1 << 18;

    private final String name;
    private final MixGraph graph;
    private final Output output;
    private final long frames;
    private final AudioFormat format;
    private final List<PlannedStem> stems = new ArrayList<>();
    private final List<PlannedSum> sums = new ArrayList<>();
    private final List<PlannedFile> files = new ArrayList<>();

    private RenderPlanner(String name, MixGraph graph, Output output) {
        this.name = name;
        this.graph = graph;
        this.output = output;
        this.frames = graph.clipEndFrames() + tailFrames(graph, output.tail());
        this.format = format(output.sampleRate() == null ? graph.sampleRate() : output.sampleRate());
    }

    /**
     * The plan of a graph's render.
     *
     * @param name of the mix
     */
    public static RenderPlan plan(String name, MixGraph graph, Output output) {
        return new RenderPlanner(name, graph, output).plan();
    }

    private RenderPlan plan() {
        for (StemTap tap : StemTap.values()) {
            planStems(tap);
        }
        if (output.preMaster()) {
            files.add(file(
                    "pre_master",
                    PlannedFile.Kind.AUDIO_PRE_MASTER,
                    "pre_master",
                    format,
                    FileFormat.DEFAULT.resolved(SampleEncoding.FLOAT32),
                    false,
                    List.of()));
        }
        for (Deliverable deliverable : output.deliverables()) {
            PlannedSum sum = sum(deliverable);
            sums.add(sum);
            files.add(sum.file());
        }
        files.add(file(
                "master",
                PlannedFile.Kind.AUDIO_MASTER,
                "master",
                format,
                output.master().resolved(SampleEncoding.PCM24),
                false,
                List.of()));
        return new RenderPlan(name, graph, output, frames, stems, sums, files, spoolBytes());
    }

    /** Whether a loudness gain is to be found, which is only known after a first pass. */
    static boolean solved(MixGraph graph) {
        return graph.finish().target() != null && graph.finish().target().mode() != LoudnessMode.OFF;
    }

    /**
     * Whether the master is spooled: because its gain is only known after a first pass, or its ceiling only right at
     * another rate after a first try.
     */
    static boolean twoPasses(MixGraph graph, Output output) {
        return solved(graph)
                || (graph.finish().limiter() != null
                        && (resamples(graph, output.sampleRate())
                                || output.deliverables().stream()
                                        .anyMatch(one -> one.isMaster() && resamples(graph, one.sampleRate()))));
    }

    private static boolean resamples(MixGraph graph, @Nullable Integer rate) {
        return rate != null && rate != graph.sampleRate();
    }

    /** Where the stems of a deliverable are taken; those of the master itself can only be mastered. */
    static StemTap tap(Deliverable deliverable, Output output) {
        if (deliverable.file().format() == FileFormat.Container.STEM_MP4) {
            return StemTap.MASTERED;
        }
        if (deliverable.tap() != null) {
            return deliverable.tap();
        }
        return output.stems().tap() == StemTap.SOLOED
                ? StemTap.MASTERED
                : output.stems().tap();
    }

    private static long tailFrames(MixGraph graph, Tail tail) {
        return switch (tail.mode()) {
            case AUTO -> graph.tailFrames();
            case NONE -> 0;
            case SECONDS -> Timeline.frame(tail.seconds(), graph.sampleRate());
        };
    }

    private long spoolBytes() {
        long spooled = 1
                + stems.stream()
                        .filter(stem -> stem.tap() != StemTap.PRE_MASTER)
                        .count();
        return twoPasses(graph, output) ? 8L * output.channels() * frames * spooled : 0;
    }

    private AudioFormat format(int rate) {
        return new AudioFormat(rate, ChannelLayout.ofCount(output.channels()));
    }

    // Stems.

    private void planStems(StemTap tap) {
        StemOutput wanted = output.stems();
        boolean written = wanted.enabled() && wanted.tap() == tap;
        boolean summed = output.deliverables().stream().anyMatch(one -> usesStems(one) && tap(one, output) == tap);
        if (!written && !summed) {
            return;
        }
        for (int e = 0; e < graph.edges().size(); e++) {
            Edge edge = graph.edges().get(e);
            Node from = graph.nodes().get(edge.from());
            boolean inSum = edge.to() == graph.masterIndex() && edge.role() == Edge.Role.OUTPUT;
            boolean nested =
                    written && wanted.nested() && from.kind() == Node.Kind.BUS && edge.role() == Edge.Role.OUTPUT;
            if (inSum || nested) {
                addStem(from.id(), e, tap, written, inSum && tap != StemTap.SOLOED);
            }
        }
        if (tap == StemTap.MASTERED && addsResidual(graph)) {
            addStem(Deliverable.RESIDUAL, PlannedStem.RESIDUAL, tap, written, true);
        }
    }

    private static boolean usesStems(Deliverable deliverable) {
        return !deliverable.isMaster() || deliverable.file().format() == FileFormat.Container.STEM_MP4;
    }

    /** Whether an effect of the master adds what belongs to no stem. */
    static boolean addsResidual(MixGraph graph) {
        return graph.master().effects().stream().anyMatch(slot -> slot.effect().nature() == Nature.NONLINEAR);
    }

    private void addStem(String id, int edge, StemTap tap, boolean written, boolean inSum) {
        FileFormat encoding = written ? output.stems().file() : FileFormat.DEFAULT;
        PlannedFile file = file(
                id,
                PlannedFile.Kind.AUDIO_BUS_STEM,
                "stems/" + id,
                format,
                encoding.resolved(SampleEncoding.FLOAT32),
                inSum,
                List.of());
        stems.add(new PlannedStem(file, edge, tap, written));
        if (written) {
            files.add(file);
        }
    }

    // Deliverables.

    private PlannedSum sum(Deliverable deliverable) {
        AudioFormat own = deliverable.sampleRate() == null ? format : format(deliverable.sampleRate());
        Map<String, List<String>> four = new LinkedHashMap<>();
        List<List<String>> streams = new ArrayList<>();
        SampleEncoding preferred = SampleEncoding.FLOAT32;
        StemTap tap = tap(deliverable, output);
        List<String> all = stems.stream()
                .filter(stem -> stem.tap() == tap && isSummed(stem))
                .map(stem -> stem.file().id())
                .toList();
        if (deliverable.isMaster()) {
            streams.add(PlannedSum.MASTER);
            preferred = SampleEncoding.PCM24;
            if (deliverable.file().format() == FileFormat.Container.STEM_MP4) {
                four = four(deliverable, all);
                streams.addAll(four.values());
            }
        } else {
            List<String> sum = deliverable.sum();
            List<String> except = deliverable.except();
            streams.add(all.stream()
                    .filter(id -> (sum == null || sum.contains(id)) && (except == null || !except.contains(id)))
                    .toList());
        }
        PlannedFile file = file(
                deliverable.id(),
                PlannedFile.Kind.AUDIO_DELIVERABLE,
                "deliverables/" + deliverable.id(),
                own,
                deliverable.file().resolved(preferred),
                false,
                List.copyOf(four.keySet()));
        return new PlannedSum(file, usesStems(deliverable) ? tap : null, streams);
    }

    private boolean isSummed(PlannedStem stem) {
        return stem.edge() == PlannedStem.RESIDUAL
                || graph.edges().get(stem.edge()).to() == graph.masterIndex();
    }

    /**
     * Four stems that hold every bus: as they are written, or by name; what is left over is in the one called other.
     */
    private static Map<String, List<String>> four(Deliverable deliverable, List<String> all) {
        Map<String, List<String>> written = deliverable.stems();
        Map<String, List<String>> four = new LinkedHashMap<>();
        List<String> left = new ArrayList<>(all);
        for (String name : written == null ? Deliverable.FOUR_STEMS : written.keySet()) {
            List<String> wanted = written == null ? List.of(name) : Objects.requireNonNull(written.get(name));
            four.put(name, new ArrayList<>(all.stream().filter(wanted::contains).toList()));
            left.removeAll(wanted);
        }
        List<String> rest = four.containsKey(Deliverable.OTHER)
                ? four.get(Deliverable.OTHER)
                : List.copyOf(four.values()).get(four.size() - 1);
        Objects.requireNonNull(rest).addAll(left);
        return four;
    }

    private PlannedFile file(
            String id,
            PlannedFile.Kind kind,
            String place,
            AudioFormat own,
            FileFormat file,
            boolean inSum,
            List<String> streams) {
        long length = ResamplerDesign.outputFrames(frames, graph.sampleRate(), own.sampleRate());
        return new PlannedFile(
                id,
                kind,
                place + "." + file.format().extension(),
                own,
                file,
                length,
                bytes(kind, own, file, length) * (1 + streams.size()),
                inSum,
                streams);
    }

    private long bytes(PlannedFile.Kind kind, AudioFormat own, FileFormat file, long length) {
        long wave = new WavPlan(
                        own,
                        Objects.requireNonNull(file.encoding()),
                        length,
                        file.format() == FileFormat.Container.RF64,
                        kind.describesItself() ? output.tags().titled(name).wav() : WavTags.NONE)
                .fileBytes();
        Integer kbps = file.bitrateKbps();
        if (file.format().wave()) {
            return wave;
        }
        long seconds = length / own.sampleRate() + 1;
        return METADATA_BYTES + (kbps == null || file.encoding().integer() ? wave : seconds * kbps * 125);
    }
}
