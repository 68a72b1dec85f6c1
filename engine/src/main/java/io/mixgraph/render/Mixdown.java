package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.LoudnessMode;
import io.mixgraph.render.RenderMonitor.Stage;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.MasterFinish;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.Node;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One render from plan to report. The first pass streams the graph into stems and into the master, or, when there is a
 * loudness target, into a spool; the second gives the spool its loudness gain and writes the master.
 */
public final class Mixdown {
    /** The finished file may miss its target by this much before its gain is corrected once. */
    private static final double CORRECTION_LU = 0.01;

    /** What measuring and writing a file costs, against a track that plays one. */
    private static final int FILE_COST = 6;

    private static final GainDecision NO_GAIN = new GainDecision(0, Binding.NONE);

    private final RenderPlan plan;
    private final MixGraph graph;
    private final RenderTarget target;
    private final RenderMonitor monitor;
    private final int threads;
    private final int blockFrames;
    private final RenderReport.Engine engine;
    private final Deque<Closeable> open = new ArrayDeque<>();
    private final Map<PlannedFile, RenderReport.FileReport> reports = new LinkedHashMap<>();
    private final List<Extent> extents = new ArrayList<>();

    /**
     * @param plan what to do
     * @param target where the files go
     * @param monitor watches and may stop it
     * @param threads how many threads work, at least 1
     * @param blockFrames how many frames are rendered at a time, at least 1
     * @param engine how the report names the engine
     */
    public Mixdown(
            RenderPlan plan,
            RenderTarget target,
            RenderMonitor monitor,
            int threads,
            int blockFrames,
            RenderReport.Engine engine) {
        this.plan = plan;
        this.graph = plan.graph();
        this.target = target;
        this.monitor = monitor;
        this.threads = threads;
        this.blockFrames = blockFrames;
        this.engine = engine;
    }

    /**
     * Renders.
     *
     * @return what was done
     * @throws IOException naming file and frame, when a source cannot be read, a file not be written, or a sample does
     *     not fit into an integer file
     * @throws CancellationException when the monitor stopped it
     */
    public RenderReport run() throws IOException {
        try {
            RenderReport report = render();
            closeAll(null);
            return report;
        } catch (IOException | RuntimeException | Error e) {
            closeAll(e);
            throw e;
        }
    }

    /** Closes everything; what goes wrong then is added to what went wrong before, or thrown when nothing had. */
    private void closeAll(@Nullable Throwable earlier) throws IOException {
        IOException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException | RuntimeException e) {
                if (earlier != null) {
                    earlier.addSuppressed(e);
                } else if (failure == null) {
                    failure = new IOException(e.getMessage(), e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private <T extends Closeable> T opened(T closeable) {
        open.push(closeable);
        return closeable;
    }

    private RenderReport render() throws IOException {
        MasterFinish finish = graph.finish();
        PlannedFile masterFile = plan.files().get(plan.files().size() - 1);
        AudioFormat format = masterFile.format();
        int masterLateness = graph.master().outputLatencyFrames();

        BlockRenderer renderer = opened(new BlockRenderer(graph, plan.output().channels(), blockFrames));
        List<FileRun> stems = new ArrayList<>();
        List<Integer> stemTasks = new ArrayList<>();
        openStems(renderer, stems, stemTasks);
        FileRun preMaster = openPreMaster(renderer);

        RenderTarget.Spool spool = RenderPlanner.twoPasses(graph) ? opened(target.spool(format, plan.frames())) : null;
        FrameSink afterMaster = spool != null ? opened(spool.sink()) : opened(finisher(masterFile, 0));
        MasterFeed feed = new MasterFeed(
                renderer.master().output(), format, masterLateness, plan.frames(), finish.gainDb(), afterMaster);
        renderer.add(feed, FILE_COST, graph.masterIndex());
        List<FileRun> summed =
                stems.stream().filter(stem -> stem.file().inSum()).toList();
        NullTest nullTest =
                summed.isEmpty() ? null : new NullTest(summed, renderer.master().input());
        if (nullTest != null) {
            stemTasks.add(graph.masterIndex());
            renderer.add(
                    nullTest,
                    stems.size(),
                    stemTasks.stream().mapToInt(Integer::intValue).toArray());
        }

        renderer.start(threads);
        stream(renderer, masterLateness);
        renderer.close();
        for (FileRun stem : stems) {
            finished(stem.file(), stem.finish(), stem.extent());
        }
        if (preMaster != null) {
            finished(preMaster.file(), preMaster.finish(), preMaster.extent());
        }

        if (spool != null) {
            afterMaster.close();
            return fromSpool(spool.source(), masterFile, feed.meter(), nullTest);
        }
        return report(feed.meter().result(), (MasterFinisher) afterMaster, masterFile, NO_GAIN, nullTest);
    }

    /**
     * The second pass: finds the loudness gain, writes the master with it, measures that, and corrects the gain once.
     */
    private RenderReport fromSpool(
            AudioSource signal, PlannedFile masterFile, LoudnessMeter input, @Nullable NullTest nullTest)
            throws IOException {
        GainDecision decision = solve(signal, input);
        MasterFinisher finisher = master(masterFile, signal, decision.gainDb());
        double corrected = correction(decision, finisher.loudness());
        if (corrected != decision.gainDb()) {
            decision = new GainDecision(corrected, decision.binding());
            finisher.close();
            finisher = master(masterFile, signal, corrected);
        }
        return report(input.result(), finisher, masterFile, decision, nullTest);
    }

    private MasterFinisher finisher(PlannedFile file, double gainDb) throws IOException {
        return new MasterFinisher(
                file, target.open(file), gainDb, graph.finish().limiter(), blockFrames);
    }

    private void openStems(BlockRenderer renderer, List<FileRun> stems, List<Integer> tasks) throws IOException {
        boolean mono = plan.output().channels() == 1;
        double gain = Decibels.toGain(plan.output().stems().gainDb());
        for (PlannedFile file : plan.files()) {
            if (file.kind() != PlannedFile.Kind.AUDIO_BUS_STEM) {
                continue;
            }
            Edge edge = outputOf(file.id());
            FileRun stem = opened(new FileRun(
                    file,
                    target.open(file),
                    renderer.edge(edge).signal(),
                    graph.nodes().get(edge.to()).arrivalLatencyFrames(),
                    gain,
                    mono && edge.to() != graph.masterIndex(),
                    stems.size() + 1L));
            stems.add(stem);
            tasks.add(renderer.add(stem, FILE_COST, edge.from()));
        }
    }

    private Edge outputOf(String bus) {
        for (Edge edge : graph.edges()) {
            Node from = graph.nodes().get(edge.from());
            if (edge.role() == Edge.Role.OUTPUT
                    && from.kind() == Node.Kind.BUS
                    && from.id().equals(bus)) {
                return edge;
            }
        }
        throw new IllegalStateException("the bus " + bus + " has no output");
    }

    private @Nullable FileRun openPreMaster(BlockRenderer renderer) throws IOException {
        for (PlannedFile file : plan.files()) {
            if (file.kind() == PlannedFile.Kind.AUDIO_PRE_MASTER) {
                FileRun run = opened(new FileRun(
                        file,
                        target.open(file),
                        renderer.master().input(),
                        graph.master().arrivalLatencyFrames(),
                        1,
                        false,
                        0));
                renderer.add(run, FILE_COST, graph.masterIndex());
                return run;
            }
        }
        return null;
    }

    /** Runs until the last frame of the timeline has left the master, which is the latest of all. */
    private void stream(BlockRenderer renderer, long lateness) throws IOException {
        long end = plan.frames() + lateness;
        for (long at = 0; at < end; at += blockFrames) {
            check(Stage.MIXING, Math.min(at, plan.frames()));
            renderer.render(at, (int) Math.min(blockFrames, end - at));
        }
        check(Stage.MIXING, plan.frames());
    }

    private void check(Stage stage, long done) {
        if (monitor.cancelled()) {
            throw new CancellationException("the render was stopped");
        }
        monitor.progress(stage, done, plan.frames());
    }

    private GainDecision solve(AudioSource signal, LoudnessMeter meter) throws IOException {
        check(Stage.SOLVING, 0);
        MasterFinish finish = graph.finish();
        MasterFinish.Target wanted = finish.target();
        if (wanted == null) {
            throw new IllegalStateException("no target");
        }
        return LoudnessSolver.solve(List.of(new LoudnessSolver.Programme(signal, meter, finish.limiter())), wanted);
    }

    private MasterFinisher master(PlannedFile file, AudioSource signal, double gainDb) throws IOException {
        MasterFinisher finisher = opened(finisher(file, gainDb));
        AudioBlock block = new AudioBlock(file.format().channels(), blockFrames);
        try (FrameSource stream = signal.open(0);
                BlockScheduler scheduler = finisher.whileReading(stream, block, threads)) {
            for (long at = 0; at < plan.frames(); at += blockFrames) {
                check(Stage.MASTERING, at);
                scheduler.run(at, (int) Math.min(blockFrames, plan.frames() - at));
            }
            check(Stage.MASTERING, plan.frames());
        }
        finisher.flush();
        return finisher;
    }

    /** The gain that makes up for what rounding and the search's tolerance left, when that is worth a second try. */
    private double correction(GainDecision decision, Loudness finished) {
        MasterFinish.Target wanted = graph.finish().target();
        if (wanted == null || decision.binding() != Binding.TARGET || wanted.mode() != LoudnessMode.LIMIT) {
            return decision.gainDb();
        }
        double miss = wanted.lufs() - finished.integratedLufs();
        return Math.abs(miss) > CORRECTION_LU && Double.isFinite(miss) ? decision.gainDb() + miss : decision.gainDb();
    }

    private void finished(PlannedFile file, RenderReport.FileReport report, Extent extent) {
        reports.put(file, report);
        extents.add(extent);
    }

    /** Whether every file was given the whole timeline from its first frame, at the graph's rate, and nothing else. */
    private boolean aligned() {
        Extent whole = new Extent(0, plan.frames(), graph.sampleRate());
        return extents.size() == plan.files().size() && extents.stream().allMatch(whole::equals);
    }

    private RenderReport report(
            Loudness input,
            MasterFinisher finisher,
            PlannedFile masterFile,
            GainDecision decision,
            @Nullable NullTest nullTest)
            throws IOException {
        finished(masterFile, finisher.finish(), finisher.extent());
        MasterFinish finish = graph.finish();
        Loudness output = finisher.loudness();
        Map<String, String> backends = new TreeMap<>();
        List<RenderReport.SourceReport> sources = new ArrayList<>();
        List<String> warnings = new ArrayList<>(graph.notes());
        for (AudioSource source : graph.sources()) {
            AudioSource.Backend backend = source.backend();
            if (backend != null) {
                backends.put(backend.name(), backend.version());
            }
            sources.add(new RenderReport.SourceReport(
                    source.name(),
                    source.format().sampleRate(),
                    source.format().channels(),
                    source.frames(),
                    backend == null ? null : backend.name(),
                    source.decodedSha256()));
            warnings.addAll(source.warnings());
        }
        Map<String, Integer> latencies = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            latencies.put(node.id(), node.outputLatencyFrames());
        }
        List<RenderReport.FileReport> files = new ArrayList<>();
        for (PlannedFile file : plan.files()) {
            RenderReport.FileReport report = reports.get(file);
            if (report != null) {
                files.add(report);
            }
        }
        return new RenderReport(
                engine,
                Collections.unmodifiableMap(backends),
                graph.hash(),
                graph.sampleRate(),
                plan.frames(),
                graph.busMap(),
                graph.fxPresets(),
                new RenderReport.LoudnormMetrics(
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
                        decision.gainDb(),
                        finisher.maxReductionDb(),
                        decision.binding()),
                files,
                new RenderReport.Certificate(
                        aligned(),
                        nullTest == null ? null : "pre_master",
                        plan.output().stems().gainDb(),
                        nullTest == null ? Double.NaN : nullTest.residualDbfs(),
                        nullTest == null ? Double.NaN : nullTest.boundDbfs()),
                Collections.unmodifiableMap(latencies),
                sources,
                warnings);
    }
}
