package io.mixgraph.model;

import io.mixgraph.fx.Parameter;

/** What is written. */
public record Output(
        @Parameter(doc = "The master's file.") FileFormat master,

        @Parameter(doc = "The stems' files; false for none.")
        StemOutput stems,

        @Parameter(doc = "How long to go on after the last clip: auto, none, or seconds.", absent = "auto")
        Tail tail,

        @Parameter(doc = "Whether to write pre_master.wav, the float32 sum of the stems.", absent = "false")
        boolean preMaster,

        @Parameter(doc = "2, or 1 to fold every output to mono as (L+R)/2.", min = 1, max = 2, absent = "2")
        int channels) {
    public static final Output DEFAULT = new Output(FileFormat.PCM24, StemOutput.DEFAULT, Tail.AUTO, false, 2);

    public Output {
        master = master == null ? FileFormat.PCM24 : master;
        stems = stems == null ? StemOutput.DEFAULT : stems;
        tail = tail == null ? Tail.AUTO : tail;
    }

    public Output withMaster(FileFormat newMaster) {
        return new Output(newMaster, stems, tail, preMaster, channels);
    }

    public Output withStems(StemOutput newStems) {
        return new Output(master, newStems, tail, preMaster, channels);
    }

    public Output withTail(Tail newTail) {
        return new Output(master, stems, newTail, preMaster, channels);
    }

    public Output withPreMaster(boolean newPreMaster) {
        return new Output(master, stems, tail, newPreMaster, channels);
    }

    public Output withChannels(int newChannels) {
        return new Output(master, stems, tail, preMaster, newChannels);
    }
}
