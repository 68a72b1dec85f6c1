package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mixgraph.audio.AudioBlock;
import io.mixgraph.audio.AudioSource;
import io.mixgraph.audio.FrameSource;
import io.mixgraph.loudness.Gating;
import io.mixgraph.loudness.LoudnessMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Three songs of one album, loud, soft and softer. */
class AlbumCommandTest {
    @TempDir
    Path folder;

    private Path out;
    private Path loud;
    private Path soft;
    private Path softer;

    @BeforeEach
    void songs() throws IOException {
        out = folder.resolve("out");
        Material.noise(folder.resolve("loud.wav"), 1, 0.5, 2 * Material.RATE);
        Material.sine(folder.resolve("soft.wav"), 330, 0.12, 3 * Material.RATE);
        Material.sine(folder.resolve("softer.wav"), 220, 0.05, 2 * Material.RATE);
        loud = song("loud", "{target_lufs: -18, true_peak_db: -1}");
        soft = song("soft", "{target_lufs: -18, true_peak_db: -1}");
        softer = song("softer", "{target_lufs: -18, true_peak_db: -1}");
    }

    private Path song(String name, String loudness) throws IOException {
        return Material.document(folder, name + ".yaml", """
                mixgraph: 1
                name: The %s one
                bus_preset: none
                buses: [{id: all}]
                tracks: [{id: a, bus: all, source: %s.wav}]
                master: {loudness: %s}
                output: {tail: none}
                """.formatted(name, name, loudness));
    }

    @Test
    void oneGainForAllByWhichTheyMeetTheTargetTogether() throws IOException {
        Invocation run = Invocation.of("album", loud, soft, softer, "-o", out, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode album = run.json();
        assertThat(Files.readString(out.resolve("album.json"))).isEqualTo(run.out());
        assertThat(album.path("binding").asString()).isEqualTo("target");

        double[] blocks = new double[0];
        for (String song : List.of("loud", "soft", "softer")) {
            Path master = out.resolve(song).resolve("master.wav");
            blocks = DoubleStream.concat(Arrays.stream(blocks), Arrays.stream(Gating.blocks(energies(master))))
                    .toArray();
        }
        double together = Gating.integratedOf(blocks);
        assertThat(together).isCloseTo(-18, within(0.05));
        assertThat(album.path("integrated_lufs").asDouble()).isCloseTo(together, within(1e-9));

        double gain = album.path("gain_db").asDouble();
        for (JsonNode song : album.path("songs")) {
            assertThat(song.path("gain_db").asDouble()).isEqualTo(gain);
            assertThat(song.path("name").asString())
                    .isEqualTo("The " + song.path("folder").asString() + " one");
        }
    }

    /** Where the limiter stays idle a song is as much louder than another as its mix is. */
    @Test
    void theBalanceStays() throws IOException {
        assertThat(Invocation.of("album", loud, soft, softer, "-o", out).exitCode())
                .isZero();
        double[] mixed = new double[3];
        double[] mastered = new double[3];
        List<String> names = List.of("loud", "soft", "softer");
        for (int i = 0; i < 3; i++) {
            Path plain = Material.document(
                    folder,
                    "plain.yaml",
                    Files.readString(folder.resolve(names.get(i) + ".yaml"))
                            .replaceFirst("master: .*", "master: {limiter: false}"));
            Path own = folder.resolve("plain-" + names.get(i));
            assertThat(Invocation.of("render", plain, "-o", own).exitCode()).isZero();
            mixed[i] = loudness(own.resolve("master.wav"));
            mastered[i] = loudness(out.resolve(names.get(i)).resolve("master.wav"));
        }
        for (int i = 1; i < 3; i++) {
            assertThat(mastered[i] - mastered[0]).as(names.get(i)).isCloseTo(mixed[i] - mixed[0], within(0.01));
        }
    }

    @Test
    void everySongIsARenderThatVerifies() throws IOException {
        Invocation run = Invocation.of("album", soft, softer, "--out", out);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("album: -18.00 LUFS, asked for -18, gain +")
                .contains("The soft one", "bound by");
        for (String song : List.of("soft", "softer")) {
            Invocation verified = Invocation.of("verify", out.resolve(song));
            assertThat(verified.exitCode()).as(verified.out()).isZero();
        }
        assertThat(Files.getPosixFilePermissions(out.resolve("album.json")))
                .isEqualTo(Files.getPosixFilePermissions(out.resolve("soft/report.json")));
    }

    @Test
    void theSameDocumentTwiceHasTwoFolders() throws IOException {
        JsonNode album = Invocation.of("album", soft, soft, "-o", out, "--json").json();
        assertThat(album.path("songs").path(0).path("folder").asString()).isEqualTo("soft");
        assertThat(album.path("songs").path(1).path("folder").asString()).isEqualTo("soft-2");
        assertThat(out.resolve("soft-2/master.wav")).hasSameBinaryContentAs(out.resolve("soft/master.wav"));
    }

    @Test
    void aTargetForAllStandsForThoseOfTheSongs() throws IOException {
        song("soft", "{target_lufs: -20}");
        Material.document(folder, "softer.yaml", Files.readString(softer).replaceFirst("master: .*\n", ""));
        JsonNode named = Invocation.of("album", soft, softer, "-o", out, "--target", "spotify", "--json")
                .json();
        assertThat(named.path("target_lufs").asDouble()).isEqualTo(-14);
        assertThat(named.path("target_preset").asString()).startsWith("spotify@");
        assertThat(named.path("integrated_lufs").asDouble()).isCloseTo(-14, within(0.05));
        JsonNode figure = Invocation.of("album", soft, softer, "-o", out, "--target-lufs", "-21.5", "--json")
                .json();
        assertThat(figure.path("integrated_lufs").asDouble()).isCloseTo(-21.5, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({
        "--target nobody, there is no loudness target 'nobody'; known are ",
        "--target spotify --target-lufs -14, --target and --target-lufs are two targets; an album has one",
        "--target-lufs 3, '--target-lufs is -70 to 0, not 3'",
        "--target-lufs NaN, '--target-lufs is -70 to 0, not NaN'",
        "--html, Unknown option: '--html'",
    })
    void whatTheCommandLineHasWrong(String options, String sentence) {
        Invocation run = Invocation.of(arguments(options));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(out).doesNotExist();
    }

    private Object[] arguments(String options) {
        return Stream.concat(Stream.of("album", soft, "-o", out), Stream.of(options.split(" ")))
                .toArray();
    }

    @Test
    void songsWithoutATargetOrWithDifferentOnes() throws IOException {
        Material.document(folder, "softer.yaml", Files.readString(softer).replaceFirst("master: .*\n", ""));
        refused(
                2,
                softer + " has no loudness target; say what the album is to have: --target NAME or --target-lufs LUFS");
        song("softer", "{target_lufs: -16}");
        refused(
                2,
                softer + " has another loudness target than " + soft + " (-16 LUFS, mode limit, not -18 LUFS, mode"
                        + " limit); an album has one: --target NAME or --target-lufs LUFS");
        song("softer", "{target_lufs: -18, max_reduction_db: 3}");
        refused(
                2,
                softer + " has another loudness target than " + soft + " (-18 LUFS, mode limit, max_reduction_db 3,"
                        + " not -18 LUFS, mode limit); an album has one");
    }

    private void refused(int exitCode, String sentence) {
        Invocation run = Invocation.of("album", soft, softer, "-o", out);
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.err()).isEqualTo("mixgraph: " + sentence + "\n");
        assertThat(out).doesNotExist();
    }

    /** Faults of two songs at once, each with its document's name. */
    @Test
    void allFaultsOfAllSongs() throws IOException {
        Files.writeString(soft, Files.readString(soft).replace("bus: all", "bus: none"));
        Files.writeString(softer, Files.readString(softer).replace("tail: none", "tail: none, cheese: 1"));
        Invocation run = Invocation.of("album", loud, soft, softer, "-o", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err()).contains(soft + ": ", "/tracks/0/bus", softer + ": UNKNOWN_FIELD /output/cheese");
        assertThat(out).doesNotExist();
        JsonNode json =
                Invocation.of("album", loud, soft, softer, "-o", out, "--json").json();
        assertThat(json.path(1).path("file").asString()).isEqualTo(softer.toString());
    }

    /** The third song clips its integer stem, after two have been rendered: none is published. */
    @Test
    void oneThatFailsFailsAll() throws IOException {
        Files.writeString(
                softer,
                Files.readString(softer)
                        .replace("{id: all}", "{id: all, gain_db: 40}")
                        .replace("tail: none", "tail: none, stems: {encoding: pcm16}"));
        Invocation run = Invocation.of("album", loud, soft, softer, "-o", out);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("mixgraph: stems/all.wav: peak ");
        assertThat(out).doesNotExist();
    }

    @Test
    void whatIsInTheWayIsFoundFirst() throws IOException {
        Files.createDirectories(out.resolve("album.json"));
        Invocation run = Invocation.of("album", soft, softer, "-o", out);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("mixgraph: " + out.resolve("album.json") + " is a folder");
        Files.delete(out.resolve("album.json"));
        Files.createDirectories(out.resolve("softer/master.wav"));
        Invocation next = Invocation.of("album", soft, softer, "-o", out);
        assertThat(next.exitCode()).isEqualTo(3);
        assertThat(next.err()).startsWith("mixgraph: " + out.resolve("softer/master.wav") + " is a folder");
        assertThat(out.resolve("soft")).doesNotExist();
        assertThat(out.resolve("album.json")).doesNotExist();
    }

    private static double[] energies(Path file) throws IOException {
        AudioSource source = AudioFiles.open(file, file.toString());
        LoudnessMeter meter = new LoudnessMeter(source.format());
        AudioBlock block = new AudioBlock(source.format().channels(), 4800);
        try (FrameSource stream = source.open(0)) {
            for (int read = stream.read(block, 4800); read > 0; read = stream.read(block, 4800)) {
                meter.process(block, read);
            }
        }
        return meter.hopEnergies();
    }

    private static double loudness(Path file) {
        return Invocation.of("measure", "--json", file)
                .json()
                .path(0)
                .path("integrated_lufs")
                .asDouble();
    }
}
