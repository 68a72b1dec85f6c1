package io.mixgraph.render;

import io.mixgraph.audio.Decibels;
import io.mixgraph.model.StemTap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The stems of one tap at work, what is made of them, and the proof that they add up. Without a tap it is what is made
 * of the master alone.
 */
final class StemGroup {
    /** What adding a file up costs, against a track that plays one. */
    private static final int SUM_COST = 2;

    /** Dither of deliverables: unlike that of any stem. */
    private static final long FIRST_SEED = 1L << 32;

    private final RenderPlan plan;
    private final @Nullable StemTap tap;
    private final double masterGain;
    private final BlockTasks tasks;
    private final Files files;
    private final List<FileRun> stems = new ArrayList<>();
    private final List<FileRun> summed = new ArrayList<>();
    private final List<Integer> waits = new ArrayList<>();
    private final List<SumFile> sums = new ArrayList<>();
    private final List<BlockTask> own = new ArrayList<>();
    private @Nullable NullTest nullTest;

    /** Opens files for writing. */
    interface Files {
        /** As {@link RenderTarget#open}. */
        RenderTarget.FileSink open(PlannedFile file) throws IOException;
    }

    /** A deliverable at work: one file, or several in one. */
    private record SumFile(
            PlannedSum planned,
            List<FileRun> streams,
            @Nullable BundleRun bundle,
            @Nullable NullTest proof) {}

    /** @param masterGain the loudness gain of stems that went through the master's effects; 0 for others */
    StemGroup(RenderPlan plan, @Nullable StemTap tap, double masterGain, BlockTasks tasks, Files files) {
        this.plan = plan;
        this.tap = tap;
        this.masterGain = masterGain;
        this.tasks = tasks;
        this.files = files;
    }

    /** Where a stem's file goes; null when it is only summed. */
    RenderTarget.@Nullable FileSink sink(PlannedStem stem) throws IOException {
        return stem.written() ? files.open(stem.file()) : null;
    }

    /**
     * Adds the next stem.
     *
     * @param inSum whether it is one of those that add up
     * @param task the index of the task that makes it
     */
    void add(FileRun stem, boolean inSum, int task) {
        stems.add(stem);
        if (inSum) {
            summed.add(stem);
            waits.add(task);
        }
    }

    /** Its stems, in order. */
    List<FileRun> stems() {
        return stems;
    }

    /**
     * Adds the tasks that sum the stems.
     *
     * @param whole what they are to add up to, before it is rounded
     * @param task the index of the task that makes that
     */
    void sum(FileRun whole, int task) throws IOException {
        waits.add(task);
        whole.keepExact();
        if (!summed.isEmpty()) {
            boolean verbatim = tap == StemTap.PRE_MASTER && summed.stream().allMatch(FileRun::isVerbatim);
            double gain = Decibels.toGain(plan.output().stems().gainDb());
            nullTest = new NullTest(summed, whole, false, gain, verbatim, masterGain * gain);
            add(nullTest, waits());
        }
        for (PlannedSum sum : plan.sums()) {
            if (sum.tap() == tap) {
                sums.add(sumFile(sum, whole));
            }
        }
    }

    private int add(BlockTask task, int[] waitsFor) {
        own.add(task);
        return tasks.add(task, SUM_COST, waitsFor);
    }

    /** Runs what {@link #sum} added once, for stems and a whole that were run outside of the schedule. */
    void run(int frames) throws IOException {
        for (BlockTask task : own) {
            task.run(0, frames);
        }
    }

    private int[] waits() {
        return waits.stream().mapToInt(Integer::intValue).toArray();
    }

    private SumFile sumFile(PlannedSum planned, FileRun whole) throws IOException {
        PlannedFile file = planned.file();
        RenderTarget.FileSink sink = files.open(file);
        boolean bundled = planned.streams().size() > 1;
        List<FileRun> streams = new ArrayList<>();
        List<Integer> made = new ArrayList<>();
        List<FileRun> parts = List.of();
        for (List<String> ids : planned.streams()) {
            boolean master = ids.equals(PlannedSum.MASTER);
            parts = master
                    ? List.of(whole)
                    : summed.stream()
                            .filter(stem -> ids.contains(stem.file().id()))
                            .toList();
            SumRun run = SumRun.of(
                    whole, parts, !master, file, bundled ? null : sink, streams.isEmpty(), seed(planned, streams));
            made.add(add(run, waits()));
            streams.add(run.file());
        }
        int[] after = made.stream().mapToInt(Integer::intValue).toArray();
        if (bundled) {
            BundleRun bundle = new BundleRun(file, sink, streams);
            add(bundle, after);
            return new SumFile(planned, streams, bundle, null);
        }
        boolean comparable = tap != null
                && file.format().sampleRate() == whole.file().format().sampleRate();
        NullTest proof = comparable ? new NullTest(parts, streams.get(0), true, 1, true, 0) : null;
        if (proof != null) {
            add(
                    proof,
                    IntStream.concat(Arrays.stream(after), waits.stream().mapToInt(Integer::intValue))
                            .toArray());
        }
        return new SumFile(planned, streams, null, proof);
    }

    private long seed(PlannedSum planned, List<FileRun> streams) {
        return FIRST_SEED + 16L * plan.sums().indexOf(planned) + streams.size();
    }

    /** Proof that the stems add up; null when there are none. */
    @Nullable
    NullTest nullTest() {
        return nullTest;
    }

    /** Proof for each deliverable that is a sum, at the rate of what it sums. */
    List<RenderReport.SumProof> proofs() {
        List<RenderReport.SumProof> proofs = new ArrayList<>();
        for (SumFile sum : sums) {
            if (sum.proof != null && tap != null) {
                proofs.add(new RenderReport.SumProof(
                        sum.planned.file().id(),
                        tap,
                        sum.planned.sumOf(),
                        sum.proof.result().residualDbfs(),
                        sum.proof.result().boundDbfs(),
                        sum.proof.result().holds()));
            }
        }
        return proofs;
    }

    /** The highest true peak of the copies of the master, in dBTP; negative infinity without one. */
    double truePeakDbtp() {
        return sums.stream()
                .filter(sum -> sum.planned.tap() == null || sum.bundle != null)
                .mapToDouble(sum -> sum.streams.get(0).loudness().truePeakDbtp())
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** Whether a file held a sample that does not fit. */
    boolean clipped() {
        return stems.stream().anyMatch(FileRun::clipped)
                || sums.stream().anyMatch(sum -> sum.streams.stream().anyMatch(FileRun::clipped));
    }

    /** Ends every file. */
    void finish(Finished finished) throws IOException {
        for (FileRun stem : stems) {
            if (stem.isWritten()) {
                finished.file(stem.file(), stem.finish(null, finished), stem.extent());
            }
        }
        for (SumFile sum : sums) {
            PlannedFile file = sum.planned.file();
            FileRun only = sum.streams.get(0);
            if (sum.bundle == null) {
                finished.file(file, only.finish(sum.planned.sumOf(), finished), only.extent());
            } else {
                finished.file(file, sum.bundle.finish(sum.planned.sumOf(), finished), sum.bundle.extent());
            }
        }
    }

    /** Completes files. */
    interface Finished {
        /** Does what is left to do for a file whose last frame is there, and closes it. */
        void close(PlannedFile file, RenderTarget.FileSink sink) throws IOException;

        /** Is told of every file that is done. */
        void file(PlannedFile file, RenderReport.FileReport report, Extent extent);
    }

    /** Closes every file as it is. */
    void close() throws IOException {
        for (FileRun stem : stems) {
            stem.close();
        }
        for (SumFile sum : sums) {
            for (FileRun stream : sum.streams) {
                stream.close();
            }
            if (sum.bundle != null) {
                sum.bundle.close();
            }
        }
    }
}
