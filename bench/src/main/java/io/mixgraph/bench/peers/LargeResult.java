package io.mixgraph.bench.peers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that are long or large.
 *
 * @param date when, such as 2026-11-28
 * @param hours the longest one; null when the disk had no room for files that are large enough
 * @param tracks how many tracks at once
 * @param levels of many buses, one behind another
 * @param plan of the same, without rendering it
 * @param stops renders that were stopped
 */
public record LargeResult(
        String date, @Nullable HoursResult hours, TracksResult tracks, Run levels, Cost plan, List<StopsResult> stops) {

    /**
     * A render that was watched.
     *
     * @param mostFiles the most files that its process had open at once; null where that cannot be seen
     * @param proof what its report says
     */
    public record Run(Cost cost, @Nullable Integer mostFiles, Proof proof) {}

    /**
     * What a report says of its files.
     *
     * @param stems how many are to add up
     * @param holds whether its certificate does
     * @param residualDbfs the peak of what is left when the stems are taken away from what the master was made of
     * @param integratedLufs of the master
     * @param truePeakDbtp of the master
     */
    public record Proof(int stems, boolean holds, double residualDbfs, double integratedLufs, double truePeakDbtp) {}

    /**
     * Hours, beside minutes of the same.
     *
     * @param minutes how long it is
     * @param clips of all tracks
     * @param fileBytes of the smallest file that it writes
     * @param files how many it writes
     * @param wrongFiles how many of these are no RF64, or have another length than the job
     * @param run it
     * @param reported what it said of its progress
     * @param shortMinutes how long the short one is
     * @param shortRun the short one
     */
    public record HoursResult(
            int minutes,
            int clips,
            long fileBytes,
            int files,
            int wrongFiles,
            Run run,
            ProgressResult reported,
            int shortMinutes,
            Run shortRun) {
        /** By how much more memory the long one took, of that of the short one. */
        double memoryGrowth() {
            return run.cost().peakMb() / shortRun.cost().peakMb() - 1.0;
        }
    }

    /**
     * What a render said of its progress.
     *
     * @param reports how often
     * @param falls how often less was done than before, within a stage
     * @param longestSilenceS the longest time without a report, the start and the end of the process included
     * @param stages in the order in which they came
     */
    public record ProgressResult(int reports, int falls, double longestSilenceS, List<String> stages) {}

    /**
     * Many tracks at once.
     *
     * @param tracks how many
     * @param seconds how long each is
     * @param allowedFiles how many files the process may have open
     */
    public record TracksResult(int tracks, int seconds, int allowedFiles, Run run) {}

    /**
     * Renders that were stopped by SIGTERM, each at another moment.
     *
     * @param name of what was rendered
     * @param whole a render that was not stopped
     * @param stops how many were stopped
     * @param longestS the longest time from the signal to the end of the process
     * @param exitCodes with which they ended, each once, in order
     * @param leftovers how many files and folders they left where their output was to be
     * @param published how many were so far that they published everything first
     */
    public record StopsResult(
            String name,
            Run whole,
            int stops,
            double longestS,
            List<Integer> exitCodes,
            int leftovers,
            int published) {}
}
