package io.mixgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.Session;
import io.mixgraph.model.Track;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.testing.MemorySource;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {
    private static final int RATE = 48_000;

    @TempDir
    Path folder;

    @Test
    void whatIsPublishedIsThereAndNothingElse() throws Exception {
        Path out = folder.resolve("deep/out");
        RenderPlan plan = plan();
        try (OutputFolder output = OutputFolder.open(out, plan)) {
            new MixEngine(1, 256).render(plan, output, RenderMonitor.SILENT);
            output.add("report.json", new byte[] {'{', '}'});
            assertThat(out.resolve("master.wav")).doesNotExist();
            output.publish();
        }
        assertThat(out.resolve("report.json")).hasContent("{}");
        assertThat(out).isDirectoryNotContaining("glob:**/.mixgraph-staging");
        for (PlannedFile file : plan.files()) {
            assertThat(out.resolve(file.path())).hasSize(file.bytes());
        }
    }

    @Test
    void whatIsNotPublishedWasNeverThere() throws Exception {
        abandon(folder.resolve("deep/out"));
        assertThat(folder).isEmptyDirectory();

        Path present = Files.createDirectory(folder.resolve("present"));
        abandon(present);
        assertThat(present).isEmptyDirectory();
    }

    @Test
    void aFolderThatAnotherRenderIsWritingToStaysAsItIs() throws Exception {
        RenderPlan plan = plan();
        try (OutputFolder first = OutputFolder.open(folder, plan)) {
            new MixEngine(1, 256).render(plan, first, RenderMonitor.SILENT);
            assertThatThrownBy(() -> OutputFolder.open(folder, plan))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(folder + ": another render is writing here");
            first.publish();
        }
        assertThat(folder.resolve("master.wav")).isNotEmptyFile();
    }

    /** Found before anything is rendered, and named; what is in the way stays, and so does all else. */
    @ParameterizedTest
    @CsvSource({
        "out, out",
        "out, out/deep",
        "out/stems, out",
        "out/.mixgraph-staging, out",
    })
    void aFileWhereAFolderIsNeeded(String file, String out) throws Exception {
        Path inTheWay = folder.resolve(file);
        Files.createDirectories(inTheWay.getParent());
        Files.writeString(inTheWay, "mine");
        RenderPlan plan = plan();
        assertThatThrownBy(() -> OutputFolder.open(folder.resolve(out), plan))
                .isInstanceOf(IOException.class)
                .hasMessage(inTheWay + " is a file, not a folder; choose another output folder");
        assertThat(inTheWay).hasContent("mine");
        assertThat(files(folder)).containsExactly(inTheWay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"master.wav", "stems/drums.wav"})
    void aFolderWhereAFileIsToGo(String path) throws Exception {
        Path inTheWay = Files.createDirectories(folder.resolve(path));
        RenderPlan plan = plan();
        assertThatThrownBy(() -> OutputFolder.open(folder, plan))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        inTheWay + " is a folder, where a file is to go; move it away or choose another output folder");
        assertThat(inTheWay).isEmptyDirectory();
        assertThat(folder.resolve(".mixgraph-staging")).doesNotExist();
    }

    /** What was not planned is only seen when it is published; then all of it stays out. */
    @Test
    void aFolderWhereTheReportIsToGo() throws Exception {
        Path inTheWay = Files.createDirectory(folder.resolve("report.json"));
        RenderPlan plan = plan();
        try (OutputFolder output = OutputFolder.open(folder, plan)) {
            new MixEngine(1, 256).render(plan, output, RenderMonitor.SILENT);
            output.add("report.json", new byte[] {'{', '}'});
            assertThatThrownBy(output::publish)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(inTheWay + " is a folder");
        }
        assertThat(inTheWay).isEmptyDirectory();
        assertThat(files(folder)).isEmpty();
        assertThat(folder.resolve("stems")).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkToNowhereStays() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("out"), Path.of("nowhere"));
        RenderPlan plan = plan();
        assertThatThrownBy(() -> OutputFolder.open(link, plan)).isInstanceOf(IOException.class);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void messagesNameFilesByTheirFinalPlaces() throws Exception {
        RenderPlan plan = plan();
        try (OutputFolder output = OutputFolder.open(folder, plan)) {
            PlannedFile stem = plan.files().get(0);
            assertThatThrownBy(() -> output.open(stem).close())
                    .hasMessageStartingWith(folder.resolve(stem.path()) + ": frame 0: ended before");
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    /** When a render fails because no more files can be opened, none can be opened to clean up either. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void closingOpensNothing() throws Exception {
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 100 && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Exhausted.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(50, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ended in time").isTrue();
        assertThat(said).hasContent("closed");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** Abandons a render when nothing more can be opened. */
    static final class Exhausted {
        private Exhausted() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            // Classes are files too: all that closing needs are there after this.
            abandon(folder.resolve("before"));

            OutputFolder output = begun(folder.resolve("out"));
            List<InputStream> held = new ArrayList<>();
            try {
                while (true) {
                    held.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException e) {
                output.close();
            }
            for (InputStream stream : held) {
                stream.close();
            }
            System.out.println("closed");
        }
    }

    private static void abandon(Path out) throws Exception {
        begun(out).close();
    }

    /** A folder with a stem and a spool that are begun and whose writers are closed. */
    private static OutputFolder begun(Path out) throws Exception {
        RenderPlan plan = plan();
        OutputFolder output = OutputFolder.open(out, plan);
        PlannedFile stem = plan.files().get(0);
        int frames = (int) stem.frames();
        try (var sink = output.open(stem);
                var spool = output.spool(stem.format(), frames)) {
            AudioBlock block = new AudioBlock(stem.format().channels(), frames);
            sink.write(block, frames);
            spool.sink().write(block, frames);
        }
        output.add("report.json", new byte[] {'{', '}'});
        return output;
    }

    private static RenderPlan plan() throws InvalidSessionException {
        Session session = Session.of("s", List.of(Track.of("kick", "kick").withRole("kick")));
        return new MixEngine(1, 256).plan(session, name -> MemorySource.sine(name, RATE, 1000, 60, 0.5));
    }
}
