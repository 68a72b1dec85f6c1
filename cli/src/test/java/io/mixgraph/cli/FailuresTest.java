package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How commands end that cannot do what they are asked: the exit code, what is said, and nothing half-done. */
class FailuresTest {
    private static final String INVALID = """
            mixgraph: 1
            name: Song
            tracks:
              - {id: a, source: a.wav, gain_db: 99}
              - {id: b, source: missing.wav, role: kick}
              - {id: a, source: a.wav, buss: drums}
            buses:
              - {id: one, output: two}
              - {id: two, output: one}
            """;

    @TempDir
    Path folder;

    @Test
    void allThatIsWrongWithADocumentIsSaidAtOnceInItsOrder() throws IOException {
        Path document = invalid();
        Invocation run = render(document);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        List<String> lines = run.err().lines().toList();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .matches("\\Q" + document + "\\E: [A-Z_]+ /\\S+ \\(line \\d+, column \\d+\\): .+"));
        assertThat(lines.stream().map(line -> line.substring(document.toString().length() + 2, line.indexOf("): "))))
                .containsExactly(
                        "OUT_OF_RANGE /tracks/0/gain_db (line 4, column 37",
                        "UNREADABLE_SOURCE /tracks/1/source (line 5, column 21",
                        "DUPLICATE_ID /tracks/2/id (line 6, column 10",
                        "UNKNOWN_FIELD /tracks/2/buss (line 6, column 28",
                        "CYCLE /buses/1/output (line 9, column 23");
        nothingPublished();
    }

    @Test
    void programsReadTheSameAsJson() throws IOException {
        Path document = invalid();
        Invocation run = Invocation.of("render", document, "--out", folder.resolve("out"), "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEmpty();
        JsonNode first = run.json().path(0);
        assertThat(first.propertyNames()).containsExactly("file", "code", "pointer", "line", "column", "message");
        assertThat(first.path("file").asString()).isEqualTo(document.toString());
        assertThat(first.path("code").asString()).isEqualToIgnoringCase("OUT_OF_RANGE");
        assertThat(first.path("pointer").asString()).isEqualTo("/tracks/0/gain_db");
        assertThat(first.path("line").asInt()).isEqualTo(4);
        assertThat(first.path("column").asInt()).isEqualTo(37);
        assertThat(run.json().size()).isEqualTo(5);
        assertThat(Invocation.of("plan", document, "--json").json()).isEqualTo(run.json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonesuch",
                "render",
                "render song.yaml",
                "render --out out",
                "render song.yaml --out out --nonesuch",
                "render song.yaml --out out --threads 0",
                "render song.yaml --out out --threads many",
                "render song.yaml --out out --log loud",
                "plan",
                "diff song.yaml",
                "measure",
                "mix",
                "mix . --out out --target loud",
                "help nonesuch"
            })
    void whatCannotBeMeantIsUsage(String line) throws IOException {
        String song = Material.song(folder).toString();
        String out = folder.resolve("out").toString();
        Object[] args = line.isEmpty() ? new Object[0] : line.split(" ", -1);
        for (int i = 0; i < args.length; i++) {
            args[i] = args[i].equals("song.yaml") ? song : args[i].equals("out") ? out : args[i];
        }
        Invocation run = Invocation.of(args);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isNotBlank();
        noStackTrace(run);
        nothingPublished();
    }

    @Test
    void aMissingSourceAloneIsNoFaultOfTheDocument() throws IOException {
        Invocation run = render(session("missing.wav", ""));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err())
                .contains("UNREADABLE_SOURCE /tracks/0/source (line 4, column")
                .contains("missing.wav");
        noStackTrace(run);
        nothingPublished();
    }

    @Test
    void aSourceThatIsNoWavFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("fake.wav"), "This is no RIFF file, whatever its name says. ".repeat(10));
        Invocation run = render(session("fake.wav", ""));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("fake.wav");
        noStackTrace(run);
        nothingPublished();
        Invocation measured = Invocation.of("measure", folder.resolve("fake.wav"));
        assertThat(measured.exitCode()).isEqualTo(3);
        assertThat(measured.err().lines()).hasSize(1);
        noStackTrace(measured);
    }

    /** Cut off anywhere before the first frame, one way or another, it is the file that is at fault. */
    @ParameterizedTest
    @CsvSource({
        "0, is empty; export it again",
        "11, ends after 11 bytes; export it again",
        "640, the fmt chunk is too short; the file is damaged: export it again",
        "668, 'is cut short: its header promises 48000 frames, it holds 0; export it again'"
    })
    void aSourceThatIsCutShortOfAllItsFrames(int bytes, String reason) throws IOException {
        Path whole = Material.sine(folder.resolve("whole.wav"), 440, 0.1, Material.RATE);
        Files.write(folder.resolve("cut.wav"), Arrays.copyOf(Files.readAllBytes(whole), bytes));
        Invocation run = render(session("cut.wav", ""));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err().strip())
                .contains("UNREADABLE_SOURCE /tracks/0/source (line 4, column", ": cut.wav: ")
                .endsWith(reason);
        assertThat(run.err().lines()).hasSize(1);
        nothingPublished();
    }

    @Test
    void stemsThatWouldClipAreNotPublished() throws IOException {
        Material.sine(folder.resolve("loud.wav"), 440, 0.9, Material.RATE);
        Invocation run = render(session("loud.wav", "output: {stems: {encoding: pcm16}}\n"));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .startsWith("mixgraph: stems/all.wav: peak ")
                .contains("at frame ", "pcm16", "float32", "stems.gain_db");
        noStackTrace(run);
        nothingPublished();

        assertThat(render(session("loud.wav", "output: {stems: {encoding: pcm16, gain_db: -40}}\n"))
                        .exitCode())
                .isZero();
    }

    /** A render that fails leaves the one before as it was. */
    @Test
    void whatWasPublishedBeforeStays() throws IOException {
        Material.sine(folder.resolve("loud.wav"), 440, 0.9, Material.RATE);
        assertThat(render(session("loud.wav", "")).exitCode()).isZero();
        byte[] report = Files.readAllBytes(folder.resolve("out/report.json"));
        byte[] stem = Files.readAllBytes(folder.resolve("out/stems/all.wav"));

        assertThat(render(session("loud.wav", "output: {stems: {encoding: pcm16}}\n"))
                        .exitCode())
                .isEqualTo(3);
        assertThat(folder.resolve("out/report.json")).hasBinaryContent(report);
        assertThat(folder.resolve("out/stems/all.wav")).hasBinaryContent(stem);
        assertThat(folder.resolve("out/.mixgraph-staging")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"render", "plan", "diff"})
    void documentsThatCannotBeReadAreNamed(String command) throws IOException {
        for (Path document : List.of(folder.resolve("missing.yaml"), folder)) {
            Invocation run = switch (command) {
                case "render" -> render(document);
                case "diff" -> Invocation.of(command, document, document);
                default -> Invocation.of(command, document);
            };
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).startsWith("mixgraph: ").contains(document.toString());
            assertThat(run.err().lines()).hasSize(1);
        }
    }

    @Test
    void anOutputFolderThatIsAFileIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("out"), "in the way");
        Invocation run = render(Material.song(folder));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("mixgraph: " + file);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(file).hasContent("in the way");
    }

    /** A folder where a deliverable is to go, and a file where its folder is to go. */
    @Test
    void whatIsInTheWayOfADeliverableIsNamedAndNothingElsePublished() throws IOException {
        Material.sine(folder.resolve("a.wav"), 440, 0.1, Material.RATE);
        Path document = session("a.wav", "output: {deliverables: [{id: store, format: flac}]}\n");
        Path place = Files.createDirectories(folder.resolve("out/deliverables/store.flac"));
        Invocation run = render(document);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("mixgraph: " + place + " is a folder, where a file is to go");
        Files.delete(place);
        Files.delete(place.getParent());
        Files.writeString(place.getParent(), "in the way");
        Invocation next = render(document);
        assertThat(next.exitCode()).isEqualTo(3);
        assertThat(next.err()).startsWith("mixgraph: " + place.getParent() + " is a file, not a folder");
        assertThat(folder.resolve("out")).isDirectoryNotContaining(path -> !path.equals(place.getParent()));
    }

    @Test
    void aFolderThatAnotherRenderIsWritingToIsLeftAlone() throws IOException {
        Path staging = Files.createDirectories(folder.resolve("out/.mixgraph-staging"));
        Path song = Material.song(folder);
        try (FileChannel other =
                FileChannel.open(staging.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = other.lock();
            Invocation run = render(song);
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).startsWith("mixgraph: " + folder.resolve("out") + ": another render is writing here");
            assertThat(run.err().lines()).hasSize(1);
            assertThat(staging.resolve("lock")).exists();
            lock.release();
        }
        assertThat(render(song).exitCode()).isZero();
    }

    @Test
    void aSourceThatNoFileCanHaveIsSaid() throws IOException {
        Invocation run = render(session("\"a\\0.wav\"", ""));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("UNREADABLE_SOURCE /tracks/0/source");
        noStackTrace(run);
    }

    @Test
    void sourcesStayBelowTheDocumentUnlessAllowed() throws IOException {
        Material.sine(folder.resolve("above.wav"), 440, 0.1, Material.RATE);
        Path below = Files.createDirectory(folder.resolve("below"));
        Path document = Files.move(session("../above.wav", ""), below.resolve("session.yaml"));

        Invocation run = render(document);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("SOURCE_OUTSIDE /tracks/0/source");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(Invocation.of("plan", document, "--allow-outside").exitCode())
                .isZero();
    }

    private Invocation render(Path document) {
        return Invocation.of("render", document, "--out", folder.resolve("out"));
    }

    private Path invalid() throws IOException {
        Material.sine(folder.resolve("a.wav"), 440, 0.1, Material.RATE);
        return Material.document(folder, "invalid.yaml", INVALID);
    }

    /** One track, 12 dB up on its only bus. */
    private Path session(String source, String output) throws IOException {
        return Material.document(folder, "session.yaml", """
                mixgraph: 1
                bus_preset: none
                tracks:
                  - {id: a, source: %s, bus: all}
                buses: [{id: all, gain_db: 12}]
                """.formatted(source) + output);
    }

    private void nothingPublished() throws IOException {
        Path out = folder.resolve("out");
        if (Files.exists(out)) {
            assertThat(out).isEmptyDirectory();
        }
    }

    private static void noStackTrace(Invocation run) {
        assertThat(run.out() + run.err())
                .doesNotContain("\tat ", "Exception", "java.", "io.mixgraph", "This is a defect");
    }
}
