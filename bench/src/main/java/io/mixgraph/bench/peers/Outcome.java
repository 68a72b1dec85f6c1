package io.mixgraph.bench.peers;

/**
 * What a program's files are like.
 *
 * @param files how many there are: a master and a stem for each bus
 * @param wrongLengths how many of these have another length than the job
 * @param integratedLufs of the master
 * @param truePeakDbtp of the master
 * @param residualDbfs the peak of what is left when the stems are taken away from what the master was made of
 * @param lateFrames by how many frames the stem that is farthest off is later than Mixgraph's; negative for earlier
 * @param masterLateFrames the same of the master
 * @param likeness the lowest correlation of a stem with Mixgraph's, lined up: 1 is the same but for a gain
 */
public record Outcome(
        int files,
        int wrongLengths,
        double integratedLufs,
        double truePeakDbtp,
        double residualDbfs,
        int lateFrames,
        int masterLateFrames,
        double likeness) {}
