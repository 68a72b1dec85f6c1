package io.mixgraph.model;

import io.mixgraph.fx.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written. */
public record Output(
        @Parameter(doc = "The master's file.") FileFormat master,

        @Parameter(doc = "The stems' files; false for none.")
        StemOutput stems,

        @Parameter(doc = "More files of the same render: sums of stems, or the master in other formats.")
        List<Deliverable> deliverables,

        @Parameter(doc = "How long to go on after the last clip: auto, none, or seconds.", absent = "auto")
        Tail tail,

        @Parameter(doc = "Whether to write pre_master.wav, the float32 sum of the stems.", absent = "false")
        boolean preMaster,

        @Parameter(doc = "2, or 1 to fold every output to mono as (L+R)/2.", min = 1, max = 2, absent = "2")
        int channels,

        @Parameter(
                doc = "Frames per second of all files, resampled after the limiter; the session's when absent.",
                min = Session.MIN_SAMPLE_RATE,
                max = Session.MAX_SAMPLE_RATE)
        @Nullable
        Integer sampleRate,

        @Parameter(doc = "What the files say of themselves.")
        Tags tags) {
    public static final Output DEFAULT =
            new Output(FileFormat.DEFAULT, StemOutput.DEFAULT, List.of(), Tail.AUTO, false, 2, null, Tags.NONE);

    public Output {
        master = master == null ? FileFormat.DEFAULT : master;
        stems = stems == null ? StemOutput.DEFAULT : stems;
        deliverables = Normal.copy(deliverables);
        tail = tail == null ? Tail.AUTO : tail;
        tags = tags == null ? Tags.NONE : tags;
    }

    public Output withMaster(FileFormat newMaster) {
        return new Output(newMaster, stems, deliverables, tail, preMaster, channels, sampleRate, tags);
    }

    public Output withStems(StemOutput newStems) {
        return new Output(master, newStems, deliverables, tail, preMaster, channels, sampleRate, tags);
    }

    public Output withDeliverables(List<Deliverable> newDeliverables) {
        return new Output(master, stems, newDeliverables, tail, preMaster, channels, sampleRate, tags);
    }

    public Output withTail(Tail newTail) {
        return new Output(master, stems, deliverables, newTail, preMaster, channels, sampleRate, tags);
    }

    public Output withPreMaster(boolean newPreMaster) {
        return new Output(master, stems, deliverables, tail, newPreMaster, channels, sampleRate, tags);
    }

    public Output withChannels(int newChannels) {
        return new Output(master, stems, deliverables, tail, preMaster, newChannels, sampleRate, tags);
    }

    public Output withSampleRate(int newSampleRate) {
        return new Output(master, stems, deliverables, tail, preMaster, channels, newSampleRate, tags);
    }

    public Output withTags(Tags newTags) {
        return new Output(master, stems, deliverables, tail, preMaster, channels, sampleRate, newTags);
    }
}
