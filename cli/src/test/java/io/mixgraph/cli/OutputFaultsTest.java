package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the output section can have wrong, which is said before anything is rendered; and its tags. */
class OutputFaultsTest {
    private static final String HEAD = """
            mixgraph: 1
            bus_preset: none
            buses: [{id: all}]
            tracks: [{id: a, bus: all, source: a.wav}]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void source() throws IOException {
        Material.sine(folder.resolve("a.wav"), 440, 0.1, Material.RATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"render", "plan"})
    void opusTakesNoRateOfACompactDisc(String command) throws IOException {
        Invocation run = run(command, "sample_rate: 44100\noutput: {deliverables: [{id: web, format: opus}]}\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("UNSUPPORTED_FORMAT /output/deliverables/0/format (line 6, column")
                .contains("not 44100; set sample_rate: 48000 on the deliverable or on output");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "'{id: ../x}', /output/deliverables/0/id",
        "'{id: a/b}', /output/deliverables/0/id",
        "'{id: .hidden}', /output/deliverables/0/id",
        "'{id: a, sum: [nobody]}', /output/deliverables/0/sum/0",
        "'{id: a, sum: [all], except: [all]}', /output/deliverables/0/except",
        "'{id: a, format: mp3, encoding: pcm16}', /output/deliverables/0/encoding",
        "'{id: a, format: stem_mp4, stems: {x: [all]}}', /output/deliverables/0/stems",
    })
    void aDeliverableThatCannotBeIsRefusedAtItsPlace(String deliverable, String pointer) throws IOException {
        Invocation run = run("render", "output: {deliverables: [" + deliverable + "]}\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(" " + pointer + " (line 5, column").doesNotContain("\tat ");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void theCoverAndTheTagsAreInTheFile() throws IOException {
        byte[] png = picture();
        Files.write(folder.resolve("cover.png"), png);
        Invocation run = run("render", """
                output:
                  deliverables: [{id: store, format: flac}, {id: player, format: mp3}, {id: phone, format: aac}]
                  tags: {title: A title, artist: Nobody, cover: cover.png}
                """);
        assertThat(run.exitCode()).as(run.err()).isZero();
        for (String file : new String[] {"store.flac", "player.mp3", "phone.m4a"}) {
            String bytes = Files.readString(folder.resolve("out/deliverables/" + file), StandardCharsets.ISO_8859_1);
            assertThat(bytes.contains(new String(png, StandardCharsets.ISO_8859_1)))
                    .as("the picture in " + file)
                    .isTrue();
            assertThat(bytes.replace("\0", "").contains("Nobody"))
                    .as("the artist in " + file)
                    .isTrue();
        }
        Invocation verified = Invocation.of("verify", folder.resolve("out"));
        assertThat(verified.exitCode()).as(verified.out()).isZero();
    }

    @Test
    void aCoverThatIsMissing() throws IOException {
        refused("missing.png", "BAD_TAG", "missing.png");
    }

    @Test
    void aCoverThatIsNoPicture() throws IOException {
        refused("a.wav", "BAD_TAG", "PNG");
    }

    @Test
    void aCoverOutsideOfTheFolder() throws IOException {
        Path below = Files.createDirectory(folder.resolve("below"));
        Files.write(folder.resolve("cover.png"), picture());
        Material.sine(below.resolve("a.wav"), 440, 0.1, Material.RATE);
        Path document = Material.document(below, "a.yaml", HEAD + "output: {tags: {cover: ../cover.png}}\n");
        Invocation run = Invocation.of("render", document, "-o", folder.resolve("out"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("SOURCE_OUTSIDE /output/tags/cover (line 5, column");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(Invocation.of("render", document, "--allow-outside", "-o", folder.resolve("out"))
                        .exitCode())
                .isZero();
    }

    /** A cover and a route that are both wrong are both told of. */
    @Test
    void theCoverIsToldOfTogetherWithEverythingElse() throws IOException {
        Invocation run = Invocation.of(
                "plan",
                Material.document(
                        folder,
                        "b.yaml",
                        HEAD.replace("bus: all", "bus: none") + "output: {tags: {cover: missing.png}}\n"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("/tracks/0/bus", "/output/tags/cover");
        assertThat(run.err().lines()).hasSize(2);
    }

    private void refused(String cover, String code, String words) throws IOException {
        Invocation run = run("render", "output: {tags: {cover: " + cover + "}}\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(code + " /output/tags/cover (line 5, column", words);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private Invocation run(String command, String output) throws IOException {
        Path document = Material.document(folder, "a.yaml", HEAD + output);
        return command.equals("plan")
                ? Invocation.of("plan", document)
                : Invocation.of(command, document, "-o", folder.resolve("out"));
    }

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }
}
