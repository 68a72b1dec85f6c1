package io.mixgraph.bench.peers;

import static io.mixgraph.bench.peers.PerformancePage.figure;
import static io.mixgraph.bench.peers.PerformancePage.megabytes;
import static io.mixgraph.bench.peers.PerformancePage.seconds;

import io.mixgraph.bench.LargeSessions;
import io.mixgraph.bench.peers.LargeResult.HoursResult;
import io.mixgraph.bench.peers.LargeResult.ProgressResult;
import io.mixgraph.bench.peers.LargeResult.Proof;
import io.mixgraph.bench.peers.LargeResult.Run;
import io.mixgraph.bench.peers.LargeResult.StopsResult;
import io.mixgraph.bench.peers.LargeResult.TracksResult;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was measured of long and large jobs, as a section of {@link PerformancePage}. */
final class LargeSection {
    private static final int MINUTES_OF_AN_HOUR = 60;
    private static final int WHOLE_HOURS = 10;

    private final MarkdownTable table =
            new MarkdownTable("job", "wall", "CPU", "memory", "files open at most", "checked");

    private LargeSection() {}

    /** The section, a line feed before it; nothing when nothing was measured. */
    static String of(@Nullable LargeResult large) {
        if (large == null) {
            return "";
        }
        LargeSection section = new LargeSection();
        section.hours(large.hours());
        section.tracks(large.tracks());
        section.levels(large);
        large.stops().forEach(section::stops);
        return "\n## Long and large\n\n" + large.date()
                + ". One cold run of each. Files open are all that the process has, its own jars and streams with them,"
                + " looked at every 20 ms. The proof of a report is that stems add up, compared frame by frame.\n\n"
                + section.table;
    }

    private void add(String job, Run run, String checked) {
        add(job, run.cost(), run.mostFiles(), checked);
    }

    private void add(String job, Cost cost, @Nullable Integer files, String checked) {
        table.add(
                job,
                seconds(cost.wallS()),
                seconds(cost.cpuS()),
                megabytes(cost.peakMb()),
                files == null ? "" : files.toString(),
                checked);
    }

    private void hours(@Nullable HoursResult hours) {
        if (hours == null) {
            table.add("10 hours", "", "", "", "", "not measured: the disk had no room for files of more than 4 GiB");
            return;
        }
        String length = length(hours.minutes());
        add(
                length + (hours.minutes() < WHOLE_HOURS * MINUTES_OF_AN_HOUR ? ", for which the disk had room" : "")
                        + ": 8 tracks of " + hours.clips() / 8 + " clips each, on two buses",
                hours.run(),
                files(hours) + "; " + proof(hours.run().proof())
                        + figure(
                                "; memory against " + length(hours.shortMinutes()) + " %+.1f %%",
                                100.0 * hours.memoryGrowth()));
        add(
                "the same for " + length(hours.shortMinutes()),
                hours.shortRun(),
                proof(hours.shortRun().proof()));
        table.add("progress of the " + length, "", "", "", "", progress(hours.reported()));
    }

    private static String length(int minutes) {
        int hours = minutes / MINUTES_OF_AN_HOUR;
        int rest = minutes % MINUTES_OF_AN_HOUR;
        return hours == 0 ? rest + " minutes" : hours + " hours" + (rest == 0 ? "" : " " + rest + " minutes");
    }

    private static String files(HoursResult hours) {
        String each = figure(" files of %.2f GB", hours.fileBytes() / 1e9);
        return hours.files()
                + each
                + (hours.wrongFiles() == 0
                        ? ", RF64, each with exactly the job's frames"
                        : ", **" + hours.wrongFiles() + " of them no RF64 or of another length**");
    }

    private static String progress(ProgressResult reported) {
        return reported.reports() + " reports ("
                + String.join(", ", reported.stages()) + "); "
                + (reported.falls() == 0
                        ? "what is done never falls within a stage"
                        : "**what is done falls " + reported.falls() + " times**")
                + figure("; never silent for more than %.2f s", reported.longestSilenceS());
    }

    private void tracks(TracksResult tracks) {
        add(
                tracks.tracks() + " tracks of " + tracks.seconds() + " s, on four buses"
                        + figure(", faders %.0f dB lower", LargeMeasurements.LOWER_DB) + "; the process may have "
                        + tracks.allowedFiles() + " files open",
                tracks.run(),
                proof(tracks.run().proof()));
    }

    private void levels(LargeResult large) {
        String levels =
                LargeSessions.LEVELS * LargeSessions.BUSES_PER_LEVEL + " buses in " + LargeSessions.LEVELS + " levels";
        add(levels + ", 8 tracks of 60 s", large.levels(), proof(large.levels().proof()));
        add("`mixgraph plan` of the " + levels, large.plan(), null, "");
    }

    private static String proof(Proof proof) {
        return (proof.holds() ? "the report's proof holds for " : "**the report's proof does not hold** for ")
                + proof.stems() + " stems, "
                + (Double.isFinite(proof.residualDbfs())
                        ? figure("Σ stems − mix %.0f dBFS", proof.residualDbfs())
                        : "Σ stems = mix")
                + figure("; %.1f LUFS, ", proof.integratedLufs())
                + figure("%.1f dBTP", proof.truePeakDbtp());
    }

    private void stops(StopsResult stops) {
        String codes = stops.exitCodes().stream().map(String::valueOf).collect(Collectors.joining(", "));
        add(
                stops.name() + ", whole, and stopped by SIGTERM at " + stops.stops() + " moments",
                stops.whole(),
                figure("over %.3f s after the signal at most", stops.longestS()) + "; exit code " + codes + "; "
                        + (stops.leftovers() == 0
                                ? "nothing left where files were to go"
                                : "**" + stops.leftovers() + " files and folders left**")
                        + (stops.published() == 0
                                ? ""
                                : "; " + stops.published() + " had published everything by then"));
    }
}
