package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MixCommandTest {
    @TempDir
    Path folder;

    private Path recordings;
    private Path out;

    @BeforeEach
    void record() throws IOException {
        recordings = Files.createDirectory(folder.resolve("Song"));
        out = folder.resolve("out");
        Material.sine(recordings.resolve("01 Kick In.wav"), 60, 0.5, Material.RATE);
        Material.sine(recordings.resolve("02_LeadVox.wav"), 440, 0.25, Material.RATE);
        Material.sine(recordings.resolve("zzz.wav"), 220, 0.125, Material.RATE);
        Files.writeString(recordings.resolve("notes.txt"), "no recording");
    }

    @Test
    void guessesWritesASessionAndRendersIt() throws IOException {
        Invocation run = Invocation.of("mix", recordings, "--out", out, "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        JsonNode mix = run.json();
        assertThat(mix.path("kept").asBoolean(true)).isFalse();
        assertThat(mix.path("guesses").findValuesAsString("track")).containsExactly("01_Kick_In", "02_LeadVox", "zzz");
        JsonNode busMap = mix.path("report").path("bus_map");
        assertThat(busMap.path("01_Kick_In").path("bus").asString()).isEqualTo("drums");
        assertThat(busMap.path("02_LeadVox").path("bus").asString()).isEqualTo("vocals");
        assertThat(busMap.path("zzz").path("bus").asString()).isEqualTo("other");
        assertThat(out.resolve("master.wav")).isNotEmptyFile();
        assertThat(out.resolve("stems/drums.wav")).isNotEmptyFile();
        assertThat(Invocation.json(Files.readString(out.resolve("report.json"))))
                .isEqualTo(mix.path("report"));
        assertThat(Invocation.of("plan", out.resolve("session.yaml")).exitCode())
                .isZero();
    }

    @Test
    void aSessionThatCannotBeWrittenLeavesNothingBehind() throws IOException {
        Path inTheWay = Files.createDirectories(out.resolve("session.yaml"));
        Invocation run = Invocation.of("mix", recordings, "--out", out, "--force");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("mixgraph: ").contains(inTheWay.toString());
        assertThat(run.err().lines()).hasSize(1);
        assertThat(inTheWay).isEmptyDirectory();
        try (Stream<Path> children = Files.list(out)) {
            assertThat(children).containsExactly(inTheWay);
        }
    }

    @Test
    void anEditedSessionIsKeptUnlessForced() throws IOException {
        assertThat(Invocation.of("mix", recordings, "-o", out).exitCode()).isZero();
        Path session = out.resolve("session.yaml");
        String written = Files.readString(session);
        String edited = written.replace("name: Song", "name: Edited");
        assertThat(edited).isNotEqualTo(written);
        Files.writeString(session, edited);

        Invocation again = Invocation.of("mix", recordings, "-o", out);
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("keeping " + session).contains("Edited: ");
        assertThat(session).hasContent(edited);

        assertThat(Invocation.of("mix", recordings, "-o", out, "--force").exitCode())
                .isZero();
        assertThat(session).hasContent(written);
    }

    /** Else the next run, with the target put right, would keep the session that is wrong. */
    @Test
    void aTargetThatIsOutOfRangeLeavesNoSession() {
        Invocation wrong = Invocation.of("mix", recordings, "-o", out, "--target", "14");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("14").contains("range");
        assertThat(out.resolve("session.yaml")).doesNotExist();

        Invocation notANumber = Invocation.of("mix", recordings, "-o", out, "--true-peak", "NaN");
        assertThat(notANumber.exitCode()).isEqualTo(2);
        assertThat(out.resolve("session.yaml")).doesNotExist();

        assertThat(Invocation.of("mix", recordings, "-o", out, "--target", "-14")
                        .exitCode())
                .isZero();
    }

    @Test
    void foldersThatCannotBeMixedAreSaid() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path missing = folder.resolve("missing");

        Invocation none = Invocation.of("mix", empty, "-o", out);
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.err()).startsWith("mixgraph: " + empty + " holds no recordings");
        Invocation absent = Invocation.of("mix", missing, "-o", out);
        assertThat(absent.exitCode()).isEqualTo(3);
        assertThat(absent.err()).contains(missing.toString());
        Invocation itself = Invocation.of("mix", recordings, "-o", recordings);
        assertThat(itself.exitCode()).isEqualTo(2);
        assertThat(itself.err()).contains("--out");
        Invocation preset = Invocation.of("mix", recordings, "-o", out, "--bus-preset", "nonesuch");
        assertThat(preset.exitCode()).isEqualTo(2);
        assertThat(preset.err()).contains("nonesuch", "stems4");
        assertThat(out).doesNotExist();
    }
}
