package io.mixgraph.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mixgraph.bench.peers.LargeResult.HoursResult;
import io.mixgraph.bench.peers.LargeResult.ProgressResult;
import io.mixgraph.bench.peers.LargeResult.Proof;
import io.mixgraph.bench.peers.LargeResult.Run;
import io.mixgraph.bench.peers.LargeResult.StopsResult;
import io.mixgraph.bench.peers.LargeResult.TracksResult;
import io.mixgraph.bench.peers.Results.DurationPoint;
import io.mixgraph.bench.peers.Results.Entry;
import io.mixgraph.bench.peers.Results.JobResult;
import io.mixgraph.bench.peers.Results.MemoryResult;
import io.mixgraph.bench.peers.Results.ProgramVersion;
import io.mixgraph.bench.peers.Results.ScalingResult;
import io.mixgraph.bench.peers.Results.Series;
import io.mixgraph.bench.peers.Results.Song;
import io.mixgraph.bench.peers.Results.SongsResult;
import io.mixgraph.bench.peers.Results.StartResult;
import io.mixgraph.bench.peers.Results.TrackPoint;
import io.mixgraph.bench.peers.Results.WarmResult;
import io.mixgraph.documents.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerformancePageTest {
    private static final Machine MACHINE = new Machine("A processor", 2, 8, "Linux 6", "A Java");
    private static final Outcome GOOD = new Outcome(5, 0, -14.0, -1.0, -132.5, 0, 0, 1.0);
    private static final Outcome BAD = new Outcome(5, 2, -15.0, -0.5, -127, 960, -3, 0.5);

    private static final JobResult JOB = new JobResult(
            "2026-01-02",
            List.of(
                    new Entry(
                            "mixgraph",
                            "Mixgraph",
                            1,
                            List.of(new Cost(1, 1.5, 60), new Cost(2, 1.5, 62), new Cost(1, 1.5, 61)),
                            GOOD,
                            null),
                    new Entry("floor", "floor", 2, List.of(new Cost(0.2, 0.1, 2)), null, null),
                    new Entry(
                            "ffmpeg_plain",
                            "FFmpeg, plain",
                            2,
                            List.of(new Cost(11, 9, 80), new Cost(16, 9, 80), new Cost(10, 9, 80)),
                            BAD,
                            null),
                    new Entry(
                            "sox",
                            "SoX",
                            7,
                            List.of(new Cost(3.5, 4.5, 5), new Cost(8, 4.5, 5), new Cost(4, 4.5, 5)),
                            GOOD,
                            null),
                    new Entry("broken", "Broken", 1, List.of(), null, "it | fell\nover")));

    private static final Run RUN = new Run(new Cost(5, 8, 110), 21, new Proof(2, true, -132.5, -14.0, -1.0));

    private static final LargeResult LARGE = new LargeResult(
            "2026-01-08",
            new HoursResult(
                    270,
                    2160,
                    4_665_600_654L,
                    3,
                    0,
                    RUN,
                    new ProgressResult(2000, 0, 0.42, List.of("mixing", "solving", "mastering", "finishing")),
                    10,
                    new Run(new Cost(1, 2, 100), null, new Proof(2, true, -132.5, -14.0, -1.0))),
            new TracksResult(1000, 6, 256, RUN),
            new Run(new Cost(2, 3, 140), 30, new Proof(8, true, -130.2, -14.0, -1.0)),
            new Cost(0.5, 0.7, 70),
            List.of(new StopsResult("M", RUN, 16, 0.051, List.of(143), 0, 0)));

    private static final Results FULL = new Results(
            MACHINE,
            List.of(new ProgramVersion("sox", "SoX", "SoX v14", "How it is done.")),
            JOB,
            JOB,
            null,
            new WarmResult(
                    "2026-01-03",
                    List.of(new Series(1, List.of(9.0, 9.0, 1.0, 1.0)), new Series(2, List.of(9.0, 9.0, 0.6, 0.5))),
                    List.of(new Cost(0.25, 0.2, 2))),
            new MemoryResult("2026-01-04", 17, List.of(new Cost(1, 1, 60)), List.of(new Cost(5, 5, 66))),
            new ScalingResult(
                    "2026-01-05",
                    List.of(
                            new TrackPoint(8, 60, new Cost(1, 1, 50), 0.23),
                            new TrackPoint(24, 60, new Cost(1, 1, 50), 0.69)),
                    List.of(new DurationPoint(8, 600, new Cost(2, 2, 50)))),
            new StartResult("2026-01-06", List.of(new Cost(0.1, 0.1, 40)), List.of(new Cost(0.34, 0.3, 50))),
            new SongsResult("2026-01-07", List.of(new Song("rubidium", 9, 270.5, List.of(new Cost(4, 6, 70))))),
            LARGE);

    @Test
    void resultsAreReadBackAsTheyWere() throws IOException {
        assertThat(Json.read(Json.write(FULL), "results", Results.class)).isEqualTo(FULL);
        assertThat(Json.read(Json.write(Results.none(MACHINE)), "results", Results.class))
                .isEqualTo(Results.none(MACHINE));
    }

    @Test
    void whatWasNotMeasuredIsSaidToBe() {
        String page = PerformancePage.of(Results.none(MACHINE), "");

        assertThat(page.lines().filter(line -> line.endsWith("| not measured |  |")))
                .hasSize(12);
        assertThat(page).doesNotContain("as cold processes");
    }

    /** Ratios are taken within a round: 11, 8 and 10 times, while the medians of the times are 11 and 1. */
    @Test
    void goalsAreComparedRoundByRound() {
        assertThat(Goals.of(FULL).get(1))
                .isEqualTo(new Goals.Goal(
                        "M: wall time against FFmpeg as most people write it",
                        "at least 10 times as fast",
                        "10.00 times (FFmpeg, plain)",
                        true));
        // 3.5, 4 and 4 times: the fastest of those that did the job.
        assertThat(Goals.of(FULL).get(0).figure()).isEqualTo("4.00 times (SoX)");
    }

    @Test
    void goalsAreMetOrNot() {
        assertThat(Goals.of(FULL))
                .extracting(Goals.Goal::figure, Goals.Goal::met)
                .containsExactly(
                        tuple("4.00 times (SoX)", true),
                        tuple("10.00 times (FFmpeg, plain)", true),
                        tuple(null, false),
                        tuple("4.00 times (SoX)", true),
                        tuple("0.33 of it (SoX)", true),
                        tuple("61 MB", true),
                        tuple("+10.0 %", false),
                        tuple(null, false),
                        tuple("2.20 times (0.55 s, floor 0.25 s)", true),
                        tuple("1.82 times", true),
                        tuple("0.34 s", true),
                        tuple("+0 % at most (10.0, 10.0 ns)", true));
    }

    @Test
    void whatAProgramMissesStandsInTheTable() {
        String page = PerformancePage.of(FULL, "");

        assertThat(page)
                .contains("−15.0 LUFS, −0.5 dBTP; misses the target; over the ceiling")
                .contains("5 files, of which 2 have another length; stems late by 960 frames; master early by 3 frames;"
                        + " Σ stems − mix −127 dBFS; correlates with Mixgraph's by 0.50 only")
                .contains("failed: it \\| fell over");
    }

    @Test
    void whatIsLongAndLargeHasItsSection() {
        String page = PerformancePage.of(FULL, "");

        assertThat(page)
                .containsOnlyOnce("\n## Long and large\n")
                .contains(
                        "| 4 hours 30 minutes, for which the disk had room: 8 tracks of 270 clips each, on two buses |"
                                + " 5.00 s | 8.00 s | 110 MB | 21 | 3 files of 4.67 GB, RF64, each with exactly the job's"
                                + " frames; the report's proof holds for 2 stems, Σ stems − mix −133 dBFS; −14.0 LUFS,"
                                + " −1.0 dBTP; memory against 10 minutes +10.0 % |")
                .contains("| the same for 10 minutes | 1.00 s | 2.00 s | 100 MB |  |")
                .contains("what is done never falls within a stage; never silent for more than 0.42 s")
                .contains("| M, whole, and stopped by SIGTERM at 16 moments |")
                .contains(
                        "over 0.051 s after the signal at most; exit code 143; nothing left where files were to go |");
        assertThat(PerformancePage.of(Results.none(MACHINE), "")).doesNotContain("Long and large");
    }

    @Test
    void whatIsNotKeptOfLongAndLargeIsSaid() {
        Run unproven = new Run(new Cost(5, 8, 110), 21, new Proof(2, false, -3, -14.0, -1.0));
        String section = LargeSection.of(new LargeResult(
                "2026-01-08",
                new HoursResult(600, 4800, 1, 3, 2, unproven, new ProgressResult(9, 1, 7, List.of("mixing")), 10, RUN),
                new TracksResult(1000, 6, 256, RUN),
                RUN,
                new Cost(0.5, 0.7, 70),
                List.of(new StopsResult("S", RUN, 16, 2, List.of(1, 143), 5, 1))));

        assertThat(section)
                .contains("**2 of them no RF64 or of another length**")
                .contains("**the report's proof does not hold**")
                .contains("**what is done falls 1 times**")
                .contains("exit code 1, 143; **5 files and folders left**; 1 had published everything by then")
                .doesNotContain("had room");
    }

    @Test
    void everyTableHasAsManyCellsInEveryRow() {
        String page = PerformancePage.of(FULL, "");
        int columns = 0;
        for (String line : page.lines().toList()) {
            int bars = line.replace("\\|", "").replaceAll("[^|]", "").length();
            assertThat(columns == 0 || bars == 0 || bars == columns).as(line).isTrue();
            columns = bars;
        }
    }

    @Test
    void shortfallsStandAtTheEnd() {
        assertThat(PerformancePage.of(FULL, "## Why\n\nBecause.\n")).endsWith("\n## Why\n\nBecause.\n");
    }

    @Test
    void thePageOfScriptsHasEachOnce() {
        List<Program> programs = List.of(new Mixgraph(Path.of("mixgraph")), new Sox(true, 2));
        assertThat(PerformancePage.scripts(programs))
                .containsOnlyOnce("## Mixgraph\n\n```sh\nexec mixgraph render")
                .containsOnlyOnce("## SoX alone\n");
    }
}
