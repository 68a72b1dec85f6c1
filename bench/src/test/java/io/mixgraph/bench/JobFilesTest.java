package io.mixgraph.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.MixEngine;
import io.mixgraph.OutputFolder;
import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.documents.SessionDocument;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.loudness.LoudnessMeter;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import io.mixgraph.wav.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFilesTest {
    private static final Job SHORT = Job.of("8x6");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        JobFiles.write(SHORT, folder);
    }

    private static Map<String, String> digests(Path folder) throws Exception {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                digests.put(folder.relativize(file).toString(), HexFormat.of().formatHex(digest));
            }
        }
        return digests;
    }

    @Test
    void theSameJobHasTheSameBytes(@TempDir Path again) throws Exception {
        JobFiles.write(SHORT, again);

        assertThat(digests(again)).isEqualTo(digests(folder)).hasSize(9);
        // Golden: as on every other machine.
        assertThat(digests(folder))
                .containsEntry(
                        "audio/track002.wav", "a03cee2807cdc68989406fddbfa25737e166c826edc398af505196a03a745fd9");
    }

    @Test
    void recordingsHaveTheirShape() throws IOException {
        for (Job.Strip strip : SHORT.strips()) {
            WavFile file = WavFile.of(folder.resolve(strip.file()));
            assertThat(file.format().channels()).isEqualTo(strip.channels());
            assertThat(file.format().sampleRate()).isEqualTo(48_000);
            assertThat(file.validBits()).isEqualTo(24);
            assertThat(file.frames()).isEqualTo(6 * 48_000);
        }
        assertThat(SHORT.strips().stream().mapToInt(Job.Strip::channels)).containsExactly(1, 2, 1, 2, 1, 2, 1, 2);
        assertThat(SHORT.strips().stream().mapToInt(Job.Strip::bus)).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    }

    /** A recording is as loud as one is that somebody made, and no two of its blocks are equal. */
    @Test
    void recordingsAreLikeMusic() throws IOException {
        for (Job.Strip strip : SHORT.strips()) {
            WavFile file = WavFile.of(folder.resolve(strip.file()));
            Loudness loudness = LoudnessMeter.measure(file);
            assertThat(loudness.integratedLufs()).as(strip.id()).isBetween(-45.0, -15.0);
            assertThat(loudness.samplePeakDbfs()).as(strip.id()).isBetween(-25.0, -1.0);

            AudioBlock block = new AudioBlock(strip.channels(), 1000);
            try (FrameSource source = file.open(0)) {
                List<Integer> seen = new ArrayList<>();
                while (source.read(block, 1000) > 0) {
                    seen.add(Arrays.hashCode(block.channel(0)));
                }
                assertThat(seen.stream().distinct().count()).as(strip.id()).isEqualTo(6 * 48_000 / 1000);
            }
        }
    }

    @Test
    void theMixNeedsGainAndTheLimiter(@TempDir Path out) throws Exception {
        SessionDocument document = SessionDocuments.read(folder.resolve("session.yaml"));
        assertThat(document.problems()).isEmpty();
        MixEngine engine = new MixEngine();
        RenderPlan plan = engine.plan(document.session(), name -> WavFile.of(folder.resolve(name), name));
        assertThat(document.session()).isEqualTo(JobSession.of(SHORT));

        try (OutputFolder files = OutputFolder.open(out, plan)) {
            RenderReport report = engine.render(plan, files, RenderMonitor.SILENT);

            assertThat(report.frames()).isEqualTo(SHORT.frames());
            assertThat(report.files()).hasSize(5);
            assertThat(report.loudnormMetrics().outputI()).isBetween(-14.02, -13.98);
            assertThat(report.loudnormMetrics().gainDb()).isBetween(4.0, 10.0);
            assertThat(report.loudnormMetrics().limiterMaxReductionDb()).isBetween(0.5, 6.0);
        }
    }

    @Test
    void manyTracksAreAsLoudAsFew() {
        assertThat(Job.of("96x60").strips().get(0).gainDb())
                .isEqualTo(Job.of("24x60").strips().get(0).gainDb() - 6.0);
    }

    @Test
    void aJobThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Job.of("XL")).hasMessageContaining("XL is no job; jobs are S, M, L");
        assertThatThrownBy(() -> Job.of("10x60")).hasMessageContaining("a multiple of 4");
    }
}
