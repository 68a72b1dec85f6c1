package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.InputMode;
import io.mixgraph.model.Output;
import io.mixgraph.routing.ClipPlacement;
import io.mixgraph.routing.Curve;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.EffectSlot;
import io.mixgraph.routing.MasterFinish;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import io.mixgraph.routing.Panning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Shows that a mix lines up: the same graph with an impulse in the middle of every clip, with every effect replaced by
 * a pass-through of its declared latency, every fader open, and nothing muted, is rendered, and in every file every
 * impulse has to be at its own frame, moved by nothing but the trim delays of the strips that it went through.
 *
 * <p>What it does not show: that the effects have the latency they declare, and that the sample rate converter moves
 * nothing. A clip of another rate is replaced by an impulse at the session's.
 */
public final class SelfTest {
    private final RenderPlan plan;
    private final MixGraph graph;

    private SelfTest(RenderPlan plan) {
        this.plan = plan;
        this.graph = plan.graph();
    }

    /**
     * What one file holds.
     *
     * @param path the file, as it would be called if all were WAV files
     * @param impulses how many frames have to be heard in it
     * @param missing those that are not, up to a few
     * @param unexpected those that are and should not be, up to a few
     */
    public record FileCheck(String path, int impulses, List<Long> missing, List<Long> unexpected) {
        /** Whether it is as it should be. */
        public boolean holds() {
            return missing.isEmpty() && unexpected.isEmpty();
        }
    }

    /**
     * Renders the impulses and looks for them.
     *
     * @param plan of the mix as it is
     * @param blockFrames how many frames are rendered at a time
     * @return one check for each file
     * @throws IOException never but from the monitor of a caller
     */
    public static List<FileCheck> run(RenderPlan plan, int threads, int blockFrames, RenderMonitor monitor)
            throws IOException {
        return new SelfTest(plan).run(threads, blockFrames, monitor);
    }

    private List<FileCheck> run(int threads, int blockFrames, RenderMonitor monitor) throws IOException {
        RenderPlan impulses = RenderPlanner.plan(plan.name(), impulses(), plainFiles());
        Heard heard = new Heard();
        try (Mixdown mixdown = new Mixdown(impulses, heard, monitor, threads, blockFrames, false)) {
            mixdown.mix();
            mixdown.finish(mixdown.solve(), false);
        }
        Map<String, SortedSet<Long>> expected = expected(impulses);
        List<FileCheck> checks = new ArrayList<>();
        for (PlannedFile file : impulses.files()) {
            checks.add(check(file, expected, heard.frames.getOrDefault(file.path(), new TreeSet<>()), impulses));
        }
        return checks;
    }

    private static FileCheck check(
            PlannedFile file, Map<String, SortedSet<Long>> byBus, SortedSet<Long> heard, RenderPlan plan) {
        SortedSet<Long> expected = new TreeSet<>();
        for (String part : parts(file, plan)) {
            expected.addAll(byBus.getOrDefault(part, new TreeSet<>()));
        }
        expected.removeIf(frame -> frame < 0 || frame >= file.frames());
        List<Long> missing = expected.stream()
                .filter(frame -> !heard.contains(frame))
                .limit(5)
                .toList();
        List<Long> unexpected = heard.stream()
                .filter(frame -> !expected.contains(frame))
                .limit(5)
                .toList();
        return new FileCheck(file.path(), expected.size(), missing, unexpected);
    }

    /** The nodes that a file is made of. */
    private static List<String> parts(PlannedFile file, RenderPlan plan) {
        if (file.kind() == PlannedFile.Kind.AUDIO_BUS_STEM) {
            return List.of(file.id());
        }
        for (PlannedSum sum : plan.sums()) {
            if (sum.file().equals(file)) {
                return sum.sumOf();
            }
        }
        return PlannedSum.MASTER;
    }

    /** When the impulses leave each bus and the master, by the trims on their ways. */
    private Map<String, SortedSet<Long>> expected(RenderPlan impulses) {
        List<Node> nodes = impulses.graph().nodes();
        List<SortedSet<Long>> leaving = new ArrayList<>();
        Map<String, SortedSet<Long>> byBus = new LinkedHashMap<>();
        for (int n = 0; n < nodes.size(); n++) {
            Node node = nodes.get(n);
            SortedSet<Long> inside = new TreeSet<>();
            for (ClipPlacement clip : node.clips()) {
                inside.add(clip.startFrame() + ((ImpulseSource) clip.source()).at() - clip.offsetFrames());
            }
            for (Edge edge : impulses.graph().edgesInto(n)) {
                if (edge.port() == Edge.Port.MAIN) {
                    inside.addAll(leaving.get(edge.from()));
                }
            }
            SortedSet<Long> trimmed = new TreeSet<>();
            inside.forEach(frame -> trimmed.add(frame + node.trimDelayFrames()));
            leaving.add(trimmed);
            if (node.kind() != Node.Kind.TRACK) {
                byBus.put(node.id(), trimmed);
            }
        }
        return byBus;
    }

    private MixGraph impulses() {
        Curve open = Curve.constant(0);
        return new MixGraph(
                graph.sampleRate(),
                graph.nodes().stream().map(this::impulses).toList(),
                graph.edges().stream().map(SelfTest::opened).toList(),
                new MasterFinish(open, graph.finish().limiter(), null),
                List.of(),
                graph.busMap(),
                graph.fxPresets(),
                graph.clipEndFrames(),
                graph.tailFrames(),
                List.of());
    }

    private Node impulses(Node node) {
        return new Node(
                node.kind(),
                node.id(),
                node.name(),
                node.layout(),
                InputMode.STEREO,
                false,
                node.trimDelayFrames(),
                node.clips().stream().map(SelfTest::impulse).toList(),
                node.effects().stream()
                        .map(slot -> EffectSlot.of(PassThrough.of(slot.effect(), graph.sampleRate())))
                        .toList(),
                node.arrivalLatencyFrames(),
                node.outputLatencyFrames(),
                node.endFrames());
    }

    private static ClipPlacement impulse(ClipPlacement clip) {
        long at = clip.offsetFrames() + clip.lengthFrames() / 2;
        return new ClipPlacement(
                new ImpulseSource(
                        clip.source().name(),
                        clip.source().format(),
                        clip.source().frames(),
                        at),
                clip.sourceRate(),
                clip.startFrame(),
                clip.offsetFrames(),
                clip.lengthFrames(),
                0,
                0,
                0,
                clip.fadeShape(),
                Curve.constant(0),
                clip.downmix());
    }

    private static Edge opened(Edge edge) {
        Panning centre = Panning.of(Curve.constant(0), edge.panning().lawDb());
        return new Edge(
                edge.from(),
                edge.tap(),
                edge.to(),
                edge.port(),
                edge.effect(),
                edge.role(),
                Curve.constant(0),
                Curve.constant(1),
                centre,
                false,
                edge.delayFrames());
    }

    /** The same files in a form that holds anything, at the session's rate; a file of several streams is left out. */
    private Output plainFiles() {
        FileFormat plain = FileFormat.wav(SampleEncoding.FLOAT32);
        Output output = plan.output();
        List<Deliverable> deliverables = output.deliverables().stream()
                .filter(one -> one.file().format() != FileFormat.Container.STEM_MP4)
                .map(one -> new Deliverable(one.id(), one.sum(), one.except(), one.tap(), plain, null, null))
                .toList();
        return new Output(
                plain,
                output.stems().withFile(plain),
                deliverables,
                output.tail(),
                output.preMaster(),
                output.channels(),
                null,
                output.tags());
    }

    /** Remembers at which frames each file was not silent. */
    private static final class Heard implements RenderTarget {
        final Map<String, SortedSet<Long>> frames = new LinkedHashMap<>();

        @Override
        public FileSink open(PlannedFile file) {
            SortedSet<Long> heard = new TreeSet<>();
            frames.put(file.path(), heard);
            return new FileSink() {
                private long position;

                @Override
                public void write(AudioBlock block, int count) {
                    for (int i = 0; i < count; i++) {
                        boolean silent = true;
                        for (int c = 0; c < block.channels(); c++) {
                            silent &= block.channel(c)[i] == 0;
                        }
                        if (!silent) {
                            heard.add(position + i);
                        }
                    }
                    position += count;
                }

                @Override
                public @Nullable String sha256() {
                    return null;
                }

                @Override
                public void close() {
                    // Nothing was opened.
                }
            };
        }

        @Override
        public Spool spool(AudioFormat format, long count) {
            throw new IllegalStateException("there is no loudness target");
        }
    }
}
