package io.mixgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.model.Deliverable;
import io.mixgraph.model.FileFormat;
import io.mixgraph.model.InvalidSessionException;
import io.mixgraph.model.Output;
import io.mixgraph.model.Session;
import io.mixgraph.model.Tags;
import io.mixgraph.model.Track;
import io.mixgraph.render.PlannedFile;
import io.mixgraph.render.RenderMonitor;
import io.mixgraph.render.RenderPlan;
import io.mixgraph.render.RenderReport;
import io.mixgraph.render.RenderTarget;
import io.mixgraph.testing.MemorySource;
import io.mixgraph.wav.WavBytes;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /**
     * What goes out on its own says its title, which is the mix's name, and its loudness as the report has it, in a
     * bext chunk of version 2; a part says neither. The loudness fields begin at byte 412 of the chunk.
     */
    @Test
    void masterAndDeliverablesSayWhatTheyAre() throws Exception {
        FileFormat rf64 = new FileFormat(FileFormat.Container.RF64, null, null, null);
        Tags tags = new Tags(null, "Ä", null, null, 3, null, null, "QZ-ABC-26-00001", null, null);
        Output output = Output.DEFAULT
                .withTags(tags)
                .withPreMaster(true)
                .withDeliverables(List.of(
                        new Deliverable("broadcast", null, null, null, rf64, null, null),
                        new Deliverable("instrumental", null, List.of("vocals"), null, rf64, null, null)));
        RenderPlan plan = plan(output, RATE);
        RenderReport report;
        try (OutputFolder folders = OutputFolder.open(folder, plan)) {
            report = new MixEngine(1, 256).render(plan, folders, RenderMonitor.SILENT);
            folders.publish();
        }
        int described = 0;
        for (int i = 0; i < plan.files().size(); i++) {
            PlannedFile file = plan.files().get(i);
            byte[] bytes = Files.readAllBytes(folder.resolve(file.path()));
            assertThat(bytes).as(file.path()).hasSize((int) file.bytes());
            Map<String, byte[]> chunks = WavBytes.chunks(bytes);
            ByteBuffer bext =
                    ByteBuffer.wrap(Objects.requireNonNull(chunks.get("bext"))).order(ByteOrder.LITTLE_ENDIAN);
            RenderReport.FileReport said = report.files().stream()
                    .filter(one -> one.path().equals(file.path()))
                    .findFirst()
                    .orElseThrow();
            assertThat(said.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            if (file.kind() == PlannedFile.Kind.AUDIO_MASTER || file.kind() == PlannedFile.Kind.AUDIO_DELIVERABLE) {
                described++;
                assertThat(bext.getShort(346)).as(file.path()).isEqualTo((short) 2);
                assertThat(bext.getShort(412) / 100.0).isCloseTo(said.loudness().integratedLufs(), within(0.005001));
                assertThat(bext.getShort(416) / 100.0).isCloseTo(said.loudness().truePeakDbtp(), within(0.005001));
                assertThat(bext.getShort(418) / 100.0).isCloseTo(said.loudness().maxMomentaryLufs(), within(0.005001));
                // Shorter than 3 s.
                assertThat(bext.getShort(414)).isEqualTo((short) 0x7FFF);
                assertThat(bext.getShort(420)).isEqualTo((short) 0x7FFF);
                assertThat(new String(Objects.requireNonNull(chunks.get("LIST")), StandardCharsets.UTF_8))
                        .isEqualTo("INFOINAM\2\0\0\0s\0IART\3\0\0\0Ä\0\0ITRK\2\0\0\0" + "3\0");
                assertThat(chunks).containsKey("axml");
            } else {
                assertThat(bext.getShort(346)).as(file.path()).isEqualTo((short) 1);
                assertThat(chunks).as(file.path()).doesNotContainKeys("LIST", "axml");
            }
            assertThat(chunks.containsKey("ds64"))
                    .as(file.path())
                    .isEqualTo(file.kind() == PlannedFile.Kind.AUDIO_DELIVERABLE);
        }
        assertThat(described).isEqualTo(3);
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

    /** Also one that appears while the render runs. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisabledOnOs(OS.WINDOWS)
    void aFolderThatIsALinkOutOfTheOutputFolderIsNotFollowed(boolean late) throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = out.resolve("stems");
        RenderPlan plan = plan();
        if (late) {
            try (OutputFolder output = OutputFolder.open(out, plan)) {
                new MixEngine(1, 256).render(plan, output, RenderMonitor.SILENT);
                Files.createSymbolicLink(link, elsewhere);
                assertThatThrownBy(output::publish).hasMessage(linked(link, elsewhere));
            }
        } else {
            Files.createSymbolicLink(link, elsewhere);
            assertThatThrownBy(() -> OutputFolder.open(out, plan)).hasMessage(linked(link, elsewhere));
        }
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(link).isSymbolicLink();
        assertThat(files(out)).isEmpty();
    }

    private static String linked(Path link, Path to) throws IOException {
        return link + " is a symbolic link that leads out of the output folder, to " + to.toRealPath()
                + "; remove it or choose another output folder";
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkWhereTheStagingFolderGoesIsNotFollowed() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("mine"), "mine");
        Files.createSymbolicLink(out.resolve(".mixgraph-staging"), elsewhere);
        RenderPlan plan = plan();
        assertThatThrownBy(() -> OutputFolder.open(out, plan)).hasMessageContaining("is a symbolic link");
        assertThat(elsewhere.resolve("mine")).hasContent("mine");
    }

    /** The link is replaced by the file, and what it led to is left as it was. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatIsALinkIsReplacedAndNotWrittenThrough() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path mine = Files.writeString(folder.resolve("mine"), "mine");
        Path link = Files.createSymbolicLink(out.resolve("master.wav"), mine);
        RenderPlan plan = plan();
        try (OutputFolder output = OutputFolder.open(out, plan)) {
            new MixEngine(1, 256).render(plan, output, RenderMonitor.SILENT);
            output.publish();
        }
        assertThat(mine).hasContent("mine");
        assertThat(link).isRegularFile().hasSize(plan.masterFile().bytes());
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void messagesNameFilesByTheirFinalPlaces() throws Exception {
        RenderPlan plan = plan();
        try (OutputFolder output = OutputFolder.open(folder, plan)) {
            PlannedFile stem = plan.files().get(0);
            try (RenderTarget.FileSink sink = output.open(stem)) {
                assertThatThrownBy(sink::settle)
                        .hasMessageStartingWith(folder.resolve(stem.path()) + ": frame 0: ended before");
            }
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
        return plan(Output.DEFAULT, 1_000);
    }

    private static RenderPlan plan(Output output, int frames) throws InvalidSessionException {
        Session session = Session.of("s", List.of(Track.of("kick", "kick").withRole("kick")))
                .withOutput(output);
        return new MixEngine(1, 256).plan(session, name -> MemorySource.sine(name, RATE, frames, 60, 0.5));
    }
}
