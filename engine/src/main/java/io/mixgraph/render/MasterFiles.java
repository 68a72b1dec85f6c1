package io.mixgraph.render;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.Decibels;
import io.mixgraph.fx.Limiter;
import io.mixgraph.model.StemTap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All files behind the master's gain and limiter at work: the master, the stems that go through it, and what is made of
 * them.
 */
final class MasterFiles {
    private static final StemTap[] TAPS = {StemTap.MASTERED, StemTap.SOLOED};

    private final RenderPlan plan;
    private final AudioFormat format;
    private final int capacity;
    private final MasterFinisher master;
    private final List<MasteredStem> stems = new ArrayList<>();
    private final Map<StemTap, StemGroup> groups = new EnumMap<>(StemTap.class);
    private final StemGroup copies;

    /**
     * @param tasks takes what is to be done for every block
     * @param format the master's signal
     * @param gainDb the loudness gain
     * @param limiter null for none
     * @param capacity the largest block
     */
    MasterFiles(
            RenderPlan plan,
            BlockTasks tasks,
            StemGroup.Files files,
            AudioFormat format,
            double gainDb,
            @Nullable Limiter limiter,
            int capacity)
            throws IOException {
        this.plan = plan;
        this.format = format;
        this.capacity = capacity;
        PlannedFile file = plan.masterFile();
        this.master = new MasterFinisher(file, files.open(file), format, plan.frames(), gainDb, limiter, capacity);
        this.copies = new StemGroup(plan, null, 0, tasks, files);
        double gain = Decibels.toGain(plan.output().stems().gainDb());
        for (StemTap tap : TAPS) {
            StemGroup group = new StemGroup(plan, tap, Decibels.toGain(gainDb), tasks, files);
            groups.put(tap, group);
            for (PlannedStem stem : plan.stems(tap)) {
                stems.add(master.stem(stem.file(), group.sink(stem), tap == StemTap.MASTERED, gain, stems.size() + 1L));
            }
        }
    }

    /** Takes the master's signal. */
    MasterFinisher master() {
        return master;
    }

    /** Each takes its part of the signal, when the master has taken the whole; in the order of {@link #planned}. */
    List<MasteredStem> stems() {
        return stems;
    }

    /** The stems that go through the master. */
    static List<PlannedStem> planned(RenderPlan plan) {
        List<PlannedStem> planned = new ArrayList<>();
        for (StemTap tap : TAPS) {
            planned.addAll(plan.stems(tap));
        }
        return planned;
    }

    /**
     * Adds the tasks that come after the files that are summed.
     *
     * @param masterTask makes the master
     * @param stemTasks make the stems
     */
    void sum(int masterTask, List<Integer> stemTasks) throws IOException {
        List<PlannedStem> planned = planned(plan);
        for (int i = 0; i < planned.size(); i++) {
            group(planned.get(i).tap()).add(stems.get(i).file(), true, stemTasks.get(i));
        }
        for (StemTap tap : TAPS) {
            group(tap).sum(master.file(), masterTask);
        }
        copies.sum(master.file(), masterTask);
    }

    private StemGroup group(StemTap tap) {
        StemGroup group = groups.get(tap);
        if (group == null) {
            throw new IllegalArgumentException("no stems of tap " + tap);
        }
        return group;
    }

    /** Lets out what the limiter still holds, from all files. */
    void flush() throws IOException {
        AudioBlock silence = new AudioBlock(format.channels(), capacity);
        for (int left = master.lookahead(); left > 0; left -= capacity) {
            int frames = Math.min(left, capacity);
            master.write(silence, frames);
            for (MasteredStem stem : stems) {
                stem.write(silence, frames);
            }
            for (StemTap tap : TAPS) {
                group(tap).run(frames);
            }
            copies.run(frames);
        }
    }

    /** From the first frame on, keeps what is drawn of the master and of the stems that are written. */
    void trace() {
        master.file().keepWaveform();
        master.file().keepSpectrum();
        master.keepReductions();
        for (MasteredStem stem : stems) {
            if (stem.file().isWritten()) {
                stem.file().keepWaveform();
            }
        }
    }

    /** Proof that the stems of a tap add up; null when there are none. */
    @Nullable
    NullTest nullTest(StemTap tap) {
        return group(tap).nullTest();
    }

    /** Proof for each deliverable that is a sum of stems that went through the master. */
    List<RenderReport.SumProof> proofs() {
        return group(StemTap.MASTERED).proofs();
    }

    /** The highest true peak of any file that is the master, in dBTP. */
    double truePeakDbtp() {
        return Math.max(
                master.file().loudness().truePeakDbtp(),
                Math.max(copies.truePeakDbtp(), group(StemTap.MASTERED).truePeakDbtp()));
    }

    /** Whether a file held a sample that does not fit. */
    boolean clipped() {
        return master.file().clipped()
                || copies.clipped()
                || groups.values().stream().anyMatch(StemGroup::clipped);
    }

    /** Ends every file. */
    void finish(StemGroup.Finished finished) throws IOException {
        FileRun file = master.file();
        finished.file(file.file(), file.finish(null, finished), file.extent());
        for (StemTap tap : TAPS) {
            group(tap).finish(finished);
        }
        copies.finish(finished);
    }

    /** Closes every file as it is. */
    void close() throws IOException {
        master.close();
        for (StemTap tap : TAPS) {
            group(tap).close();
        }
        copies.close();
    }
}
