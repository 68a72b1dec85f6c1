package io.mixgraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A finished render, damaged in every way. */
class VerifyCommandTest {
    private static final int FRAMES = 3 * Material.RATE;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private Path out;
    private Path report;

    @BeforeAll
    static void render() throws IOException {
        Path song = Material.song(shared);
        Files.writeString(song, Files.readString(song) + """
                output:
                  pre_master: true
                  tail: none
                  deliverables: [{id: both, sum: [drums, bass]}, {id: drums, format: mp3}]
                """);
        Invocation run = Invocation.of("render", song, "-o", shared.resolve("out"));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @BeforeEach
    void copy() throws IOException {
        out = folder.resolve("out");
        report = out.resolve("report.json");
        try (Stream<Path> walk = Files.walk(shared.resolve("out"))) {
            for (Path path : walk.toList()) {
                Files.copy(path, out.resolve(shared.resolve("out").relativize(path)));
            }
        }
    }

    @Test
    void whatIsAsItWasHolds() throws IOException {
        Invocation run = Invocation.of("verify", out);
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Song: " + report + "\n")
                .containsPattern("ok     stems sum to pre_master: residual -1[0-9.]+ dBFS, rounding allows")
                .containsPattern("ok     both is the sum of drums, bass: residual -1[0-9.]+ dBFS, rounding allows")
                .doesNotContain("FAILED");
        assertThat(Invocation.of("verify", report).out()).isEqualTo(run.out());
        assertThat(Invocation.of("verify", out, "--quiet")).isEqualTo(new Invocation(0, "", ""));
    }

    @Test
    void jsonIsAListOfProofs() throws IOException {
        flip(out.resolve("master.wav"));
        Invocation run = Invocation.of("verify", out, "--json");
        assertThat(run.exitCode()).isEqualTo(4);
        int failed = 0;
        for (JsonNode proof : run.json()) {
            assertThat(proof.path("detail").asString()).isNotEmpty();
            if (proof.path("outcome").asString().equals("fails")) {
                assertThat(proof.path("what").asString()).isEqualTo("master.wav");
                failed++;
            }
        }
        assertThat(run.err())
                .startsWith("mixgraph: " + failed + " of " + run.json().size() + " proofs failed");
        assertThat(failed).isPositive();
    }

    @Test
    void oneFlippedBitIsFound() throws IOException {
        flip(out.resolve("stems/bass.wav"));
        failed("FAILED stems/bass.wav: SHA-256 is ");
    }

    @Test
    void aTruncatedFileIsFound() throws IOException {
        Path file = out.resolve("stems/bass.wav");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100_000));
        failed("FAILED stems/bass.wav: SHA-256 is ", "FAILED stems/bass.wav: ", "FAILED stems sum to pre_master: ");
    }

    @Test
    void aMissingFileIsFound() throws IOException {
        Files.delete(out.resolve("stems/bass.wav"));
        failed(
                "FAILED stems/bass.wav: there is no such file",
                "FAILED stems sum to pre_master: stems/bass.wav cannot be read",
                "FAILED both is the sum of drums, bass: stems/bass.wav cannot be read");
    }

    /** Of the right length, and nothing of it is wrong but that it is another one. */
    @Test
    void anotherStemInItsPlaceFailsTheNullTestToo() throws IOException {
        Files.copy(out.resolve("stems/drums.wav"), out.resolve("stems/bass.wav"), StandardCopyOption.REPLACE_EXISTING);
        failed(
                "FAILED stems/bass.wav: SHA-256 is ",
                "FAILED stems sum to pre_master: residual ",
                "FAILED both is the sum of drums, bass: residual ");
        assertThat(Invocation.of("verify", out).out())
                .contains("ok     stems/bass.wav: " + FRAMES + " frames at 48000 Hz");
    }

    /** Each claim is changed where it stands first: in the metrics, in a file, in the certificate. */
    @ParameterizedTest
    @CsvSource({
        "'\"output_i\": -1', '\"output_i\": -2', 'FAILED master.wav: output_i is -1'",
        "'\"output_thresh\": -', '\"output_thresh\": -1', 'FAILED master.wav: output_thresh is -'",
        "'\"integrated_lufs\": -', '\"integrated_lufs\": -1', 'FAILED stems/drums.wav: integrated_lufs is -'",
        "'\"loudness_range_lu\": ', '\"loudness_range_lu\": 1', 'FAILED stems/drums.wav: loudness_range_lu is '",
        "'\"frames\": 144000', '\"frames\": 144001', 'frames at 48000 Hz, where the whole mix has 144001'",
        "'\"sample_rate\": 48000', '\"sample_rate\": 44100', 'where the whole mix has 156735'",
        "'\"sample_rate\": 48000', '\"sample_rate\": 0', 'where the whole mix has -1'",
        "'stems/drums.wav', '../x', 'FAILED ../x: lies outside of the report''s folder'",
        "'stems/drums.wav', '/etc/hostname', 'FAILED /etc/hostname: lies outside of the report''s folder'",
        "'stems/drums.wav', 'a\\u0000', 'can be no file''s name'",
        "'stems/drums.wav', '', 'there is no such file'",
        "'stems/drums.wav', 'stems', 'FAILED stems: there is no such file'",
        "'\"stems_sum_to\": \"pre_master\"', '\"stems_sum_to\": \"master\"', 'that is not where they were taken'",
        "'\"stems_gain_db\": 0', '\"stems_gain_db\": 1', 'FAILED stems sum to pre_master: residual -'",
        "'\"aligned\": true', '\"aligned\": false', 'FAILED certificate: the files do not line up'",
        "'\"within_bound\": true', '\"within_bound\": false', 'FAILED certificate: both is not the sum of drums, bass'",
    })
    void aReportThatClaimsSomethingElseIsFound(String from, String to, String said) throws IOException {
        String text = Files.readString(report);
        int at = text.indexOf(from);
        assertThat(at).as(from).isNotNegative();
        Files.writeString(report, text.substring(0, at) + to + text.substring(at + from.length()));
        Invocation run = Invocation.of("verify", out);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(4);
        assertThat(run.out()).contains(said);
        assertThat(run.err()).endsWith(" proofs failed\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{}",
                "not JSON at all",
                "{\"mixgraph\": 1, \"name\": \"A session\"}",
                "{\"name\": \"a\", \"name\": \"b\"}"
            })
    void whatIsNoReportIsSaidInOneSentence(String text) throws IOException {
        Files.writeString(report, text);
        broken();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"frames\": 144000', '\"frames\": \"many\"'",
        "'\"frames\": 144000', '\"frames\": 1.5'",
        "'\"frames\": 144000', '\"frames\": 1e999'",
        "'\"frames\": 144000', '\"frames\": 99999999999999999999'",
        "'\"frames\": 144000', '\"frames\": null'",
        "'\"frames\": 144000,', ''",
        "'\"name\": \"Song\"', '\"name\": null'",
        "'\"format\": \"wav\"', '\"format\": null'",
        "'\"format\": \"wav\"', '\"format\": \"tape\"'",
        "'\"path\": \"stems/drums.wav\"', '\"path\": null'",
        "'\"sum_of\": [', '\"sum_of\": [null, '",
        "'\"sums\": [', '\"sums\": [null, '",
        "'\"files\": [', '\"files\": {}, \"x\": ['",
        "'\"name\": \"Song\",', '\"name\": \"Song\", \"name\": \"Song\",'",
    })
    void aFieldOfAnotherKindIsSaidInOneSentence(String from, String to) throws IOException {
        String text = Files.readString(report);
        assertThat(text).contains(from);
        Files.writeString(report, text.replace(from, to));
        broken();
    }

    @Test
    void aReportThatIsCutShortIsSaid() throws IOException {
        Files.write(report, Arrays.copyOf(Files.readAllBytes(report), 700));
        broken();
    }

    @Test
    void whatIsNoTextIsSaid() throws IOException {
        Invocation run = Invocation.of("verify", out.resolve("master.wav"));
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).endsWith("master.wav is no text; what is verified is the report.json of a render\n");
        Files.delete(report);
        assertThat(Invocation.of("verify", out).err()).isEqualTo("mixgraph: there is no file " + report + "\n");
    }

    private void broken() {
        Invocation run = Invocation.of("verify", out);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).startsWith("mixgraph: " + report + ": ").doesNotContain("\tat ", "Exception");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out()).isEmpty();
    }

    private void failed(String... lines) {
        Invocation run = Invocation.of("verify", out);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(4);
        assertThat(run.out()).contains(lines);
        assertThat(run.err()).matches("mixgraph: \\d+ of \\d+ proofs failed\n");
    }

    // Rendered again.

    @Test
    void theSessionBesideTheReportIsRenderedAgain() throws IOException {
        Path session = Files.copy(shared.resolve("song.yaml"), out.resolve("song.yaml"));
        Invocation run = Invocation.of("verify", out, "--sources", shared, "--rerender");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("ok     " + session + ": the session as it was rendered")
                .contains("ok     master.wav again: the same bytes")
                .contains("ok     deliverables/drums.mp3 again: the same samples for the encoder");
    }

    @Test
    void withoutASessionItIsAskedFor() {
        Invocation run = Invocation.of("verify", out, "--rerender");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("mixgraph: the session is not beside the report; say where it is: --rerender SESSION\n");
    }

    @Test
    void aSessionThatChangedSinceIsFound() throws IOException {
        Path session = out.resolve("song.yaml");
        Files.writeString(
                session, Files.readString(shared.resolve("song.yaml")).replace("gain_db: -3", "gain_db: -3.5"));
        Invocation run = Invocation.of("verify", out, "--sources", shared, "--rerender", session);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out())
                .contains("FAILED " + session + ": has changed since")
                .contains("FAILED stems/drums.wav again: other bytes")
                .contains("ok     stems/bass.wav again: the same bytes")
                .contains("FAILED deliverables/drums.mp3 again: other samples for the encoder")
                .contains("FAILED graph_hash again: is ")
                .contains("FAILED loudnorm_metrics again: is not as reported");
    }

    /** What a lossy file was before it was encoded cannot be measured, but rendered again. */
    @Test
    void aClaimOfALossyFileIsFoundByRenderingAgain() throws IOException {
        String text = Files.readString(report);
        int file = text.indexOf("\"id\": \"drums\"", text.indexOf("deliverables/both.wav"));
        int claim = text.indexOf("\"integrated_lufs\": -", file);
        int end = text.indexOf(',', claim);
        Files.writeString(report, text.substring(0, claim) + "\"integrated_lufs\": -3" + text.substring(end));
        assertThat(Invocation.of("verify", out).exitCode()).isZero();
        Invocation run = Invocation.of("verify", out, "--rerender", shared.resolve("song.yaml"));
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out())
                .contains("FAILED deliverables/drums.mp3 again: the same samples for the encoder; its loudness is not"
                        + " as reported");
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
