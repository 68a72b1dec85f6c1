package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.ChannelLayout;
import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Findings;
import io.mixgraph.audio.FrameSink;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.dsp.Quantiser;
import io.mixgraph.dsp.ResamplerDesign;
import io.mixgraph.fx.Limiter;
import io.mixgraph.fx.RecordShape;
import io.mixgraph.loudness.Gating;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.model.StemTap;
import io.mixgraph.render.RenderMonitor.Stage;
import io.mixgraph.routing.Edge;
import io.mixgraph.routing.MasterFinish;
import io.mixgraph.routing.MixGraph;
import io.mixgraph.routing.SignalDigests;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One render from plan to report. The first pass, {@link #mix}, streams the graph into stems and into the master, or,
 * when there is a loudness target or a limited master is resampled, into spools; the second, {@link #finish}, gives the
 * spools their loudness gain and writes the master and the stems that go through it. {@link #close} is for the caller.
 */
public final class Mixdown implements Closeable {
    /** The finished file may miss its target by this much before its gain is corrected. */
    private static final double CORRECTION_LU = 0.01;

    /** By how much more than it was too high a ceiling is lowered. */
    private static final double CORRECTION_DB = 0.005;

    /** How often a finished master is tried at most. */
    private static final int ATTEMPTS = 6;

    /** What taking the master, or a part of it, costs, against a track that plays a file. */
    private static final int FEED_COST = 6;

    private static final GainDecision NO_GAIN = new GainDecision(0, Binding.NONE);

    private final RenderPlan plan;
    private final MixGraph graph;
    private final AudioFormat format;
    private final RenderTarget target;
    private final Checkpoint checkpoint;
    private final Finishing finishing = new Finishing();
    private final int threads;
    private final int blockFrames;
    private final boolean traced;
    private final Deque<Closeable> open = new ArrayDeque<>();

    /** Of files by their paths. */
    private final Map<String, RenderReport.FileReport> reports = new LinkedHashMap<>();

    private final Map<String, Extent> extents = new LinkedHashMap<>();

    /** Of stems that a later render may leave as they are, what they hold. */
    private final Map<String, String> contents = new LinkedHashMap<>();

    private final @Nullable Limiter limiter;
    private final LoudnessMeter input;
    private final List<AudioSource> stemSpools = new ArrayList<>();
    private Map<String, Findings> found = Map.of();
    private GainDecision applied = NO_GAIN;
    private @Nullable StemGroup preMaster;
    private @Nullable FileRun preMasterFile;
    private @Nullable AudioSource spool;
    private @Nullable MasterFiles masterFiles;

    /**
     * @param plan what to do
     * @param target where the files go
     * @param monitor watches and may stop it
     * @param threads how many threads work, at least 1
     * @param blockFrames how many frames are rendered at a time, at least 1
     * @param traced whether to keep what is drawn of it
     */
    public Mixdown(
            RenderPlan plan, RenderTarget target, RenderMonitor monitor, int threads, int blockFrames, boolean traced) {
        this.traced = traced;
        this.limiter = limiter(plan);
        this.plan = plan;
        this.graph = plan.graph();
        this.format = new AudioFormat(
                graph.sampleRate(), ChannelLayout.ofCount(plan.output().channels()));
        this.target = target;
        this.checkpoint = new Checkpoint(monitor);
        this.threads = threads;
        this.blockFrames = blockFrames;
        this.input = LoudnessMeter.withHopPeaks(format);
    }

    /** The master's limiter, which leaves room for what rounding adds to any file that is the master. */
    private static @Nullable Limiter limiter(RenderPlan plan) {
        Limiter limiter = plan.graph().finish().limiter();
        if (limiter == null) {
            return null;
        }
        double reach = reach(plan.masterFile());
        for (PlannedSum sum : plan.sums()) {
            if (sum.isMaster()) {
                reach = Math.max(reach, reach(sum.file()));
            }
        }
        return limiter.leaving(reach);
    }

    private static double reach(PlannedFile file) {
        return Quantiser.reach(file.encoding(), file.dither(), file.format().sampleRate());
    }

    /** Closes everything that is still open; what was not finished is of no use. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException | RuntimeException e) {
                if (failure == null) {
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

    private RenderTarget.FileSink openFile(PlannedFile file) throws IOException {
        return opened(target.open(file));
    }

    // The first pass.

    /** As {@link #mix(SignalCache, int)}, without a cache. */
    public void mix() throws IOException {
        mix(CachedSignals.none(plan));
    }

    /**
     * Renders the graph.
     *
     * @param cache what is read of what was rendered before, and where what is rendered is kept
     * @param dspRevision of the engine, without which nothing is the same
     * @throws IOException naming file and frame, when a source cannot be read, a file not be written, or a sample does
     *     not fit into an integer file
     * @throws CancellationException when the monitor stopped it
     */
    public void mix(SignalCache cache, int dspRevision) throws IOException {
        mix(CachedSignals.open(plan, cache, dspRevision));
    }

    private void mix(CachedSignals signals) throws IOException {
        opened(signals);
        boolean followed = !plan.stems(StemTap.MASTERED).isEmpty();
        BlockRenderer renderer = opened(new BlockRenderer(graph, format.channels(), followed, signals, blockFrames));
        StemGroup stems = stems(renderer, signals.scope());
        preMaster = stems;
        MasterFiles files = RenderPlanner.twoPasses(graph, plan.output())
                ? null
                : new MasterFiles(plan, renderer.tasks(), this::openFile, format, 0, limiter, blockFrames);
        if (traced && files != null) {
            files.trace();
        }
        masterFiles = files;
        List<FrameSink> spools = new ArrayList<>();
        feedMaster(renderer, files, spools);
        renderer.start(threads);
        stream(renderer);
        renderer.close();
        List<Map<String, Findings>> heard = renderer.found();
        found = heard.get(graph.masterIndex());
        signals.whole(heard::get);
        stems.finish(finishing);
        FileRun sum = preMasterFile;
        if (sum != null && sum.isWritten()) {
            finishing.file(sum.file(), sum.finish(null, finishing), sum.extent());
        }
        for (FrameSink sink : spools) {
            sink.close();
        }
        if (files != null) {
            files.flush();
        }
    }

    /** The stems that are taken before the master, what is made of them, and the master's input. */
    private StemGroup stems(BlockRenderer renderer, RenderScope scope) throws IOException {
        BlockTasks tasks = renderer.tasks();
        StemGroup group = new StemGroup(plan, StemTap.PRE_MASTER, 0, tasks, this::openFile);
        boolean mono = format.channels() == 1;
        double gain = Decibels.toGain(plan.output().stems().gainDb());
        for (PlannedStem stem : plan.stems(StemTap.PRE_MASTER)) {
            Edge edge = graph.edges().get(stem.edge());
            boolean inSum = edge.to() == graph.masterIndex();
            Signal signal = signal(
                    renderer.signal(stem.edge()), graph.nodes().get(edge.to()).arrivalLatencyFrames());
            long seed = group.stems().size() + 1L;
            RenderReport.FileReport there =
                    there(stem, scope.edges().get(stem.edge()).digest(), gain, seed);
            FileRun run = new FileRun(
                    stem.file(),
                    there == null ? group.sink(stem) : null,
                    signal,
                    gain,
                    mono && !inSum,
                    there == null && stem.written(),
                    seed);
            if (there != null) {
                run.leaveFinished(there);
            }
            if (traced && stem.written()) {
                run.keepWaveform();
            }
            group.add(run, inSum, run.addTo(tasks, renderer.task(stem.edge())));
        }
        PlannedFile written = plan.files().stream()
                .filter(file -> file.kind() == PlannedFile.Kind.AUDIO_PRE_MASTER)
                .findFirst()
                .orElse(null);
        if (written == null && group.stems().isEmpty() && !traced) {
            return group;
        }
        FileRun whole = new FileRun(
                written == null ? plan.masterFile().ofFloats() : written,
                written == null ? null : openFile(written),
                signal(renderer.master().input(), graph.master().arrivalLatencyFrames()),
                1,
                false,
                written != null,
                0);
        preMasterFile = whole;
        if (written == null) {
            whole.leaveUnrounded();
        }
        if (traced) {
            whole.keepSpectrum();
        }
        group.sum(whole, whole.addTo(tasks, renderer.masterTask()));
        return group;
    }

    /**
     * What was reported of a stem that stands where it is to be, as it would be written; null when it is to be written.
     * A trace needs what is measured while it is written.
     *
     * @param digest of the signal before its delay; null when that is not known
     */
    private RenderReport.@Nullable FileReport there(PlannedStem stem, @Nullable String digest, double gain, long seed) {
        if (digest == null
                || traced
                || !stem.written()
                || !stem.file().file().format().wave()) {
            return null;
        }
        Edge edge = graph.edges().get(stem.edge());
        long moved = EdgeRun.lateness(edge, graph.nodes().get(edge.from()))
                + edge.delayFrames()
                - graph.nodes().get(edge.to()).arrivalLatencyFrames();
        String content = SignalDigests.digest("stem 1", digest, moved, plan.frames(), gain, seed, stem.file());
        contents.put(stem.file().path(), content);
        return target.finished(stem.file(), content);
    }

    private Signal signal(AudioBlock block, long lateness) {
        return new Signal(block, lateness, plan.frames(), graph.sampleRate());
    }

    /** Adds what takes the master after its effects, and the stems through them. */
    private void feedMaster(BlockRenderer renderer, @Nullable MasterFiles files, List<FrameSink> spools)
            throws IOException {
        BlockTasks tasks = renderer.tasks();
        long lateness = graph.master().outputLatencyFrames();
        FrameSink after;
        if (files == null) {
            RenderTarget.Spool kept = opened(target.spool(format, plan.frames()));
            spool = kept.source();
            spools.add(kept.sink());
            after = kept.sink();
        } else {
            after = files.master();
        }
        Signal whole = signal(renderer.master().output(), lateness);
        int masterTask = tasks.addSink(
                new MasterFeed(whole, graph.finish().gainDb(), input, after), FEED_COST, renderer.masterTask());
        List<Integer> stemTasks = new ArrayList<>();
        List<PlannedStem> planned = MasterFiles.planned(plan);
        for (int i = 0; i < planned.size(); i++) {
            FrameSink next;
            if (files == null) {
                RenderTarget.Spool kept = opened(target.spool(format, plan.frames()));
                stemSpools.add(kept.source());
                spools.add(kept.sink());
                next = kept.sink();
            } else {
                next = files.stems().get(i);
            }
            PlannedStem stem = planned.get(i);
            AudioBlock block = new AudioBlock(format.channels(), blockFrames);
            int made = tasks.addSignal(stemFeed(renderer, stem, block), FEED_COST, stemWaitsFor(renderer, stem));
            // In one pass the stem's limiter follows what the master's found for the same block.
            MasterFeed feed =
                    new MasterFeed(signal(block, lateness), graph.finish().gainDb(), null, next);
            stemTasks.add(
                    files == null
                            ? tasks.addSink(feed, FEED_COST, made)
                            : tasks.addSink(feed, FEED_COST, made, masterTask));
        }
        if (files != null) {
            files.sum(masterTask, stemTasks);
        }
    }

    /** What a stem through the master reads: the curves of the master's effects, or their keys, and its own signal. */
    private static int[] stemWaitsFor(BlockRenderer renderer, PlannedStem stem) {
        IntStream master = IntStream.concat(IntStream.of(renderer.masterTask()), renderer.masterKeyTasks());
        return stem.edge() == PlannedStem.RESIDUAL
                ? master.toArray()
                : IntStream.concat(master, IntStream.of(renderer.task(stem.edge())))
                        .toArray();
    }

    private static StemFeed stemFeed(BlockRenderer renderer, PlannedStem stem, AudioBlock block) {
        NodeRun master = renderer.master();
        if (stem.edge() == PlannedStem.RESIDUAL) {
            return new StemFeed(null, master.inserts().residualFollower(), block);
        }
        AudioBlock from = renderer.signal(stem.edge());
        InsertChain inserts = stem.tap() == StemTap.SOLOED
                ? master.newInserts()
                : master.inserts().follower();
        return new StemFeed(from, inserts, block);
    }

    /** Runs until the last frame of the timeline has left the latest node of all. */
    private void stream(BlockRenderer renderer) throws IOException {
        long end = plan.renderedFrames();
        for (long at = 0; at < end; at += blockFrames) {
            check(Stage.MIXING, Math.min(at, plan.frames()));
            renderer.render(at, (int) Math.min(blockFrames, end - at));
        }
        // What the sinks took last.
        renderer.render(end, 0);
        renderer.finish();
        check(Stage.MIXING, plan.frames());
    }

    private void check(Stage stage, long done) {
        checkpoint.pass(stage, done, plan.frames());
    }

    // The second pass.

    /**
     * The loudness gain that makes the finished master meet its target; none when there is no second pass.
     *
     * @throws IOException when the spool cannot be read
     */
    public GainDecision solve() throws IOException {
        if (!RenderPlanner.solved(graph)) {
            return NO_GAIN;
        }
        return solve(List.of(this));
    }

    /**
     * The one gain that makes finished masters, heard after each other, meet a target together.
     *
     * @param album all of them mixed; the target is that of the first
     * @throws IOException when a spool cannot be read
     * @throws IllegalArgumentException when one has no target, or there is none
     */
    public static GainDecision solve(List<Mixdown> album) throws IOException {
        if (album.isEmpty() || !album.stream().allMatch(one -> RenderPlanner.solved(one.graph))) {
            throw new IllegalArgumentException("a song without a loudness target");
        }
        List<LoudnessSolver.Programme> programmes = new ArrayList<>();
        for (Mixdown one : album) {
            programmes.add(new LoudnessSolver.Programme(Objects.requireNonNull(one.spool), one.input, one.limiter));
        }
        Mixdown first = album.get(0);
        return LoudnessSolver.solve(programmes, first.wanted(), first.threads, first.checkpoint);
    }

    private MasterFinish.Target wanted() {
        return Objects.requireNonNull(graph.finish().target(), "no target");
    }

    /**
     * Writes what comes after the master, measures it, and tries again where rounding, dither or another sample rate
     * made it miss what was asked for: under a lower ceiling, with the gain that meets the target under that.
     *
     * @param decision the loudness gain
     * @param correctGain whether the gain may be corrected, and not only the ceiling
     * @throws IOException naming the file, when it cannot be written or a sample does not fit into it
     * @throws CancellationException when the monitor stopped it
     */
    public void finish(GainDecision decision, boolean correctGain) throws IOException {
        GainDecision gain = decision;
        MasterFiles files = masterFiles;
        double loweredDb = 0;
        double raisedLu = 0;
        double before = Double.POSITIVE_INFINITY;
        for (int attempt = 1; files == null || attempt <= ATTEMPTS; attempt++) {
            if (files == null) {
                files = master(gain.gainDb(), lowered(loweredDb));
            }
            if (spool == null || attempt == ATTEMPTS) {
                break;
            }
            double over = Math.max(0, overDb(files));
            double missed = correctGain && Math.abs(before) > CORRECTION_LU
                    ? missedLu(gain, files.master().file().loudness())
                    : 0;
            if (over == 0 && Math.abs(missed) >= Math.abs(before)) {
                // The correction made it worse: back, and no further.
                missed = -before;
                before = 0;
            } else {
                before = missed == 0 || over > 0 ? before : missed;
            }
            if (over == 0 && (missed == 0 || files.clipped())) {
                break;
            }
            loweredDb += over == 0 ? 0 : over + CORRECTION_DB;
            raisedLu += missed;
            if (correctGain && RenderPlanner.solved(graph)) {
                gain = solve(loweredDb, raisedLu);
            } else if (limiter == null) {
                gain = new GainDecision(gain.gainDb() - over, gain.binding());
            }
            files.close();
            files = null;
        }
        files.finish(finishing);
        masterFiles = files;
        applied = gain;
    }

    private @Nullable Limiter lowered(double byDb) {
        return limiter == null || byDb == 0
                ? limiter
                : RecordShape.with(limiter, "true_peak_db", limiter.truePeakDb() - byDb);
    }

    /** The gain under a lower ceiling to a higher loudness than was asked for. */
    private GainDecision solve(double loweredDb, double raisedLu) throws IOException {
        LoudnessSolver.Programme programme =
                new LoudnessSolver.Programme(Objects.requireNonNull(spool), input, lowered(loweredDb));
        return LoudnessSolver.solve(List.of(programme), wanted().moved(raisedLu, -loweredDb), threads, checkpoint);
    }

    /** By how much the finished master is too quiet, when it was to meet the target and that is worth another try. */
    private double missedLu(GainDecision gain, Loudness finished) {
        if (gain.binding() != Binding.TARGET) {
            return 0;
        }
        double missed = wanted().lufs() - finished.integratedLufs();
        return Double.isFinite(missed) && Math.abs(missed) > CORRECTION_LU ? missed : 0;
    }

    /** By how much a finished master is above the ceiling. */
    private double overDb(MasterFiles files) {
        Limiter asked = graph.finish().limiter();
        double ceilingDb = asked == null ? wanted().truePeakDb() : asked.truePeakDb();
        return files.truePeakDbtp() - ceilingDb;
    }

    private MasterFiles master(double gainDb, @Nullable Limiter limiter) throws IOException {
        BlockTasks tasks = new BlockTasks();
        MasterFiles files = new MasterFiles(plan, tasks, this::openFile, format, gainDb, limiter, blockFrames);
        if (traced) {
            files.trace();
        }
        MasterFinisher master = files.master();
        long end = plan.frames() + master.lookahead();
        List<FrameSource> streams = new ArrayList<>();
        try {
            Reader whole = reader(Objects.requireNonNull(spool), streams);
            tasks.add((start, frames) -> master.limit(whole.block, whole.read(frames)), 1);
            int storing = tasks.add((start, frames) -> master.round(), 1);
            master.file().addOutputs(tasks, storing);
            List<Integer> stemTasks = new ArrayList<>();
            for (int i = 0; i < files.stems().size(); i++) {
                Reader part = reader(stemSpools.get(i), streams);
                MasteredStem stem = files.stems().get(i);
                stemTasks.add(tasks.add((start, frames) -> stem.write(part.block, part.read(master.handed())), 1));
            }
            files.sum(storing, stemTasks);
            int[] all = new int[tasks.size()];
            Arrays.setAll(all, i -> i);
            tasks.add((start, frames) -> master.hand(), 1, all);
            try (BlockScheduler scheduler = tasks.start(threads)) {
                for (long at = 0; at < end; at += blockFrames) {
                    check(Stage.MASTERING, Math.min(at, plan.frames()));
                    scheduler.run(at, (int) Math.min(blockFrames, end - at));
                }
                // What was handed over last.
                scheduler.run(end, 0);
                scheduler.finish();
            }
            check(Stage.MASTERING, plan.frames());
        } finally {
            for (FrameSource stream : streams) {
                stream.close();
            }
        }
        return files;
    }

    private Reader reader(AudioSource source, List<FrameSource> streams) throws IOException {
        FrameSource stream = source.open(0);
        streams.add(stream);
        return new Reader(stream, new AudioBlock(format.channels(), blockFrames));
    }

    /** Reads a signal, and after its end silence. */
    private record Reader(FrameSource stream, AudioBlock block) {
        int read(int frames) throws IOException {
            int count = frames == 0 ? 0 : stream.read(block, frames);
            for (int c = 0; c < block.channels(); c++) {
                Arrays.fill(block.channel(c), count, frames, 0.0);
            }
            return frames;
        }
    }

    /**
     * What is drawn of a finished render.
     *
     * @throws IllegalStateException before {@link #finish}, and when it was not asked to keep that
     */
    public RenderTrace trace() {
        MasterFiles files = masterFiles;
        FileRun before = preMasterFile;
        if (files == null || before == null || !traced) {
            throw new IllegalStateException("nothing was traced");
        }
        List<RenderTrace.FileTrace> traces = new ArrayList<>();
        for (FileRun stem : Objects.requireNonNull(preMaster).stems()) {
            if (stem.isWritten()) {
                traces.add(stem.trace());
            }
        }
        for (MasteredStem stem : files.stems()) {
            if (stem.file().isWritten()) {
                traces.add(stem.file().trace());
            }
        }
        FileRun master = files.master().file();
        RenderTrace.FileTrace whole = master.trace();
        traces.add(whole);
        return new RenderTrace(
                master.file().format().sampleRate(),
                master.file().frames(),
                traces,
                master.file().format().sampleRate() / 10,
                Gating.momentary(whole.energy()),
                Gating.shortTerm(whole.energy()),
                files.master().reductionsDb(),
                before.spectrum(),
                master.spectrum());
    }

    /**
     * The integrated loudness of finished masters, heard after each other.
     *
     * @param album all of them finished
     */
    public static double integratedLufs(List<Mixdown> album) {
        double[] blocks = album.stream()
                .map(one -> Objects.requireNonNull(one.masterFiles, "not finished"))
                .flatMapToDouble(files ->
                        Arrays.stream(Gating.blocks(files.master().file().energies())))
                .toArray();
        return Gating.integratedOf(blocks);
    }

    // The report.

    /**
     * What was done, after {@link #finish}.
     *
     * @param engine how the report names the engine
     */
    public RenderReport report(RenderReport.Engine engine) {
        MasterFiles files = Objects.requireNonNull(masterFiles, "not finished");
        return new ReportDraft(plan, engine, input.result(), applied, files, Objects.requireNonNull(preMaster))
                .report(reports, aligned(), found);
    }

    /** Completes files, all of them part of one whole. */
    private final class Finishing implements StemGroup.Finished {
        private long finishedBytes;

        @Override
        public void close(PlannedFile file, RenderTarget.FileSink sink) throws IOException {
            long most = 0;
            for (long left = sink.settle(); left > 0; left = sink.settle()) {
                most = Math.max(most, left);
                double share = 1.0 - (double) left / most;
                checkpoint.pass(Stage.FINISHING, finishedBytes + (long) (share * file.bytes()), plan.fileBytes());
            }
            sink.close();
        }

        @Override
        public void file(PlannedFile file, RenderReport.FileReport report, Extent extent) {
            reports.put(file.path(), report);
            extents.put(file.path(), extent);
            String content = contents.get(file.path());
            if (content != null) {
                target.made(content, report);
            }
            finishedBytes += file.bytes();
            checkpoint.pass(Stage.FINISHING, finishedBytes, plan.fileBytes());
        }
    }

    /**
     * Whether every file was given the whole timeline from its first frame, at the rate asked for, and nothing else.
     */
    private boolean aligned() {
        int rate = plan.output().sampleRate() == null
                ? graph.sampleRate()
                : plan.output().sampleRate();
        for (PlannedFile file : plan.files()) {
            boolean own = file.kind() == PlannedFile.Kind.AUDIO_DELIVERABLE;
            int fileRate = own ? file.format().sampleRate() : rate;
            long whole = ResamplerDesign.outputFrames(plan.frames(), graph.sampleRate(), fileRate);
            Extent given = extents.get(file.path());
            if (given == null || given.startFrame() != 0 || given.frames() != whole || given.sampleRate() != fileRate) {
                return false;
            }
        }
        return true;
    }
}
