package io.mixgraph.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.mixgraph.MixEngine;
import io.mixgraph.documents.DocumentFormat;
import io.mixgraph.documents.SessionDocument;
import io.mixgraph.documents.SessionDocuments;
import io.mixgraph.model.BusConfig;
import io.mixgraph.model.Session;
import io.mixgraph.model.Track;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.wav.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions plan without a problem, and have what is claimed of them. */
class LargeSessionsTest {
    /** Recordings of a second stand for those of a minute. */
    private static final Job SHORT = Job.of("8x1");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        JobFiles.write(SHORT, folder);
    }

    private static RenderPlan plan(Session session) throws Exception {
        Path document = folder.resolve("large.yaml");
        Files.writeString(document, SessionDocuments.write(session, DocumentFormat.YAML));
        SessionDocument read = SessionDocuments.read(document);
        assertThat(read.problems()).isEmpty();
        assertThat(read.session()).isEqualTo(session);
        return new MixEngine().plan(read.session(), name -> WavFile.of(folder.resolve(name), name));
    }

    @Test
    void tenHoursAreClipsOneAfterAnother() throws Exception {
        Session session = LargeSessions.repeated(SHORT, 600);
        RenderPlan plan = plan(session);

        assertThat(session.tracks()).hasSize(8);
        assertThat(session.tracks().stream().mapToInt(track -> track.clips().size()))
                .containsOnly(600);
        assertThat(session.tracks().get(7).clips().get(599).startS()).isEqualTo(599.0);
        assertThat(session.tracks())
                .extracting(Track::channel)
                .isEqualTo(JobSession.tracks(SHORT).stream().map(Track::channel).toList());
        assertThat(plan.frames()).isEqualTo(600 * SHORT.frames());
        assertThat(plan.files())
                .extracting(PlannedFile::path)
                .containsExactly("stems/drums.wav", "stems/bass.wav", "master.wav");
        assertThat(plan.spoolBytes()).isPositive();
    }

    @Test
    void sixtyFourBusesStandInEightLevels() throws Exception {
        Session session = LargeSessions.levels(SHORT);
        RenderPlan plan = plan(session);
        Map<String, BusConfig> buses =
                session.buses().stream().collect(Collectors.toMap(BusConfig::id, Function.identity()));

        assertThat(buses).hasSize(64);
        Map<Integer, Long> levels = buses.values().stream()
                .collect(Collectors.groupingBy(bus -> depth(bus.id(), buses), Collectors.counting()));
        assertThat(levels)
                .hasSize(8)
                .allSatisfy((level, count) -> assertThat(count).isEqualTo(8));
        assertThat(session.tracks())
                .extracting(track -> depth(track.bus(), buses))
                .containsOnly(8);
        assertThat(session.tracks()).extracting(Track::bus).doesNotHaveDuplicates();
        assertThat(session.buses())
                .allSatisfy(bus -> assertThat(bus.channel())
                        .isIn(JobSession.buses(SHORT).stream()
                                .map(BusConfig::channel)
                                .toList()));
        // Only buses that feed the master have stems, which are what it sums.
        assertThat(plan.files())
                .hasSize(8 + 1)
                .filteredOn(PlannedFile::inSum)
                .hasSize(8)
                .allSatisfy(stem -> assertThat(stem.id()).startsWith("level8_"));
    }

    /** How many buses a signal goes through from here, this one with them. */
    private static int depth(@Nullable String id, Map<String, BusConfig> buses) {
        return id == null ? 0 : 1 + depth(Objects.requireNonNull(buses.get(id)).output(), buses);
    }

    @Test
    void loweredFadersAreAllLowerByAsMuch() {
        List<Track> tracks = JobSession.tracks(SHORT);
        Session lowered = LargeSessions.lowered(SHORT, 10.0);
        for (int i = 0; i < tracks.size(); i++) {
            double gainDb = SHORT.strips().get(i).gainDb();
            assertThat(lowered.tracks().get(i)).isEqualTo(tracks.get(i).withGainDb(gainDb - 10.0));
        }
    }

    @Test
    void otherNamesLeaveTheJobAsItIs() {
        Session session = LargeSessions.named(SHORT, "flac");
        assertThat(session.tracks().get(1).clips().get(0).source()).isEqualTo("audio/track002.flac");
        assertThat(LargeSessions.named(SHORT, "wav").tracks()).isEqualTo(JobSession.tracks(SHORT));
        assertThat(session.buses()).isEqualTo(JobSession.buses(SHORT));
    }
}
